"""Where finance pays verified claims, by two people, and sees that the books balance."""
