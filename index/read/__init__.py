"""Path → text with its layout: one module a format, what the files beside a report correct."""
