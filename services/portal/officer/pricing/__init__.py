"""Prices, energy statements, and clauses whose sums are worked out from them."""
