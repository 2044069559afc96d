"""The operator's command line: what is set aside, the books, backup and restore, the start-up checks."""
