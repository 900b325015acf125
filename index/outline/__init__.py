"""Text → Report: masthead, headings, parts with their year and status, passages; what a portal put around it."""
