"""Texts → vectors: the encoders, and the packaged weights as a model of sentence-transformers."""
