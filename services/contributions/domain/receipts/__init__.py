"""Money that developers pay."""
