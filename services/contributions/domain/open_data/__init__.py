"""The three open-data files of developers' contributions, read as councils really publish them."""
