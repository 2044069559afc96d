"""Everything the service can be asked to do, by people or by events."""
