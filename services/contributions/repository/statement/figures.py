"""What each figure of the yearly statement adds up: SQL for its lines, of which the figure is the sum.

A line is an obligation, a receipt, an entry of the ledger or a reported transaction. Every statement takes
`years` (the years in which financial years begin) and `organisation`.
"""

from collections.abc import Iterable, Mapping

from services.contributions.domain.statement.figures import ITEMISED, Code


def year_of(day: str) -> str:
    """SQL for the financial year in which a day lies."""
    return f"(CAST(extract(year FROM {day}) AS int) - CAST(extract(month FROM {day}) < 4 AS int))"


_ZERO_OR = "coalesce(sum({}) FILTER (WHERE {}), 0) AS {}"
_IN_A_YEAR = ", ".join(
    _ZERO_OR.format("pence", condition, name)
    for name, condition in {
        "received": "status IN ('received', 'taken_over')",
        "interest": "status = 'interest'",
        "allocated": "status = 'allocated'",
        "gone": "status IN ('spent', 'transferred')",
        "returned": "status = 'returned'",
    }.items()
)
_RETAINED = "received + interest - gone - returned"
STANDING = f"""
    WITH register AS MATERIALIZED (
        SELECT o.id, o.reference, o.purpose, o.amount_pence, a.id AS agreement_id, a.reference AS agreement,
               a.organisation, a.deed_on
        FROM obligation o JOIN agreement a ON a.id = o.agreement_id WHERE a.organisation = :organisation
    ), reported AS (
        SELECT DISTINCT ON (t.obligation_id, t.reference) t.*
        FROM reported_transaction t JOIN open_data_import i ON i.id = t.import_id
        ORDER BY t.obligation_id, t.reference, i.imported_at DESC
    ), movement AS MATERIALIZED (
        SELECT t.obligation_id, t.status, t.amount_pence AS pence, t.counted_on AS happened_on,
               {year_of("t.counted_on")} AS year, CAST(NULL AS uuid) AS pot_id,
               CAST(NULL AS uuid) AS application_id, CAST(NULL AS bigint) AS position,
               t.reference AS reported_as, o.purpose
        FROM reported t JOIN register o ON o.id = t.obligation_id
        WHERE t.amount_pence <> 0 AND t.status <> 'secured'
        UNION ALL
        SELECT p.obligation_id,
               CASE e.account WHEN 'received' THEN 'received' WHEN 'paid' THEN 'spent'
                              WHEN 'opening_balance' THEN 'taken_over'
                              WHEN 'returned' THEN 'returned' WHEN 'interest_earned' THEN 'interest'
                              ELSE 'allocated' END,
               CASE WHEN e.account IN ('received', 'interest_earned', 'opening_balance') THEN -1 ELSE 1 END
               * e.amount_pence,
               coalesce(e.happened_on, e.booked_on), {year_of("e.booked_on")}, e.pot_id, e.application_id,
               e.position, NULL, o.purpose
        FROM ledger_entry e JOIN pot p ON p.id = e.pot_id JOIN register o ON o.id = p.obligation_id
        WHERE e.account IN ('received', 'interest_earned', 'paid', 'returned')
           OR (e.account = 'reserved' AND e.kind IN ('reservation', 'release_of_reservation'))
           OR (e.account = 'committed' AND e.kind = 'release_of_commitment')
           OR (e.account = 'opening_balance' AND NOT EXISTS (
               SELECT FROM reported_transaction t WHERE t.obligation_id = p.obligation_id))
    ), moved AS (
        SELECT obligation_id, application_id, year, {_IN_A_YEAR} FROM movement GROUP BY 1, 2, 3
    ), by_grant AS MATERIALIZED (
        SELECT w.year, m.obligation_id, m.application_id, sum(allocated) AS allocated, sum(gone) AS gone,
               sum(returned) AS returned, sum({_RETAINED}) AS retained,
               {_ZERO_OR.format("received", "m.year < w.year", "received_before")},
               {_ZERO_OR.format(_RETAINED, "m.year < w.year", "retained_before")}
        FROM unnest(CAST(:years AS int[])) AS w(year) JOIN moved m ON m.year <= w.year GROUP BY 1, 2, 3
    ), by_obligation AS MATERIALIZED (
        SELECT year, obligation_id, CAST(NULL AS uuid) AS application_id, sum(allocated) AS allocated,
               sum(gone) AS gone, sum(returned) AS returned, sum(retained) AS retained,
               sum(received_before) AS received_before, sum(retained_before) AS retained_before
        FROM by_grant GROUP BY 1, 2
    )
"""  # noqa: S608 - this module's own words
"""The register of the organisation, every movement that counts, and where each year leaves each obligation.

Movements come from the ledger and from the newest report of each transaction: an opening balance that
reported rows left is left out, one that was entered by itself is taken over. Reservations count as
allocated until they are released; commitments and requests for payment change nothing in that. An entry
counts in the year in which it is booked: that of its day, unless that year was closed before it was
known.
"""


