"""Pots of received money, and what may lawfully be drawn from them."""
