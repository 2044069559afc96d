"""The rules of measuring savings, without tables, clocks or events."""
