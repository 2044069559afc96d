"""The one failure that is shown without a stack trace: something needed is not there, or does not run."""

from __future__ import annotations


class Missing(Exception):
    """What is missing or would not start, and in the same message what to do about it."""
