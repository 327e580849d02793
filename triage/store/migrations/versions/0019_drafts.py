"""Forms that were typed and are not recorded yet: sealed, seen by whoever typed them alone, gone after a day (ADR 0078)."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import RULES, STAFF, no_row_level_security, row_level_security, works_in

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

KEPT_OUT = f"SELECT FROM exclusions e WHERE e.case_id = drafts.case_id AND e.user_id = {STAFF} AND e.letter = '*'"
OWN_AT_A_DESK = f"{RULES} OR (user_id = {STAFF} AND {works_in('drafts.case_id')} AND NOT EXISTS ({KEPT_OUT}))"
POLICIES: Mapping[str, str] = {"ALL": OWN_AT_A_DESK}


def upgrade() -> None:
    """Add what the subject says. Nothing is kept yet."""
    op.create_table(
        "drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_drafts_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_drafts_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index(op.f("ix_drafts_user_id"), "drafts", ["user_id"])
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_level_security("drafts", POLICIES):
            op.execute(statement)


def downgrade() -> None:
    """Take it away. What was typed and not recorded is lost."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in no_row_level_security("drafts", POLICIES):
            op.execute(statement)
    op.drop_index(op.f("ix_drafts_user_id"), "drafts")
    op.drop_table("drafts")
