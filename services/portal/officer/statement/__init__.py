"""What the council publishes about developers' money: open data, and the statement of each year."""
