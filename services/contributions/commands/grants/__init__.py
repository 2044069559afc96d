"""What is done with the money of one grant."""
