"""Faults as SQL on one service's database, and which checks of the auditor find each of them."""

from typing import NamedTuple


class Planted(NamedTuple):
    """A fault as SQL on one service's database, and which checks find it."""

    name: str
    service: str
    sql: str
    checks: str


MONEY = (
    Planted(
        "an entry of the ledger is a penny of",
        "contributions",
        "UPDATE ledger_entry SET amount_pence = amount_pence + 1 WHERE position ="
        " (SELECT max(position) FROM ledger_entry WHERE account = 'paid')",
        "trial_balance pot_balance grant_accounts ledger_follows_log portal_figures",
    ),
    Planted(
        "a reservation is entered twice",
        "contributions",
        "INSERT INTO ledger_entry (movement_id, kind, pot_id, account, amount_pence, application_id,"
        " happened_on, booked_on, cause, cause_id, actor, recorded_at)"
        " SELECT '00000000-0000-0000-0000-000000000001', kind, pot_id, account, amount_pence, application_id,"
        " happened_on, booked_on, cause, cause_id, actor, recorded_at FROM ledger_entry WHERE movement_id ="
        " (SELECT movement_id FROM ledger_entry WHERE kind = 'reservation' ORDER BY position LIMIT 1)",
        "effective_once below_zero pot_balance grant_accounts ledger_follows_log portal_figures",
    ),
    Planted(
        "more is reserved than a pot has",
        "contributions",
        "UPDATE ledger_entry SET amount_pence = amount_pence * 100 WHERE movement_id ="
        " (SELECT movement_id FROM ledger_entry WHERE kind = 'reservation' ORDER BY position LIMIT 1)",
        "below_zero pot_balance grant_accounts ledger_follows_log portal_figures",
    ),
    Planted(
        "a grant has more paid than it was committed",
        "contributions",
        "UPDATE ledger_entry SET amount_pence = amount_pence + sign(amount_pence) WHERE movement_id ="
        " (SELECT movement_id FROM ledger_entry WHERE kind = 'payment' LIMIT 1)",
        "below_zero pot_balance grant_accounts ledger_follows_log portal_figures",
    ),
    Planted(
        "a pot's balances are moved without an entry",
        "contributions",
        "UPDATE pot SET available_pence = available_pence - 1, reserved_pence = reserved_pence + 1"
        " WHERE id = (SELECT id FROM pot WHERE available_pence > 0 ORDER BY id LIMIT 1)",
        "pot_balance portal_figures",
    ),
    Planted(
        "a pot's balance is below zero",
        "contributions",
        "UPDATE pot SET available_pence = -1 WHERE id = (SELECT id FROM pot ORDER BY id LIMIT 1)",
        "below_zero pot_balance portal_figures",
    ),
    Planted(
        "a share is a penny more than reserved",
        "contributions",
        "UPDATE award_share SET amount_pence = amount_pence + 1"
        " WHERE ctid = (SELECT ctid FROM award_share LIMIT 1)",
        "shares_of_award owner_rows grant_accounts",
    ),
    Planted(
        "a share of a payment is a penny less",
        "contributions",
        "UPDATE payment_share SET amount_pence = amount_pence - 1 WHERE payment_id ="
        " (SELECT id FROM payment WHERE state = 'paid')",
        "shares_of_payment owner_rows grant_accounts",
    ),
    Planted(
        "more is paid and claimed than awarded",
        "contributions",
        "UPDATE claim SET amount_pence = amount_pence * 9 WHERE id ="
        " (SELECT claim_id FROM payment WHERE state = 'paid')",
        "within_the_award shares_of_payment owner_rows effective_once",
    ),
    Planted(
        "an offer forgets what was claimed of it",
        "applications",
        "UPDATE offer SET claimed_pence = 0",
        "within_the_award",
    ),
    Planted(
        "a version runs ahead of its events",
        "contributions",
        "UPDATE grant_funding SET version = version + 1 WHERE ctid ="
        " (SELECT ctid FROM grant_funding LIMIT 1)",
        "last_sequence",
    ),
    Planted(
        "the published shares of a reservation do not add up",
        "contributions",
        "UPDATE event_log SET payload = jsonb_set(payload::jsonb, '{shares,0,amount_pence}', '1')::text"
        " WHERE position = pg_temp.last('funds.reserved.v1')",
        "shares_published owner_rows ledger_follows_log projection",
    ),
)
CLOSED = (
    Planted(
        "a movement slips behind a close",
        "contributions",
        "UPDATE ledger_entry SET booked_on = (SELECT max(last_on) FROM closed_period), happened_on = NULL,"
        " recorded_at = '2020-01-01' WHERE movement_id ="
        " (SELECT movement_id FROM ledger_entry ORDER BY position DESC LIMIT 1)",
        "closed_books",
    ),
    Planted(
        "a movement is booked before it happened",
        "contributions",
        "UPDATE ledger_entry SET booked_on = happened_on - 1 WHERE movement_id ="
        " (SELECT movement_id FROM ledger_entry ORDER BY position DESC LIMIT 1)",
        "closed_books",
    ),
    Planted(
        "a close remembers another sum",
        "contributions",
        "UPDATE closed_balance SET total_pence = total_pence + 1 WHERE account = 'available'",
        "closed_books",
    ),
)
MESSAGES = (
    Planted(
        "an event was not taken in",
        "portal",
        "DELETE FROM inbox WHERE ctid = (SELECT ctid FROM inbox LIMIT 1)",
        "inbox",
    ),
    Planted(
        "an event was taken in twice",
        "assessment",
        "ALTER TABLE inbox DROP CONSTRAINT inbox_pkey;"
        "INSERT INTO inbox (event_id) SELECT event_id FROM inbox LIMIT 1",
        "inbox",
    ),
    Planted(
        "an event that nobody sent was taken in",
        "monitoring",
        "INSERT INTO inbox (event_id) SELECT gen_random_uuid()",
        "inbox_of_no_log",
    ),
    Planted(
        "the last event of a log is lost",
        "monitoring",
        "DELETE FROM event_log WHERE position = pg_temp.last('savings.verified.v1')",
        "inbox_of_no_log owner_rows last_sequence projection",
    ),
    Planted(
        "a number is left out",
        "monitoring",
        "UPDATE event_log SET sequence = sequence + 1 WHERE position = pg_temp.last('savings.verified.v1')",
        "sequence_gapless last_sequence projection answered_command",
    ),
    Planted(
        "two events of a key stand in the wrong order",
        "monitoring",
        "ALTER TABLE event_log ALTER COLUMN position DROP IDENTITY;"
        "UPDATE event_log SET position = 1000000 WHERE position = pg_temp.last('works.completed.v1')",
        "order_of_log",
    ),
    Planted(
        "a payload is no JSON",
        "monitoring",
        "UPDATE event_log SET payload = '?' WHERE position = pg_temp.last('works.completed.v1')",
        "payload_readable owner_rows projection",
    ),
    Planted(
        "the outbox lists what the log does not have",
        "applications",
        "INSERT INTO outbox VALUES (1000000)",
        "outbox_has_log",
    ),
    Planted(
        "an event is parked",
        "applications",
        "INSERT INTO parked_key VALUES ('a topic', 'a key');"
        "INSERT INTO parked_event (topic, key, record_partition, record_offset, headers, kind, reason)"
        " VALUES ('a topic', 'a key', 1, 2, '{}', 'parked', 'no JSON')",
        "set_aside",
    ),
    Planted(
        "an event is parked whose key is free",
        "applications",
        "INSERT INTO parked_event (topic, key, record_partition, record_offset, headers, kind, reason)"
        " VALUES ('a topic', 'a key', 1, 2, '{}', 'parked', 'no JSON')",
        "set_aside parked_key",
    ),
    Planted(
        "a key is held for nothing",
        "portal",
        "INSERT INTO parked_key VALUES ('a topic', 'a key')",
        "parked_key",
    ),
    Planted(
        "an event is blocked",
        "contributions",
        "CREATE TABLE IF NOT EXISTS blocked_event (position bigint, topic text, key text, reason text);"
        "INSERT INTO blocked_event (position, topic, key, reason)"
        " VALUES (1, 'a topic', 'a key', 'too large')",
        "blocked",
    ),
    Planted(
        "a command was carried out twice",
        "monitoring",
        "INSERT INTO event_log (event_id, topic, type, key, sequence, payload, occurred_at, council, actor,"
        " correlation_id) SELECT '00000000-0000-0000-0000-000000000001', topic, type, key, sequence + 1,"
        " payload, occurred_at, council, actor, correlation_id FROM event_log"
        " WHERE position = pg_temp.last('savings.verified.v1')",
        "fact_once last_sequence inbox projection",
    ),
    Planted(
        "an event had no consequence",
        "applications",
        "UPDATE event_log SET causation_id = NULL WHERE position = pg_temp.last('offer.made.v1')",
        "effective_once",
    ),
    Planted(
        "an event came of one that nobody sent",
        "contributions",
        "UPDATE event_log SET causation_id = gen_random_uuid()"
        " WHERE position = pg_temp.last('claim.payable.v1')",
        "cause_known",
    ),
    Planted(
        "a command is remembered without its answer",
        "assessment",
        "UPDATE answered_command SET answer = NULL WHERE ctid = (SELECT ctid FROM answered_command LIMIT 1)",
        "answered_command",
    ),
    Planted(
        "a client was answered what is not in the log",
        "contributions",
        "UPDATE answered_command SET answer = jsonb_set(answer::jsonb, '{sequence}', '99')::text"
        " WHERE ctid = (SELECT ctid FROM answered_command WHERE answer::jsonb ? 'sequence' LIMIT 1)",
        "answered_command",
    ),
)
