"""What was published, what could be, and what each figure adds up."""
