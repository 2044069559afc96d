"""How far sites have come, and the triggers that seem to be met."""
