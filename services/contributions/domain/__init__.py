"""The rules of developers' money, pure: no database, no clock, no ids made here."""
