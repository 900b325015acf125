"""What is learned: labelled questions → the models that search/ loads. Neither index/ nor search/ imports it."""
