"""What was described, and what the panel said of a match, is never changed; a review that was altered does not open."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.casework.matching.pairs_of_people import Two
from tests.casework.small_service import House
from tests.databases.engines import at_the_database, drop_refusal
from triage.casework.matching.reviewing import review_match, watch
from triage.casework.service import RULES
from triage.store.tables import APPEND_ONLY_IN_MATCHING, metadata


@pytest.fixture
def reviewed(house: House) -> House:
    two = Two(house)
    two.earlier()
    two.later()
    match_id = watch(two.service, two.panel[0]).matches[0].id
    review_match(two.service, two.panel[0], match_id, same=True, reason="The same street.")
    return house


@pytest.mark.parametrize("table", APPEND_ONLY_IN_MATCHING)
@pytest.mark.parametrize("verb", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
def test_the_file_refuses_to_change_or_delete(reviewed: House, table: str, verb: str) -> None:
    with reviewed.service.reading(RULES) as work:
        assert work.connection.execute(select(metadata.tables[table])).first() is not None
    column = metadata.tables[table].columns[0].name
    with pytest.raises(IntegrityError, match="append-only"), at_the_database(reviewed.folder) as connection:
        connection.exec_driver_sql(verb.format(table=table, column=column))


def test_a_review_that_was_moved_does_not_open_and_the_matcher_counts_as_down(reviewed: House) -> None:
    with at_the_database(reviewed.folder) as connection:
        drop_refusal(connection, "match_reviews", "update")
        connection.exec_driver_sql("UPDATE match_reviews SET sequence = 7")
    seen = watch(reviewed.service, reviewed.lead())
    assert (seen.matches, seen.down) == ((), True)
