"""Who was added by mistake is marked, not deleted, and stays in the assessment until the panel says the same."""

import pytest

from tests.casework.small_service import TODAY, House, Staffed
from tests.casework.test_people import added, known, version
from triage.cases.members import Members, Relation, RelationStatement, pair_of
from triage.cases.model import NewAnswer, PersonDetails
from triage.cases.naming import Declining, NamedPerson
from triage.cases.roles import Actor, Side
from triage.cases.wall import Reason, Refused
from triage.casework.assessments import read, record_answer
from triage.casework.members.adding import (
    CorrectedPerson,
    NewPerson,
    add_person,
    correct_person,
    open_pair,
    people_of,
    state_relation,
)
from triage.casework.members.naming import decline_named, named_people
from triage.casework.members.removing import take_person_away
from triage.casework.referrals import take_on
from triage.casework.results import Recorded

SLIP = "Nobody of this name: I misread the letter."


@pytest.fixture
def case(house: House) -> Staffed:
    return house.staffed_case()


@pytest.fixture
def lead(house: House) -> Actor:
    return house.lead()


def take_away(house: House, who: Actor, case: Staffed, letter: str) -> object:
    return take_person_away(house.service, who, case.id, version(house, who, case), letter, SLIP)


def test_a_desk_takes_away_from_itself_alone_and_can_bring_back(house: House, case: Staffed, lead: Actor) -> None:
    letter = added(house, case.worker, case, "Mika")
    pair = pair_of(case.own, letter)
    assert isinstance(take_away(house, case.worker, case, letter), Recorded)
    mine, whole = known(house, case.worker, case), known(house, lead, case)
    assert not mine.has(letter)
    assert pair not in mine.pairs
    assert mine.taken_away[letter].reason == SLIP
    assert whole.has(letter), "the panel has not agreed: the pair is assessed as before"
    assert pair in whole.pairs
    assert whole.taken_away[letter].reason == SLIP
    back = CorrectedPerson(letter, "Mika", None, "It was no slip.")
    done = correct_person(house.service, case.worker, case.id, version(house, case.worker, case), back)
    assert isinstance(done, Recorded)
    assert pair in known(house, case.worker, case).pairs
    assert known(house, lead, case).taken_away == {}
    assert [one.gone for one in known(house, lead, case).said[letter]] == [False, True, False], "nothing is deleted"


def test_the_panel_agrees_for_every_desk_and_a_worker_does_not_undo_it(
    house: House, case: Staffed, lead: Actor
) -> None:
    letter = added(house, case.worker, case, "Mika")
    assert take_away(house, lead, case, letter) == Refused(Reason.NO_SUCH_PERSON, "1.2"), "nobody took them away"
    assert isinstance(take_away(house, case.worker, case, letter), Recorded)
    assert isinstance(take_away(house, lead, case, letter), Recorded)
    assert not known(house, lead, case).has(letter)
    assert pair_of(case.own, letter) not in known(house, lead, case).pairs
    back = CorrectedPerson(letter, "Mika", None, "It was no slip.")
    done = correct_person(house.service, case.worker, case.id, version(house, case.worker, case), back)
    assert done == Refused(Reason.NO_SUCH_PERSON, "1.2")


def test_nobody_is_taken_away_of_whom_something_is_written(house: House, case: Staffed, lead: Actor) -> None:
    letter = added(house, case.worker, case, "Mika")
    told = NewAnswer("RI-06", "OBS", "By telephone.", TODAY, about=letter)
    assert isinstance(
        record_answer(house.service, case.worker, case.id, version(house, case.worker, case), told), Recorded
    )
    assert take_away(house, case.worker, case, letter) == Refused(Reason.STILL_NEEDED, "1.1")


def test_what_is_written_across_the_wall_does_not_show_in_the_answer_and_keeps_the_person(
    house: House, case: Staffed, lead: Actor
) -> None:
    """An advocate works with whom the worker takes away: the worker is answered as ever, the panel may not agree."""
    letter = added(house, case.worker, case, "Mika")
    advocate = house.advocate("Amal")
    assert isinstance(take_on(house.service, advocate, case.id, letter), Recorded)
    assert isinstance(take_away(house, case.worker, case, letter), Recorded)
    assert known(house, advocate, case).has(letter)
    assert take_away(house, lead, case, letter) == Refused(Reason.STILL_NEEDED, "1.1")


