"""Agreements with developers and the obligations in them: what secures the money."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.contributions.domain.checks import web_address_refusal
from services.contributions.domain.register.obligation import Obligation, obligation_refusals
from shared.checks import future_refusal, organisation_refusal, refuse_all, text_refusal
from shared.errors import Conflict, Invalid, NotFound
from shared.wording import in_words


class AgreementKind(StrEnum):
    """The legal form by which a developer is bound to pay."""

    SECTION_106 = "section_106"
    UNILATERAL_UNDERTAKING = "unilateral_undertaking"
    COMMUNITY_INFRASTRUCTURE_LEVY = "community_infrastructure_levy"
    SECTION_278 = "section_278"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A deed binding a developer to an organisation; only an imported one may lack its date or kind."""

    id: UUID
    reference: str
    name: str
    planning_application: str
    organisation: str
    kind: AgreementKind | None
    deed_on: date | None
    document_url: str | None = None
    obligations: tuple[Obligation, ...] = ()
    version: int = 0

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


def record_agreement(draft: Agreement, *, today: date) -> Agreement:
    """A new agreement as an officer enters it, without obligations, checked by field."""
    refuse_all(
        "agreement.invalid",
        [
            text_refusal(draft.reference, field="reference", name="the agreement's reference"),
            text_refusal(draft.name, field="name", name="a name people know the development by"),
            text_refusal(
                draft.planning_application, field="planning_application", name="the planning application"
            ),
            organisation_refusal(draft.organisation),
            _kind_refusal(draft.kind),
            _deed_refusal(draft.deed_on, today),
            web_address_refusal(draft.document_url, field="document_url"),
        ],
    )
    return replace(draft, obligations=(), version=draft.version + 1)


def _kind_refusal(kind: AgreementKind | None) -> Invalid | None:
    if kind is not None:
        return None
    return Invalid("agreement.kind_missing", "Choose what kind of agreement this is.", field="kind")


def _deed_refusal(deed_on: date | None, today: date) -> Invalid | None:
    if deed_on is None:
        return Invalid("deed_on.missing", "Enter the date of the deed.", field="deed_on")
    return future_refusal(deed_on, today=today, field="deed_on", name="The deed")
