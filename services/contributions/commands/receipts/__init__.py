"""What is done with money that developers pay."""
