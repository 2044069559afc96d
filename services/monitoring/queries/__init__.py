"""What the team and the applicants may see, straight from the tables."""
