"""What changes a recorded deed: the correction of a mistake, and a deed of variation.

A correction says what the deed always said; a variation makes a new version that holds from its own date.
Both name fields of Agreement and Obligation; what is named but is as it was does not count as a change.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.contributions.domain.checks import web_address_refusal
from services.contributions.domain.register.agreement import (
    EARLIEST_DEED,
    Agreement,
    agreement_refusals,
    edition_of,
)
from services.contributions.domain.register.obligation import Obligation, obligation_refusals
from services.contributions.domain.register.wards import WardsInForce
from shared.checks import future_refusal, refuse_all, text_refusal
from shared.errors import Conflict, Invalid
from shared.wording import in_words

LONGEST_WORDS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """A deed of variation: its own date, where it can be read, and in words what it changes."""

    id: UUID
    deed_on: date
    document_url: str | None
    summary: str


def correct_agreement(
    agreement: Agreement,
    changes: Mapping[str, Any],
    *,
    reason: str,
    wards: WardsInForce,
    today: date,
    money_moved: bool,
) -> Agreement:
    """The agreement with a mistake put right; the deed's date stands once money moved under it."""
    corrected, changed = replace(agreement, **changes), _changed(agreement, changes)
    names_ward = bool({"ward", "deed_on"} & changed)
    refuse_all(
        "correction.invalid",
        [
            reason_refusal(reason),
            _nothing_changed(changed),
            wards.refusal(corrected.ward) if names_ward else None,
            _moved_refusal(money_moved and "deed_on" in changed, "deed_on"),
            _varied_before_deed_refusal(corrected),
            *_of(changed - {"ward"}, agreement_refusals(corrected, wards, today)),
        ],
    )
    edition_id = edition_of(corrected, wards) if names_ward else agreement.ward_edition_id
    return replace(corrected, ward_edition_id=edition_id, version=agreement.version + 1)


def correct_obligation(
    agreement: Agreement,
    obligation_id: UUID,
    changes: Mapping[str, Any],
    *,
    reason: str,
    known_wards: frozenset[str],
    money_moved: bool,
) -> Agreement:
    """The agreement with a mistake in one obligation put right, before any money came of it."""
    obligation = agreement.obligation(obligation_id)
    if money_moved:
        raise Conflict(
            "obligation.money_moved",
            f"Money was received under {obligation.reference}: what it came under stands. "
            "If the deed was changed, record the deed of variation.",
        )
    corrected, changed = replace(obligation, **changes), _changed(obligation, changes)
    refuse_all(
        "correction.invalid",
        [
            reason_refusal(reason),
            _nothing_changed(changed),
            _taken_refusal(agreement, corrected),
            *_of(changed, obligation_refusals(corrected, known_wards)),
        ],
    )
    return _with(agreement, corrected)


def vary_agreement(
    agreement: Agreement,
    variation: Variation,
    changes: Mapping[str, Any],
    *,
    wards: WardsInForce,
    today: date,
) -> Agreement:
    """The version of the agreement that a deed of variation makes; its obligations carry over."""
    varied, changed = replace(agreement, **changes), _changed(agreement, changes)
    refuse_all(
        "variation.invalid",
        [
            text_refusal(
                variation.summary, field="summary", name="what the deed changes", longest=LONGEST_WORDS
            ),
            web_address_refusal(variation.document_url, field="document_url"),
            _variation_day_refusal(agreement, variation.deed_on, today),
            *_of(changed, agreement_refusals(varied, wards, today)),
        ],
    )
    return replace(
        varied,
        ward_edition_id=edition_of(varied, wards) if "ward" in changed else agreement.ward_edition_id,
        deed_version=agreement.deed_version + 1,
        varied_on=variation.deed_on,
        version=agreement.version + 1,
    )


