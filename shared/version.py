"""The version of the whole, as pyproject.toml names it; a test holds the two together."""

VERSION = "0.1.0"
