"""The table of handings: one row for each sheet that somebody was given, at the desk of who gave it, for ever."""

from typing import Final

from sqlalchemy import Table

from triage.store.tables import metadata, recorded

APPEND_ONLY: Final = ("handings",)

handings = Table("handings", metadata, *recorded())
