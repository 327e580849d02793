"""The tables. Every column says what it holds: `clear`, `encrypted`, `index` (keyed) or `hash`; a test asks each one.

In the clear stand ids, states, days and the audit. What somebody said, which question was asked (the path through
the questions reveals the answers), names and reasons are encrypted. Source: security page 4.1; ADR 0010.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

TAGS = frozenset({"clear", "encrypted", "index", "hash"})
APPEND_ONLY = ("answers", "withdrawals", "acts", "own_views", "signatures", "wall", "audit", "proposed_acts", "replies")
"""Tables whose rows are never changed nor deleted; the database itself refuses (migrations 0001 and 0002)."""
APPEND_ONLY_IN_MATCHING = ("identities", "match_reviews")
"""The same, since migration 0004."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _clear(name: str, kind: Any, *rest: Any, **how: Any) -> Column[Any]:  # noqa: ANN401 — passes on to Column
    return Column(name, kind, *rest, nullable=how.pop("nullable", False), info={"tag": "clear"}, **how)


def _encrypted(name: str) -> Column[Any]:
    return Column(name, LargeBinary, nullable=False, info={"tag": "encrypted"})


def _keyed_index(name: str, **how: Any) -> Column[Any]:  # noqa: ANN401 — passes on to Column
    return Column(name, LargeBinary(32), nullable=False, info={"tag": "index"}, **how)


def _hash(name: str, kind: Any = None, **how: Any) -> Column[Any]:  # noqa: ANN401 — passes on to Column
    return Column(name, kind or LargeBinary(32), nullable=False, info={"tag": "hash"}, **how)


def _of_case(**how: Any) -> Column[Any]:  # noqa: ANN401 — passes on to Column
    return _clear("case_id", Uuid, ForeignKey("cases.id"), **how)


def _recorded() -> tuple[Any, ...]:
    """The columns every item recorded in a case has: which, of which case, in which order, where, by whom, when."""
    return (
        _clear("id", Uuid, primary_key=True),
        _of_case(),
        _clear("sequence", Integer),
        _clear("desk", String(16)),
        _clear("recorded_by", Uuid, ForeignKey("users.id")),
        _clear("recorded_on", Date),
        _encrypted("content"),
        UniqueConstraint("case_id", "sequence"),
    )


