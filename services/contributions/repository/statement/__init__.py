"""What is published: the files of open data, and the figures of a year."""
