"""The tables of who attends contacts: what a desk said of them, sealed; and their row in the wall, by keyed index."""

from typing import Final

from sqlalchemy import ForeignKey, String, Table, Uuid

from triage.store.tables import clear, keyed_index, metadata, of_case, recorded

APPEND_ONLY: Final = ("attendants", "attendant_stands")

attendants = Table("attendants", metadata, *recorded())
attendant_stands = Table(
    "attendant_stands",
    metadata,
    of_case(primary_key=True),
    keyed_index("person_index", primary_key=True),
    keyed_index("name_index"),
    clear("user_id", Uuid, ForeignKey("users.id"), nullable=True),
    clear("desk", String(16)),
)
"""One desk for each case and person, for ever. The indexes are drawn for each case apart: who has the database alone
cannot tell that one interpreter works in two cases."""
