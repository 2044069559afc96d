"""What the fund holds for and pays to one grant."""
