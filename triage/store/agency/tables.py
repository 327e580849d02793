"""The tables of agencies (ADR 0051). What an agency wrote, and what was answered, is sealed by a key of each referral.

In the clear stand ids, whose step it was, and when. `agency_posts` keeps an idempotency key with its effect;
`api_assertions` holds each assertion that a client used until it is long over: the row is what makes it single use.
"""

from typing import Final

from sqlalchemy import BigInteger, Date, ForeignKey, Integer, String, Table, Uuid

from triage.store.tables import clear, encrypted, hashed, keyed_index, metadata

APPEND_ONLY: Final = ("agency_events",)

agencies = Table(
    "agencies",
    metadata,
    clear("id", Uuid, primary_key=True),
    clear("added_on", Date),
    clear("closed_on", Date, nullable=True),
    encrypted("content"),
)
agency_members = Table(
    "agency_members",
    metadata,
    clear("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    clear("agency_id", Uuid, ForeignKey("agencies.id")),
)
api_clients = Table(
    "api_clients",
    metadata,
    clear("id", Uuid, primary_key=True),
    clear("agency_id", Uuid, ForeignKey("agencies.id")),
    clear("added_on", Date),
    clear("closed_on", Date, nullable=True),
    encrypted("content"),
)
api_keys = Table(
    "api_keys",
    metadata,
    clear("client_id", Uuid, ForeignKey("api_clients.id"), primary_key=True),
    hashed("thumbprint", primary_key=True),
    clear("added_on", Date),
    clear("closed_on", Date, nullable=True),
    encrypted("content"),
)
api_assertions = Table(
    "api_assertions",
    metadata,
    keyed_index("assertion_index", primary_key=True),
    clear("expires", BigInteger, index=True),
)
api_tokens = Table(
    "api_tokens",
    metadata,
    hashed("token_hash", primary_key=True),
    clear("client_id", Uuid, ForeignKey("api_clients.id")),
    clear("scope", String(80)),
    clear("expires", BigInteger, index=True),
)
api_calls = Table(
    "api_calls",
    metadata,
    clear("agency_id", Uuid, ForeignKey("agencies.id"), primary_key=True),
    clear("at", BigInteger, primary_key=True),
    clear("calls", Integer),
)
agency_referrals = Table(
    "agency_referrals",
    metadata,
    clear("id", Uuid, primary_key=True),
    clear("agency_id", Uuid, ForeignKey("agencies.id"), index=True),
    clear("recorded_by", Uuid),
    clear("added_on", Date),
    clear("version", Integer),
    clear("sent", BigInteger, nullable=True, index=True),
    keyed_index("external_index", unique=True),
    keyed_index("danger_mark", nullable=True),
    keyed_index("review_index", nullable=True, index=True),
    encrypted("content"),
)
agency_events = Table(
    "agency_events",
    metadata,
    clear("referral_id", Uuid, ForeignKey("agency_referrals.id"), primary_key=True),
    clear("sequence", Integer, primary_key=True),
    clear("step", String(16)),
    clear("hand", String(16)),
    clear("at", BigInteger),
    clear("recorded_by", Uuid),
    encrypted("content"),
)
agency_posts = Table(
    "agency_posts",
    metadata,
    clear("agency_id", Uuid, ForeignKey("agencies.id"), primary_key=True),
    hashed("key_hash", primary_key=True),
    hashed("digest"),
    clear("result_id", Uuid),
    clear("recorded_on", Date),
)
agency_imports = Table(
    "agency_imports",
    metadata,
    clear("id", Uuid, primary_key=True),
    clear("agency_id", Uuid, ForeignKey("agencies.id"), index=True),
    clear("recorded_by", Uuid),
    clear("at", BigInteger),
    clear("withdrawn", BigInteger, nullable=True),
)
agency_import_lines = Table(
    "agency_import_lines",
    metadata,
    clear("referral_id", Uuid, ForeignKey("agency_referrals.id"), primary_key=True),
    clear("import_id", Uuid, ForeignKey("agency_imports.id"), index=True),
)
