"""The table of published positions: one row for each person of a case, replaced once a day. What is told is sealed."""

from sqlalchemy import Date, String, Table

from triage.store.tables import clear, encrypted, metadata, of_case

positions = Table(
    "positions",
    metadata,
    of_case(primary_key=True),
    clear("letter", String(1), primary_key=True),
    clear("published_on", Date),
    encrypted("content"),
)
