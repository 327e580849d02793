"""What the programme side was shown last of the start of work with each person (ADR 0065)."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import RULES, no_row_level_security, row_level_security, works_in

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

OF_OWN_PERSON = works_in("positions.case_id", "a.side = 'programme' AND a.letter = positions.letter")
POLICIES: Mapping[str, Mapping[str, str]] = {
    "positions": {"SELECT": f"{RULES} OR {OF_OWN_PERSON}", "INSERT": RULES, "DELETE": RULES}
}


def upgrade() -> None:
    """Add what the subject says. Nothing is published yet: nothing starts until the next batch, or the next look."""
    op.create_table(
        "positions",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_positions_case_id")),
        sa.PrimaryKeyConstraint("case_id", "letter", name=op.f("pk_positions")),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table, allowed in POLICIES.items():
            for statement in row_level_security(table, allowed):
                op.execute(statement)


def downgrade() -> None:
    """Take it away."""
    if op.get_bind().dialect.name == "postgresql":
        for table, allowed in POLICIES.items():
            for statement in no_row_level_security(table, allowed):
                op.execute(statement)
    op.drop_table("positions")
