"""A case of any number of people: who may know of whom, whose pair is decided by whom, and what holds a start."""

from datetime import date, timedelta
from typing import Final

import pytest

from tests.casework.small_service import TODAY, House, Staffed, act, words
from triage.cases.compartments import REFERRED
from triage.cases.members import Members, Relation, RelationStatement, pair_of
from triage.cases.model import CaseView, NewSignature, PersonDetails
from triage.cases.roles import Actor, Side
from triage.cases.wall import Reason, Refused
from triage.casework.assessments import NO_SUCH_PLACE, assessed, read, record_act, record_answer
from triage.casework.decisions import proposal, record_own_view, sign
from triage.casework.members.adding import (
    CorrectedPerson,
    NewPerson,
    add_person,
    correct_person,
    open_pair,
    people_of,
    state_relation,
)
from triage.casework.publishing.starting import instruction
from triage.casework.referrals import list_cases, take_on
from triage.casework.results import NOT_STARTING, START, Conflict, Recorded, Signed

REASON: Final = "Told on the telephone."


def added(
    house: House, who: Actor, case: Staffed, called: str, *, assessed: bool = True, birth: date | None = None
) -> str:
    """Somebody added by a worker, in a pair with the worker's own person; the letter that was drawn."""
    seen = known(house, who, case)
    own = next(line.own_person for line in list_cases(house.service, who) if line.id == case.id)
    new = NewPerson(PersonDetails(called, birth), own, Relation.PARTNER, assessed=True)
    done = add_person(house.service, who, case.id, version(house, who, case), new)
    assert isinstance(done, Recorded), done
    (letter,) = set(known(house, who, case).called) - set(seen.called)
    return letter


def known(house: House, who: Actor, case: Staffed) -> Members:
    seen = people_of(house.service, who, case.id)
    assert isinstance(seen, Members), seen
    return seen


def version(house: House, who: Actor, case: Staffed) -> int:
    seen = read(house.service, who, case.id)
    assert isinstance(seen, CaseView), seen
    return seen.version


@pytest.fixture
def panel(house: House) -> tuple[Actor, Actor]:
    return house.panel("Pia", Side.SUPPORT), house.panel("Pol", Side.INDEPENDENT)


def determine(house: House, case: Staffed, panel: tuple[Actor, Actor], pair: str, result: str) -> None:
    for member in panel:
        record_own_view(house.service, member, case.id, pair, result, "Grounds.")
        signature = NewSignature(pair, result, "Little.", "Much.", TODAY + timedelta(days=7))
        assert isinstance(sign(house.service, member, case.id, version(house, member, case), signature), Signed)


def test_a_person_added_by_the_support_side_is_unknown_on_the_programme_side(house: House, staffed: Staffed) -> None:
    before = [list_cases(house.service, one) for one in (staffed.worker, staffed.other_worker)]
    letter = added(house, staffed.advocate, staffed, "Nour")
    stranger = house.intake("Iris")
    pair = pair_of(letter, staffed.own).undirected
    for worker in (staffed.worker, staffed.other_worker):
        assert set(known(house, worker, staffed).called) == set(REFERRED)
        assert [pair.undirected for pair in known(house, worker, staffed).pairs] == ["A-B"]
        for about in (pair, f"{letter}>{staffed.own}", letter):
            done = record_answer(house.service, worker, staffed.id, 0, words("x", about))
            unheard = record_answer(house.service, worker, staffed.id, 0, words("x", about.replace(letter, "?")))
            assert isinstance(done, Refused)
            assert isinstance(unheard, Refused)
        held = record_answer(house.service, worker, staffed.id, 0, words("x", f"{letter}>{staffed.own}"))
        assert held.details == (NO_SUCH_PLACE,)
    assert [list_cases(house.service, one) for one in (staffed.worker, staffed.other_worker)] == before
    assert take_on(house.service, stranger, staffed.id, letter).reason is Reason.NOT_YOUR_PERSON
    assert list_cases(house.service, stranger) == (), "both whom this side may know of have a worker"


def test_each_side_knows_what_it_added_and_an_advocate_of_another_person_does_not(
    house: House, staffed: Staffed
) -> None:
    letters = {who.name: added(house, who, staffed, f"of {who.name}") for who in (
        staffed.worker, staffed.other_worker, staffed.advocate, staffed.other_advocate,
    )}  # fmt: skip
    assert len(set(letters.values())) == 4
    for who in (staffed.worker, staffed.other_worker, staffed.advocate, staffed.other_advocate):
        assert set(known(house, who, staffed).called) == {*REFERRED, letters[who.name]}
    whole = known(house, house.panel("Pia", Side.SUPPORT), staffed)
    assert set(whole.called) == {*REFERRED, *letters.values()}
    assert len(whole.pairs) == 5


