"""How the two ledgers stand at a month's end, as one query; the names are those of `Position`."""

from sqlalchemy import text

POSITION = text(
    """
    WITH line AS (
        SELECT l.amount_pence, l.state, m.booked_on FROM general_ledger_line l
        LEFT JOIN cash_movement m ON m.movement_id = l.movement_id
        WHERE l.organisation = :organisation AND l.posted_on <= :last_on
    ), movement AS (
        SELECT m.amount_pence, l.posted_on, x.movement_id IS NOT NULL AS is_explained
        FROM cash_movement m LEFT JOIN general_ledger_line l ON l.movement_id = m.movement_id
        LEFT JOIN explained_movement x ON x.movement_id = m.movement_id
        WHERE m.organisation = :organisation AND m.booked_on <= :last_on
    ), of_lines AS (
        SELECT coalesce(sum(amount_pence), 0) AS general_ledger_pence,
               coalesce(sum(amount_pence) FILTER (WHERE state = 'explained' OR booked_on > :last_on), 0)
               AS explained_pence,
               count(*) FILTER (WHERE state = 'open') AS open_lines,
               count(*) FILTER (WHERE state = 'disputed') AS disputed_lines
        FROM line
    ), of_movements AS (
        SELECT coalesce(sum(amount_pence), 0) AS fund_pence,
               coalesce(sum(amount_pence) FILTER (
                   WHERE posted_on > :last_on OR (posted_on IS NULL AND is_explained)), 0)
               AS outstanding_pence,
               count(*) FILTER (WHERE posted_on IS NULL AND NOT is_explained) AS unexplained_movements
        FROM movement
    )
    SELECT general_ledger_pence, fund_pence, explained_pence, outstanding_pence, open_lines, disputed_lines,
           unexplained_movements
    FROM of_lines, of_movements
    """
)
