"""What waits to be said outside: posts, deliveries, mailboxes and webhooks (ADR 0070)."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import RULES, no_row_level_security, row_level_security
from triage.store.engines.refusing import refusals

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_CHANGED = ("SELECT", "INSERT", "UPDATE", "DELETE")
POLICIES: Mapping[str, Mapping[str, str]] = {
    "outbox": {"SELECT": RULES, "INSERT": RULES},
    **{table: dict.fromkeys(_CHANGED, RULES) for table in ("deliveries", "mailboxes", "webhooks")},
}
"""The program alone reads and writes what is said outside: what waits for whom would tell of the acts of others."""


def upgrade() -> None:
    """Add what the subject says."""
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("recipient", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Uuid(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_table(
        "deliveries",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("leased", sa.BigInteger(), nullable=False),
        sa.Column("fault", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["outbox.id"], name=op.f("fk_deliveries_post_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_deliveries")),
    )
    op.create_index("ix_deliveries_next_at", "deliveries", ["next_at"])
    op.create_table(
        "mailboxes",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_mailboxes")),
    )
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["api_clients.id"], name=op.f("fk_webhooks_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    op.create_index("ix_webhooks_client_id", "webhooks", ["client_id"])
    dialect = op.get_bind().dialect.name
    statements = [*refusals(dialect, "outbox")]
    if dialect == "postgresql":
        statements += [line for table, allowed in POLICIES.items() for line in row_level_security(table, allowed)]
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    """Take it away. What waited to be said is not said."""
    if op.get_bind().dialect.name == "postgresql":
        for table, allowed in POLICIES.items():
            for statement in no_row_level_security(table, allowed):
                op.execute(statement)
    for table in ("webhooks", "mailboxes", "deliveries", "outbox"):
        op.drop_table(table)
