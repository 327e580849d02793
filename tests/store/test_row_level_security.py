"""On PostgreSQL the database itself keeps the wall: plain SQL in a worker's name sees no row of another desk.

Nothing of casework filters here: what is asked is `SELECT *`, as the role that the program serves as.
"""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, create_engine, insert, select
from sqlalchemy.exc import DBAPIError

from tests.casework.small_service import TODAY, House, Staffed, act, words
from tests.databases.engines import DATABASES, POSTGRESQL, SQLITE, at_the_database, database_settings
from tests.databases.server import Server
from triage.cases.attending import AttendantKind, NewAttendant
from triage.cases.matching.identity import Identity
from triage.cases.members import Relation
from triage.cases.model import NewSignature, PersonDetails
from triage.cases.roles import Actor, Role, Side
from triage.casework import (
    assessments,
    closing,
    contact_points,
    identities,
    proposing,
    referrals,
    second_names,
    standing,
    views,
)  # fmt: skip
from triage.casework.assessments import record_act, record_answer, withdraw_answer
from triage.casework.attending import naming
from triage.casework.attending.naming import name_attendant
from triage.casework.decisions import record_own_view, sign
from triage.casework.identities import record_identity
from triage.casework.matching import reassigning, searching
from triage.casework.members import adding
from triage.casework.members.adding import CorrectedPerson, NewPerson, add_person, correct_person
from triage.casework.openings import opening, overseeing
from triage.casework.proposing import propose_act
from triage.casework.referrals import list_cases, take_on
from triage.casework.second_names import decline_act
from triage.casework.service import RULES, principal_of
from triage.store import wall
from triage.store.principals import DOOR, Principal, say_principal
from triage.store.tables import metadata

AT_DESKS = (
    "answers", "withdrawals", "acts", "own_views", "signatures", "proposed_acts", "replies", "identities", "desks",
    "statements", "attendants",
)  # fmt: skip
OF_CASES = (*AT_DESKS, "cases", "persons", "data_keys", "wall", "allocations", "searches", "posts")
OF_MATCHING = ("match_subjects", "match_tokens", "matches", "match_sides", "match_reviews")


