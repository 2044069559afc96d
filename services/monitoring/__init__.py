"""Watches the funded buildings: what was promised, what was measured, and how sure of it one can be."""
