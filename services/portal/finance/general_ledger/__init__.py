"""The council's general ledger beside the fund's books: import, match, explain or dispute, sign off."""
