"""The table of typed forms that are not recorded yet: whose, of which case, since when; the rest is sealed."""

from sqlalchemy import BigInteger, ForeignKey, String, Table, Uuid

from triage.store.tables import clear, encrypted, metadata, of_case

drafts = Table(
    "drafts",
    metadata,
    clear("id", Uuid, primary_key=True),
    of_case(),
    clear("user_id", Uuid, ForeignKey("users.id"), index=True),
    clear("desk", String(16)),
    clear("at", BigInteger),
    encrypted("content"),
)
"""`at` in seconds since 1970. Not append-only: a draft is replaced, thrown away, or forgotten after a day."""
