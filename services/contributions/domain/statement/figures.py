"""The figures that Schedule 2, paragraph 3 of the Community Infrastructure Levy Regulations 2010 asks for.

Source: SI 2010/948 as amended by SI 2019/1103, Schedule 2. Points (a) to (h)(i) are worded after the text;
the wording of (h)(ii), (h)(iii) and (i) has not been checked against it and is marked so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """A figure of the report, by its point; the last four show that the sums agree."""

    A = "a"
    B = "b"
    C = "c"
    D_HOUSING = "d-i"
    D_EDUCATION = "d-ii"
    E = "e"
    F = "f"
    G = "g"
    H_ITEMS = "h-i"
    H_BORROWING = "h-ii"
    H_MONITORING = "h-iii"
    I = "i"  # noqa: E741 - the point's own letter in the regulations
    COMMUTED = "i-commuted"
    RETAINED_BEFORE = "retained-before"
    RETURNED = "returned"
    INTEREST = "interest"
    TAKEN_OVER = "taken-over"

    @property
    def in_words(self) -> str:
        """The point as the regulations write it: (h)(i)."""
        return f"({self.replace('-', ')(')})"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one point asks for, and how it is worked out here."""

    words: str
    worked_out: str
    is_confirmed: bool = True
    counts_units: bool = False


ASKED: Mapping[Code, Asked] = {
    Code.A: Asked(
        "Money to be provided under planning obligations entered into in the year",
        "The sums of the obligations of every deed dated in the year.",
    ),
    Code.B: Asked(
        "Money received under planning obligations in the year",
        "Every receipt of the year, less receipts reversed in it.",
    ),
    Code.C: Asked(
        "Money received before the year that has not been allocated",
        "For each obligation: received before the year, less what was allocated or spent of it and what was "
        "returned by the end of the year.",
    ),
    Code.D_HOUSING: Asked(
        "Affordable homes to be provided under obligations entered into in the year",
        "Units of contributions for affordable housing of every deed dated in the year.",
        counts_units=True,
    ),
    Code.D_EDUCATION: Asked(
        "School places to be provided under obligations entered into in the year",
        "Units of contributions for education of every deed dated in the year.",
        counts_units=True,
    ),
    Code.E: Asked(
        "Money allocated but not spent by the end of the year",
        "For each obligation and grant: allocated up to the end of the year, less spent up to then.",
    ),
    Code.F: Asked(
        "Money spent in the year, with what was transferred to others to spend",
        "Every payment and transfer of the year.",
    ),
    Code.G: Asked(
        "The items that money allocated but not spent is for, with the amount for each",
        "The sums of (e) by grant; without a grant, by purpose.",
    ),
    Code.H_ITEMS: Asked(
        "The items that money was spent on in the year, with the amount for each",
        "The sums of (f) by grant; without a grant, by purpose.",
    ),
    Code.H_BORROWING: Asked(
        "Money spent on repaying borrowing, with interest",
        "Nothing is ever paid for borrowing from this fund.",
        is_confirmed=False,
    ),
    Code.H_MONITORING: Asked(
        "Money spent on monitoring planning obligations and reporting on them",
        "Payments and transfers of the year from contributions for monitoring fees.",
        is_confirmed=False,
    ),
    Code.I: Asked(
        "Money retained at the end of the year",
        "Received and interest, less spent, transferred and returned, up to the year's end, by obligation.",
        is_confirmed=False,
    ),
    Code.COMMUTED: Asked(
        "Of which for longer-term maintenance (commuted sums)",
        "No money of this fund is held for maintenance.",
        is_confirmed=False,
    ),
    Code.RETAINED_BEFORE: Asked(
        "Money retained at the start of the year",
        "For each obligation: received and interest, less spent, transferred and returned, before the year.",
    ),
    Code.RETURNED: Asked(
        "Money returned to developers in the year",
        "Every return of the year, with the interest in it.",
    ),
    Code.TAKEN_OVER: Asked(
        "Balances taken over in the year from records kept elsewhere",
        "Money that was received before the records here begin; its receipts are not known here.",
    ),
    Code.INTEREST: Asked(
        "Interest that the money earned in the year",
        "Part of what is retained, though not of what was received under an obligation.",
    ),
}
NOTHING = frozenset({Code.H_BORROWING, Code.COMMUTED})
"""Points about what this fund never does; their figure is nought and adds nothing up."""
ITEMISED: Mapping[Code, Code] = {Code.G: Code.E, Code.H_ITEMS: Code.F}
"""Points that list the items of another point's sum."""
