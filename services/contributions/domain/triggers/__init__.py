"""How far a site has come, which is what makes sums due."""
