"""Report → Figures: each number of the text as a record with value, unit, indicator, period and status."""
