"""Files of referrals that agencies sent, and which referrals came in each (ADR 0053)."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import RULES, SIGHT, STAFF, no_row_level_security, row_level_security

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

MINE = (
    f"({SIGHT} = 'agency' AND agency_imports.agency_id IN "
    f"(SELECT m.agency_id FROM agency_members m WHERE m.user_id = {STAFF}))"
)
OF_IMPORT = "EXISTS (SELECT FROM agency_imports i WHERE i.id = agency_import_lines.import_id)"
POLICIES: Mapping[str, Mapping[str, str]] = {
    "agency_imports": {
        "SELECT": f"{RULES} OR {MINE}",
        "INSERT": f"{RULES} OR {MINE}",
        "UPDATE": f"{RULES} OR {MINE}",
    },
    "agency_import_lines": {
        "SELECT": f"{RULES} OR ({SIGHT} = 'agency' AND {OF_IMPORT})",
        "INSERT": f"{RULES} OR ({SIGHT} = 'agency' AND {OF_IMPORT})",
    },
}
KEYS = "data_keys_of_imports_new"
KEY_OF_REFERRAL = "EXISTS (SELECT FROM agency_referrals r WHERE r.id = data_keys.scope)"


def upgrade() -> None:
    """Add what the subject says."""
    op.create_table(
        "agency_imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_agency_imports_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_imports")),
    )
    op.create_index("ix_agency_imports_agency_id", "agency_imports", ["agency_id"])
    op.create_table(
        "agency_import_lines",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["agency_referrals.id"], name=op.f("fk_agency_import_lines_referral_id")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["agency_imports.id"], name=op.f("fk_agency_import_lines_import_id")),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_agency_import_lines")),
    )
    op.create_index("ix_agency_import_lines_import_id", "agency_import_lines", ["import_id"])
    if op.get_bind().dialect.name == "postgresql":
        for table, allowed in POLICIES.items():
            for statement in row_level_security(table, allowed):
                op.execute(statement)
        op.execute(f"CREATE POLICY {KEYS} ON data_keys FOR INSERT WITH CHECK ({RULES} AND {KEY_OF_REFERRAL})")


def downgrade() -> None:
    """Take it away. The referrals stay; which of them came in one file is lost."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP POLICY {KEYS} ON data_keys")
        for table, allowed in POLICIES.items():
            for statement in no_row_level_security(table, allowed):
                op.execute(statement)
    op.drop_table("agency_import_lines")
    op.drop_table("agency_imports")
