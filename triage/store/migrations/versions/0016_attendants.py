"""Interpreters and co-facilitators: what a desk says of them, and their rows in the wall (ADR 0066)."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import RULES, in_case, no_row_level_security, row_level_security
from triage.store.engines.refusing import refusals

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

POLICIES: Mapping[str, Mapping[str, str]] = {
    "attendants": {"SELECT": in_case("attendants"), "INSERT": in_case("attendants")},
    "attendant_stands": {"SELECT": RULES, "INSERT": RULES},
}


def upgrade() -> None:
    """Add what the subject says. Nobody is named yet."""
    op.create_table(
        "attendants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attendants_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_attendants_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendants")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_attendants_case_id_sequence")),
    )
    op.create_table(
        "attendant_stands",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attendant_stands_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_attendant_stands_user_id")),
        sa.PrimaryKeyConstraint("case_id", "person_index", name=op.f("pk_attendant_stands")),
    )
    dialect = op.get_bind().dialect.name
    for table, allowed in POLICIES.items():
        for statement in refusals(dialect, table):
            op.execute(statement)
        if dialect == "postgresql":
            for statement in row_level_security(table, allowed):
                op.execute(statement)


def downgrade() -> None:
    """Take it away. Whoever has an account stays in the wall."""
    if op.get_bind().dialect.name == "postgresql":
        for table, allowed in POLICIES.items():
            for statement in no_row_level_security(table, allowed):
                op.execute(statement)
    op.drop_table("attendant_stands")
    op.drop_table("attendants")
