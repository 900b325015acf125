"""Question × what was found → Answer, composed of quoted pieces."""
