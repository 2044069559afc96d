"""The rules of assessing, without any I/O."""
