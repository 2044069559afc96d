"""Pages of one audience: team."""
