"""Questions → metrics: what an answer is worth, by the form in which the question says what is right."""
