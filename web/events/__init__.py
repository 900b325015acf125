"""What the parts of the page do: each view's events, wired to Page and to page.js."""
