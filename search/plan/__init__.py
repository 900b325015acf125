"""Text → Question: what is asked for, for when, of which place, and which words name the subject."""
