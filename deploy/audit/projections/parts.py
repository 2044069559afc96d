"""Rows that several kinds of event fill, or one for each part of an event: the portal's, assessment's."""

from __future__ import annotations

from deploy.audit.copies import Copy, Fixed, Source
from deploy.audit.handled import ALL
from deploy.audit.projections.shown import APPLICATION

SHARE: dict[str, Source] = {"amount_pence": "*.amount_pence", "undated": "*.undated"}


def _moved(kind: str, payment: Source = Fixed(None)) -> dict[str, Source]:  # noqa: B008 - it never changes
    return {"kind": Fixed(kind), **SHARE, "payment_id": payment}


FUND_MOVEMENT = Copy(
    check="projection",
    reader="portal",
    table="fund_movement",
    key={**APPLICATION, "sequence": "@sequence", "pot_id": "*.pot_id"},
    each="shares",
    rows="SELECT * FROM fund_movement WHERE kind <> 'redrawn'",
    events={
        "funds.reserved.v1": _moved("reserved"),
        "funds.committed.v1": _moved("committed"),
        "funds.released.v1": _moved("released"),
        "payment.made.v1": _moved("paid", "payment_id"),
    },
)
NO_ACT: dict[str, Source] = {
    name: Fixed(None) for name in ("reason", "voucher", "spend_by_on", "document_url")
}


def _act(kind: str, happened_on: str, **others: Source) -> dict[str, Source]:
    """What an event did to a pot apart from grants; what it does not tell is empty."""
    return {
        **NO_ACT,
        "kind": Fixed(kind),
        "amount_pence": "amount_pence",
        "happened_on": happened_on,
        **others,
    }


REDRAWN = Copy(
    check="projection",
    reader="portal",
    table="fund_movement",
    key={**APPLICATION, "sequence": "@sequence", "pot_id": "*.pot_id"},
    each="changes",
    rows="SELECT * FROM fund_movement WHERE kind = 'redrawn'",
    events={
        "funds.redrawn.v1": {
            "amount_pence": "*.change_pence",
            "undated": "*.undated",
            "payment_id": Fixed(None),
        }
    },
)
SPEND_BY = Copy(
    check="projection",
    reader="portal",
    table="pot",
    key={"pot_id": "pot_id"},
    filled="spend_by_sequence",
    events={
        name: {"spend_by_on": "spend_by_on", "spend_by_sequence": "@sequence"}
        for name in ("pot.opened.v1", "pot.extended.v1")
    },
)
POT_ACT = Copy(
    check="projection",
    reader="portal",
    table="pot_act",
    key={"pot_id": "pot_id", "sequence": "@sequence"},
    events={
        "balance.corrected.v1": _act("corrected", "corrected_on", reason="reason"),
        "receipt.reversed.v1": _act("reversed", "reversed_on", reason="reason"),
        "interest.shared.v1": _act("interest", "shared_on"),
        "pot.extended.v1": {
            **_act("extended", "deed_on", spend_by_on="spend_by_on", document_url="document_url"),
            "amount_pence": Fixed(None),
        },
        "refund.requested.v1": _act("refund_requested", "requested_on"),
        "refund.approved.v1": _act("refund_approved", "approved_on"),
        "refund.refused.v1": _act("refund_refused", "refused_on"),
        "refund.made.v1": _act("returned", "returned_on", voucher="voucher"),
    },
)
FUNDED = Copy(
    check="projection",
    reader="portal",
    table="application",
    key=APPLICATION,
    filled="funding_sequence",
    events={name: {"funding_sequence": "@sequence"} for name in (*FUND_MOVEMENT.events, "funds.redrawn.v1")},
)
_MEASURED = {
    name: f"*.{name}" for name in ("kind", "fuel", "lifetime_years", "promised_kwh", "promised_kg_co2e")
}
MEASURE = Copy(
    check="projection",
    reader="portal",
    table="measure",
    key={**APPLICATION, "sequence": "@sequence", "measure_id": "*.measure_id"},
    each="measures",
    events=dict.fromkeys(("application.submitted.v1", "offer.accepted.v1"), _MEASURED),
)
SAVING_METER = Copy(
    check="projection",
    reader="portal",
    table="saving_meter",
    key={"saving_id": "saving_id", "meter_id": "*.meter_id"},
    each="meters",
    events={
        "savings.verified.v1": {
            "sequence": "@sequence",
            **{
                name: f"*.{name}"
                for name in (
                    "fuel",
                    "counterfactual_kwh",
                    "observed_kwh",
                    "avoided_kwh",
                    "model_band_kwh",
                    "total_band_kwh",
                    "factor_kg_co2e_per_kwh",
                    "saved_kg_co2e",
                )
            },
        }
    },
)
PROGRESS = Copy(
    check="projection",
    reader="portal",
    table="progress",
    key={"topic": "@topic", "key": "@key"},
    events={name: {"sequence": "@sequence", "occurred_at": "@occurred_at"} for name in sorted(ALL)},
)
FUNDING = Copy(
    check="projection",
    reader="assessment",
    table="funding",
    key=APPLICATION,
    events={
        "funds.reserved.v1": {
            "sequence": "@sequence",
            "reserved_pence": "amount_pence",
            "shortfall_pence": Fixed(0),
        },
        "funds.refused.v1": {
            "sequence": "@sequence",
            "reserved_pence": Fixed(0),
            "shortfall_pence": "shortfall_pence",
        },
    },
)
