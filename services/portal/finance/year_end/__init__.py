"""What a financial year ended with."""
