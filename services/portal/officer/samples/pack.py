"""The pack of a sample: one ZIP with a page and a CSV line for each entry, to read without a network.

The same sample of the same books is the same file, byte by byte: it holds nothing of the day it was made.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping

from services.portal.layout.csv_files import Cell, csv_text
from services.portal.layout.templates import environment
from services.portal.officer.pots import in_pounds
from services.portal.officer.samples.books import Sample, SampleClaim, SampledEntry
from services.portal.officer.words import ACCOUNTS, MOVEMENTS, in_words

COLUMNS = (
    *("Entry", "Times drawn", "Booked on", "Happened on", "What", "Account", "Sum, £", "Page"),
    *("Agreement", "Deed dated", "Deed", "Obligation", "Obligation secures, £", "Trigger met on", "Demand"),
    *("Pot", "Received on", "Received, £", "Grant", "Grant holder", "Award", "Award decided on"),
    *("Claim", "Payment", "Voucher", "Paid on", "Cause", "Actor", "Events"),
)
NO_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a ZIP file knows, so that the pack does not change with the day."""


def make_pack(sample: Sample) -> bytes:
    """The bytes of the ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in _files(sample):
            about = zipfile.ZipInfo(name, NO_DAY)
            about.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(about, text)
    return out.getvalue()


def _files(sample: Sample) -> Iterator[tuple[str, str]]:
    words: Mapping[str, object] = {"in_words": in_words, "movements": MOVEMENTS, "accounts": ACCOUNTS}
    index = environment().get_template("officer/samples/pack_index.html")
    page = environment().get_template("officer/samples/pack_entry.html")
    yield "index.html", index.render(sample=sample, **words)
    for drawn in sample.entries:
        yield (
            drawn.file_name,
            page.render(
                sample=sample,
                drawn=drawn,
                entry=drawn.entry,
                pot=sample.pot_of(drawn.entry),
                grant=sample.grant_of(drawn.entry),
                **words,
            ),
        )
    yield "sample.csv", csv_text(COLUMNS, [_cells(sample, drawn) for drawn in sample.entries])
    yield "sample.json", json.dumps(sample.model_dump(mode="json"), indent=1, ensure_ascii=False)


def _cells(sample: Sample, drawn: SampledEntry) -> tuple[Cell, ...]:
    entry, pot, grant = drawn.entry, sample.pot_of(drawn.entry), sample.grant_of(drawn.entry)
    claims = grant.claims if grant else ()
    return (
        entry.position,
        drawn.times,
        entry.booked_on,
        entry.happened_on,
        in_words(entry.kind, MOVEMENTS),
        in_words(entry.account, ACCOUNTS),
        in_pounds(entry.amount_pence),
        drawn.file_name,
        pot.agreement,
        pot.deed_on,
        pot.document_url,
        pot.reference,
        None if pot.amount_pence is None else in_pounds(pot.amount_pence),
        pot.trigger_met_on,
        " ".join(demand.reference for demand in pot.demands),
        str(pot.pot_id),
        pot.received_on,
        in_pounds(pot.received_pence),
        (grant.reference or str(grant.application_id)) if grant else None,
        grant.grantee if grant else None,
        str(grant.award_id or "") if grant else None,
        grant.decided_on if grant else None,
        _each(claims, "claim_id"),
        _each(claims, "payment_id"),
        _each(claims, "voucher"),
        _each(claims, "paid_on"),
        f"{entry.cause} {entry.cause_id}",
        entry.actor,
        " ".join(str(event.event_id) for event in drawn.events),
    )


def _each(claims: tuple[SampleClaim, ...], name: str) -> str:
    """What all claims have of one thing, those without it left out."""
    values = (getattr(claim, name) for claim in claims)
    return " ".join(str(value) for value in values if value is not None)
