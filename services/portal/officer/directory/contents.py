"""What there is, in a sentence each, and who may open it."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.portal.officer.rules import REGISTER_READERS
from shared.web.roles import Role

FINANCE = (Role.PAYMENT_REQUESTER, Role.PAYMENT_APPROVER)
WITH_POTS = (*REGISTER_READERS, Role.DECISION_MAKER, Role.TEAM)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its name, its address, what somebody does there, and who may."""

    name: str
    href: str
    what_for: str
    roles: tuple[Role, ...] = REGISTER_READERS


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that belong to one piece of work."""

    title: str
    entries: tuple[Entry, ...]

    def for_roles(self, roles: Iterable[Role]) -> "Section":
        """Only what these roles may open."""
        held = set(roles)
        return Section(self.title, tuple(entry for entry in self.entries if held & set(entry.roles)))


SECTIONS = (
    Section(
        "Agreements and what developers owe",
        (
            Entry("Agreements", "/officer/agreements", "Find a deed and see what it secures."),
            Entry("Triggers to look at", "/officer/triggers", "Sums that a site's progress makes due."),
            Entry("Demands", "/officer/demands", "See what was demanded, what is overdue, and each letter."),
            Entry("Exceptions", "/officer/exceptions", "Sums that cannot be right.", (Role.OFFICER,)),
            Entry("Imports", "/officer/imports", "Take in a council's files, row by row.", (Role.OFFICER,)),
        ),
    ),
    Section(
        "Pots and grants",
        (
            Entry("Dashboard", "/officer/dashboard", "The whole fund on one page that prints.", WITH_POTS),
            Entry("Pots", "/officer/pots", "Every receipt's money, its limits and what is left.", WITH_POTS),
            Entry("Pots at risk", "/officer/at-risk", "Money to be spent soon, or too late.", WITH_POTS),
            Entry("Refunds", "/finance/refunds", "Unspent money on its way back, by two people."),
            Entry("Interest", "/finance/interest", "Share out what held money earned."),
            Entry("Funds", "/officer/funds", "Terms under which grants are given.", (Role.OFFICER,)),
        ),
    ),
    Section(
        "Paying, and the books",
        (
            Entry("Payments", "/finance/payments", "Ask for, approve and follow payments.", FINANCE),
            Entry(
                "Payment files",
                "/finance/payment-files",
                "Payments out, vouchers back.",
            ),
            Entry("Accounts", "/finance/accounts", "Read each account like a bank statement."),
            Entry("Trial balance", "/finance/books", "Whether the books are right."),
            Entry("General ledger", "/finance/general-ledger", "Match the council's ledger, line by line."),
            Entry("Months and years", "/finance/periods", "Close a month or a year for good."),
            Entry("Year end", "/finance/year-end", "What stands open when the year ends."),
        ),
    ),
    Section(
        "Publishing and audit",
        (
            Entry(
                "Yearly statement",
                "/officer/statement",
                "Schedule 2's report, sum by sum.",
            ),
            Entry(
                "Open data",
                "/officer/statement/open-data",
                "The three national files.",
            ),
            Entry(
                "Samples",
                "/officer/samples",
                "Entries drawn by a seed, with all that belongs to them.",
                (Role.FUND_MANAGER, Role.AUDITOR),
            ),
        ),
    ),
    Section(
        "What sums are worked out with",
        (
            Entry("Prices", "/officer/prices", "Price policies, each with its dates and its source."),
            Entry("Indices and base rates", "/officer/indices", "Published values by which sums are raised."),
            Entry(
                "Where the record lives",
                "/officer/record-keeping",
                "Here, or in another system that is followed.",
            ),
            Entry("Wards", "/officer/wards", "Editions of the council's wards."),
        ),
    ),
)


def contents_for(roles: Iterable[Role]) -> list[Section]:
    """The sections with the pages that a person may open; empty ones are left out."""
    held = tuple(roles)
    return [mine for mine in (section.for_roles(held) for section in SECTIONS) if mine.entries]
