"""Sheets that were handed over: a log that is only added to (ADR 0062)."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import in_case, no_row_level_security, row_level_security
from triage.store.engines.refusing import refusals

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

APPEND_ONLY = ("handings",)
POLICIES: Mapping[str, Mapping[str, str]] = {"handings": {"SELECT": in_case("handings"), "INSERT": in_case("handings")}}


def upgrade() -> None:
    """Add what the subject says."""
    op.create_table(
        "handings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handings_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_handings_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handings")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_handings_case_id_sequence")),
    )
    dialect = op.get_bind().dialect.name
    for statement in refusals(dialect, "handings"):
        op.execute(statement)
    if dialect == "postgresql":
        for table, allowed in POLICIES.items():
            for statement in row_level_security(table, allowed):
                op.execute(statement)


def downgrade() -> None:
    """Take it away."""
    op.drop_table("handings")
