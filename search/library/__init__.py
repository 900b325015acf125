"""The reports of an index as questions see them: which one is asked, what a filter leaves, one indicator over several."""
