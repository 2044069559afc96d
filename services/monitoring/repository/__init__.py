"""Rows and the domain, each from the other: the only place that knows both."""