@pytest.fixture(scope="module")
def walled(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    before, DATABASES.in_use = DATABASES.in_use, POSTGRESQL
    yield House(tmp_path_factory.mktemp("walled"))
    DATABASES.in_use = before


@pytest.fixture(scope="module")
def full(walled: House) -> tuple[House, Staffed]:
    """A case in which every desk wrote something of every kind, and another case of other people."""
    staffed = walled.staffed_case()
    for who in (staffed.worker, staffed.other_worker, staffed.advocate, staffed.other_advocate):
        source = "ISS" if who.side is Side.SUPPORT else "OBS"
        first = record_answer(walled.service, who, staffed.id, 0, words(who.name, source=source))
        withdraw_answer(walled.service, who, staffed.id, 1, first.id, "A slip.")
        letter = staffed.own if who in {staffed.worker, staffed.advocate} else staffed.other
        assert record_identity(walled.service, who, staffed.id, 2, letter, Identity(given=who.name)).version == 3
        name = "ISS-STATUS" if who.side is Side.SUPPORT else "LITINDEP-SIGN"
        value = "active" if who.side is Side.SUPPORT else "signed"
        assert record_act(walled.service, who, staffed.id, 3, act(name, value, letter)).version == 4
        said = CorrectedPerson(letter, who.name, None, "As they say it.")
        assert correct_person(walled.service, who, staffed.id, 4, said).version == 5
        beside = NewAttendant(AttendantKind.INTERPRETER, TODAY, name=f"Interpreter of {who.name}")
        assert name_attendant(walled.service, who, staffed.id, 5, beside).version == 6
    signature = NewSignature("A-B", "W_A", "Little.", "Much.", TODAY + timedelta(days=1))
    for member in (walled.panel("Pia", Side.SUPPORT), walled.panel("Pol", Side.INDEPENDENT)):
        record_own_view(walled.service, member, staffed.id, "A-B", "W_A", "Grounds.")
        sign(walled.service, member, staffed.id, 24, signature)
    proposed = propose_act(walled.service, member, staffed.id, 25, act("JOINT-SIGN", "signed", "A-B"))
    decline_act(walled.service, member, staffed.id, proposed.id, "Too early.")
    walled.open_case(walled.intake("Stan"))
    return walled, staffed


@contextmanager
def in_the_name_of(house: House, who: Actor | Principal | None) -> Iterator[Connection]:
    """A plain transaction of the program's own role; None: nobody said in whose name."""
    engine = create_engine(database_settings(house.folder)["database_url"])
    with engine.begin() as connection:
        if who is not None:
            say_principal(connection, principal_of(who))
        yield connection
    engine.dispose()


def seen(house: House, who: Actor | Principal | None, table: str) -> list[object]:
    with in_the_name_of(house, who) as connection:
        return list(connection.execute(select(metadata.tables[table])))


def test_there_is_something_to_hide(full: tuple[House, Staffed]) -> None:
    house, _staffed = full
    for table in AT_DESKS:
        desks = {row.desk for row in seen(house, RULES, table)}
        wanted = {"panel"} if table in {"own_views", "signatures", "proposed_acts", "replies"} else set()
        if table in {"answers", "withdrawals", "acts", "identities", "desks", "statements", "attendants"}:
            wanted = {f"{side}-{letter}" for side in ("support", "programme") for letter in "AB"}
        assert wanted <= desks, table


@pytest.mark.parametrize("table", metadata.tables)
def test_a_transaction_that_says_nobody_sees_nothing(full: tuple[House, Staffed], table: str) -> None:
    house, _staffed = full
    assert seen(house, None, table) == []


def test_a_worker_sees_their_own_desk_alone_in_plain_sql(full: tuple[House, Staffed]) -> None:
    house, staffed = full
    own = {
        staffed.worker: f"programme-{staffed.own}", staffed.other_worker: f"programme-{staffed.other}",
        staffed.advocate: f"support-{staffed.own}", staffed.other_advocate: f"support-{staffed.other}",
    }  # fmt: skip
    for who, desk in own.items():
        for table in AT_DESKS:
            rows = seen(house, who, table)
            assert {(row.case_id, row.desk) for row in rows} <= {(staffed.id, desk)}, (who.name, table)
            assert rows or table in {"own_views", "signatures", "proposed_acts", "replies"}, (who.name, table)


def test_the_programme_side_sees_no_key_no_worker_and_no_match_of_the_other_side(full: tuple[House, Staffed]) -> None:
    house, staffed = full
    keys = seen(house, staffed.worker, "data_keys")
    assert {(row.scope.int and row.scope, row.side) for row in keys} == {(0, "programme"), (staffed.id, "programme")}
    assert {row.user_id for row in seen(house, staffed.worker, "wall")} == {staffed.worker.id}
    assert {row.side for row in seen(house, staffed.worker, "allocations")} == {"programme"}
    assert {row.actor for row in seen(house, staffed.worker, "audit")} == {staffed.worker.id}
    assert {row.user_id for row in seen(house, staffed.worker, "posts")} <= {staffed.worker.id}
    for table in (*OF_MATCHING, "attendant_stands", "searches", "users", "sessions", "authenticators"):
        assert seen(house, staffed.worker, table) == [], table


def test_the_panel_sees_a_case_unless_it_stood_on_a_side_of_it(full: tuple[House, Staffed]) -> None:
    house, staffed = full
    member = house.panel("Pau", Side.INDEPENDENT)
    assert len({row.desk for row in seen(house, member, "answers")}) == 4
    with house.service.writing(RULES) as work:
        wall.enter(work, staffed.id, member.id, "support")
        work.is_no_act()
    for table in ("answers", "acts", "persons", "identities", "desks", "searches"):
        assert staffed.id not in {row.case_id for row in seen(house, member, table)}, table


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR, Role.AUTHOR])
def test_the_door_and_who_runs_the_service_see_no_row_of_any_case(full: tuple[House, Staffed], role: Role) -> None:
    house, _staffed = full
    who = house.hire(f"Some {role}", role, Side.INDEPENDENT)
    for table in (*OF_CASES, *OF_MATCHING):
        for principal in (who, DOOR):
            rows = seen(house, principal, table)
            assert not [row for row in rows if table != "data_keys" or row.scope.int], table


