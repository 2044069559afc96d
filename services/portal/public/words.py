"""How a grant stands and what a measurement tells, in words."""

from services.portal.layout.filters import kg, pounds
from services.portal.public.rows import Row


def grant_status(row: Row) -> str:
    """How far a grant has come."""
    if row["offer_declined_on"] is not None:
        return "Offer declined"
    if not row["granted_pence"]:
        lacking = row["shortfall_pence"]
        return f"Awarded, but the pots lack {pounds(lacking)}" if lacking else "Awarded"
    if row["completed_on"] is not None:
        return "Works completed"
    if row["paid_pence"]:
        return "Paid" if row["paid_pence"] == row["granted_pence"] else "Partly paid"
    return "Accepted" if row["committed_pence"] else "Offered"


def saving_said(row: Row) -> str:
    """What a verified saving tells, and what it does not."""
    saved, band_width = kg(row["saved_kg_co2e"]), kg(row["total_band_kg_co2e"])
    percent, generated = row["confidence_percent"], row["temperatures_generated"]
    band = f"{saved}, plus or minus {band_width} (with {percent}% confidence)"
    weather = " The temperatures are generated for the demonstration." if generated else ""
    if row["distinguishable"]:
        grew = row["saved_kg_co2e"] < 0
        return f"{'An increase' if grew else 'A real saving'}: {band}.{weather}"
    return f"Not distinguishable from no change: {band}; the uncertainty is larger than the change.{weather}"
