"""Amounts, dates, units and organisations as councils write them."""

import re
from calendar import monthrange
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from services.contributions.domain.money import LARGEST_PENCE
from services.contributions.domain.open_data.notes import Parsed, mended, refused, warned
from shared.checks import ORGANISATION
from shared.wording import in_pounds

SIGNED_NUMBER = re.compile(r"[+-][\s0-9.,£]*")
AMOUNT = re.compile(
    r"(?P<sign>[+-]?)\s*£?\s*(?P<later_sign>-?)\s*"
    r"(?P<pounds>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?"
)
LONGEST_AMOUNT = 40
PENCE_DECIMALS = 2
FULL_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?P<time>[T ].*)?")
BRITISH_DATE = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})(?P<time> .*)?")
PART_OF_DATE = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2}))?")
WHOLE_NUMBER = re.compile(r"(?P<whole>-?[0-9]{1,9})(?P<zeros>\.0+)?")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would work the cell out instead of showing it."""
    text = cell.strip()
    if text.startswith(("=", "@")):
        return True
    return text[:1] in {"+", "-"} and text[1:2].strip() != "" and not SIGNED_NUMBER.fullmatch(text)


def read_amount(text: str, field: str = "amount") -> Parsed[int | None]:
    """Pence from pounds as reported, its sign kept; pound signs, commas and brackets are mended."""
    if not text:
        return Parsed(None)
    plain = _plain_amount(text)
    if plain is None:
        message = "This is not a sum. Give pounds and pence in figures, without symbol or commas."
        return Parsed(None, refused(field, text, message))
    exact_pence = Decimal(plain) * 100
    pence = int(exact_pence.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if abs(pence) > LARGEST_PENCE:
        message = "The sum is above 10 billion pounds. Check the number of digits."
        return Parsed(None, refused(field, text, message))
    if exact_pence != pence:
        message = f"The sum has parts of a penny and was taken as {in_pounds(pence)}. Give whole pence."
        return Parsed(pence, warned(field, text, message))
    if plain != text:
        return Parsed(pence, mended(field, text, f"Read as {in_pounds(pence)}."))
    return Parsed(pence)


def _plain_amount(text: str) -> str | None:
    bracketed = text.startswith("(") and text.endswith(")")
    match = AMOUNT.fullmatch(text[1:-1].strip() if bracketed else text)
    if match is None or len(text) > LONGEST_AMOUNT:
        return None
    minus_signs = bracketed + (match["sign"] == "-") + (match["later_sign"] == "-")
    if minus_signs > 1:
        return None
    return "-" * minus_signs + match["pounds"].replace(",", "") + (match["fraction"] or "")


def read_date(text: str, field: str, *, last_day: bool = False) -> Parsed[date | None]:
    """A date as yyyy-mm-dd, dd/mm/yyyy, yyyy-mm or yyyy; part of one is its first day, or its last."""
    if not text:
        return Parsed(None)
    match = FULL_DATE.fullmatch(text) or BRITISH_DATE.fullmatch(text)
    value = _whole_date(match) if match else _part_of_date(text, last_day=last_day)
    if value is None:
        return Parsed(
            None, warned(field, text, "This is not a date and was left out. Write it as 2019-04-17.")
        )
    if value.isoformat() != text:
        return Parsed(value, mended(field, text, f"Read as {value.isoformat()}."))
    return Parsed(value)


def _whole_date(match: re.Match[str]) -> date | None:
    return _date(int(match["year"]), int(match["month"]), int(match["day"]))


def _part_of_date(text: str, *, last_day: bool) -> date | None:
    match = PART_OF_DATE.fullmatch(text)
    first = _date(int(match["year"]), int(match["month"] or 1), 1) if match else None
    if match is None or first is None or not last_day:
        return first
    month = int(match["month"] or 12)
    return date(first.year, month, monthrange(first.year, month)[1])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_units(text: str, field: str = "units") -> Parsed[int | None]:
    """A number of dwellings, school places and the like that an obligation gives instead of money."""
    if not text:
        return Parsed(None)
    match = WHOLE_NUMBER.fullmatch(text)
    if match is None:
        return Parsed(None, warned(field, text, "This is not a whole number and was left out. Give one."))
    whole = int(match["whole"])
    return Parsed(whole, mended(field, text, f"Read as {whole}.") if match["zeros"] else None)


def read_organisation(text: str, field: str = "organisation") -> Parsed[str | None]:
    """An organisation's code, its prefix in small letters and its own part in capitals."""
    if not text:
        return Parsed(None)
    if not ORGANISATION.fullmatch(text.lower()):
        message = "This is not an organisation's code. Give one such as local-authority-eng:ISL."
        return Parsed(None, refused(field, text, message))
    prefix, _, own_part = text.partition(":")
    code = f"{prefix.lower()}:{own_part.upper()}"
    return Parsed(code, None if code == text else mended(field, text, f"Read as {code}."))
