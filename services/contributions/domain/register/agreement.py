"""Agreements with developers and the obligations in them: what secures the money."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.contributions.domain.checks import web_address_refusal
from services.contributions.domain.register.obligation import Obligation, obligation_refusals
from services.contributions.domain.register.spending import SpendingTerms
from services.contributions.domain.register.wards import WardsInForce
from shared.checks import future_refusal, organisation_refusal, refuse_all, text_refusal
from shared.errors import Conflict, Invalid, NotFound
from shared.wording import in_words

EARLIEST_DEED = date(1990, 8, 24)
"""The day on which the Town and Country Planning Act 1990, with its section 106, came into force."""


class AgreementKind(StrEnum):
    """The legal form by which a developer is bound to pay."""

    SECTION_106 = "section_106"
    UNILATERAL_UNDERTAKING = "unilateral_undertaking"
    COMMUNITY_INFRASTRUCTURE_LEVY = "community_infrastructure_levy"
    SECTION_278 = "section_278"


@dataclass(frozen=True, slots=True)
class Developer:
    """Who is bound to pay; only an organisation's name may be told outside, a person's is kept here."""

    name: str
    is_organisation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A deed binding a developer to an organisation; only an imported one may lack its date or kind.

    The ward is the site's, of the edition in force when the deed was signed. `deed_version` is 1 for the deed
    itself and grows with each deed of variation, the newest of which is of `varied_on`.
    """

    id: UUID
    reference: str
    name: str
    planning_application: str
    organisation: str
    kind: AgreementKind | None
    deed_on: date | None
    document_url: str | None = None
    site_address: str | None = None
    ward: str | None = None
    ward_edition_id: UUID | None = None
    developer: Developer | None = None
    deed_version: int = 1
    varied_on: date | None = None
    obligations: tuple[Obligation, ...] = ()
    version: int = 0

    @property
    def in_force_from(self) -> date | None:
        """The day of the deed whose terms hold now: the newest variation's, else the deed's own."""
        return self.varied_on or self.deed_on

    def obligation(self, obligation_id: UUID) -> Obligation:
        """The obligation of that id, or NotFound."""
        for obligation in self.obligations:
            if obligation.id == obligation_id:
                return obligation
        raise NotFound(
            "obligation.not_found",
            f"Agreement {self.reference} has no such obligation. Choose one from its list.",
        )

    def add_obligation(self, obligation: Obligation, *, known_wards: frozenset[str]) -> "Agreement":
        """The agreement with one more obligation, checked as a form is; its trigger is met later."""
        if any(
            obligation.id == other.id or obligation.reference == other.reference for other in self.obligations
        ):
            raise Conflict(
                "obligation.recorded_before",
                f"Agreement {self.reference} already has an obligation {obligation.reference}. "
                "Use another reference, or open the one that is there.",
                field="reference",
            )
        refuse_all("obligation.invalid", obligation_refusals(obligation, known_wards))
        return replace(self, obligations=(*self.obligations, obligation), version=self.version + 1)

    def add_pooled(self, obligation: Obligation) -> "Agreement":
        """The pool with what stands in the place of its obligation: no sum is owed, none falls due."""
        return replace(self, obligations=(*self.obligations, obligation), version=self.version + 1)

    def meet_trigger(self, obligation_id: UUID, *, met_on: date, today: date) -> "Agreement":
        """The agreement once what the deed waits for has happened: the obligation's sum is now owed."""
        obligation = self.obligation(obligation_id)
        if obligation.trigger_met_on is not None:
            raise Conflict(
                "trigger.met_before",
                f"The trigger of {obligation.reference} was met on {in_words(obligation.trigger_met_on)}. "
                "There is nothing more to record.",
            )
        refuse_all(
            "trigger.invalid",
            [
                self.before_deed_refusal(met_on, field="trigger_met_on", what="trigger"),
                future_refusal(met_on, today=today, field="trigger_met_on", name="The trigger"),
            ],
        )
        met = replace(obligation, trigger_met_on=met_on)
        obligations = tuple(met if each.id == obligation_id else each for each in self.obligations)
        return replace(self, obligations=obligations, version=self.version + 1)

    def next(self) -> "Agreement":
        """The agreement once one more fact about it is published."""
        return replace(self, version=self.version + 1)

    def state_spending(self, obligation_id: UUID, terms: SpendingTerms) -> "Agreement":
        """The agreement once somebody said what it says about spending one obligation's money."""
        stated = replace(self.obligation(obligation_id), spending=terms)
        obligations = tuple(stated if each.id == obligation_id else each for each in self.obligations)
        return replace(self, obligations=obligations, version=self.version + 1)

    def before_deed_refusal(self, value: date, *, field: str, what: str) -> Invalid | None:
        """Why something cannot have happened on that day: the deed was not yet made."""
        if self.deed_on is None or value >= self.deed_on:
            return None
        return Invalid(
            f"{what}.before_deed",
            f"The {what} is dated {in_words(value)}, before the deed of {in_words(self.deed_on)}. "
            "Check the date.",
            field=field,
        )


def record_agreement(draft: Agreement, *, wards: WardsInForce, today: date) -> Agreement:
    """A new agreement as an officer enters it, without obligations, checked by field."""
    refuse_all("agreement.invalid", agreement_refusals(draft, wards, today))
    return replace(draft, obligations=(), ward_edition_id=edition_of(draft, wards), version=draft.version + 1)


def edition_of(agreement: Agreement, wards: WardsInForce) -> UUID | None:
    """The edition that the agreement's ward is of, if it names one and an edition was in force."""
    return wards.edition_id if agreement.ward else None


def agreement_refusals(draft: Agreement, wards: WardsInForce, today: date) -> list[Invalid | None]:
    """Why an agreement cannot be taken as a form gives it, field by field."""
    return [
        text_refusal(draft.reference, field="reference", name="the agreement's reference"),
        text_refusal(draft.name, field="name", name="a name people know the development by"),
        text_refusal(
            draft.planning_application, field="planning_application", name="the planning application"
        ),
        organisation_refusal(draft.organisation),
        _kind_refusal(draft.kind),
        _deed_refusal(draft.deed_on, today),
        web_address_refusal(draft.document_url, field="document_url"),
        _site_refusal(draft.site_address),
        wards.refusal(draft.ward),
        _developer_refusal(draft.developer),
    ]


def _kind_refusal(kind: AgreementKind | None) -> Invalid | None:
    if kind is not None:
        return None
    return Invalid("agreement.kind_missing", "Choose what kind of agreement this is.", field="kind")


def _deed_refusal(deed_on: date | None, today: date) -> Invalid | None:
    if deed_on is None:
        return Invalid("deed_on.missing", "Enter the date of the deed.", field="deed_on")
    if deed_on < EARLIEST_DEED:
        message = (
            f"The deed is dated {in_words(deed_on)}, before planning obligations began on "
            f"{in_words(EARLIEST_DEED)}. Check the date."
        )
        return Invalid("deed_on.too_early", message, field="deed_on")
    return future_refusal(deed_on, today=today, field="deed_on", name="The deed")


def _site_refusal(site_address: str | None) -> Invalid | None:
    if site_address is None:
        return None
    return text_refusal(site_address, field="site_address", name="the site's address", longest=500)


def _developer_refusal(developer: Developer | None) -> Invalid | None:
    if developer is None:
        return None
    return text_refusal(developer.name, field="developer", name="the developer's name")
