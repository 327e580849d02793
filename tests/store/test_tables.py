"""Every column says what it holds, and nothing that somebody said stands in the clear."""

import pytest
from sqlalchemy import LargeBinary

from triage.store.agency.tables import agencies
from triage.store.tables import TAGS, metadata

COLUMNS = [(table.name, column) for table in metadata.sorted_tables for column in table.columns]
CLEAR_NAMES = {
    "act", "actor", "added_on", "agency_id", "allowed_on", "answer_id", "asked_by", "at", "calls", "case_id",
    "client_id", "closed_on", "compartment", "confirmed_on", "created_on", "demonstration", "desk", "due", "expires",
    "fault", "hand", "id", "import_id", "invited_by", "kid", "kind", "last_step", "leased", "letter",
    "match_id", "next_at", "object_id", "opened", "opened_desk", "opened_on", "opening_id", "owner_id",
    "post_id", "proposal_id", "proved", "published_on", "recipient", "recorded_by", "recorded_on", "reference",
    "referral_id",
    "result", "result_id", "role", "scope", "seen", "sent", "seq", "sequence", "side", "stage", "started",
    "state", "step", "tries", "user_id", "uses", "utc", "version", "withdrawn",
}  # fmt: skip
"""Ids, states, counters and times: a new clear column is thought about here first."""


def test_the_tables_of_agencies_are_among_them() -> None:
    assert agencies.metadata is metadata


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda one: getattr(one, "name", one))
def test_every_column_has_a_tag(table: str, column: object) -> None:
    assert column.info.get("tag") in TAGS, f"{table}.{column.name}: tag it in triage/store/tables.py"


def test_only_ids_states_and_times_are_clear() -> None:
    assert {column.name for _table, column in COLUMNS if column.info["tag"] == "clear"} == CLEAR_NAMES


def test_what_is_sealed_or_indexed_is_bytes() -> None:
    for table, column in COLUMNS:
        if column.info["tag"] in {"encrypted", "index"}:
            assert isinstance(column.type, LargeBinary), f"{table}.{column.name}"
