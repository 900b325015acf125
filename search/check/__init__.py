"""Report → Findings: where a report disagrees with itself, and its targets beside results."""
