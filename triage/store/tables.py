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
APPEND_ONLY_IN_MATCHING = ("identities", "match_reviews", "exclusions")
"""The same, since migrations 0004 and 0009."""
APPEND_ONLY_OF_PERSONS = ("statements",)
"""The same, since migration 0012."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def clear(name: str, kind: Any, *rest: Any, **how: Any) -> Column[Any]:  # noqa: ANN401 — passes on to Column
    """A column in the clear: an id, a state, a counter, a time."""
    return Column(name, kind, *rest, nullable=how.pop("nullable", False), info={"tag": "clear"}, **how)


def encrypted(name: str) -> Column[Any]:
    """A column of sealed bytes."""
    return Column(name, LargeBinary, nullable=False, info={"tag": "encrypted"})


def keyed_index(name: str, **how: Any) -> Column[Any]:  # noqa: ANN401 — passes on to Column
    """A column of a keyed hash that is looked up."""
    return Column(name, LargeBinary(32), nullable=how.pop("nullable", False), info={"tag": "index"}, **how)


def hashed(name: str, kind: Any = None, **how: Any) -> Column[Any]:  # noqa: ANN401 — passes on to Column
    """A column of a hash that is compared."""
    return Column(name, kind or LargeBinary(32), nullable=False, info={"tag": "hash"}, **how)


def of_case(**how: Any) -> Column[Any]:  # noqa: ANN401 — passes on to Column
    """A column that says of which case a row is."""
    return clear("case_id", Uuid, ForeignKey("cases.id"), **how)


def recorded() -> tuple[Any, ...]:
    """The columns every item recorded in a case has: which, of which case, in which order, where, by whom, when."""
    return (
        clear("id", Uuid, primary_key=True),
        of_case(),
        clear("sequence", Integer),
        clear("desk", String(16)),
        clear("recorded_by", Uuid, ForeignKey("users.id")),
        clear("recorded_on", Date),
        encrypted("content"),
        UniqueConstraint("case_id", "sequence"),
    )


data_keys = Table(
    "data_keys",
    metadata,
    clear("scope", Uuid, primary_key=True),
    clear("side", String(16), primary_key=True),
    clear("kid", String(8)),
    encrypted("wrapped"),
)
users = Table(
    "users",
    metadata,
    clear("id", Uuid, primary_key=True),
    keyed_index("name_index", unique=True),
    clear("role", String(32)),
    clear("side", String(16)),
    clear("demonstration", Boolean),
    clear("created_on", Date),
    clear("closed_on", Date, nullable=True),
    hashed("password_hash", String(256)),
    encrypted("content"),
)
sessions = Table(
    "sessions",
    metadata,
    hashed("token_hash", primary_key=True),
    clear("id", Uuid, unique=True),
    clear("user_id", Uuid, ForeignKey("users.id"), index=True),
    clear("stage", String(8)),
    clear("started", BigInteger),
    clear("seen", BigInteger),
    clear("proved", BigInteger),
)
authenticators = Table(
    "authenticators",
    metadata,
    clear("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    clear("last_step", BigInteger),
    clear("added_on", Date),
    encrypted("content"),
)
passkeys = Table(
    "passkeys",
    metadata,
    clear("id", Uuid, primary_key=True),
    clear("user_id", Uuid, ForeignKey("users.id"), index=True),
    keyed_index("credential_index", unique=True),
    clear("uses", BigInteger),
    clear("added_on", Date),
    encrypted("content"),
)
recovery_codes = Table(
    "recovery_codes",
    metadata,
    keyed_index("code_index", primary_key=True),
    clear("user_id", Uuid, ForeignKey("users.id"), index=True),
)
provider_links = Table(
    "provider_links",
    metadata,
    keyed_index("subject_index", primary_key=True),
    clear("user_id", Uuid, ForeignKey("users.id"), unique=True),
    clear("added_on", Date),
    encrypted("content"),
)
departures = Table(
    "departures",
    metadata,
    hashed("token_hash", primary_key=True),
    clear("user_id", Uuid, ForeignKey("users.id"), nullable=True),
    clear("at", BigInteger),
)
invitations = Table(
    "invitations",
    metadata,
    clear("id", Uuid, primary_key=True),
    keyed_index("code_index", unique=True),
    clear("user_id", Uuid, ForeignKey("users.id"), nullable=True),
    clear("role", String(32)),
    clear("side", String(16)),
    clear("invited_by", Uuid, ForeignKey("users.id"), nullable=True),
    clear("expires", BigInteger),
    clear("agency_id", Uuid, nullable=True),
    encrypted("content"),
)
account_requests = Table(
    "account_requests",
    metadata,
    clear("id", Uuid, primary_key=True),
    clear("user_id", Uuid, ForeignKey("users.id"), unique=True),
    clear("kind", String(32)),
    clear("role", String(32)),
    clear("side", String(16)),
    clear("asked_by", Uuid, ForeignKey("users.id")),
    clear("expires", BigInteger),
)
attempts = Table(
    "attempts",
    metadata,
    clear("id", Uuid, primary_key=True),
    keyed_index("account_index", index=True),
    keyed_index("source_index", index=True),
    clear("at", BigInteger),
)
cases = Table(
    "cases",
    metadata,
    clear("id", Uuid, primary_key=True),
    clear("reference", String(16), unique=True),
    clear("opened_on", Date),
    clear("opened_desk", String(16)),
    clear("sequence", Integer),
    encrypted("content"),
)
persons = Table(
    "persons",
    metadata,
    of_case(primary_key=True),
    clear("letter", String(1), primary_key=True),
    clear("desk", String(16), nullable=True),
    clear("opened", Boolean),
    encrypted("content"),
)
"""`desk` is empty for the two of the referral, else the desk that added somebody; `opened`: both sides may know."""
statements = Table("statements", metadata, *recorded())
desks = Table(
    "desks",
    metadata,
    of_case(primary_key=True),
    clear("desk", String(16), primary_key=True),
    clear("version", Integer),
)
wall = Table(
    "wall",
    metadata,
    of_case(primary_key=True),
    clear("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    clear("side", String(16)),
    UniqueConstraint("case_id", "user_id", "side"),
)
allocations = Table(
    "allocations",
    metadata,
    clear("case_id", Uuid, primary_key=True),
    clear("user_id", Uuid, primary_key=True),
    clear("side", String(16)),
    clear("letter", String(1)),
    ForeignKeyConstraint(["case_id", "user_id", "side"], ["wall.case_id", "wall.user_id", "wall.side"]),
    ForeignKeyConstraint(["case_id", "letter"], ["persons.case_id", "persons.letter"], name="fk_allocations_letter"),
    UniqueConstraint("case_id", "side", "letter"),
)
exclusions = Table(
    "exclusions",
    metadata,
    of_case(primary_key=True),
    clear("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    clear("letter", String(1), primary_key=True),
    clear("recorded_on", Date),
)
"""Who is kept out of a case for ever: of one letter of it, or of all of it (`*`); ADR 0056."""
answers = Table("answers", metadata, *recorded(), clear("compartment", String(1)))
withdrawals = Table(
    "withdrawals", metadata, *recorded(), clear("answer_id", Uuid, ForeignKey("answers.id"), unique=True)
)
acts = Table("acts", metadata, *recorded())
own_views = Table("own_views", metadata, *recorded())
signatures = Table("signatures", metadata, *recorded())
proposed_acts = Table("proposed_acts", metadata, *recorded())
replies = Table(
    "replies", metadata, *recorded(), clear("proposal_id", Uuid, ForeignKey("proposed_acts.id"), unique=True)
)
posts = Table(
    "posts",
    metadata,
    clear("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    hashed("key_hash", primary_key=True),
    hashed("digest"),
    clear("version", Integer),
    clear("result_id", Uuid),
    clear("recorded_on", Date),
)
audit = Table(
    "audit",
    metadata,
    clear("seq", BigInteger, primary_key=True, autoincrement=False),
    clear("utc", String(32)),
    clear("actor", Uuid, nullable=True),
    clear("act", String(32)),
    clear("object_id", Uuid, nullable=True),
    clear("result", String(80)),
    clear("side", String(16)),
    hashed("mac"),
    Index("ix_audit_object_id", "object_id", "actor"),
)
identities = Table("identities", metadata, *recorded(), clear("letter", String(1)))
searches = Table("searches", metadata, of_case(primary_key=True), clear("recorded_on", Date))
match_subjects = Table("match_subjects", metadata, keyed_index("handle", primary_key=True), encrypted("content"))
match_tokens = Table(
    "match_tokens",
    metadata,
    keyed_index("token", primary_key=True),
    keyed_index("handle", primary_key=True, index=True),
    sqlite_with_rowid=False,
)
matches = Table(
    "matches", metadata, clear("id", Uuid, primary_key=True), clear("recorded_on", Date), encrypted("content")
)
match_sides = Table(
    "match_sides",
    metadata,
    keyed_index("case_index", primary_key=True),
    clear("match_id", Uuid, ForeignKey("matches.id"), primary_key=True, index=True),
)
match_reviews = Table(
    "match_reviews",
    metadata,
    clear("id", Uuid, primary_key=True),
    clear("match_id", Uuid, ForeignKey("matches.id")),
    clear("sequence", Integer),
    clear("recorded_by", Uuid, ForeignKey("users.id")),
    clear("recorded_on", Date),
    encrypted("content"),
    UniqueConstraint("match_id", "sequence"),
)
lookups = Table(
    "lookups",
    metadata,
    clear("id", Uuid, primary_key=True),
    clear("user_id", Uuid, ForeignKey("users.id"), index=True),
    clear("at", BigInteger),
)
"""What recognises people (ADR 0055): which person a token belongs to is itself keyed, so no row of the index names a
case; `searches` says that a case was searched, and a case without a row is held."""
audit_head = Table(
    "audit_head",
    metadata,
    clear("id", Integer, primary_key=True, autoincrement=False),
    clear("seq", BigInteger),
    hashed("mac"),
)
