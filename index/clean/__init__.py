"""Source → Source: the text as it was meant, and for each of its characters where it stands in the text as given."""
