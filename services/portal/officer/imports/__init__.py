"""Importing a council's files: send, look, take; and what misspelt codes mean."""
