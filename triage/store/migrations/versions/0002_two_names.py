"""Acts that wait for a second name, and the reply to each."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.refusing import refusals

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

APPEND_ONLY = ("proposed_acts", "replies")


def upgrade() -> None:
    """Add what the subject says."""
    op.create_table(
        "proposed_acts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_proposed_acts_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_proposed_acts_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_acts")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_proposed_acts_case_id_sequence")),
    )
    op.create_table(
        "replies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_replies_case_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposed_acts.id"], name=op.f("fk_replies_proposal_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_replies_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_replies_case_id_sequence")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_replies_proposal_id")),
    )
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in refusals(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Take it away."""
    op.drop_table("replies")
    op.drop_table("proposed_acts")
