"""Question → what was found: rankings by words, vectors and figures, fused."""
