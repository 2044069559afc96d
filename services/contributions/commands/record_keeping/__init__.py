"""What fund managers decide about where the record lives."""
