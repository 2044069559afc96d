"""Agreements, pots and awards for tests of the contributions service."""

from datetime import date
from uuid import UUID, uuid5

from services.contributions.domain.pots.drawing import Award
from services.contributions.domain.pots.pot import AvailablePot, Pot
from services.contributions.domain.register.agreement import Agreement, AgreementKind, record_agreement
from services.contributions.domain.register.obligation import Obligation
from services.contributions.domain.register.wards import WardsInForce

TODAY = date(2026, 11, 22)
DEED_ON = date(2019, 4, 17)
ISLINGTON = "local-authority-eng:ISL"
BUNHILL = "E05013699"
HILLRISE = "E05013704"
WARDS = frozenset({BUNHILL, HILLRISE})
GREEN = "green-infrastructure"
EDITION = WardsInForce(WARDS, UUID("7f7c2f2e-7c5a-4c2e-9b63-000000002022"), "Wards of May 2022")
NO_EDITION = WardsInForce(frozenset())
_NAMES = UUID("5b1c4d3a-6a53-4f0c-9c7c-000000000000")


def an_id(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(_NAMES, name)


def an_agreement_draft(**changes: object) -> Agreement:
    """An agreement as an officer fills in the form."""
    fields: dict[str, object] = {
        "id": an_id("agreement"),
        "reference": "P2018/2269/FUL-da",
        "name": "Old Street Yard",
        "planning_application": "P2018/2269/FUL",
        "organisation": ISLINGTON,
        "kind": AgreementKind.SECTION_106,
        "deed_on": DEED_ON,
        "document_url": "https://planning.example/00505112.pdf",
    }
    return Agreement(**(fields | changes))  # type: ignore[arg-type]


def an_obligation(**changes: object) -> Obligation:
    """A carbon offset sum of 88,596.00 to be spent within five years of its receipt."""
    fields: dict[str, object] = {
        "id": an_id("obligation"),
        "reference": "P2018/2269/FUL-COCM",
        "purpose": GREEN,
        "amount_pence": 88_596_00,
        "trigger": "Before the first occupation of any flat",
        "spend_by_months": 60,
    }
    return Obligation(**(fields | changes))  # type: ignore[arg-type]


def an_agreement(*obligations: Obligation) -> Agreement:
    """A recorded agreement with its obligations."""
    agreement = record_agreement(an_agreement_draft(), wards=NO_EDITION, today=TODAY)
    for obligation in obligations:
        agreement = agreement.add_obligation(obligation, known_wards=WARDS)
    return agreement


def a_due_agreement(*obligations: Obligation) -> Agreement:
    """A recorded agreement whose obligations' triggers were met on the day of its deed."""
    agreement = an_agreement(*obligations)
    for obligation in obligations:
        agreement = agreement.meet_trigger(obligation.id, met_on=DEED_ON, today=TODAY)
    return agreement


def a_pot(name: str, available_pence: int, **changes: object) -> AvailablePot:
    """A pot Islington may spend on green infrastructure anywhere, with nothing drawn from it."""
    fields: dict[str, object] = {
        "id": an_id(name),
        "organisation": ISLINGTON,
        "obligation_id": an_id("obligation"),
        "purpose": GREEN,
        "received_pence": available_pence,
        "spend_by_on": date(2027, 3, 31),
    }
    return AvailablePot(Pot(**(fields | changes)), available_pence)  # type: ignore[arg-type]


def an_award(amount_pence: int, **changes: object) -> Award:
    """An award of that sum in Bunhill by a fund that may spend on green infrastructure."""
    fields: dict[str, object] = {
        "application_id": an_id("application"),
        "amount_pence": amount_pence,
        "organisation": ISLINGTON,
        "ward": BUNHILL,
        "purposes": frozenset({GREEN}),
        "decided_on": date(2020, 3, 1),
    }
    return Award(**(fields | changes))  # type: ignore[arg-type]
