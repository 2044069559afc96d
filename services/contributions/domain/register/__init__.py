"""Agreements and their obligations."""
