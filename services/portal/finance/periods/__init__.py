"""Closing months and financial years of the books."""
