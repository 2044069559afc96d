"""Energy quantities and emission factor editions, the same for every service."""
