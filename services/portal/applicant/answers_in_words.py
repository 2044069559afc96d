"""All answers of an application in words, section by section, as they are checked before sending."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from services.portal.applicant.drafts import Draft
from services.portal.applicant.pages.building import TENURES
from services.portal.applicant.pages.costs import LIST as COSTS
from services.portal.applicant.pages.energy import LIST as ENERGY
from services.portal.applicant.pages.match_funding import LIST as SOURCES
from services.portal.applicant.pages.measures import LIST as MEASURES
from services.portal.applicant.rows import RowsPage
from services.portal.applicant.wording import SECTION_TITLES
from services.portal.layout.filters import pounds

Row: TypeAlias = tuple[str, str | None, str | None]
"""A question, its answer in words (None: not provided), and the address of its page."""


@dataclass(frozen=True, slots=True)
class Part:
    """One card of the check page: a title and its answers."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class SectionInWords:
    """One section's cards."""

    title: str
    parts: Sequence[Part]


def in_words(draft: Draft) -> list[SectionInWords]:
    """Every section, with the addresses where answers are changed while it is a draft."""
    return [SectionInWords(SECTION_TITLES[name], parts(draft)) for name, parts in SECTIONS.items()]


def _who(draft: Draft) -> list[Part]:
    answers, change = draft.answers("who"), _change(draft, "who")
    may_act = "Yes" if answers.get("may_act") else None
    return [
        Part(
            "",
            [
                ("Organisation", str(draft.told["organisation_name"]), None),
                ("Legal status", answers.get("legal_status"), change),
                ("The organisation has agreed that you apply", may_act, change),
            ],
        )
    ]


def _building(draft: Draft) -> list[Part]:
    answers = draft.answers("building")
    place, use = _change(draft, "building"), _change(draft, "building/use")
    lease = answers.get("lease_years_left")
    rows: list[Row] = [
        ("Name of the building", answers.get("name"), place),
        ("Address", answers.get("address"), place),
        ("Ward", answers.get("ward"), place),
        ("UPRN, or latitude and longitude", _point(answers), place),
        ("What it is used for", answers.get("use"), use),
        ("Whose it is", dict(TENURES).get(answers.get("tenure") or ""), use),
    ]
    if answers.get("tenure") == "leased":
        rows.append(("Years left on the lease", None if lease is None else str(lease), use))
    return [Part("", rows)]


def _point(answers: dict[str, Any]) -> str | None:
    if answers.get("uprn"):
        return str(answers["uprn"])
    if answers.get("latitude") is None:
        return None
    return f"{answers['latitude']}, {answers['longitude']}"


def _energy(draft: Draft) -> list[Part]:
    reason = draft.answers("energy").get("missing_reason")
    parts = _list(draft, ENERGY)
    if not reason:
        return parts
    row = ("Why figures are missing", str(reason), _change(draft, "energy/reason"))
    return [*parts, Part("", [row])]


def _money(draft: Draft) -> list[Part]:
    asked = draft.answers("match_funding").get("requested_pence")
    words = None if asked is None else pounds(asked)
    row = ("Grant you ask for", words, _change(draft, "match-funding/request"))
    return [*_list(draft, SOURCES), Part("", [row])]


def _list(draft: Draft, rows: RowsPage) -> list[Part]:
    return [
        Part(
            entry.title,
            [
                (label, words, _change(draft, f"{rows.folder}/{entry.number}{rest}"))
                for label, words, rest in entry.lines
            ],
        )
        for entry in rows.entries(draft)
    ]


def _change(draft: Draft, rest: str) -> str | None:
    return draft.path(rest) if draft.is_draft else None


SECTIONS: dict[str, Callable[[Draft], list[Part]]] = {
    "who": _who,
    "building": _building,
    "measures": lambda draft: _list(draft, MEASURES),
    "energy": _energy,
    "costs": lambda draft: _list(draft, COSTS),
    "match_funding": _money,
}
