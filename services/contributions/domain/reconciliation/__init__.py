"""The council's general ledger beside the fund's books: its lines, and whether a month agrees."""
