"""What reads files of pages: PDF."""
