"""What is done with interest."""
