"""The tables of opened cards: who opened which, when; and that it was closed and looked at. Words are sealed."""

from typing import Final

from sqlalchemy import BigInteger, ForeignKey, String, Table, Uuid

from triage.store.tables import clear, encrypted, metadata, of_case

APPEND_ONLY: Final = ("card_openings", "card_events")

card_openings = Table(
    "card_openings",
    metadata,
    clear("id", Uuid, primary_key=True),
    of_case(),
    clear("user_id", Uuid, ForeignKey("users.id")),
    clear("side", String(16)),
    clear("letter", String(1)),
    clear("at", BigInteger),
    encrypted("content"),
)
card_events = Table(
    "card_events",
    metadata,
    clear("opening_id", Uuid, ForeignKey("card_openings.id"), primary_key=True),
    clear("step", String(8), primary_key=True),
    clear("recorded_by", Uuid, ForeignKey("users.id")),
    clear("at", BigInteger),
    encrypted("content"),
)
