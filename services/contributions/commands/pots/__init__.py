"""What is done with a pot's own limits."""
