"""A case of any number of persons: what desks state of persons and pairs, and who may know of them (ADR 0054)."""

from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import (
    RULES,
    free_panel,
    in_case,
    no_row_level_security,
    row_level_security,
    works_in,
)
from triage.store.engines.refusing import refusals

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

POLICIES: Mapping[str, Mapping[str, str]] = {
    "statements": {"SELECT": in_case("statements"), "INSERT": in_case("statements")}
}
OF_CASE = " OR ".join((RULES, free_panel("persons.case_id"), works_in("persons.case_id")))
OWN_OR_OPENED = "(persons.opened OR persons.letter = a.letter OR persons.desk = a.side || '-' || a.letter)"
PERSONS = " OR ".join((RULES, free_panel("persons.case_id"), works_in("persons.case_id", OWN_OR_OPENED)))
"""A worker sees the two of the referral, their own person, whom their own desk added, and whom the panel opened."""


def upgrade() -> None:
    """Add what the subject says. Those who are in a case now are the two of its referral."""
    op.create_table(
        "statements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_statements_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_statements_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_statements_case_id_sequence")),
    )
    op.add_column("persons", sa.Column("desk", sa.String(length=16), nullable=True))
    op.add_column("persons", sa.Column("opened", sa.Boolean(), nullable=False, server_default=sa.true()))
    dialect = op.get_bind().dialect.name
    for statement in (*refusals(dialect, "statements"), *(_closing() if dialect == "postgresql" else ())):
        op.execute(statement)


def downgrade() -> None:
    """Take it away. Whoever was added leaves the case with their workers; what was recorded about them stays."""
    added = "SELECT p.letter FROM persons p WHERE p.case_id = {0}.case_id AND p.desk IS NOT NULL"
    op.execute(f"DELETE FROM allocations WHERE letter IN ({added.format('allocations')})")
    for side in ("support", "programme"):
        desks = f"SELECT '{side}-' || p.letter FROM persons p WHERE p.case_id = desks.case_id AND p.desk IS NOT NULL"
        op.execute(f"DELETE FROM desks WHERE desk IN ({desks})")
    op.execute("DELETE FROM persons WHERE desk IS NOT NULL")
    if op.get_bind().dialect.name == "postgresql":
        for statement in _opening():
            op.execute(statement)
    op.drop_column("persons", "opened")
    op.drop_column("persons", "desk")
    op.drop_table("statements")


def _closing() -> Iterator[str]:
    for table, allowed in POLICIES.items():
        yield from row_level_security(table, allowed)
    yield f"ALTER POLICY persons_select ON persons USING ({PERSONS})"
    yield f"CREATE POLICY persons_update ON persons FOR UPDATE USING ({RULES}) WITH CHECK ({RULES})"
    yield from (f"CREATE POLICY {table}_delete ON {table} FOR DELETE USING ({RULES})" for table in _CLEANED)


def _opening() -> Iterator[str]:
    for table, allowed in POLICIES.items():
        yield from no_row_level_security(table, allowed)
    yield from (f"DROP POLICY {table}_delete ON {table}" for table in _CLEANED)
    yield "DROP POLICY persons_update ON persons"
    yield f"ALTER POLICY persons_select ON persons USING ({OF_CASE})"


_CLEANED = ("persons", "desks", "allocations")
"""What the way down deletes, as the rules; the program itself deletes none of it."""