@pytest.mark.parametrize("who", ["other_worker", "advocate", "other_advocate"])
def test_nobody_takes_away_whom_another_desk_added_or_the_two_of_the_opening(
    house: House, case: Staffed, who: str
) -> None:
    letter, actor = added(house, case.worker, case, "Mika"), getattr(case, who)
    for one in (letter, case.own, case.other):
        assert take_away(house, actor, case, one) == Refused(Reason.NO_SUCH_PERSON, "1.2")
    assert known(house, actor, case).taken_away == {}


def test_whom_the_panel_opened_to_both_sides_stays(house: House, case: Staffed, lead: Actor) -> None:
    letter = added(house, case.worker, case, "Mika")
    name = pair_of(case.own, letter).undirected
    assert isinstance(open_pair(house.service, lead, case.id, version(house, lead, case), name, "Asked."), Recorded)
    assert take_away(house, case.worker, case, letter) == Refused(Reason.NO_SUCH_PERSON, "1.2")


# --- whom answers name ------------------------------------------------------------------------------------------------


def tell(house: House, who: Actor, case: Staffed, *rows: tuple[str, str]) -> None:
    told = [{"code": code, "pseudonym": name} for code, name in rows]
    own = read(house.service, who, case.id).own_person
    new = NewAnswer("RI-16", "OBS" if who.side is Side.PROGRAMME else "ISS", told, TODAY, about=own)
    assert isinstance(record_answer(house.service, who, case.id, version(house, who, case), new), Recorded)


def named(house: House, who: Actor, case: Staffed) -> tuple[NamedPerson, ...]:
    found = named_people(house.service, who, case.id)
    assert isinstance(found, tuple)
    return found


def test_whom_an_answer_names_is_proposed_at_that_desk_and_to_the_panel(
    house: House, case: Staffed, lead: Actor
) -> None:
    tell(house, case.advocate, case, ("new_partner", "P1"), ("relative", "R1"))
    (partner, relative) = named(house, case.advocate, case)
    assert (partner.option, partner.pseudonym, partner.about) == ("new_partner", "P1", case.own)
    assert relative.is_open
    assert {one.key for one in named(house, lead, case)} == {partner.key, relative.key}
    for stranger in (case.worker, case.other_worker, case.other_advocate):
        assert named(house, stranger, case) == ()
        refused = decline_named(
            house.service, stranger, case.id, version(house, stranger, case), partner.key, Declining.ELSEWHERE, "No."
        )
        assert refused == Refused(Reason.NO_SUCH_PERSON, "1.2")


def test_a_proposal_is_taken_up_once_or_declined_for_a_code_and_may_be_taken_up_later(
    house: House, case: Staffed
) -> None:
    who = case.worker
    tell(house, who, case, ("new_partner", "P1"))
    (one,) = named(house, who, case)
    for code, reason in (("because", "No."), (Declining.ELSEWHERE, " ")):
        wrong = decline_named(house.service, who, case.id, version(house, who, case), one.key, code, reason)
        assert isinstance(wrong, Refused)
    done = decline_named(
        house.service, who, case.id, version(house, who, case), one.key, Declining.NOT_SAFE_NOW, "He reads her post."
    )
    assert isinstance(done, Recorded)
    (declined,) = named(house, who, case)
    assert declined.decided
    assert (declined.decided.declined, declined.is_open) == (Declining.NOT_SAFE_NOW, True)
    new = NewPerson(PersonDetails("P1"), case.own, Relation.PARTNER, assessed=True, named=one.key)
    assert isinstance(add_person(house.service, who, case.id, version(house, who, case), new), Recorded)
    (taken,) = named(house, who, case)
    assert taken.decided
    assert not taken.is_open
    assert pair_of(case.own, taken.decided.letter) in known(house, who, case).pairs
    again = add_person(house.service, who, case.id, version(house, who, case), new)
    assert again == Refused(Reason.NO_SUCH_PERSON, "1.2")


def test_a_relation_without_a_pair_becomes_one_when_it_is_assessed(house: House, case: Staffed) -> None:
    who = case.worker
    new = NewPerson(PersonDetails("Noor"), case.own, Relation.CHILD)
    assert isinstance(add_person(house.service, who, case.id, version(house, who, case), new), Recorded)
    seen = people_of(house.service, who, case.id)
    assert isinstance(seen, Members)
    (letter,) = set(seen.called) - {"A", "B"}
    pair = pair_of(case.own, letter)
    assert pair not in seen.pairs
    said = RelationStatement(pair, Relation.CHILD, assessed=True, reason="She told of blows.", desk="", sequence=0)
    assert isinstance(state_relation(house.service, who, case.id, version(house, who, case), said), Recorded)
    assert pair in known(house, who, case).pairs
