"""Payments through the council's finance system: numbers, files, and what comes back."""
