"""Who of the staff is whom at the provider of identities, and who set out to it (ADR 0046)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import AT_THE_DOOR, no_row_level_security, row_level_security

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TABLES = ("provider_links", "departures")
ALLOWED = {"ALL": AT_THE_DOOR}


def upgrade() -> None:
    """Add what the subject says."""
    op.create_table(
        "provider_links",
        sa.Column("subject_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_provider_links_user_id")),
        sa.PrimaryKeyConstraint("subject_index", name=op.f("pk_provider_links")),
        sa.UniqueConstraint("user_id", name=op.f("uq_provider_links_user_id")),
    )
    op.create_table(
        "departures",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_departures_user_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_departures")),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            for statement in row_level_security(table, ALLOWED):
                op.execute(statement)


def downgrade() -> None:
    """Take it away. Whoever was linked signs in with a password again."""
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            for statement in no_row_level_security(table, ALLOWED):
                op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)
