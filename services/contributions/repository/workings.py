"""What an obligation's sum has become by a day: the terms and index values it takes, loaded and handed on."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.demands.terms import PaymentTerms
from services.contributions.domain.indexation.asking import (
    AskedMonth,
    base_month,
    end_month,
    missing_month,
    span_of,
)
from services.contributions.domain.indexation.indexed import (
    Indexed,
    IndexFigure,
    indexed_by_figures,
    indexed_by_percent,
    not_indexed,
)
from services.contributions.domain.indexation.periods import falls_in, period_of
from services.contributions.domain.indexation.rule import Basis
from services.contributions.domain.indexation.series import IndexSeries
from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.obligation import Obligation
from services.contributions.repository.index_series import AllIndexSeries


async def work_out(
    session: AsyncSession,
    agreement: Agreement,
    obligation: Obligation,
    terms: PaymentTerms,
    *,
    issued_on: date,
) -> Indexed:
    """The sum of a demandable obligation on a day; Invalid where an index month is missing."""
    assert obligation.amount_pence is not None
    assert obligation.trigger_met_on is not None
    rule = terms.indexation
    if rule.basis is Basis.NONE:
        return not_indexed(obligation.amount_pence)
    due_on = terms.due_on(issued_on=issued_on, trigger_met_on=obligation.trigger_met_on)
    span = span_of(rule, deed_on=agreement.deed_on, trigger_met_on=obligation.trigger_met_on, due_on=due_on)
    if rule.basis is Basis.FIXED_PERCENT:
        return indexed_by_percent(obligation.amount_pence, rule, start=span.start, end=span.end)
    assert rule.series_id is not None
    series = await AllIndexSeries(session).get(rule.series_id)
    base = await _figure(session, series, base_month(rule, span), issued_on)
    end = await _figure(session, series, end_month(rule, span), issued_on)
    return indexed_by_figures(obligation.amount_pence, rule, base=base, end=end)


async def _figure(
    session: AsyncSession, series: IndexSeries, asked: AskedMonth, known_on: date
) -> IndexFigure:
    period = None if asked.month is None else period_of(asked.month, series.frequency)
    found = await AllIndexSeries(session).value(series.id, period, known_on)
    if found is None:
        raise missing_month(series, asked, known_on)
    month = asked.month or found.period
    return IndexFigure(
        series=series.name,
        publisher=series.publisher,
        month=month,
        taken_for=f"{falls_in(month, series.frequency)}, {asked.why}",
        value=found.value,
        published_on=found.published_on,
        provisional=found.provisional,
        publication_id=found.publication_id,
    )
