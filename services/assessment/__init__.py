"""Screening, interests, scores and decisions: whether an application gets a grant, and why."""
