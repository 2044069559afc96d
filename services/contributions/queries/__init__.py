"""What can be looked at: SQL straight to view models."""
