"""Pots of money: the list by spend-by date, and the statement of one, like a bank's."""

from decimal import Decimal
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout import charts
from services.portal.layout.csv_files import csv_response
from services.portal.officer.books import Pot, Pots, PotStatement
from services.portal.officer.rules import REGISTER_READERS as READS_BOOKS
from services.portal.officer.rules import PotsPage
from services.portal.officer.showing import show
from services.portal.officer.words import MOVEMENTS
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

START = "/officer/pots"
POT_SUMS = ("Received, £", "Available, £", "Paid, £", "Interest, £", "Returned, £", "Reversed on")


@router.get(START)
async def list_pots(page: PotsPage) -> Response:
    """Every pot, the earliest spend-by date first, those without a date last and flagged."""
    pots = await read_pots(page)
    return show(page, "officer/pots.html", pots=pots)


@router.get(f"{START}/pots.csv")
async def download_pots(page: PotsPage) -> Response:
    """The list as a file."""
    rows = [
        (
            pot.reference,
            pot.organisation,
            pot.purpose,
            pot.received_on,
            pot.spend_by_on,
            *(in_pounds(pence) for pence in (pot.received_pence, pot.available_pence, pot.paid_pence)),
            in_pounds(pot.interest_pence),
            in_pounds(pot.returned_pence),
            pot.reversed_on,
        )
        for pot in await read_pots(page)
    ]
    headings = ("Reference", "Organisation", "Purpose", "Received on", "Spend by")
    return csv_response("pots.csv", (*headings, *POT_SUMS), rows)


@router.get(f"{START}/{{pot_id}}")
async def show_pot(page: PotsPage, pot_id: UUID, done: str = "") -> Response:
    """What came into the pot, what became of it, and what is left."""
    statement = await read_pot(page, pot_id)
    return show(
        page,
        "officer/pot.html",
        pot=statement.pot,
        entries=statement.entries,
        reversal=statement.reversal,
        refunds=statement.refunds,
        extensions=statement.extensions,
        reads_books=page.person.caller.has(*READS_BOOKS),
        may_refund=page.person.caller.has(Role.FUND_MANAGER, Role.PAYMENT_REQUESTER),
        chart=_chart(statement.pot),
        done=done,
        is_officer=page.person.caller.has(Role.OFFICER),
        may_reverse=page.person.caller.has(Role.OFFICER, Role.FUND_MANAGER),
    )


@router.get(f"{START}/{{pot_id}}/statement.csv")
async def download_statement(page: PotsPage, pot_id: UUID) -> Response:
    """The pot's entries as a file."""
    statement = await read_pot(page, pot_id)
    rows = [
        (
            entry.happened_on,
            MOVEMENTS.get(entry.kind, entry.kind),
            entry.party,
            str(entry.application_id or ""),
            *(
                in_pounds(pence)
                for pence in (
                    entry.amount_pence,
                    entry.available_pence,
                    entry.held_pence,
                    entry.paid_pence,
                    entry.returned_pence,
                )
            ),
        )
        for entry in statement.entries
    ]
    headings = ("Date", "What happened", "With whom", "Grant", "Amount, £")
    afterwards = (
        "Available afterwards, £",
        "Held afterwards, £",
        "Paid afterwards, £",
        "Returned afterwards, £",
    )
    return csv_response(f"pot {statement.pot.reference}.csv", (*headings, *afterwards), rows)


@router.get(f"{START}/{{pot_id}}/parts.csv")
async def download_parts(page: PotsPage, pot_id: UUID) -> Response:
    """The numbers of the pot's chart as a file."""
    pot = (await read_pot(page, pot_id)).pot
    parts = (
        ("Paid", pot.paid_pence),
        ("Committed", pot.bound_pence),
        ("Reserved", pot.reserved_pence),
        ("Available", pot.available_pence),
        ("Being refunded", pot.refunding_pence),
        ("Returned", pot.returned_pence),
    )
    rows = [(name, in_pounds(pence)) for name, pence in parts]
    return csv_response(f"parts of pot {pot.reference}.csv", ("Part of the pot", "Amount, £"), rows)


async def read_pots(page: Page, organisation: str | None = None) -> tuple[Pot, ...]:
    """All pots, or an organisation's, as contributions keeps them: in the order of their spending."""
    told = await page.services.contributions.get("/pots", organisation=organisation)
    return Pots.model_validate(told).pots


async def read_pot(page: Page, pot_id: UUID) -> PotStatement:
    """One pot with its entries; a page of its own says that there is none."""
    return PotStatement.model_validate(await page.services.contributions.get(f"/pots/{pot_id}"))


def _chart(pot: Pot) -> charts.Chart:
    return charts.pot(
        paid_pence=pot.paid_pence,
        committed_pence=pot.bound_pence,
        reserved_pence=pot.reserved_pence,
        available_pence=pot.available_pence,
        refunding_pence=pot.refunding_pence,
        returned_pence=pot.returned_pence,
        chart_id="parts",
        title="What has become of the money",
    )


def in_pounds(pence: int) -> Decimal:
    """Pence as pounds, for a file of numbers."""
    return Decimal(pence).scaleb(-2)
