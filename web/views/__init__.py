"""The views of the page, each a pure function: records → escaped HTML."""
