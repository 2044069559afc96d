"""What the fund manager does with published indices."""
