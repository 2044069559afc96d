"""Spend-by dates: pots at risk, later dates by deeds of variation, and what a deed says about spending."""
