"""The published interfaces as documents (AsyncAPI, OpenAPI), and what may not change in them."""
