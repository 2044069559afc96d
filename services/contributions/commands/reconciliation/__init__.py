"""What is done with the council's general ledger."""
