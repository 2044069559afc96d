"""The charts of the trace, from the same models as its tables."""

from services.portal.comparing import promised_in
from services.portal.layout import charts
from services.portal.layout.filters import day
from services.portal.public.models import Pot, ProjectTrace


def pot_chart(pot: Pot) -> charts.Chart:
    """What has become of the pot."""
    return charts.pot(
        paid_pence=pot.paid_pence,
        committed_pence=pot.committed_pence,
        reserved_pence=pot.reserved_pence,
        available_pence=pot.available_pence,
        refunding_pence=pot.refunding_pence,
        returned_pence=pot.returned_pence,
        chart_id="pot",
        title="What has become of the money",
    )


def savings_chart(trace: ProjectTrace) -> charts.Chart | None:
    """What was promised for the days of each verified period beside it; none before the first."""
    promise = trace.grant.promise_kg_co2e
    if promise is None or not trace.savings:
        return None
    bars = [
        charts.PromisedMeasured(
            label=f"{day(saving.period_start)} to {day(saving.last_on)}",
            promised=promised_in(promise, saving.period_start, saving.period_end),
            measured=saving.saved_kg_co2e,
            band=saving.total_band_kg_co2e,
        )
        for saving in trace.savings
    ]
    title = "Promised and measured, for each verified period"
    return charts.promised_against_measured(bars, chart_id="savings", title=title, unit="kgCO2e", places=1)
