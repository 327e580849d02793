"""On PostgreSQL the database itself keeps agencies apart: plain SQL in an agency's name sees its own rows alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, create_engine, insert, select, update
from sqlalchemy.exc import DBAPIError

from tests.casework.agencies.sent import COMPLETE, Post
from tests.databases.engines import DATABASES, POSTGRESQL, database_settings
from tests.databases.server import Server
from triage.cases.roles import Actor, Role, Side
from triage.casework.agencies.answering import ask
from triage.casework.agencies.sending import save_draft
from triage.casework.agencies.taking import Taking, take
from triage.casework.results import Recorded
from triage.casework.service import RULES, principal_of
from triage.store.agency.tables import agency_events, agency_referrals
from triage.store.principals import Principal, say_principal
from triage.store.tables import metadata

OF_CASES = ("cases", "persons", "answers", "acts", "identities", "desks", "wall", "allocations", "searches")
OF_MATCHING = ("match_subjects", "match_tokens", "matches", "match_sides", "match_reviews")
OF_ACCOUNTS = ("users", "sessions", "api_keys", "api_tokens", "api_assertions", "api_calls")


@pytest.fixture(scope="module")
def post(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    before, DATABASES.in_use = DATABASES.in_use, POSTGRESQL
    yield Post(tmp_path_factory.mktemp("agencies"))
    DATABASES.in_use = before


@pytest.fixture(scope="module")
def two(post: Post) -> tuple[Actor, Actor, Actor, UUID, UUID]:
    """Two agencies that each sent something, intake that took the one and asked about it, and a draft of the other."""
    own, other, worker = post.outside("own"), post.outside("other", agency="A law firm"), post.staff("worker")
    mine = post.arrives(own, COMPLETE, "key-own")
    theirs = post.arrives(other, replace(COMPLETE, external_reference="LF-1"), "key-other")
    assert isinstance(ask(post.service, worker, mine, "Which court?"), Recorded)
    assert isinstance(take(post.service, worker, mine, Taking("A-B", "B")), Recorded)
    assert isinstance(save_draft(post.service, other, COMPLETE), Recorded)
    return own, other, worker, mine, theirs


@contextmanager
def in_the_name_of(post: Post, who: Actor | Principal) -> Iterator[Connection]:
    engine = create_engine(database_settings(post.folder)["database_url"])
    with engine.begin() as connection:
        say_principal(connection, principal_of(who))
        yield connection
    engine.dispose()


def seen(post: Post, who: Actor | Principal, table: str) -> list[object]:
    with in_the_name_of(post, who) as connection:
        return list(connection.execute(select(metadata.tables[table])))


def test_an_agency_sees_its_own_rows_and_its_own_steps(post: Post, two: tuple[Actor, Actor, Actor, UUID, UUID]) -> None:
    own, other, _worker, mine, theirs = two
    assert {row.id for row in seen(post, own, "agency_referrals")} == {mine}
    assert theirs in {row.id for row in seen(post, other, "agency_referrals")}
    assert {(row.referral_id, row.hand) for row in seen(post, own, "agency_events")} == {(mine, "agency")}
    assert {row.step for row in seen(post, RULES, "agency_events")} >= {"send", "ask", "take"}
    keys = {(row.scope, row.side) for row in seen(post, own, "data_keys") if row.scope.int}
    assert keys == {(mine, "agency")}
    assert len(seen(post, own, "agencies")) == len(seen(post, own, "agency_members")) == 1
    assert {row.actor for row in seen(post, own, "audit")} == {own.id}


def test_an_agency_sees_no_case_no_match_and_no_account(
    post: Post, two: tuple[Actor, Actor, Actor, UUID, UUID]
) -> None:
    for table in (*OF_CASES, *OF_MATCHING, *OF_ACCOUNTS):
        assert seen(post, two[0], table) == [], table
    assert seen(post, RULES, "cases"), "there is something to hide"


def test_intake_sees_what_was_sent_and_no_draft(post: Post, two: tuple[Actor, Actor, Actor, UUID, UUID]) -> None:
    rows = seen(post, two[2], "agency_referrals")
    assert {row.id for row in rows} == {two[3], two[4]}
    advocate = post.staff("advocate", Role.SUPPORT_ADVOCATE, Side.SUPPORT)
    manager = post.staff("manager", Role.MANAGER, Side.INDEPENDENT)
    for who in (advocate, manager):
        for table in ("agency_referrals", "agency_events"):
            assert seen(post, who, table) == [], (who.name, table)


def test_nobody_writes_in_anothers_name(post: Post, two: tuple[Actor, Actor, Actor, UUID, UUID]) -> None:
    own, _other, worker, mine, theirs = two
    event = {"sequence": 99, "step": "take", "at": 0, "recorded_by": uuid4(), "content": b"x"}
    for who, referral_id, hand in ((own, mine, "intake"), (own, theirs, "agency"), (worker, mine, "agency")):
        with pytest.raises(DBAPIError, match="row-level security"), in_the_name_of(post, who) as connection:
            connection.execute(insert(agency_events).values(referral_id=referral_id, hand=hand, **event))
    for who, referral_id in ((own, theirs), (worker, mine)):
        with in_the_name_of(post, who) as connection:
            changed = connection.execute(
                update(agency_referrals).where(agency_referrals.c.id == referral_id).values(version=7)
            )
            assert changed.rowcount == 0
