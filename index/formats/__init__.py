"""The bytes of a file → the texts of the reports in it: one module a format, loaded by the first file of its kind."""

from index.formats.registry import SUFFIXES, extract

__all__ = ["SUFFIXES", "extract"]
