"""Index ↔ folder: written whole or not at all, checked before it is read."""
