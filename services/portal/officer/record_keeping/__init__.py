"""Where the record of an organisation lives: here, or in another system."""
