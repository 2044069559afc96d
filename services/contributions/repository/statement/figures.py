"""What each figure of the yearly statement adds up: SQL for its lines, of which the figure is the sum.

A line is an obligation, a receipt, an entry of the ledger or a reported transaction. Every statement takes
`years` (the years in which financial years begin) and `organisation`.
"""

from collections.abc import Mapping

from services.contributions.domain.statement.figures import Code


def year_of(day: str) -> str:
    """SQL for the financial year in which a day lies."""
    return f"(CAST(extract(year FROM {day}) AS int) - CAST(extract(month FROM {day}) < 4 AS int))"


MOVEMENT = f"""
    SELECT obligation_id, status, amount_pence AS pence, counted_on AS happened_on,
           {year_of("counted_on")} AS year, CAST(NULL AS uuid) AS pot_id,
           CAST(NULL AS uuid) AS application_id, CAST(NULL AS bigint) AS position, reference AS reported_as
    FROM reported_transaction WHERE amount_pence <> 0 AND status <> 'secured'
    UNION ALL
    SELECT p.obligation_id,
           CASE e.account WHEN 'received' THEN 'received' WHEN 'paid' THEN 'spent'
                          WHEN 'returned' THEN 'returned' WHEN 'interest_earned' THEN 'interest'
                          ELSE 'allocated' END,
           CASE WHEN e.account IN ('received', 'interest_earned') THEN -1 ELSE 1 END * e.amount_pence,
           coalesce(e.happened_on, e.booked_on), {year_of("e.booked_on")}, e.pot_id, e.application_id,
           e.position, NULL
    FROM ledger_entry e JOIN pot p ON p.id = e.pot_id
    WHERE e.account IN ('received', 'interest_earned', 'paid', 'returned')
       OR (e.account = 'reserved' AND e.kind IN ('reservation', 'release_of_reservation'))
       OR (e.account = 'committed' AND e.kind = 'release_of_commitment')
"""  # noqa: S608 - this module's own words
"""Every movement that counts, from the ledger and from what was reported, each once.

Opening balances are left out: they are what the reported rows left. Reservations count as allocated until
they are released; commitments and requests for payment change nothing in that. An entry counts in the year in
which it is booked: that of its day, unless that year was closed before it was known.
"""


def _obligation_lines(condition: str, *, units: bool = False) -> str:
    quantity = "CAST(CAST(r.content AS json) ->> 'units' AS numeric)" if units else "o.amount_pence"
    reported = """
        JOIN reported_row r ON r.counted AND r.dataset = 'developer-agreement-contribution'
            AND r.organisation = a.organisation AND r.reference = o.reference
            AND CAST(r.content AS json) ->> 'developer-agreement' = a.reference
            AND CAST(r.content AS json) ->> 'units' ~ '^[0-9]{1,9}([.]0+)?$'
    """
    return f"""
        SELECT {year_of("a.deed_on")} AS year, o.id AS obligation_id, CAST(NULL AS uuid) AS pot_id,
               CAST(NULL AS uuid) AS application_id, CAST(NULL AS bigint) AS position,
               CAST(NULL AS text) AS reported_as, a.deed_on AS happened_on, {quantity} AS quantity
        FROM obligation o JOIN agreement a ON a.id = o.agreement_id {reported if units else ""}
        WHERE a.deed_on IS NOT NULL AND {condition}
    """  # noqa: S608 - this module's own words


def _movement_lines(condition: str) -> str:
    return f"""
        SELECT m.year, m.obligation_id, m.pot_id, m.application_id, m.position, m.reported_as, m.happened_on,
               m.pence AS quantity
        FROM ({MOVEMENT}) m JOIN obligation o ON o.id = m.obligation_id WHERE {condition}
    """  # noqa: S608 - this module's own words


