"""Terms of payment and demands: what developers are asked to pay, by when, and what came of it."""
