"""The pots an award may draw on, read in their order and only as far as its sum needs."""

from alembic import op

revision = "contributions_0002"
down_revision = "contributions_0001"
branch_labels = None
depends_on = None

LAWFUL_POTS = """
    CREATE FUNCTION lawful_pots(
        of_organisation text, for_purposes text[], in_ward text, decided_on date, pence bigint
    ) RETURNS SETOF pot LANGUAGE plpgsql STABLE SET enable_sort = off AS $$
    DECLARE
        one pot;
        found_pence bigint := 0;
    BEGIN
        FOR one IN
            SELECT * FROM pot
            WHERE organisation = of_organisation AND available_pence > 0
              AND spendable_on && for_purposes AND (wards = '{}' OR in_ward = ANY (wards))
              AND (spend_by_on IS NULL OR spend_by_on >= decided_on)
            ORDER BY spend_by_on NULLS LAST, id
        LOOP
            RETURN NEXT one;
            found_pence := found_pence + one.available_pence;
            EXIT WHEN found_pence >= pence;
        END LOOP;
    END $$
"""
SAID = """
    COMMENT ON FUNCTION lawful_pots IS
    'earliest spend-by first, from the index in that order: a sort would read all pots of the fund each time'
"""


def upgrade() -> None:
    """A query alone cannot stop at a sum: it reads every pot of the fund for an award that needs one."""
    op.execute(LAWFUL_POTS)
    op.execute(SAID)


def downgrade() -> None:
    """Take the function away; the service before this one did without."""
    op.execute("DROP FUNCTION lawful_pots")
