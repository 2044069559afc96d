"""Who is signed in, and the links each role has at the top of every page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Link:
    """A link with the words people read."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A link as a GOV.UK navigation item: of this very page, or of what the page lies under."""

    text: str
    href: str
    current: bool
    active: bool


class SignedIn(Protocol):
    """What a page says about the person in `request.state.person`."""

    @property
    def name(self) -> str:
        """The name shown beside "Signed in as"."""

    @property
    def roles(self) -> Sequence[str]:
        """Keys of ROLE_NAMES, the most used first."""


PUBLIC = (Link("Register of grants", "/register"), Link("Apply for a grant", "/apply"))

PRICES = Link("Prices", "/officer/prices")
DASHBOARD = Link("Dashboard", "/officer/dashboard")
DEMANDS = Link("Demands", "/officer/demands")
BOOKS = (
    DEMANDS,
    Link("Indices", "/officer/indices"),
    Link("Trial balance", "/finance/books"),
    Link("Accounts", "/finance/accounts"),
    Link("Months and years", "/finance/periods"),
    Link("General ledger", "/finance/general-ledger"),
    Link("Year end", "/finance/year-end"),
    Link("Pots", "/officer/pots"),
    Link("Pots at risk", "/officer/at-risk"),
    Link("Refunds", "/finance/refunds"),
    Link("Interest", "/finance/interest"),
    DASHBOARD,
)

STATEMENT = Link("Yearly statement", "/officer/statement")
SAMPLES = Link("Samples", "/officer/samples")

ROLE_NAMES: Mapping[str, str] = {
    "officer": "planning officer",
    "applicant": "applicant",
    "assessor": "assessor",
    "decision_maker": "decision-maker",
    "payment_requester": "payment requester",
    "payment_approver": "payment approver",
    "fund_manager": "fund manager",
    "auditor": "auditor",
    "team": "sustainability team",
    "operator": "operator",
}

BY_ROLE: Mapping[str, Sequence[Link]] = {
    "officer": (
        Link("Overview", "/officer"),
        DASHBOARD,
        Link("Agreements", "/officer/agreements"),
        Link("Triggers", "/officer/triggers"),
        DEMANDS,
        Link("Pots", "/officer/pots"),
        Link("Funds", "/officer/funds"),
        Link("Import open data", "/officer/imports"),
        STATEMENT,
        Link("Trial balance", "/finance/books"),
    ),
    "applicant": (Link("My applications", "/applicant"),),
    "assessor": (Link("Applications to assess", "/assessor"),),
    "decision_maker": (Link("Decisions", "/assessor/decisions"), Link("Pots", "/officer/pots"), DASHBOARD),
    "payment_requester": (Link("Payments", "/finance/payments"), *BOOKS),
    "payment_approver": (Link("Payments", "/finance/payments"), *BOOKS),
    "fund_manager": (
        Link("Agreements", "/officer/agreements"),
        PRICES,
        STATEMENT,
        SAMPLES,
        Link("Where the record lives", "/officer/record-keeping"),
        *BOOKS,
    ),
    "auditor": (Link("Agreements", "/officer/agreements"), PRICES, STATEMENT, SAMPLES, *BOOKS),
    "team": (
        Link("Projects", "/team/projects"),
        Link("Claims to verify", "/team/claims"),
        Link("Weather stations", "/team/stations"),
        Link("Pots", "/officer/pots"),
        DASHBOARD,
    ),
}


def links_for(person: SignedIn | None) -> tuple[Link, ...]:
    """The links of every role the person has, each once, then those that are for everybody."""
    own = [link for role in (person.roles if person else ()) for link in BY_ROLE.get(role, ())]
    return tuple(dict.fromkeys([*own, *(PUBLIC if person is None else PUBLIC[:1])]))


def role_name(person: SignedIn) -> str:
    """The person's roles in words."""
    return ", ".join(dict.fromkeys(ROLE_NAMES.get(role, role) for role in person.roles))


def items_for(links: Sequence[Link], path: str) -> tuple[Item, ...]:
    """The links as GOV.UK navigation items, the one that the path lies under marked."""
    under = [link for link in links if path == link.href or path.startswith(f"{link.href}/")]
    nearest = max(under, key=lambda link: len(link.href), default=None)
    return tuple(
        Item(text=link.text, href=link.href, current=link.href == path, active=link == nearest)
        for link in links
    )
