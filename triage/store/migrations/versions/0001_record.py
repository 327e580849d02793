"""The record of a case, accounts and the audit chain."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.refusing import no_refusing_function, refusals, refusing_function

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

APPEND_ONLY = ("answers", "withdrawals", "acts", "own_views", "signatures", "wall", "audit")


def upgrade() -> None:
    """Add what the subject says."""
    op.create_table(
        "attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("source_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    op.create_index("ix_attempts_account_index", "attempts", ["account_index"], unique=False)
    op.create_index("ix_attempts_source_index", "attempts", ["source_index"], unique=False)
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("utc", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.Uuid(), nullable=True),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("result", sa.String(length=80), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_object_id", "audit", ["object_id", "actor"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_desk", sa.String(length=16), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("reference", name=op.f("uq_cases_reference")),
    )
    op.create_table(
        "data_keys",
        sa.Column("scope", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("kid", sa.String(length=8), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "side", name=op.f("pk_data_keys")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("password_hash", sa.String(length=256), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name_index", name=op.f("uq_users_name_index")),
    )
    op.create_table(
        "acts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_acts_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_acts_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_acts_case_id_sequence")),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("compartment", sa.String(length=1), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_answers_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_answers_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_answers_case_id_sequence")),
    )
    op.create_table(
        "desks",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_desks_case_id")),
        sa.PrimaryKeyConstraint("case_id", "desk", name=op.f("pk_desks")),
    )
    op.create_table(
        "own_views",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_own_views_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_own_views_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_views")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_own_views_case_id_sequence")),
    )
    op.create_table(
        "persons",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_persons_case_id")),
        sa.PrimaryKeyConstraint("case_id", "letter", name=op.f("pk_persons")),
    )
    op.create_table(
        "posts",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_posts_user_id")),
        sa.PrimaryKeyConstraint("user_id", "key_hash", name=op.f("pk_posts")),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"], unique=False)
    op.create_table(
        "signatures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_signatures_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_signatures_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_signatures_case_id_sequence")),
    )
    op.create_table(
        "wall",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_wall_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_wall_user_id")),
        sa.PrimaryKeyConstraint("case_id", "user_id", name=op.f("pk_wall")),
        sa.UniqueConstraint("case_id", "user_id", "side", name=op.f("uq_wall_case_id_user_id_side")),
    )
    op.create_table(
        "allocations",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "letter"], ["persons.case_id", "persons.letter"], name="fk_allocations_letter"
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "user_id", "side"],
            ["wall.case_id", "wall.user_id", "wall.side"],
            name=op.f("fk_allocations_case_id"),
        ),
        sa.PrimaryKeyConstraint("case_id", "user_id", name=op.f("pk_allocations")),
        sa.UniqueConstraint("case_id", "side", "letter", name=op.f("uq_allocations_case_id_side_letter")),
    )
    op.create_table(
        "withdrawals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name=op.f("fk_withdrawals_answer_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_withdrawals_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_withdrawals_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawals")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_withdrawals_answer_id")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_withdrawals_case_id_sequence")),
    )
    head = sa.table(
        "audit_head", sa.column("id", sa.Integer), sa.column("seq", sa.BigInteger), sa.column("mac", sa.LargeBinary)
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "mac": bytes(32)}])
    dialect = op.get_bind().dialect.name
    for statement in refusing_function(dialect):
        op.execute(statement)
    for table in APPEND_ONLY:
        for statement in refusals(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Take it away."""
    op.drop_table("withdrawals")
    op.drop_table("allocations")
    op.drop_table("wall")
    op.drop_table("signatures")
    op.drop_index("ix_sessions_user_id", table_name="sessions")
    op.drop_table("sessions")
    op.drop_table("posts")
    op.drop_table("persons")
    op.drop_table("own_views")
    op.drop_table("desks")
    op.drop_table("answers")
    op.drop_table("acts")
    op.drop_table("users")
    op.drop_table("data_keys")
    op.drop_table("cases")
    op.drop_table("audit_head")
    op.drop_index("ix_audit_object_id", table_name="audit")
    op.drop_table("audit")
    op.drop_index("ix_attempts_source_index", table_name="attempts")
    op.drop_index("ix_attempts_account_index", table_name="attempts")
    op.drop_table("attempts")
    for statement in no_refusing_function(op.get_bind().dialect.name):
        op.execute(statement)