def vary_obligation(
    agreement: Agreement,
    obligation_id: UUID,
    changes: Mapping[str, Any],
    *,
    known_wards: frozenset[str],
    place: str,
) -> Agreement:
    """The agreement with one obligation as a deed of variation has it; itself where nothing of it changes.

    `place` stands before the name of each field that is refused.
    """
    obligation = agreement.obligation(obligation_id)
    varied, changed = replace(obligation, **changes), _changed(obligation, changes)
    refusals = _of(changed, obligation_refusals(varied, known_wards))
    refuse_all("variation.invalid", [_placed(refusal, place) for refusal in refusals])
    return _with(agreement, varied) if changed else agreement


def refuse_stale(agreement: Agreement, seen_sequence: int | None) -> None:
    """Refuse what was decided by an older look at the agreement; None means that nobody said which."""
    if seen_sequence in {None, agreement.version}:
        return
    message = (
        "Somebody changed this agreement after you opened the page. Open it again to see what is recorded, "
        "then enter what is still to be changed."
    )
    raise Conflict("agreement.changed_meanwhile", message)


def last_day_of_version(varied_on: date) -> date:
    """The day on which the version ends that a deed of variation replaces."""
    return varied_on - timedelta(days=1)


def reason_refusal(reason: str) -> Invalid | None:
    """Why the reason of a correction cannot be taken, if it cannot."""
    return text_refusal(reason, field="reason", name="why this is corrected", longest=LONGEST_WORDS)


def _with(agreement: Agreement, changed: Obligation) -> Agreement:
    obligations = tuple(changed if each.id == changed.id else each for each in agreement.obligations)
    return replace(agreement, obligations=obligations, version=agreement.version + 1)


def _of(changed: AbstractSet[str], refusals: Iterable[Invalid | None]) -> list[Invalid]:
    """Of what is wrong only what is changed here: an imported deed may lack what nobody touches now."""
    return [each for each in refusals if each is not None and each.problems[0].field in changed]


def _placed(refusal: Invalid, place: str) -> Invalid:
    return Invalid(refusal.code, refusal.message, field=f"{place}{refusal.problems[0].field}")


def _changed(before: Agreement | Obligation, changes: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(name for name, value in changes.items() if getattr(before, name) != value)


def _nothing_changed(changed: frozenset[str]) -> Invalid | None:
    if changed:
        return None
    return Invalid("correction.changes_nothing", "This is what is recorded already. Change what is wrong.")


def _moved_refusal(forbidden: bool, field: str) -> Invalid | None:
    if not forbidden:
        return None
    message = "Money was received under this deed, so its date stands. Leave the date as it is."
    return Invalid("agreement.money_moved", message, field=field)


def _varied_before_deed_refusal(corrected: Agreement) -> Invalid | None:
    if corrected.varied_on is None or corrected.deed_on is None or corrected.deed_on < corrected.varied_on:
        return None
    message = f"The deed was varied on {in_words(corrected.varied_on)}: it must be of an earlier day."
    return Invalid("deed_on.after_variation", message, field="deed_on")


def _variation_day_refusal(agreement: Agreement, varied_on: date, today: date) -> Invalid | None:
    began_on = agreement.in_force_from
    if varied_on < EARLIEST_DEED:
        message = f"No planning obligation was varied before {in_words(EARLIEST_DEED)}. Check the date."
        return Invalid("deed_on.too_early", message, field="deed_on")
    if began_on is not None and varied_on <= began_on:
        message = (
            f"The deed of variation is dated {in_words(varied_on)}, but what it varies is of "
            f"{in_words(began_on)}. It must be of a later day: check the date."
        )
        return Invalid("variation.before_deed", message, field="deed_on")
    return future_refusal(varied_on, today=today, field="deed_on", name="The deed of variation")


def _taken_refusal(agreement: Agreement, corrected: Obligation) -> Invalid | None:
    others = {each.reference for each in agreement.obligations if each.id != corrected.id}
    if corrected.reference not in others:
        return None
    message = f"Another obligation of {agreement.reference} is called {corrected.reference}. Use another."
    return Invalid("obligation.reference_taken", message, field="reference")
