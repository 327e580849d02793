"""What recognises people and pairs: identities, the keyed index, matches and their reviews; who is searched."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.refusing import refusals

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

APPEND_ONLY = ("identities", "match_reviews")


def upgrade() -> None:
    """Add what the subject says."""
    op.create_table(
        "identities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_identities_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_identities_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_identities_case_id_sequence")),
    )
    op.create_table(
        "searches",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_searches_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_searches")),
    )
    op.create_table(
        "match_subjects",
        sa.Column("handle", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("handle", name=op.f("pk_match_subjects")),
    )
    op.create_table(
        "match_tokens",
        sa.Column("token", sa.LargeBinary(length=32), nullable=False),
        sa.Column("handle", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("token", "handle", name=op.f("pk_match_tokens")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_match_tokens_handle", "match_tokens", ["handle"], unique=False)
    op.create_table(
        "matches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
    )
    op.create_table(
        "match_sides",
        sa.Column("case_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name=op.f("fk_match_sides_match_id")),
        sa.PrimaryKeyConstraint("case_index", "match_id", name=op.f("pk_match_sides")),
    )
    op.create_index("ix_match_sides_match_id", "match_sides", ["match_id"], unique=False)
    op.create_table(
        "match_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name=op.f("fk_match_reviews_match_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_match_reviews_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_reviews")),
        sa.UniqueConstraint("match_id", "sequence", name=op.f("uq_match_reviews_match_id_sequence")),
    )
    op.create_table(
        "lookups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_lookups_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookups")),
    )
    op.create_index("ix_lookups_user_id", "lookups", ["user_id"], unique=False)
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in refusals(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_lookups_user_id", table_name="lookups")
    op.drop_table("lookups")
    op.drop_table("match_reviews")
    op.drop_index("ix_match_sides_match_id", table_name="match_sides")
    op.drop_table("match_sides")
    op.drop_table("matches")
    op.drop_index("ix_match_tokens_handle", table_name="match_tokens")
    op.drop_table("match_tokens")
    op.drop_table("match_subjects")
    op.drop_table("searches")
    op.drop_table("identities")
