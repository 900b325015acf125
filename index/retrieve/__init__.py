"""What is searched: vectors (FAISS), words (BM25), and the seam behind which they lie."""
