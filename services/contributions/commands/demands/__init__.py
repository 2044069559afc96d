"""What is done to ask a developer for money that is due."""
