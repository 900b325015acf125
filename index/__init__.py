"""Build time: a file becomes an index folder. Nothing in here knows a question, an answer or a page."""
