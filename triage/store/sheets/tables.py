"""The tables of sheets: one row for each that somebody was given, and one for each step of a translation, for ever."""

from typing import Final

from sqlalchemy import BigInteger, ForeignKey, Integer, Table, Uuid

from triage.store.tables import clear, encrypted, metadata, recorded

APPEND_ONLY: Final = ("handings", "translation_steps")

handings = Table("handings", metadata, *recorded())
translation_steps = Table(
    "translation_steps",
    metadata,
    clear("id", Uuid, primary_key=True),
    clear("sequence", Integer, unique=True),
    clear("recorded_by", Uuid, ForeignKey("users.id")),
    clear("at", BigInteger),
    encrypted("content"),
)
