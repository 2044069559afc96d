"""Chance that is the same in every run of one seed."""

import random


def drawn_from(*what: object) -> random.Random:
    """A source of chance for this seed and purpose."""
    return random.Random("/".join(map(str, what)))  # noqa: S311 - a plan to be told again, no secret