def _obligation_lines(condition: str, *, units: bool = False) -> str:
    quantity = "CAST(CAST(r.content AS json) ->> 'units' AS numeric)" if units else "o.amount_pence"
    reported = """
        CROSS JOIN LATERAL (
            SELECT r.content FROM reported_row r JOIN open_data_import i ON i.id = r.import_id
            WHERE r.counted AND r.dataset = 'developer-agreement-contribution'
              AND r.organisation = o.organisation AND r.reference = o.reference
              AND CAST(r.content AS json) ->> 'developer-agreement' = o.agreement
            ORDER BY i.imported_at DESC LIMIT 1) r
    """
    return f"""
        SELECT {year_of("o.deed_on")} AS year, o.id AS obligation_id, CAST(NULL AS uuid) AS pot_id,
               CAST(NULL AS uuid) AS application_id, CAST(NULL AS bigint) AS position,
               CAST(NULL AS text) AS reported_as, o.deed_on AS happened_on, {quantity} AS quantity
        FROM register o {reported if units else ""} WHERE o.deed_on IS NOT NULL AND {condition}
    """  # noqa: S608 - this module's own words


def _movement_lines(condition: str) -> str:
    return f"""
        SELECT year, obligation_id, pot_id, application_id, position, reported_as, happened_on,
               pence AS quantity
        FROM movement WHERE {condition}
    """  # noqa: S608 - this module's own words


def _standing_lines(quantity: str, *, standing: str = "by_obligation") -> str:
    """A line for each obligation, or each grant's part of it, of what moved up to the end of each year."""
    return f"""
        SELECT year, obligation_id, CAST(NULL AS uuid) AS pot_id, application_id,
               CAST(NULL AS bigint) AS position, CAST(NULL AS text) AS reported_as,
               CAST(NULL AS date) AS happened_on, {quantity} AS quantity
        FROM {standing} WHERE {quantity} <> 0
    """  # noqa: S608 - this module's own words


_HAS_UNITS = "CAST(r.content AS json) ->> 'units' ~ '^[0-9]{1,9}([.]0+)?$'"
_SPENT = "status IN ('spent', 'transferred')"
LINES: Mapping[Code, str] = {
    Code.A: _obligation_lines("o.amount_pence <> 0"),
    Code.B: _movement_lines("status = 'received'"),
    Code.C: _standing_lines("greatest(received_before - greatest(allocated, gone) - returned, 0)"),
    Code.D_HOUSING: _obligation_lines(f"o.purpose = 'affordable-housing' AND {_HAS_UNITS}", units=True),
    Code.D_EDUCATION: _obligation_lines(f"o.purpose = 'education' AND {_HAS_UNITS}", units=True),
    Code.E: _standing_lines("greatest(allocated - gone, 0)", standing="by_grant"),
    Code.F: _movement_lines(_SPENT),
    Code.H_MONITORING: _movement_lines(f"{_SPENT} AND purpose = 'monitoring-fees'"),
    Code.I: _standing_lines("retained"),
    Code.RETAINED_BEFORE: _standing_lines("retained_before"),
    Code.RETURNED: _movement_lines("status = 'returned'"),
    Code.INTEREST: _movement_lines("status = 'interest'"),
    Code.TAKEN_OVER: _movement_lines("status = 'taken_over'"),
}
"""For each figure the lines that it adds up, over what STANDING names."""
_WANTED = "l.year = ANY(CAST(:years AS int[]))"


def _of_each(select: str, codes: Iterable[Code], group: str) -> str:
    """SQL over the lines of several figures at once, whose common ground is worked out once."""
    parts = (
        f"SELECT '{code}' AS code, {select} FROM ({LINES[code]}) l WHERE {_WANTED} GROUP BY {group}"  # noqa: S608 - this module's own words
        for code in codes
    )
    return " UNION ALL ".join(parts)


TOTALS = STANDING + _of_each("l.year, sum(l.quantity) AS quantity, count(*) AS lines", LINES, "l.year")
"""Each figure of each year: the sum of its lines, and how many they are."""
ITEMS = f"""
    {STANDING}
    SELECT i.code, i.year, i.application_id, g.reference AS grant_reference, g.grantee,
           CASE WHEN i.application_id IS NULL THEN o.purpose END AS purpose,
           sum(i.quantity) AS quantity, CAST(sum(i.lines) AS bigint) AS lines
    FROM ({
    _of_each(
        "l.year, l.application_id, l.obligation_id, sum(l.quantity) AS quantity, count(*) AS lines",
        ITEMISED.values(),
        "l.year, l.application_id, l.obligation_id",
    )
}) i
    JOIN register o ON o.id = i.obligation_id
    LEFT JOIN grant_funding g ON g.application_id = i.application_id
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY i.year, sum(i.quantity) DESC, g.reference, 6
"""  # noqa: S608 - this module's own words
"""What the itemised figures are for: grants, and purposes where there is no grant, with the sum of each."""


def lines_of(code: Code) -> str:
    """SQL for the lines of a figure, in the order of the register: `shown` of them after `skipped`."""
    return f"""
        {STANDING}
        SELECT o.agreement_id, o.agreement, l.obligation_id, o.reference, o.purpose, l.pot_id,
               l.application_id, g.reference AS grant_reference, g.grantee, l.position, l.reported_as,
               l.happened_on, l.quantity
        FROM ({LINES[code]}) l JOIN register o ON o.id = l.obligation_id
        LEFT JOIN grant_funding g ON g.application_id = l.application_id
        WHERE {_WANTED}
        ORDER BY o.agreement, o.reference, l.happened_on, l.position, l.reported_as, l.obligation_id,
                 l.application_id
        OFFSET :skipped LIMIT :shown
    """  # noqa: S608 - this module's own words
