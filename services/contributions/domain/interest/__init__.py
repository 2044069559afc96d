"""Interest that held money earned."""
