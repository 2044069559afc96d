"""What the council publishes of developers' money: the open-data files and the yearly statement."""
