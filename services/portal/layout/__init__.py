"""The look and the machinery of the portal's pages, shared by every audience."""
