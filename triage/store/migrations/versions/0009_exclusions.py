"""Who is kept out of a case for having stood on both sides of a constellation (ADR 0056)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import OWN, RULES, SIGHT, STAFF, no_row_level_security, row_level_security
from triage.store.engines.refusing import refusals

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

POLICIES = {"SELECT": f"{OWN} OR {SIGHT} = 'panel'", "INSERT": RULES}
OF_A_CASE = (
    "persons", "answers", "withdrawals", "acts", "own_views", "signatures", "proposed_acts", "replies", "identities",
)  # fmt: skip
KEPT_OUT = (
    f"EXISTS (SELECT FROM exclusions e WHERE e.case_id = {{case}} AND e.user_id = {STAFF} AND e.letter = '*')"
)
CLOSED = {**dict.fromkeys(OF_A_CASE, "case_id"), "data_keys": "scope"}
"""Tables of which somebody who is kept out sees and writes no row, whatever another policy lets them."""


def upgrade() -> None:
    """Add what the subject says."""
    op.create_table(
        "exclusions",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_exclusions_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_exclusions_user_id")),
        sa.PrimaryKeyConstraint("case_id", "user_id", "letter", name=op.f("pk_exclusions")),
    )
    dialect = op.get_bind().dialect.name
    for statement in refusals(dialect, "exclusions"):
        op.execute(statement)
    if dialect != "postgresql":
        return
    for statement in row_level_security("exclusions", POLICIES):
        op.execute(statement)
    op.execute(f"CREATE POLICY allocations_released ON allocations FOR DELETE USING ({RULES})")
    for table, column in CLOSED.items():
        kept_out = KEPT_OUT.format(case=f"{table}.{column}")
        allowed = f"{RULES} OR NOT {kept_out}"
        op.execute(f"CREATE POLICY {table}_kept_out ON {table} AS RESTRICTIVE FOR ALL USING ({allowed})")


def downgrade() -> None:
    """Take it away."""
    if op.get_bind().dialect.name == "postgresql":
        for table in CLOSED:
            op.execute(f"DROP POLICY {table}_kept_out ON {table}")
        op.execute("DROP POLICY allocations_released ON allocations")
        for statement in no_row_level_security("exclusions", POLICIES):
            op.execute(statement)
    op.drop_table("exclusions")
