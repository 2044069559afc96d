"""Months and financial years of the books, open until they are closed for good."""
