"""Interest earned on held money: entered, looked at, and shared out over the pots."""
