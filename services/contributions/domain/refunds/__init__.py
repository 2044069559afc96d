"""Money that goes back to whoever the deed names."""
