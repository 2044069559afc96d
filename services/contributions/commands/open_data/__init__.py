"""What is done with the national open data."""