def test_a_worker_cannot_write_at_another_desk_nor_enter_somebody_else(full: tuple[House, Staffed]) -> None:
    house, staffed = full
    (row,) = [one for one in seen(house, RULES, "answers") if one.desk == f"support-{staffed.own}"]
    copied = {**row._mapping, "sequence": 999}
    table = metadata.tables["answers"]
    other = {"case_id": staffed.id, "user_id": house.intake("Ola").id, "side": "programme"}
    for statement in (
        insert(table).values(copied | {"id": staffed.id}),
        insert(table).values(copied | {"id": staffed.id, "desk": "panel"}),
        insert(metadata.tables["wall"]).values(other),
    ):
        with (
            pytest.raises(DBAPIError, match="row-level security"),
            in_the_name_of(house, staffed.worker) as connection,
        ):
            connection.execute(statement)


def test_a_worker_moves_no_desk_and_no_case_of_others(full: tuple[House, Staffed]) -> None:
    house, _staffed = full
    before = seen(house, RULES, "desks"), seen(house, RULES, "cases")
    stranger = house.intake("Otto")
    with in_the_name_of(house, stranger) as connection:
        for statement in ("UPDATE desks SET version = 99", "UPDATE cases SET sequence = 99"):
            assert connection.exec_driver_sql(statement).rowcount == 0
    assert (seen(house, RULES, "desks"), seen(house, RULES, "cases")) == before


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE answers DISABLE ROW LEVEL SECURITY", "DROP POLICY answers_select ON answers", "TRUNCATE answers",
        "CREATE TABLE mine (id integer)", "DELETE FROM audit", "UPDATE answers SET desk = 'panel'",
        "SET ROLE cairn_owner", "ALTER TABLE audit DISABLE TRIGGER ALL", "UPDATE alembic_version SET version_num = '1'",
    ],
)  # fmt: skip
def test_the_role_that_serves_takes_no_layer_away(walled: House, statement: str) -> None:
    with (
        pytest.raises(DBAPIError, match=r"must be owner|permission denied"),
        in_the_name_of(walled, RULES) as connection,
    ):
        connection.exec_driver_sql(statement)


def test_the_owner_of_the_tables_is_held_to_them_too(full: tuple[House, Staffed]) -> None:
    house, _staffed = full
    engine = create_engine(house.service.settings.owner_url)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM answers").scalar_one() == 0
    engine.dispose()


def test_every_table_is_closed_and_says_who_may_read_it(walled: House) -> None:
    with at_the_database(walled.folder) as connection:
        closed = set(
            connection.exec_driver_sql(
                "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r'"
            ).scalars()
        )
        read = set(
            connection.exec_driver_sql("SELECT tablename FROM pg_policies WHERE cmd IN ('SELECT', 'ALL')").scalars()
        )
    assert closed == read == set(metadata.tables)


def test_who_is_kept_out_sees_and_writes_no_row_of_the_case_though_they_still_work_with_a_person(
    full: tuple[House, Staffed],
) -> None:
    house, staffed = full
    worker = house.intake("Held")
    case_id = house.open_case(worker)
    first = record_answer(house.service, worker, case_id, 0, words("before", source="OBS"))
    assert case_id in {row.case_id for row in seen(house, worker, "answers")}
    (row,) = [one for one in seen(house, RULES, "answers") if one.id == first.id]
    with house.service.writing(RULES) as work:
        wall.exclude(work, case_id, worker.id, wall.WHOLE_CASE)
        work.is_no_act()
    for table in (*AT_DESKS, "persons"):
        if table != "desks":
            assert case_id not in {row.case_id for row in seen(house, worker, table)}, table
    assert case_id not in {row.scope for row in seen(house, worker, "data_keys")}
    late = {**row._mapping, "id": staffed.id, "sequence": 999}
    refused = pytest.raises(DBAPIError, match="row-level security")
    with refused, in_the_name_of(house, worker) as connection:
        connection.execute(insert(metadata.tables["answers"]).values(late))


