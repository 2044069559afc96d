"""Samples of the ledger, with what stands behind each entry."""
