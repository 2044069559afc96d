"""The rules of applying for a grant: pure, without clock, database or web."""
