"""What containers need beside the services: the jobs before them, their health, their settings."""
