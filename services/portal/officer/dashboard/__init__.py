"""The fund's money at a glance, on a page that a committee can print."""
