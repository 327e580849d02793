"""How often it was asked whether work with a person may start, since the last batch (ADR 0075)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import RULES, no_row_level_security, row_level_security

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TABLE = "start_questions"
POLICIES = {"SELECT": RULES, "INSERT": RULES, "UPDATE": RULES, "DELETE": RULES}


def upgrade() -> None:
    """Add what the subject says. Nobody asked yet."""
    op.create_table(
        TABLE,
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_start_questions_case_id")),
        sa.PrimaryKeyConstraint("case_id", "letter", "published_on", name=op.f("pk_start_questions")),
    )
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_level_security(TABLE, POLICIES):
            op.execute(statement)


def downgrade() -> None:
    """Take it away: until the next batch questions are counted anew."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in no_row_level_security(TABLE, POLICIES):
            op.execute(statement)
    op.drop_table(TABLE)