data_keys = Table(
    "data_keys",
    metadata,
    _clear("scope", Uuid, primary_key=True),
    _clear("side", String(16), primary_key=True),
    _clear("kid", String(8)),
    _encrypted("wrapped"),
)
users = Table(
    "users",
    metadata,
    _clear("id", Uuid, primary_key=True),
    _keyed_index("name_index", unique=True),
    _clear("role", String(32)),
    _clear("side", String(16)),
    _clear("demonstration", Boolean),
    _clear("created_on", Date),
    _clear("closed_on", Date, nullable=True),
    _hash("password_hash", String(256)),
    _encrypted("content"),
)
sessions = Table(
    "sessions",
    metadata,
    _hash("token_hash", primary_key=True),
    _clear("id", Uuid, unique=True),
    _clear("user_id", Uuid, ForeignKey("users.id"), index=True),
    _clear("stage", String(8)),
    _clear("started", BigInteger),
    _clear("seen", BigInteger),
    _clear("proved", BigInteger),
)
authenticators = Table(
    "authenticators",
    metadata,
    _clear("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    _clear("last_step", BigInteger),
    _clear("added_on", Date),
    _encrypted("content"),
)
passkeys = Table(
    "passkeys",
    metadata,
    _clear("id", Uuid, primary_key=True),
    _clear("user_id", Uuid, ForeignKey("users.id"), index=True),
    _keyed_index("credential_index", unique=True),
    _clear("uses", BigInteger),
    _clear("added_on", Date),
    _encrypted("content"),
)
recovery_codes = Table(
    "recovery_codes",
    metadata,
    _keyed_index("code_index", primary_key=True),
    _clear("user_id", Uuid, ForeignKey("users.id"), index=True),
)
provider_links = Table(
    "provider_links",
    metadata,
    _keyed_index("subject_index", primary_key=True),
    _clear("user_id", Uuid, ForeignKey("users.id"), unique=True),
    _clear("added_on", Date),
    _encrypted("content"),
)
departures = Table(
    "departures",
    metadata,
    _hash("token_hash", primary_key=True),
    _clear("user_id", Uuid, ForeignKey("users.id"), nullable=True),
    _clear("at", BigInteger),
)
invitations = Table(
    "invitations",
    metadata,
    _clear("id", Uuid, primary_key=True),
    _keyed_index("code_index", unique=True),
    _clear("user_id", Uuid, ForeignKey("users.id"), nullable=True),
    _clear("role", String(32)),
    _clear("side", String(16)),
    _clear("invited_by", Uuid, ForeignKey("users.id"), nullable=True),
    _clear("expires", BigInteger),
    _encrypted("content"),
)
account_requests = Table(
    "account_requests",
    metadata,
    _clear("id", Uuid, primary_key=True),
    _clear("user_id", Uuid, ForeignKey("users.id"), unique=True),
    _clear("kind", String(32)),
    _clear("role", String(32)),
    _clear("side", String(16)),
    _clear("asked_by", Uuid, ForeignKey("users.id")),
    _clear("expires", BigInteger),
)
attempts = Table(
    "attempts",
    metadata,
    _clear("id", Uuid, primary_key=True),
    _keyed_index("account_index", index=True),
    _keyed_index("source_index", index=True),
    _clear("at", BigInteger),
)
cases = Table(
    "cases",
    metadata,
    _clear("id", Uuid, primary_key=True),
    _clear("reference", String(16), unique=True),
    _clear("opened_on", Date),
    _clear("opened_desk", String(16)),
    _clear("sequence", Integer),
    _encrypted("content"),
)
persons = Table(
    "persons",
    metadata,
    _of_case(primary_key=True),
    _clear("letter", String(1), primary_key=True),
    _encrypted("content"),
)
desks = Table(
    "desks",
    metadata,
    _of_case(primary_key=True),
    _clear("desk", String(16), primary_key=True),
    _clear("version", Integer),
)
wall = Table(
    "wall",
    metadata,
    _of_case(primary_key=True),
    _clear("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    _clear("side", String(16)),
    UniqueConstraint("case_id", "user_id", "side"),
)
allocations = Table(
    "allocations",
    metadata,
    _clear("case_id", Uuid, primary_key=True),
    _clear("user_id", Uuid, primary_key=True),
    _clear("side", String(16)),
    _clear("letter", String(1)),
    ForeignKeyConstraint(["case_id", "user_id", "side"], ["wall.case_id", "wall.user_id", "wall.side"]),
    ForeignKeyConstraint(["case_id", "letter"], ["persons.case_id", "persons.letter"], name="fk_allocations_letter"),
    UniqueConstraint("case_id", "side", "letter"),
)
answers = Table("answers", metadata, *_recorded(), _clear("compartment", String(1)))
withdrawals = Table(
    "withdrawals", metadata, *_recorded(), _clear("answer_id", Uuid, ForeignKey("answers.id"), unique=True)
)
acts = Table("acts", metadata, *_recorded())
own_views = Table("own_views", metadata, *_recorded())
signatures = Table("signatures", metadata, *_recorded())
proposed_acts = Table("proposed_acts", metadata, *_recorded())
replies = Table(
    "replies", metadata, *_recorded(), _clear("proposal_id", Uuid, ForeignKey("proposed_acts.id"), unique=True)
)
posts = Table(
    "posts",
    metadata,
    _clear("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    _hash("key_hash", primary_key=True),
    _hash("digest"),
    _clear("version", Integer),
    _clear("result_id", Uuid),
    _clear("recorded_on", Date),
)
audit = Table(
    "audit",
    metadata,
    _clear("seq", BigInteger, primary_key=True, autoincrement=False),
    _clear("utc", String(32)),
    _clear("actor", Uuid, nullable=True),
    _clear("act", String(32)),
    _clear("object_id", Uuid, nullable=True),
    _clear("result", String(80)),
    _clear("side", String(16)),
    _hash("mac"),
    Index("ix_audit_object_id", "object_id", "actor"),
)
identities = Table("identities", metadata, *_recorded(), _clear("letter", String(1)))
searches = Table("searches", metadata, _of_case(primary_key=True), _clear("recorded_on", Date))
match_subjects = Table("match_subjects", metadata, _keyed_index("handle", primary_key=True), _encrypted("content"))
match_tokens = Table(
    "match_tokens",
    metadata,
    _keyed_index("token", primary_key=True),
    _keyed_index("handle", primary_key=True, index=True),
    sqlite_with_rowid=False,
)
matches = Table(
    "matches", metadata, _clear("id", Uuid, primary_key=True), _clear("recorded_on", Date), _encrypted("content")
)
match_sides = Table(
    "match_sides",
    metadata,
    _keyed_index("case_index", primary_key=True),
    _clear("match_id", Uuid, ForeignKey("matches.id"), primary_key=True, index=True),
)
match_reviews = Table(
    "match_reviews",
    metadata,
    _clear("id", Uuid, primary_key=True),
    _clear("match_id", Uuid, ForeignKey("matches.id")),
    _clear("sequence", Integer),
    _clear("recorded_by", Uuid, ForeignKey("users.id")),
    _clear("recorded_on", Date),
    _encrypted("content"),
    UniqueConstraint("match_id", "sequence"),
)
lookups = Table(
    "lookups",
    metadata,
    _clear("id", Uuid, primary_key=True),
    _clear("user_id", Uuid, ForeignKey("users.id"), index=True),
    _clear("at", BigInteger),
)
"""What recognises people (ADR 0015): which person a token belongs to is itself keyed, so no row of the index names a
case; `searches` says that a case was searched, and a case without a row is held."""
audit_head = Table(
    "audit_head",
    metadata,
    _clear("id", Integer, primary_key=True, autoincrement=False),
    _clear("seq", BigInteger),
    _hash("mac"),
)
