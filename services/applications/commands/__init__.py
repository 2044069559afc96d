"""Everything the applications service can be asked to do, one file each."""
