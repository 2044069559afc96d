"""What officers do with agreements and their obligations."""
