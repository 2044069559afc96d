"""What officers and the fund manager publish, and how."""
