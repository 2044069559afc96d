"""Amounts, dates, units and organisations as councils write them."""

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

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
HALF_A_CENTURY = 50
TIME = r"(?P<time>[T ].*)?"
FULL_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})" + TIME)
BRITISH_DATE = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<sign>[/.-])(?P<month>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4}|[0-9]{2})" + TIME
)
DATE_IN_WORDS = re.compile(
    r"(?:[A-Za-z]+,? )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ -](?P<month>[A-Za-z]{3,9})[ -]"
    r"(?P<year>[0-9]{4}|[0-9]{2})",
)
MONTH_IN_WORDS = re.compile(r"(?P<month>[A-Za-z]{3,9})[ -](?P<year>[0-9]{4})")
BRITISH_MONTH = re.compile(r"(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})")
EXCEL_DAY = re.compile(r"(?P<days>[2-5][0-9]{4})(\.[0-9]+)?")
"""1954 to 2064, as a number in a column of days that was saved as numbers."""
EXCEL_EPOCH = date(1899, 12, 30)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST_YEAR = 1947
"""Of the first Town and Country Planning Act; what is earlier is an empty or mistyped day, such as 1900."""
PART_OF_DATE = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{1,2}))?")
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
    if abs(exact_pence) > LARGEST_PENCE:
        message = "The sum is above 10 billion pounds. Check the number of digits."
        return Parsed(None, refused(field, text, message))
    pence = int(exact_pence)
    if exact_pence != pence:
        message = "The sum has parts of a penny. Give pounds and pence with two decimals."
        return Parsed(None, refused(field, text, message))
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
    """A date as 2019-04-17, 17/04/2019, 17 April 2019 or Excel's number.

    Part of one is its first day or its last.
    Figures between signs are read day first, as in Britain. Years of two figures lie between 1950 and 2049.
    """
    if not text:
        return Parsed(None)
    value = _whole_date(text) or _part_of_date(text, last_day=last_day)
    if value is None:
        message = "This is not a date and was left out. Write it as 2019-04-17."
        return Parsed(None, warned(field, text, message))
    if value.year < EARLIEST_YEAR:
        message = f"No planning agreement is dated {value.year}, so it was left out. Give the right date."
        return Parsed(None, warned(field, text, message))
    if value.isoformat() != text:
        return Parsed(value, mended(field, text, f"Read as {value.isoformat()}."))
    return Parsed(value)


def _whole_date(text: str) -> date | None:
    match = FULL_DATE.fullmatch(text) or BRITISH_DATE.fullmatch(text) or DATE_IN_WORDS.fullmatch(text)
    if match is not None:
        return _date(_year(match["year"]), _month(match["month"]), int(match["day"]))
    excel_day = EXCEL_DAY.fullmatch(text)
    return EXCEL_EPOCH + timedelta(days=int(excel_day["days"])) if excel_day else None


def _part_of_date(text: str, *, last_day: bool) -> date | None:
    match = PART_OF_DATE.fullmatch(text) or MONTH_IN_WORDS.fullmatch(text) or BRITISH_MONTH.fullmatch(text)
    first = _date(int(match["year"]), _month(match["month"] or "1"), 1) if match else None
    if match is None or first is None or not last_day:
        return first
    month = first.month if match["month"] else 12
    return date(first.year, month, monthrange(first.year, month)[1])


def _month(text: str) -> int:
    """The number of a month in figures or words; 0, which is none, where it is neither."""
    if text.isdigit():
        return int(text)
    short = text[:3].lower()
    return MONTHS.index(short) + 1 if short in MONTHS else 0


def _year(text: str) -> int:
    year = int(text)
    if len(text) > len("19"):
        return year
    return 2000 + year if year < HALF_A_CENTURY else 1900 + year


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
