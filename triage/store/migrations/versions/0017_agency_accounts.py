"""Invitations of agencies, mailboxes that are confirmed, marks by which lists are paged, posts that end (ADR 0081)."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import RULES

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

NOT_SETTLED = "OLD.state NOT IN ('sent', 'void', 'dropped')"
STANDS = "EXISTS (SELECT 1 FROM deliveries d WHERE d.post_id = OLD.id)"
WAITS = {"outbox": STANDS, "deliveries": NOT_SETTLED}
"""By table, when the database refuses to delete a row: a post whose row of delivery stands, one that is not settled."""


def _refusals(dialect: str) -> Iterator[str]:
    if dialect == "sqlite":
        yield "DROP TRIGGER outbox_refuses_delete"
        for table, waits in WAITS.items():
            yield (
                f"CREATE TRIGGER {table}_waits BEFORE DELETE ON {table} WHEN {waits} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is not settled'); END"
            )
        return
    yield "DROP TRIGGER outbox_refuses_delete ON outbox"
    for table, waits in WAITS.items():
        says = "RAISE EXCEPTION '% is not settled', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'"
        yield (
            f"CREATE FUNCTION {table}_waits() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {waits} THEN {says}; END IF; RETURN OLD; END $$"
        )
        yield f"CREATE TRIGGER {table}_waits BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_waits()"
    yield f"CREATE POLICY outbox_delete ON outbox FOR DELETE USING ({RULES})"


def _no_refusals(dialect: str) -> Iterator[str]:
    if dialect == "sqlite":
        yield from (f"DROP TRIGGER {table}_waits" for table in WAITS)
        yield (
            "CREATE TRIGGER outbox_refuses_delete BEFORE DELETE ON outbox "
            "BEGIN SELECT RAISE(ABORT, 'outbox is append-only'); END"
        )
        return
    yield "DROP POLICY outbox_delete ON outbox"
    for table in WAITS:
        yield f"DROP TRIGGER {table}_waits ON {table}"
        yield f"DROP FUNCTION {table}_waits()"
    yield (
        "CREATE TRIGGER outbox_refuses_delete BEFORE DELETE ON outbox "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def upgrade() -> None:
    """Add what the subject says. A mailbox that there is stays in use; what was sent before has no mark yet."""
    op.add_column("invitations", sa.Column("agency_id", sa.Uuid(), nullable=True))
    op.add_column("mailboxes", sa.Column("confirmed_on", sa.Date(), nullable=True))
    op.add_column("mailboxes", sa.Column("allowed_on", sa.Date(), nullable=True))
    op.execute("UPDATE mailboxes SET confirmed_on = added_on")
    op.add_column("agency_referrals", sa.Column("danger_mark", sa.LargeBinary(length=32), nullable=True))
    op.add_column("agency_referrals", sa.Column("review_index", sa.LargeBinary(length=32), nullable=True))
    op.create_index("ix_agency_referrals_review_index", "agency_referrals", ["review_index"])
    for statement in _refusals(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Take it away: an invitation of an agency, and an address that nobody confirmed, are gone."""
    for statement in _no_refusals(op.get_bind().dialect.name):
        op.execute(statement)
    op.execute("DELETE FROM invitations WHERE agency_id IS NOT NULL")
    op.execute("DELETE FROM mailboxes WHERE confirmed_on IS NULL")
    op.drop_index("ix_agency_referrals_review_index", "agency_referrals")
    for table, column in (
        ("agency_referrals", "review_index"), ("agency_referrals", "danger_mark"),
        ("mailboxes", "allowed_on"), ("mailboxes", "confirmed_on"), ("invitations", "agency_id"),
    ):  # fmt: skip
        op.drop_column(table, column)
