"""What is kept has a compartment, and its compartment alone opens nothing: R too is read at its own desk."""

from dataclasses import replace

import pytest

from tests.casework.small_service import TODAY, House, Staffed
from tests.databases.engines import DATABASES, POSTGRESQL
from tests.store.test_row_level_security import in_the_name_of, seen
from triage.cases.compartments import DESKS, Compartment
from triage.cases.model import NewAnswer
from triage.cases.roles import Actor, Role, Side
from triage.casework.assessments import read, record_answer
from triage.casework.engine import load_rules
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.settings import FLOWS
from triage.store.assessments import read_answers
from triage.store.data_keys import PROGRAMME, SUPPORT, read_data_keys
from triage.store.tables import answers, metadata

HOLDER = {"code": "stays_open", "agency": "Early help", "named_worker": "Sam", "next_review_on": "2026-12-10"}
ELSEWHERE = {
    "cases": "the desk at which it was opened",
    "persons": "the desk that added them; of the referral: both",
    "positions": "P",
    "data_keys": "no words: keys",
    "card_openings": "D: why, for the safety lead",
}
"""Sealed words of a case that stand at no desk, and their compartment."""


@pytest.fixture
def told(house: House, staffed: Staffed) -> tuple[House, Staffed, dict[str, Actor]]:
    """A case in which each worker recorded what the referrer said of itself and of the people."""
    service = replace(house.service, load=lambda: load_rules(FLOWS))
    for who in (staffed.worker, staffed.other_worker, staffed.advocate):
        for version, (question, value) in enumerate((("RI-09", HOLDER), ("RI-01", "neither"))):
            new = NewAnswer(question, "REF", value, TODAY)
            done = record_answer(service, who, staffed.id, version, new)
            assert isinstance(done, Recorded), done
    house.service = service
    return (
        house,
        staffed,
        {"panel": house.panel("Pia", Side.SUPPORT), "lead": house.hire("Lea", Role.SAFETY_LEAD, Side.INDEPENDENT)},
    )


def test_the_words_of_the_referrer_about_itself_are_kept_in_r_and_read_at_their_desk_alone(told) -> None:
    house, staffed, deciders = told
    with house.service.reading(RULES) as work:
        keys = read_data_keys(work, staffed.id, (SUPPORT, PROGRAMME))
        kept = {(one.answer.question, one.compartment) for one in read_answers(work, keys, staffed.id, DESKS)}
    assert kept == {("RI-09", Compartment.REFERRER), ("RI-01", Compartment.DETERMINATION)}
    for who, times in (
        (staffed.worker, 1),
        (staffed.other_worker, 1),
        (staffed.advocate, 1),
        (staffed.other_advocate, 0),
    ):
        assert [one.question for one in read(house.service, who, staffed.id).record.answers].count("RI-09") == times
    for who in deciders.values():
        assert [one.question for one in read(house.service, who, staffed.id).record.answers].count("RI-09") == 3


def test_the_database_shows_no_answer_of_r_beyond_its_desk_nor_any_to_an_agency(told) -> None:
    """On PostgreSQL in plain SQL, in the name of each; a file has no second layer, and is asked by casework above."""
    house, staffed, deciders = told
    if DATABASES.in_use != POSTGRESQL:
        assert "compartment" in answers.c
        return
    clerk = house.hire("Cleo", Role.AGENCY_CLERK, Side.AGENCY)
    of_r = {
        who.name: sum(row.compartment == Compartment.REFERRER for row in seen(house, who, "answers"))
        for who in (staffed.worker, staffed.advocate, staffed.other_advocate, clerk, *deciders.values())
    }
    assert list(of_r.values()) == [1, 1, 0, 0, 3, 3]
    with in_the_name_of(house, clerk) as connection:
        assert connection.execute(answers.select()).all() == []


def test_whatever_is_sealed_in_a_case_stands_at_a_desk_or_is_named_here() -> None:
    sealed = {
        table.name
        for table in metadata.sorted_tables
        if any(one.info["tag"] == "encrypted" for one in table.columns)
        and {"case_id", "scope"} & set(table.columns.keys())
    }
    at_desks = {name for name in sealed if "desk" in metadata.tables[name].columns}
    assert sealed - at_desks - set(ELSEWHERE) == set()
