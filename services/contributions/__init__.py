"""Agreements, obligations, receipts and the ledger of the fund: where every pound comes from and goes to."""
