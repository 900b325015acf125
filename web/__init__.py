"""The page: what search returns, shown. Records become escaped HTML here; nothing in here decides what is true."""
