"""Query time: a question becomes an answer. `open_engine(folder)` is the way in; nothing heavy is imported before it."""

from search.engine import Engine, open_engine

__all__ = ["Engine", "open_engine"]