def _position_lines(quantity: str, *, by_grant: bool = False, before: bool = False) -> str:
    """A line for each obligation, or each grant's part of it, of what moved up to the end of each year."""
    grant = "m.application_id" if by_grant else "CAST(NULL AS uuid)"
    return f"""
        SELECT year, obligation_id, CAST(NULL AS uuid) AS pot_id, application_id,
               CAST(NULL AS bigint) AS position, CAST(NULL AS text) AS reported_as,
               CAST(NULL AS date) AS happened_on, {quantity} AS quantity
        FROM (
            SELECT w.year, m.obligation_id, m.application_id,
                   coalesce(sum(received) FILTER (WHERE m.year < w.year), 0) AS received_before,
                   sum(received) AS received, sum(allocated) AS allocated, sum(gone) AS gone,
                   sum(returned) AS returned, sum(interest) AS interest
            FROM unnest(CAST(:years AS int[])) AS w(year)
            JOIN (
                SELECT m.obligation_id, {grant} AS application_id, m.year,
                       coalesce(sum(pence) FILTER (WHERE status = 'received'), 0) AS received,
                       coalesce(sum(pence) FILTER (WHERE status = 'allocated'), 0) AS allocated,
                       coalesce(sum(pence) FILTER (WHERE status IN ('spent', 'transferred')), 0) AS gone,
                       coalesce(sum(pence) FILTER (WHERE status = 'returned'), 0) AS returned,
                       coalesce(sum(pence) FILTER (WHERE status = 'interest'), 0) AS interest
                FROM ({MOVEMENT}) m GROUP BY 1, 2, 3) m ON m.year {"<" if before else "<="} w.year
            GROUP BY 1, 2, 3) standing
        WHERE {quantity} <> 0
    """  # noqa: S608 - this module's own words


_RETAINED = "received + interest - gone - returned"
LINES: Mapping[Code, str] = {
    Code.A: _obligation_lines("o.amount_pence <> 0"),
    Code.B: _movement_lines("m.status = 'received'"),
    Code.C: _position_lines("greatest(received_before - greatest(allocated, gone) - returned, 0)"),
    Code.D_HOUSING: _obligation_lines("o.purpose = 'affordable-housing'", units=True),
    Code.D_EDUCATION: _obligation_lines("o.purpose = 'education'", units=True),
    Code.E: _position_lines("greatest(allocated - gone, 0)", by_grant=True),
    Code.F: _movement_lines("m.status IN ('spent', 'transferred')"),
    Code.H_MONITORING: _movement_lines(
        "m.status IN ('spent', 'transferred') AND o.purpose = 'monitoring-fees'"
    ),
    Code.I: _position_lines(_RETAINED),
    Code.RETAINED_BEFORE: _position_lines(_RETAINED, before=True),
    Code.RETURNED: _movement_lines("m.status = 'returned'"),
    Code.INTEREST: _movement_lines("m.status = 'interest'"),
}
_OF_ORGANISATION = """
    l.year = ANY(CAST(:years AS int[]))
    AND a.organisation = :organisation
"""
_OF_REGISTER = "JOIN obligation o ON o.id = l.obligation_id JOIN agreement a ON a.id = o.agreement_id"


def totals_of(code: Code) -> str:
    """SQL for a figure of each year: the sum of its lines, and how many they are."""
    return f"""
        SELECT l.year, sum(l.quantity) AS quantity, count(*) AS lines
        FROM ({LINES[code]}) l {_OF_REGISTER} WHERE {_OF_ORGANISATION} GROUP BY l.year
    """  # noqa: S608 - this module's own words


def items_of(code: Code) -> str:
    """SQL for the items of a figure: grants, and purposes where there is no grant, with the sum of each."""
    return f"""
        SELECT l.year, l.application_id, g.reference AS grant_reference, g.grantee,
               CASE WHEN l.application_id IS NULL THEN o.purpose END AS purpose,
               sum(l.quantity) AS quantity, count(*) AS lines
        FROM ({LINES[code]}) l {_OF_REGISTER}
        LEFT JOIN grant_funding g ON g.application_id = l.application_id
        WHERE {_OF_ORGANISATION} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, sum(l.quantity) DESC, 3, 5
    """  # noqa: S608 - this module's own words


def lines_of(code: Code) -> str:
    """SQL for the lines themselves, in the order of the register, from `after` on."""
    return f"""
        SELECT a.id AS agreement_id, a.reference AS agreement, l.obligation_id, o.reference, o.purpose,
               l.pot_id, l.application_id, g.reference AS grant_reference, g.grantee, l.position,
               l.reported_as, l.happened_on, l.quantity
        FROM ({LINES[code]}) l {_OF_REGISTER}
        LEFT JOIN grant_funding g ON g.application_id = l.application_id
        WHERE {_OF_ORGANISATION}
        ORDER BY a.reference, o.reference, l.happened_on, l.position, l.reported_as, l.obligation_id,
                 l.application_id
        OFFSET :skipped LIMIT :shown
    """  # noqa: S608 - this module's own words
