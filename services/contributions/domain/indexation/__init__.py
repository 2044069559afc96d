"""Published indices of prices, and what a sum in a deed has become by them."""
