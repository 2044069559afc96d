"""What is done with refunds."""
