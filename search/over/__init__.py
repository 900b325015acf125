"""A question put to several reports: how it is taken, its cells, what is done with them, and the answer in words."""
