"""Refunds of unspent money: asked for, approved by another person, and returned by finance."""
