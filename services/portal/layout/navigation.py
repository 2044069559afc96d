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

DASHBOARD = Link("Dashboard", "/officer/dashboard")
AGREEMENTS = Link("Agreements", "/officer/agreements")
DEMANDS = Link("Demands", "/officer/demands")
POTS = Link("Pots", "/officer/pots")
AT_RISK = Link("Pots at risk", "/officer/at-risk")
PAYMENTS = Link("Payments", "/finance/payments")
ACCOUNTS = Link("Accounts", "/finance/accounts")
LEDGER = Link("General ledger", "/finance/general-ledger")
STATEMENT = Link("Yearly statement", "/officer/statement")
ALL_PAGES = Link("All pages", "/officer/all-pages")
"""Where everything else stands (officer/directory/contents.py): at the top is what a role needs daily."""

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
        AGREEMENTS,
        Link("Triggers", "/officer/triggers"),
        DEMANDS,
        POTS,
        Link("Imports", "/officer/imports"),
        DASHBOARD,
        ALL_PAGES,
    ),
    "applicant": (Link("My applications", "/applicant"),),
    "assessor": (Link("Applications to assess", "/assessor"),),
    "decision_maker": (Link("Decisions", "/assessor/decisions"), POTS, DASHBOARD),
    "payment_requester": (PAYMENTS, ACCOUNTS, LEDGER, POTS, DASHBOARD, ALL_PAGES),
    "payment_approver": (PAYMENTS, ACCOUNTS, LEDGER, POTS, DASHBOARD, ALL_PAGES),
    "fund_manager": (DASHBOARD, AGREEMENTS, DEMANDS, POTS, AT_RISK, STATEMENT, ALL_PAGES),
    "auditor": (
        DASHBOARD,
        AGREEMENTS,
        ACCOUNTS,
        Link("Samples", "/officer/samples"),
        STATEMENT,
        ALL_PAGES,
    ),
    "team": (
        Link("Projects", "/team/projects"),
        Link("Claims to verify", "/team/claims"),
        Link("Weather stations", "/team/stations"),
        POTS,
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
