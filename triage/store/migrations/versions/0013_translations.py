"""Steps of translations: a log that is only added to (ADR 0069)."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import ANYBODY, AT_THE_DOOR, no_row_level_security, row_level_security
from triage.store.engines.refusing import refusals

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

POLICIES: Mapping[str, Mapping[str, str]] = {"translation_steps": {"SELECT": ANYBODY, "INSERT": AT_THE_DOOR}}


def upgrade() -> None:
    """Add what the subject says."""
    op.create_table(
        "translation_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_translation_steps_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_steps")),
        sa.UniqueConstraint("sequence", name=op.f("uq_translation_steps_sequence")),
    )
    dialect = op.get_bind().dialect.name
    for table, allowed in POLICIES.items():
        for statement in refusals(dialect, table):
            op.execute(statement)
        if dialect == "postgresql":
            for statement in row_level_security(table, allowed):
                op.execute(statement)


def downgrade() -> None:
    """Take it away. The texts that were shipped are in force again."""
    if op.get_bind().dialect.name == "postgresql":
        for table, allowed in POLICIES.items():
            for statement in no_row_level_security(table, allowed):
                op.execute(statement)
    op.drop_table("translation_steps")