def test_what_passes_the_wall_is_derived_in_these_functions_alone() -> None:
    """Whoever lets the rules see more adds the function here, with its reason in the code."""
    rooms = (
        assessments,
        closing,
        contact_points,
        identities,
        naming,
        opening,
        overseeing,
        adding,
        proposing,
        reassigning,
        referrals,
        second_names,
        searching,
        standing,
        views,
    )
    found = {
        f"{room.__name__.rpartition('.')[2]}.{name}"
        for room in rooms
        for name, one in inspect.getmembers(room, inspect.isfunction)
        if one.__module__ == room.__name__ and "by_rules()" in inspect.getsource(one)
    }
    assert found == {
        "opening.close_card", "opening._may", "opening._open", "opening._still_open", "opening._card",
        "overseeing.openings", "overseeing.review_opening",
        "closing.constellation_of", "closing.close_wall", "reassigning.vacancies", "reassigning._vacancy",
        "reassigning._reassign", "contact_points._of_others", "contact_points._shared", "proposing.proposals_in",
        "searching.search", "adding._drawn", "adding.open_pair", "adding._add", "referrals.list_cases",
        "referrals._offered", "referrals._take_on", "naming.name_attendant", "naming._write",
        "referrals._summary", "standing.members_of", "standing.knows_every_pair",
        "second_names._replied", "standing.stand", "views.is_held", "views.visible_acts",
        "views.whole_record",
    }  # fmt: skip


def test_a_letter_that_the_support_side_added_is_no_row_for_the_programme_side(walled: House) -> None:
    worker, other_worker = walled.intake("Wim"), walled.intake("Wout")
    advocate, other_advocate = walled.advocate("Alma"), walled.advocate("Anouk")
    case_id = walled.open_case(worker)
    own = next(line.own_person for line in list_cases(walled.service, worker) if line.id == case_id)
    for who, letter in ((advocate, own), (other_worker, "AB".strip(own)), (other_advocate, "AB".strip(own))):
        take_on(walled.service, who, case_id, letter)
    new = NewPerson(PersonDetails("Nour"), own, Relation.PARTNER, assessed=True)
    for who in (advocate, worker):
        assert add_person(walled.service, who, case_id, 0, new).version == 1
    letters = {
        who: {row.letter for row in seen(walled, who, "persons") if row.case_id == case_id}
        for who in (RULES, advocate, other_advocate, worker, other_worker)
    }
    assert len(letters[RULES]) == 4
    assert letters[other_advocate] == letters[other_worker] == {"A", "B"}
    assert letters[advocate] & letters[worker] == {"A", "B"}
    assert letters[advocate] | letters[worker] == letters[RULES]


def test_a_fault_while_the_rules_look_ends_with_the_transaction(walled: House, full: tuple[House, Staffed]) -> None:
    _house, staffed = full
    missing = pytest.raises(DBAPIError, match="nowhere")
    with missing, walled.service.writing(staffed.worker) as work, work.by_rules():
        work.connection.exec_driver_sql("SELECT * FROM nowhere")
    with walled.service.reading(staffed.worker) as work:
        with pytest.raises(KeyError), work.by_rules():
            raise KeyError
        assert {row.side for row in work.connection.execute(select(metadata.tables["allocations"]))} == {"programme"}
        assert work.principal == principal_of(staffed.worker)


def test_who_changed_sides_sees_nothing_of_the_desk_they_left(full: tuple[House, Staffed]) -> None:
    house, staffed = full
    moved = replace(staffed.worker, role=Role.SUPPORT_ADVOCATE, side=Side.SUPPORT)
    for table in (*AT_DESKS, "persons", "searches"):
        assert seen(house, moved, table) == [], table
    assert not [row for row in seen(house, moved, "data_keys") if row.scope.int]


def test_what_a_transaction_said_ends_with_it(walled: House) -> None:
    somebody = walled.panel("Petra", Side.INDEPENDENT)
    for door, engine in (("reading", walled.service.database.reader), ("writing", walled.service.database.writer)):
        with getattr(walled.service, door)(somebody) as work:
            assert work.connection.exec_driver_sql("SELECT count(*) FROM audit_head").scalar_one() == 1
            work.is_no_act()
        with engine.begin() as connection:  # the same connection again, out of the pool
            assert connection.exec_driver_sql("SELECT count(*) FROM audit_head").scalar_one() == 0
            assert not connection.exec_driver_sql("SELECT current_setting('cairn.staff', true)").scalar_one()


def test_a_file_says_nobody_and_serves_all_the_same(tmp_path_factory: pytest.TempPathFactory) -> None:
    before, DATABASES.in_use = DATABASES.in_use, SQLITE
    house = House(tmp_path_factory.mktemp("file"))
    DATABASES.in_use = before
    with house.service.reading(house.intake()) as work:
        say_principal(work.connection, RULES)
        assert work.connection.dialect.name == SQLITE
