"""Agencies, who writes for them, their referrals, and the clients of the API (ADR 0051, 0052)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from triage.store.engines.policies import (
    AT_THE_DOOR,
    OWN,
    RULES,
    SIGHT,
    STAFF,
    no_row_level_security,
    row_level_security,
)
from triage.store.engines.refusing import refusals

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

APPEND_ONLY = ("agency_events",)
MEMBER = f"SELECT m.agency_id FROM agency_members m WHERE m.user_id = {STAFF}"
CLIENT = f"SELECT c.agency_id FROM api_clients c WHERE c.id = {STAFF}"
AGENCY, INTAKE = f"{SIGHT} = 'agency'", f"{SIGHT} = 'programme'"


def _mine(column: str) -> str:
    return f"({AGENCY} AND {column} IN ({MEMBER} UNION {CLIENT}))"


OF_REFERRAL = "EXISTS (SELECT FROM agency_referrals r WHERE r.id = agency_events.referral_id)"
KEY_OF_REFERRAL = "EXISTS (SELECT FROM agency_referrals r WHERE r.id = data_keys.scope)"
POLICIES: Mapping[str, Mapping[str, str]] = {
    "agencies": {
        "SELECT": f"{AT_THE_DOOR} OR {INTAKE} OR {_mine('agencies.id')}",
        "INSERT": AT_THE_DOOR,
        "UPDATE": AT_THE_DOOR,
    },
    "agency_members": {"SELECT": f"{AT_THE_DOOR} OR {OWN}", "INSERT": AT_THE_DOOR, "DELETE": AT_THE_DOOR},
    "api_clients": {"SELECT": f"{AT_THE_DOOR} OR id = {STAFF}", "INSERT": AT_THE_DOOR, "UPDATE": AT_THE_DOOR},
    "api_keys": {"ALL": AT_THE_DOOR},
    "api_assertions": {"ALL": AT_THE_DOOR},
    "api_tokens": {"ALL": AT_THE_DOOR},
    "api_calls": {"ALL": AT_THE_DOOR},
    "agency_referrals": {
        "SELECT": f"{RULES} OR ({INTAKE} AND sent IS NOT NULL) OR {_mine('agency_referrals.agency_id')}",
        "INSERT": f"{RULES} OR {_mine('agency_referrals.agency_id')}",
        "UPDATE": f"{RULES} OR {_mine('agency_referrals.agency_id')}",
    },
    "agency_events": {
        "SELECT": f"{RULES} OR {INTAKE} OR ({AGENCY} AND hand = 'agency' AND {OF_REFERRAL})",
        "INSERT": f"{RULES} OR ({INTAKE} AND hand = 'intake' AND {OF_REFERRAL}) "
        f"OR ({AGENCY} AND hand = 'agency' AND {OF_REFERRAL})",
    },
    "agency_posts": {
        "SELECT": f"{RULES} OR {_mine('agency_posts.agency_id')}",
        "INSERT": f"{RULES} OR {_mine('agency_posts.agency_id')}",
    },
}
KEYS = {
    "data_keys_of_referrals_read": f"FOR SELECT USING (({INTAKE} OR ({AGENCY} AND side = 'agency')) "
    f"AND {KEY_OF_REFERRAL})",
    "data_keys_of_referrals_new": f"FOR INSERT WITH CHECK ({AGENCY} AND {KEY_OF_REFERRAL})",
}
"""Who opens a referral: its agency what it wrote itself, intake all of it. What was answered has another key."""


def _id(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _plain(name: str, kind: sa.types.TypeEngine[Any], *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable)


def _bytes(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(length=32), nullable=False)


def _sealed() -> sa.Column[Any]:
    return sa.Column("content", sa.LargeBinary(), nullable=False)


def _days() -> tuple[sa.Column[Any], ...]:
    return _plain("added_on", sa.Date()), _plain("closed_on", sa.Date(), nullable=True)


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _of_agency(table: str) -> tuple[sa.Column[Any], sa.ForeignKeyConstraint]:
    return _id("agency_id"), _foreign(table, "agency_id", "agencies.id")


def _tables_of_agencies() -> None:
    op.create_table("agencies", _id("id"), *_days(), _sealed(), _primary("agencies", "id"))
    op.create_table(
        "agency_members",
        _id("user_id"),
        *_of_agency("agency_members"),
        _foreign("agency_members", "user_id", "users.id"),
        _primary("agency_members", "user_id"),
    )
    op.create_table(
        "agency_referrals",
        _id("id"),
        *_of_agency("agency_referrals"),
        _id("recorded_by"),
        _plain("added_on", sa.Date()),
        _plain("version", sa.Integer()),
        _plain("sent", sa.BigInteger(), nullable=True),
        _bytes("external_index"),
        _sealed(),
        _primary("agency_referrals", "id"),
        sa.UniqueConstraint("external_index", name=op.f("uq_agency_referrals_external_index")),
    )
    op.create_index("ix_agency_referrals_agency_id", "agency_referrals", ["agency_id"])
    op.create_index("ix_agency_referrals_sent", "agency_referrals", ["sent"])
    op.create_table(
        "agency_events",
        _id("referral_id"),
        _plain("sequence", sa.Integer()),
        _plain("step", sa.String(length=16)),
        _plain("hand", sa.String(length=16)),
        _plain("at", sa.BigInteger()),
        _id("recorded_by"),
        _sealed(),
        _foreign("agency_events", "referral_id", "agency_referrals.id"),
        _primary("agency_events", "referral_id", "sequence"),
    )
    op.create_table(
        "agency_posts",
        *_of_agency("agency_posts"),
        _bytes("key_hash"),
        _bytes("digest"),
        _id("result_id"),
        _plain("recorded_on", sa.Date()),
        _primary("agency_posts", "agency_id", "key_hash"),
    )


def _tables_of_the_api() -> None:
    op.create_table(
        "api_clients", _id("id"), *_of_agency("api_clients"), *_days(), _sealed(), _primary("api_clients", "id")
    )
    op.create_table(
        "api_keys",
        _id("client_id"),
        _bytes("thumbprint"),
        *_days(),
        _sealed(),
        _foreign("api_keys", "client_id", "api_clients.id"),
        _primary("api_keys", "client_id", "thumbprint"),
    )
    op.create_table(
        "api_assertions",
        _bytes("assertion_index"),
        _plain("expires", sa.BigInteger()),
        _primary("api_assertions", "assertion_index"),
    )
    op.create_index("ix_api_assertions_expires", "api_assertions", ["expires"])
    op.create_table(
        "api_tokens",
        _bytes("token_hash"),
        _id("client_id"),
        _plain("scope", sa.String(length=80)),
        _plain("expires", sa.BigInteger()),
        _foreign("api_tokens", "client_id", "api_clients.id"),
        _primary("api_tokens", "token_hash"),
    )
    op.create_index("ix_api_tokens_expires", "api_tokens", ["expires"])
    op.create_table(
        "api_calls",
        *_of_agency("api_calls"),
        _plain("at", sa.BigInteger()),
        _plain("calls", sa.Integer()),
        _primary("api_calls", "agency_id", "at"),
    )


def _closing() -> Iterator[str]:
    for table, allowed in POLICIES.items():
        yield from row_level_security(table, allowed)
    yield from (f"CREATE POLICY {name} ON data_keys {clause}" for name, clause in KEYS.items())


def upgrade() -> None:
    """Add what the subject says."""
    _tables_of_agencies()
    _tables_of_the_api()
    dialect = op.get_bind().dialect.name
    statements = [one for table in APPEND_ONLY for one in refusals(dialect, table)]
    for statement in (*statements, *(_closing() if dialect == "postgresql" else ())):
        op.execute(statement)


def downgrade() -> None:
    """Take it away. Every referral of an agency, its keys and what was answered are lost; cases stay."""
    if op.get_bind().dialect.name == "postgresql":
        for name in KEYS:
            op.execute(f"DROP POLICY {name} ON data_keys")
        for table, allowed in POLICIES.items():
            for statement in no_row_level_security(table, allowed):
                op.execute(statement)
    op.execute("DELETE FROM data_keys WHERE scope IN (SELECT id FROM agency_referrals)")
    for table in ("api_calls", "api_tokens", "api_assertions", "api_keys", "api_clients"):
        op.drop_table(table)
    for table in ("agency_posts", "agency_events", "agency_referrals", "agency_members", "agencies"):
        op.drop_table(table)
