"""The rules of the books as queries that find what breaks them (all sums in pence)."""

from __future__ import annotations

from dataclasses import dataclass

BOOKS = "contributions"
SOURCES = {"received": "received", "opening_balance": "received", "interest_earned": "interest"}
"""Accounts that money comes from, and the balance of the pot each counts for."""
HELD = (
    "available",
    "reserved",
    "committed",
    "payment_requested",
    "payment_approved",
    "paid",
    "refund_requested",
    "refund_approved",
    "returned",
)
BALANCES = ("received", "interest", *HELD)
IN_SOURCES = ", ".join(f"'{account}'" for account in SOURCES)
BALANCE = " ".join(f"WHEN account = '{account}' THEN '{name}'" for account, name in SOURCES.items())
OF_THE_POT = ", ".join(f"('{name}', p.{name}_pence)" for name in BALANCES)
LEAST = f"least({', '.join(f'{name}_pence' for name in BALANCES)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A query that finds what is wrong; `where` and `message` are filled from each row that it finds."""

    check: str
    service: str
    sql: str
    where: str
    message: str


RULES = (
    Rule(
        check="trial_balance",
        service=BOOKS,
        sql="SELECT sum(amount_pence) AS total FROM ledger_entry HAVING sum(amount_pence) <> 0",
        where="contributions ledger_entry",
        message="All entries add up to {total} pence; they ought to add up to 0.",
    ),
    Rule(
        check="trial_balance",
        service=BOOKS,
        sql="""
            SELECT movement_id, pot_id, min(kind) AS kind, sum(amount_pence) AS total FROM ledger_entry
            GROUP BY movement_id, pot_id HAVING sum(amount_pence) <> 0 ORDER BY movement_id, pot_id
        """,
        where="contributions ledger_entry movement {movement_id} pot {pot_id}",
        message="The entries of this {kind} add up to {total} pence; they ought to add up to 0.",
    ),
    Rule(
        check="pot_balance",
        service=BOOKS,
        sql=f"""
            WITH entries AS (
                SELECT pot_id, CASE {BALANCE} ELSE account END AS account,
                    sum(CASE WHEN account IN ({IN_SOURCES}) THEN -amount_pence
                             ELSE amount_pence END) AS pence
                FROM ledger_entry GROUP BY 1, 2),
            balances AS (
                SELECT p.id AS pot_id, a.account, a.pence
                FROM pot p CROSS JOIN LATERAL (VALUES {OF_THE_POT}) AS a(account, pence))
            SELECT pot_id, account, coalesce(b.pence, 0) AS balance, coalesce(e.pence, 0) AS entries
            FROM balances b FULL JOIN entries e USING (pot_id, account)
            WHERE coalesce(b.pence, 0) <> coalesce(e.pence, 0) ORDER BY pot_id, account
        """,  # noqa: S608 - only the names above
        where="contributions pot {pot_id} {account}",
        message="The pot says {balance} pence; its entries add up to {entries}.",
    ),
    Rule(
        check="below_zero",
        service=BOOKS,
        sql=f"""
            SELECT * FROM (
                SELECT DISTINCT ON (pot_id, account) pot_id, account, position,
                    sum(amount_pence) OVER (PARTITION BY pot_id, account ORDER BY position) AS pence
                FROM ledger_entry WHERE account NOT IN ({IN_SOURCES})
                ORDER BY pot_id, account, 4) lowest
            WHERE pence < 0
        """,  # noqa: S608 - only the names above
        where="contributions pot {pot_id} {account}",
        message="The balance stood at {pence} pence after entry {position}; it may never be below 0.",
    ),
    Rule(
        check="below_zero",
        service=BOOKS,
        sql=f"""
            SELECT application_id, pot_id, account, sum(amount_pence) AS pence FROM ledger_entry
            WHERE application_id IS NOT NULL AND account NOT IN ({IN_SOURCES}, 'available')
            GROUP BY 1, 2, 3 HAVING sum(amount_pence) < 0 ORDER BY 1, 2, 3
        """,  # noqa: S608 - only the names above
        where="contributions grant {application_id} pot {pot_id} {account}",
        message="The grant holds {pence} pence there; it may not be below 0.",
    ),
    Rule(
        check="below_zero",
        service=BOOKS,
        sql=f"""
            SELECT id, {LEAST} AS pence FROM pot WHERE {LEAST} < 0 ORDER BY id
        """,  # noqa: S608 - only the names above
        where="contributions pot {id}",
        message="One of the pot's balances is {pence} pence; none may be below 0.",
    ),
    Rule(
        check="closed_books",
        service=BOOKS,
        sql="""
            SELECT e.position, e.booked_on, p.organisation, c.last_on
            FROM ledger_entry e JOIN pot p ON p.id = e.pot_id
            JOIN closed_period c ON c.organisation = p.organisation AND c.kind = 'month'
                AND e.booked_on BETWEEN c.first_on AND c.last_on AND e.position > c.last_position
            ORDER BY e.position
        """,
        where="contributions ledger_entry {position}",
        message="It is booked on {booked_on}, in a period of {organisation} that was closed before it came.",
    ),
    Rule(
        check="closed_books",
        service=BOOKS,
        sql="""
            SELECT position, booked_on, happened_on FROM ledger_entry
            WHERE booked_on < coalesce(happened_on, (recorded_at AT TIME ZONE 'Europe/London')::date)
            ORDER BY position
        """,
        where="contributions ledger_entry {position}",
        message="It is booked on {booked_on}, before it happened ({happened_on}).",
    ),
    Rule(
        check="closed_books",
        service=BOOKS,
        sql="""
            WITH entries AS (
                SELECT c.organisation, c.kind, c.first_on, e.account, sum(e.amount_pence) AS pence
                FROM closed_period c JOIN pot p ON p.organisation = c.organisation
                JOIN ledger_entry e ON e.pot_id = p.id AND e.booked_on <= c.last_on GROUP BY 1, 2, 3, 4)
            SELECT organisation, kind, first_on, account, coalesce(b.total_pence, 0) AS kept,
                coalesce(e.pence, 0) AS entries
            FROM closed_balance b FULL JOIN entries e USING (organisation, kind, first_on, account)
            WHERE coalesce(b.total_pence, 0) <> coalesce(e.pence, 0) ORDER BY 1, 2, 3, 4
        """,
        where="contributions closed_balance {organisation} {kind} {first_on} {account}",
        message="The close saw {kept} pence; the entries up to its end add up to {entries}.",
    ),
    Rule(
        check="shares_of_award",
        service=BOOKS,
        sql="""
            SELECT a.id, a.application_id, a.requested_pence,
                CASE WHEN a.state = 'refused' THEN 0 ELSE a.requested_pence END AS expected,
                coalesce(sum(s.amount_pence), 0) AS shares
            FROM award a LEFT JOIN award_share s ON s.award_id = a.id GROUP BY a.id
            HAVING coalesce(sum(s.amount_pence), 0)
                <> CASE WHEN a.state = 'refused' THEN 0 ELSE a.requested_pence END
            ORDER BY a.id
        """,
        where="contributions award {id} of {application_id}",
        message="The shares add up to {shares} pence; they ought to add up to {expected}.",
    ),
    Rule(
        check="shares_of_payment",
        service=BOOKS,
        sql="""
            SELECT p.id, c.id AS claim_id, c.amount_pence AS claimed,
                coalesce(sum(s.amount_pence), 0) AS shares
            FROM payment p JOIN claim c ON c.id = p.claim_id LEFT JOIN payment_share s ON s.payment_id = p.id
            GROUP BY p.id, c.id HAVING coalesce(sum(s.amount_pence), 0) <> c.amount_pence ORDER BY p.id
        """,
        where="contributions payment {id} of claim {claim_id}",
        message="The shares add up to {shares} pence; the claim is of {claimed}.",
    ),
    Rule(
        check="within_the_award",
        service=BOOKS,
        sql="""
            SELECT * FROM (
                SELECT a.id, a.application_id, a.requested_pence AS awarded,
                    coalesce((SELECT sum(c.amount_pence) FROM claim c
                        WHERE c.application_id = a.application_id AND c.state = 'payable'), 0) AS claimed,
                    coalesce((SELECT sum(s.amount_pence) FROM payment p
                        JOIN payment_share s ON s.payment_id = p.id
                        WHERE p.award_id = a.id AND p.state = 'paid'), 0) AS paid
                FROM award a WHERE a.state IN ('reserved', 'committed', 'paid')) g
            WHERE paid > claimed OR claimed > awarded ORDER BY id
        """,
        where="contributions award {id} of {application_id}",
        message="{paid} pence are paid, {claimed} claimed and {awarded} awarded; none may exceed the next.",
    ),
    Rule(
        check="within_the_award",
        service="applications",
        sql="""
            SELECT o.application_id, o.amount_pence AS awarded, o.claimed_pence,
                coalesce(sum(c.amount_pence), 0) AS claims
            FROM offer o LEFT JOIN claim c ON c.application_id = o.application_id GROUP BY o.application_id
            HAVING coalesce(sum(c.amount_pence), 0) <> o.claimed_pence OR o.claimed_pence > o.amount_pence
            ORDER BY o.application_id
        """,
        where="applications offer {application_id}",
        message="{claimed_pence} pence are said to be claimed of {awarded}; the claims add up to {claims}.",
    ),
    Rule(
        check="effective_once",
        service=BOOKS,
        sql="""
            SELECT kind, cause_id, count(DISTINCT movement_id) AS movements FROM ledger_entry
            WHERE cause = 'event' GROUP BY kind, cause_id HAVING count(DISTINCT movement_id) > 1
            ORDER BY kind, cause_id
        """,
        where="contributions ledger_entry {kind} cause {cause_id}",
        message="One event moved the money {movements} times; it ought to do so once.",
    ),
    Rule(
        check="grant_accounts",
        service=BOOKS,
        sql="""
            WITH shares AS (
                SELECT a.application_id, s.pot_id, a.state,
                    s.amount_pence - s.released_pence
                        - coalesce(sum(ps.amount_pence), 0) AS rest,
                    coalesce(sum(ps.amount_pence) FILTER (WHERE p.state = 'requested'), 0) AS requested,
                    coalesce(sum(ps.amount_pence) FILTER (WHERE p.state = 'approved'), 0) AS approved,
                    coalesce(sum(ps.amount_pence) FILTER (WHERE p.state = 'paid'), 0) AS paid
                FROM award a JOIN award_share s ON s.award_id = a.id
                LEFT JOIN payment p ON p.award_id = a.id AND p.state <> 'refused'
                LEFT JOIN payment_share ps ON ps.payment_id = p.id AND ps.pot_id = s.pot_id
                GROUP BY a.id, s.award_id, s.pot_id),
            held AS (
                SELECT s.application_id, s.pot_id, x.account, sum(x.pence) AS pence FROM shares s
                CROSS JOIN LATERAL (VALUES
                    (CASE WHEN s.state = 'reserved' THEN 'reserved' ELSE 'committed' END, s.rest),
                    ('payment_requested', s.requested), ('payment_approved', s.approved), ('paid', s.paid))
                    AS x(account, pence)
                GROUP BY 1, 2, 3),
            entries AS (
                SELECT application_id, pot_id, account, sum(amount_pence) AS pence FROM ledger_entry
                WHERE application_id IS NOT NULL AND account <> 'available' GROUP BY 1, 2, 3)
            SELECT application_id, pot_id, account,
                coalesce(h.pence, 0) AS held, coalesce(e.pence, 0) AS entries
            FROM held h FULL JOIN entries e USING (application_id, pot_id, account)
            WHERE coalesce(h.pence, 0) <> coalesce(e.pence, 0) ORDER BY 1, 2, 3
        """,
        where="contributions grant {application_id} pot {pot_id} {account}",
        message="The grant's shares and payments say {held} pence; the entries add up to {entries}.",
    ),
)
