"""What is done with months and years of the books."""
