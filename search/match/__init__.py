"""Whether a figure or a sentence is what is asked, and how likely."""
