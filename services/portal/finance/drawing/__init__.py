"""Drawing an award from other pots than those proposed."""
