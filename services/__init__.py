"""The five services, each with its own database, speaking to one another only by events."""
