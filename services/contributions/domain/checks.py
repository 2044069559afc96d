"""What a web address must be."""

import re

from shared.checks import CONTROL_CHARACTER
from shared.errors import Invalid

WEB_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?", re.IGNORECASE)


def web_address_refusal(value: str | None, *, field: str) -> Invalid | None:
    """Why an optional web address cannot be taken, if it cannot."""
    if value is None or (WEB_ADDRESS.fullmatch(value) and not CONTROL_CHARACTER.search(value)):
        return None
    return Invalid(f"{field}.not_an_address", "Give a web address that begins with https://.", field=field)
