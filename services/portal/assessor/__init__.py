"""Pages of one audience: assessor."""
