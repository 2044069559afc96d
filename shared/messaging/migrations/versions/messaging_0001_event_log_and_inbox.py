"""The event log, its outbox, the inbox, what is parked, answered commands and refused attempts."""

from alembic import op

revision = "messaging_0001"
down_revision = None
branch_labels = ("messaging",)
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE event_log (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        event_id uuid NOT NULL UNIQUE,
        topic text NOT NULL,
        type text NOT NULL,
        key text NOT NULL,
        sequence bigint NOT NULL CHECK (sequence > 0),
        payload text NOT NULL,
        occurred_at timestamptz NOT NULL,
        council text NOT NULL,
        actor text NOT NULL,
        correlation_id uuid NOT NULL,
        causation_id uuid,
        CONSTRAINT event_log_one_writer UNIQUE (topic, key, sequence)
    )
    """,
    "COMMENT ON TABLE event_log IS 'append-only: the audit trail, kept for ever'",
    "CREATE TABLE outbox (position bigint PRIMARY KEY REFERENCES event_log (position))",
    "CREATE TABLE inbox (event_id uuid PRIMARY KEY, received_at timestamptz NOT NULL DEFAULT now())",
    "COMMENT ON TABLE inbox IS 'append-only: never trimmed, for a refilled topic brings old events again'",
    """
    CREATE TABLE parked_key (
        topic text NOT NULL,
        key text NOT NULL,
        PRIMARY KEY (topic, key)
    )
    """,
    """
    CREATE TABLE parked_event (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        topic text NOT NULL,
        key text NOT NULL,
        record_partition integer NOT NULL,
        record_offset bigint NOT NULL,
        event_id uuid UNIQUE,
        type text,
        headers text NOT NULL,
        value bytea,
        kind text NOT NULL CHECK (kind IN ('parked', 'behind', 'waiting')),
        reason text NOT NULL,
        waiting_for_type text,
        waiting_for_key text,
        attempts integer NOT NULL DEFAULT 1,
        parked_at timestamptz NOT NULL DEFAULT now(),
        discarded_at timestamptz,
        discarded_by text,
        CHECK ((kind = 'waiting') = (waiting_for_key IS NOT NULL))
    )
    """,
    "CREATE INDEX parked_event_of_key ON parked_event (topic, key, id) WHERE discarded_at IS NULL",
    """
    CREATE INDEX parked_event_waiting ON parked_event (waiting_for_type, waiting_for_key)
    WHERE discarded_at IS NULL AND kind = 'waiting'
    """,
    """
    CREATE TABLE answered_command (
        actor text NOT NULL,
        idempotency_key text NOT NULL,
        request_hash text NOT NULL,
        answer text,
        answered_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (actor, idempotency_key)
    )
    """,
    """
    CREATE TABLE refused_attempt (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        refused_at timestamptz NOT NULL DEFAULT now(),
        actor text NOT NULL,
        method text NOT NULL,
        path text NOT NULL,
        code text NOT NULL
    )
    """,
    "COMMENT ON TABLE refused_attempt IS 'append-only: who tried what they may not do'",
)


def upgrade() -> None:
    """Create the tables that every service's messaging stands on."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """The event log is never dropped: restore a backup instead."""
    message = "The event log is the audit trail; it is not dropped."
    raise RuntimeError(message)
