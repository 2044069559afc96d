"""A fund manager enters a balance with which records here begin."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.ledger import movements
from services.contributions.domain.open_data.known import imported_id
from services.contributions.domain.pots import facts as pot_facts
from services.contributions.domain.pots.pot import Pot
from services.contributions.domain.record_keeping.mode import RecordKeeping
from services.contributions.domain.record_keeping.opening_balance import (
    OpeningBalance,
    Standing,
    check_opening_balance,
)
from services.contributions.domain.register import facts
from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.obligation import Obligation
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.books import Books, cause_id
from services.contributions.repository.pots import Pots
from services.contributions.repository.record_keepings import RecordKeepings
from shared.errors import Conflict
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded

FIRST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterOpeningBalance:
    """Take a balance over into a pot: of one obligation, or of a named pool with its own restrictions."""

    pot_id: UUID
    organisation: str
    standing: Standing
    amount_pence: int
    as_at_on: date
    source: str
    spend_by_on: date | None = None
    agreement_id: UUID | None = None
    obligation_id: UUID | None = None
    pool: str | None = None
    purpose: str | None = None
    wards: tuple[str, ...] = ()


async def enter_opening_balance(command: EnterOpeningBalance, uow: UnitOfWork) -> Recorded:
    """Refuses by field, before records begin are decided, and where the obligation has money already."""
    keeping = await RecordKeepings(uow).of(command.organisation)
    balance = OpeningBalance(
        pot_id=command.pot_id,
        organisation=command.organisation,
        standing=command.standing,
        amount_pence=command.amount_pence,
        as_at_on=command.as_at_on,
        source=command.source.strip(),
        spend_by_on=command.spend_by_on,
        obligation_id=command.obligation_id,
        pool=(command.pool or "").strip() or None,
        purpose=command.purpose,
        wards=frozenset(command.wards),
    )
    check_opening_balance(balance, keeping, today=uow.today)
    agreements = Agreements(uow)
    await agreements.lock_register()
    if balance.is_pooled or command.agreement_id is None:
        agreement = await _pool(balance, uow)
    else:
        agreement = await agreements.get(command.agreement_id)
    obligation = agreement.obligation(balance.obligation_id or agreement.obligations[0].id)
    await _refuse_money(agreements, obligation)
    await _open(balance, agreement, obligation, keeping, uow)
    return Recorded(balance.pot_id, FIRST)


async def _pool(balance: OpeningBalance, uow: UnitOfWork) -> Agreement:
    """An entry of the register in place of a deed: a pool has none, and says so by its name."""
    name, agreements = balance.pool or "", Agreements(uow)
    obligation = Obligation(
        id=imported_id("pooled obligation", balance.organisation, name),
        reference=name,
        purpose=balance.purpose,
        amount_pence=None,
        trigger=f"None: a pooled balance of {balance.source}, of no single deed.",
        wards=balance.wards,
    )
    pool = Agreement(
        id=imported_id("pool", balance.organisation, name),
        reference=name,
        name=f"{name} (pooled balance)",
        planning_application="None: pooled",
        organisation=balance.organisation,
        kind=None,
        deed_on=None,
        version=FIRST,
    )
    await agreements.add(pool)
    uow.record(facts.agreement_recorded(pool), sequence=FIRST)
    pool = pool.add_pooled(obligation)
    await agreements.add_obligation(pool, obligation)
    uow.record(facts.obligation_recorded(pool.id, obligation), sequence=pool.version)
    return pool


async def _refuse_money(agreements: Agreements, obligation: Obligation) -> None:
    if await agreements.has_money(obligation.id):
        message = f"Money of {obligation.reference} is in the books already. Look at its pots."
        raise Conflict("opening_balance.money_already", message, field="obligation_id")


async def _open(
    balance: OpeningBalance,
    agreement: Agreement,
    obligation: Obligation,
    keeping: RecordKeeping,
    uow: UnitOfWork,
) -> None:
    books = Books(uow)
    pot = Pot(
        id=balance.pot_id,
        organisation=obligation.organisation or agreement.organisation,
        obligation_id=obligation.id,
        purpose=obligation.purpose,
        allowed_purposes=obligation.allowed_purposes,
        wards=obligation.wards,
        spend_by_on=balance.spend_by_on,
        received_pence=balance.amount_pence,
    )
    if await books.has_pot(pot.id):
        message = "A balance with this id is entered already. Open its pot instead."
        raise Conflict("opening_balance.entered_before", message, field="pot_id")
    await books.lock([pot.organisation])
    await books.open([pot], opened_by="import")
    await Pots(uow).add_opening_balance(balance)
    moved = movements.for_opening_balance(pot, cause_id=cause_id(uow), source=balance.source)
    await books.post([moved], happened_on=balance.as_at_on)
    fact = pot_facts.balance_taken_over(
        pot, balance, keeping, agreement_id=agreement.id, reference=obligation.reference
    )
    uow.record(fact, sequence=FIRST)
