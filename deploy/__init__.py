"""How the fund is set up, started, tested and measured on one machine."""
