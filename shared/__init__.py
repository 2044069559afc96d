"""What every service shares: the published language, messaging, web edge and carbon arithmetic."""
