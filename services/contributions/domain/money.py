"""Pounds as people type them, and pence as the books keep them."""

import re

from shared.errors import Invalid

LARGEST_PENCE = 10_000_000_000 * 100
POUNDS = re.compile(r"£?\s*(?P<pounds>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<fraction>[0-9]+))?")
PENCE_DIGITS = 2


def parse_pounds(text: str, *, field: str = "amount", allow_zero: bool = False) -> int:
    """Pounds as typed, such as 1,234.50 or £1234.5, in whole pence; anything doubtful is Invalid."""
    stripped = text.strip()
    _refuse_what_is_no_sum(stripped, field)
    match = POUNDS.fullmatch(stripped)
    if match is None:
        raise Invalid(
            "money.not_a_number",
            "Enter a sum in pounds and pence in figures, such as 1,234.50.",
            field=field,
        )
    pence = _pence(match["pounds"], match["fraction"] or "", field)
    refusal = amount_refusal(pence, field=field, allow_zero=allow_zero)
    if refusal is not None:
        raise refusal
    return pence


def amount_refusal(pence: int, *, field: str = "amount_pence", allow_zero: bool = False) -> Invalid | None:
    """Why a sum in pence cannot be taken (negative, zero, beyond 10 billion pounds), if it cannot."""
    if pence < 0:
        return Invalid("money.negative", "Enter a sum above zero, without a minus sign.", field=field)
    if pence == 0 and not allow_zero:
        return Invalid("money.zero", "Enter a sum above zero.", field=field)
    if pence > LARGEST_PENCE:
        return Invalid(
            "money.too_large",
            "The sum is above 10 billion pounds. Check the number of digits.",
            field=field,
        )
    return None


def _refuse_what_is_no_sum(text: str, field: str) -> None:
    if not text:
        raise Invalid("money.missing", "Enter a sum in pounds and pence.", field=field)
    if text.startswith(("=", "@", "+")):
        raise Invalid(
            "money.formula",
            "This looks like a spreadsheet formula. Enter the sum itself, such as 1,234.50.",
            field=field,
        )
    if text.startswith("-") and POUNDS.fullmatch(text[1:].strip()):
        raise Invalid("money.negative", "Enter a sum above zero, without a minus sign.", field=field)


def _pence(pounds: str, fraction: str, field: str) -> int:
    if len(fraction) > PENCE_DIGITS:
        raise Invalid(
            "money.part_of_a_penny",
            f"The sum has {len(fraction)} decimals. Give pounds and whole pence: two decimals at most.",
            field=field,
        )
    digits = pounds.replace(",", "").lstrip("0") or "0"
    if len(digits) > len(str(LARGEST_PENCE)):
        return LARGEST_PENCE + 1
    return int(digits) * 100 + int(fraction.ljust(PENCE_DIGITS, "0"))
