"""Cards that were opened in imminent danger, and what was said of it afterwards (ADR 0057)."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import OWN, RULES, no_row_level_security, row_level_security
from triage.store.engines.refusing import refusals

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

POLICIES: Mapping[str, Mapping[str, str]] = {
    "card_openings": {"SELECT": OWN, "INSERT": RULES},
    "card_events": {"SELECT": RULES, "INSERT": RULES},
}


def upgrade() -> None:
    """Add what the subject says."""
    op.create_table(
        "card_openings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_card_openings_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_card_openings_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_openings")),
    )
    op.create_table(
        "card_events",
        sa.Column("opening_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["card_openings.id"], name=op.f("fk_card_events_opening_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_card_events_recorded_by")),
        sa.PrimaryKeyConstraint("opening_id", "step", name=op.f("pk_card_events")),
    )
    dialect = op.get_bind().dialect.name
    for table, allowed in POLICIES.items():
        for statement in refusals(dialect, table):
            op.execute(statement)
        if dialect == "postgresql":
            for statement in row_level_security(table, allowed):
                op.execute(statement)


def downgrade() -> None:
    """Take it away."""
    if op.get_bind().dialect.name == "postgresql":
        for table, allowed in POLICIES.items():
            for statement in no_row_level_security(table, allowed):
                op.execute(statement)
    op.drop_table("card_events")
    op.drop_table("card_openings")
