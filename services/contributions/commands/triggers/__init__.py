"""What is reported of sites."""
