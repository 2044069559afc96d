"""What a developer is asked to pay: on which terms, how much, by when, and with which late interest."""
