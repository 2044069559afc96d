"""The portal: web pages, sign-in, read models and open data, over the four services."""