def test_whoever_takes_on_an_added_person_sees_that_person_and_their_pair_alone(house: House, staffed: Staffed) -> None:
    letter = added(house, staffed.advocate, staffed, "Nour")
    other = added(house, staffed.other_advocate, staffed, "Mika")
    advocate = house.advocate("Ali")
    assert set(next(one.free for one in list_cases(house.service, advocate))) == {letter, other}
    assert isinstance(take_on(house.service, advocate, staffed.id, letter), Recorded)
    seen = known(house, advocate, staffed)
    assert set(seen.called) == {letter, staffed.own}
    assert seen.called[letter] == "Nour"
    assert seen.pairs == (pair_of(letter, staffed.own),)
    told = words("He took my keys.", f"{staffed.own}>{letter}", "ISS", by=letter)
    assert isinstance(record_answer(house.service, advocate, staffed.id, 0, told), Recorded)
    assert take_on(house.service, house.advocate("Ann"), staffed.id, letter).reason is Reason.ALREADY_TAKEN
    assert take_on(house.service, advocate, staffed.id, other).reason is Reason.ALREADY_WORKING


def test_the_panel_opens_a_pair_to_both_sides_and_nobody_of_the_programme_side_does(
    house: House, staffed: Staffed, panel: tuple[Actor, Actor]
) -> None:
    letter = added(house, staffed.advocate, staffed, "Nour", birth=date(2001, 2, 3))
    pair = pair_of(letter, staffed.own)
    for who in (house.panel("Pat", Side.PROGRAMME), panel[1]):
        done = open_pair(house.service, who, staffed.id, version(house, who, staffed), pair.undirected, REASON)
        assert done == Refused(Reason.NO_SUCH_CASE, "1.2")
    number = version(house, panel[0], staffed)
    assert isinstance(open_pair(house.service, panel[0], staffed.id, number, pair.undirected, REASON), Recorded)
    seen = known(house, staffed.worker, staffed)
    assert (seen.called[letter], seen.births[letter]) == ("Nour", "2001-02-03")
    assert pair in seen.pairs
    assert letter not in known(house, staffed.other_worker, staffed).called, "a pair is opened to its own two alone"
    worker = house.intake("Iris")
    assert next(one.free for one in list_cases(house.service, worker)) == (letter,)
    assert isinstance(take_on(house.service, worker, staffed.id, letter), Recorded)
    assert known(house, worker, staffed).pairs == (pair,)


def test_each_pair_has_its_own_views_signatures_and_result(
    house: House, staffed: Staffed, panel: tuple[Actor, Actor]
) -> None:
    letter = added(house, staffed.worker, staffed, "Nour")
    pair = pair_of(letter, staffed.own)
    record_own_view(house.service, panel[0], staffed.id, "A-B", "W_A", "Grounds.")
    assert proposal(house.service, panel[0], staffed.id, "A-B").decision.result == "W_A"
    assert proposal(house.service, panel[0], staffed.id, pair.undirected) == Refused(Reason.OWN_VIEW_FIRST, "4.4")
    assert [one.pair.undirected for one in assessed(house.service, panel[0], staffed.id).pairs] == ["A-B"]
    determine(house, staffed, panel, pair.undirected, "W_B")
    signed = {act.about: act.value for act in read(house.service, panel[0], staffed.id).record.acts}
    assert signed == {pair.undirected: "W_B"}
    mine = proposal(house.service, panel[0], staffed.id, "A-B")
    assert mine.decision.result == "W_A", "a determination of one pair asks for no new view of another"
    assert proposal(house.service, panel[1], staffed.id, "A-B") == Refused(Reason.OWN_VIEW_FIRST, "4.4")
    no_pair = f"A-{'Y' if letter == 'Z' else 'Z'}"
    assert record_own_view(house.service, panel[1], staffed.id, no_pair, "W_A", "x").reason is Reason.NO_SUCH_PAIR


