"""Where the record lives: here, or in another system that is followed."""
