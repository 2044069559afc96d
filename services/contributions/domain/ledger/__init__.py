"""The fund's books."""