def test_work_starts_only_when_every_pair_of_the_person_says_so_known_to_the_worker_or_not(
    house: House, staffed: Staffed
) -> None:
    mine = {"A": "W_A", "B": "W_B"}[staffed.own]
    house.proposed, house.effective = mine, True
    assert instruction(house.service, staffed.worker, staffed.id).code == START
    letter = added(house, staffed.advocate, staffed, "Nour", birth=date(1994, 8, 1))
    pair = pair_of(letter, staffed.own)
    for result, code in (("W_INSUFF", NOT_STARTING), ("W_B", NOT_STARTING), ("W_A", START)):
        first = pair.a == staffed.own
        turned = result if first else {"W_A": "W_B", "W_B": "W_A"}.get(result, result)
        house.proposed_of = {pair.undirected: turned}
        house.next_batch()
        assert instruction(house.service, staffed.worker, staffed.id).code == code, result
    house.proposed_of = {pair.undirected: "W_INSUFF"}
    assert instruction(house.service, staffed.other_worker, staffed.id).code == NOT_STARTING


def test_a_result_of_a_pair_that_is_hidden_is_no_act_that_the_worker_reads(
    house: House, staffed: Staffed, panel: tuple[Actor, Actor]
) -> None:
    letter = added(house, staffed.advocate, staffed, "Nour")
    pair = pair_of(letter, staffed.own)
    determine(house, staffed, panel, pair.undirected, "W_A" if pair.a == staffed.own else "W_B")
    assert read(house.service, staffed.worker, staffed.id).record.acts == ()
    assert [one.about for one in read(house.service, staffed.advocate, staffed.id).record.acts] == [pair.undirected]


def test_a_correction_takes_the_place_with_a_reason_and_the_youngest_age_counts(house: House, staffed: Staffed) -> None:
    letter = added(house, staffed.worker, staffed, "Nour", birth=date(1990, 1, 1))
    put_right = CorrectedPerson(letter, "Noor", date(1995, 1, 1), "")
    number = version(house, staffed.worker, staffed)
    assert correct_person(house.service, staffed.worker, staffed.id, number, put_right).reason is Reason.NOT_ACCEPTED
    for birth in (date(2012, 1, 1), date(1995, 1, 1)):
        put_right = CorrectedPerson(letter, "Noor", birth, REASON)
        number = version(house, staffed.worker, staffed)
        assert isinstance(correct_person(house.service, staffed.worker, staffed.id, number, put_right), Recorded)
    assert known(house, staffed.worker, staffed).births[letter] == "1995-01-01"
    of_other = CorrectedPerson("A", "Alexandra", date(2011, 1, 1), REASON)
    number = version(house, staffed.advocate, staffed)
    assert isinstance(correct_person(house.service, staffed.advocate, staffed.id, number, of_other), Recorded)
    assert known(house, staffed.worker, staffed).births["A"] != "2011-01-01", "it was said across the wall"
    whole = known(house, house.panel("Pia", Side.SUPPORT), staffed)
    assert (whole.called[letter], whole.births[letter], whole.births["A"]) == ("Noor", "1995-01-01", "2011-01-01")
    stale = correct_person(house.service, staffed.worker, staffed.id, 0, put_right)
    assert isinstance(stale, Conflict)


def test_what_two_are_to_each_other_is_put_right_with_a_reason_and_a_pair_stays(house: House, staffed: Staffed) -> None:
    letter = added(house, staffed.worker, staffed, "Nour")
    pair = pair_of(letter, staffed.own)
    said = RelationStatement(pair, Relation.EX_PARTNER, assessed=False, reason="", desk="", sequence=0)
    number = version(house, staffed.worker, staffed)
    assert state_relation(house.service, staffed.worker, staffed.id, number, said).reason is Reason.NOT_ACCEPTED
    said = RelationStatement(pair, Relation.EX_PARTNER, assessed=False, reason=REASON, desk="", sequence=0)
    assert isinstance(state_relation(house.service, staffed.worker, staffed.id, number, said), Recorded)
    seen = known(house, staffed.worker, staffed)
    assert (seen.relations[pair], pair in seen.pairs) == (Relation.EX_PARTNER, True)
    hidden = added(house, staffed.advocate, staffed, "Mika")
    across = RelationStatement(pair_of(hidden, "A"), Relation.OTHER, assessed=True, reason="x", desk="", sequence=0)
    done = state_relation(house.service, staffed.worker, staffed.id, version(house, staffed.worker, staffed), across)
    assert done == Refused(Reason.NO_SUCH_PERSON, "1.2")


def test_an_act_about_a_person_the_actor_does_not_know_is_refused(house: House, staffed: Staffed) -> None:
    letter = added(house, staffed.advocate, staffed, "Nour")
    done = record_act(house.service, staffed.worker, staffed.id, 0, act("LITINDEP-SIGN", "signed", letter))
    assert done.reason is Reason.NOT_YOUR_PERSON
