"""The statement of one financial year: its figures, the items of two of them, and whether the sums agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain.statement.figures import ASKED, ITEMISED, NOTHING, Code
from services.contributions.domain.statement.years import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: what is asked for, how it is worked out, its pence or units, how many lines it adds up.

    `wording_confirmed` is False where the words of the regulations have not been checked.
    """

    code: Code
    words: str
    worked_out: str
    wording_confirmed: bool
    amount_pence: int | None
    units: int | None
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What money of a figure is for: a grant, or a purpose where there is none; the sum in pence."""

    code: Code
    application_id: UUID | None
    grant_reference: str | None
    grantee: str | None
    purpose: str | None
    amount_pence: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Two sums that must be the same, in pence, each worked out on its own way."""

    words: str
    one_pence: int
    other_pence: int
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyStatement:
    """The report under Schedule 2, paragraph 3 for a financial year, for one organisation."""

    year: int
    year_in_words: str
    organisation: str
    figures: list[Figure]
    items: list[Item]
    checks: list[Check]


MOVED = "Retained at the start, plus received, taken over and interest, less spent and returned, is retained"
Totals = Mapping[Code, tuple[int, int]]
"""For each code its quantity (pence or units) and its number of lines."""


def state_year(
    year: int, organisation: str, totals: Totals, items: list[Item], held_pence: int | None
) -> YearlyStatement:
    """The statement; `held_pence` is what the ledger held at the year's end, None where files reported."""
    return YearlyStatement(
        year=year,
        year_in_words=in_words(year),
        organisation=organisation,
        figures=[_figure(code, totals) for code in Code],
        items=items,
        checks=_checks(totals, items, held_pence),
    )


def _figure(code: Code, totals: Totals) -> Figure:
    asked = ASKED[code]
    quantity, lines = (0, 0) if code in NOTHING else _total(ITEMISED.get(code, code), totals)
    return Figure(
        code=code,
        words=asked.words,
        worked_out=asked.worked_out,
        wording_confirmed=asked.is_confirmed,
        amount_pence=None if asked.counts_units else quantity,
        units=quantity if asked.counts_units else None,
        lines=lines,
    )


def _total(code: Code, totals: Totals) -> tuple[int, int]:
    return totals.get(code, (0, 0))


def _checks(totals: Totals, items: list[Item], held_pence: int | None) -> list[Check]:
    def pence(code: Code) -> int:
        return _total(code, totals)[0]

    retained = pence(Code.I)
    came = sum(map(pence, (Code.RETAINED_BEFORE, Code.B, Code.INTEREST, Code.TAKEN_OVER)))
    went = pence(Code.F) + pence(Code.RETURNED)
    checks = [
        _check(MOVED, came - went, retained),
        *(
            _check(
                f"The items of {code.in_words} add up to {of.in_words}",
                sum(item.amount_pence for item in items if item.code is code),
                pence(of),
            )
            for code, of in ITEMISED.items()
        ),
    ]
    if held_pence is not None:
        checks.append(_check("The pots held at the end of the year what is retained", held_pence, retained))
    return checks


def _check(words: str, one_pence: int, other_pence: int) -> Check:
    return Check(words=words, one_pence=one_pence, other_pence=other_pence, agrees=one_pence == other_pence)
