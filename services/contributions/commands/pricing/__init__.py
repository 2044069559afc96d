"""Prices, statements and sums: one file for each thing that can be asked."""
