"""Each account of the books, read like a bank statement."""
