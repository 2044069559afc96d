"""The operator's commands, each in a file that adds its arguments and runs it."""
