"""Pages of one audience: officer."""
