"""Who stood on both sides of people that the panel recognises is kept out of all their cases at once, and replaced."""

from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.casework.matching.pairs_of_people import CLAIRE, HER_SAYING, OTHERS, SAMIR, Two, referral
from tests.casework.small_service import words
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.accounts.making import NewAccount, add_account
from triage.casework.assessments import read, record_answer
from triage.casework.closing import constellation_of
from triage.casework.decisions import proposal
from triage.casework.matching.reassigning import Vacancy, reassign, vacancies
from triage.casework.matching.reviewing import Watch, review_match, watch
from triage.casework.referrals import list_cases, take_on
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.store import wall
from triage.store.audit_reading import looks_at
from triage.store.tables import audit, exclusions


def recognise(two: Two, *, same: bool = True) -> object:
    """The support side of the panel judges every match that it may open."""
    seen = watch(two.service, two.panel[0])
    assert isinstance(seen, Watch)
    done = [
        review_match(two.service, two.panel[0], one.id, same=same, reason="The dates agree.") for one in seen.matches
    ]
    assert done
    return done[-1]


def own_of(two: Two, actor: Actor, case_id: UUID) -> str:
    with two.service.reading(RULES) as work:
        return wall.person_of(work, case_id, actor.id)


def other_letter(letter: str) -> str:
    return "B" if letter == "A" else "A"


@pytest.fixture
def crossing(two: Two) -> tuple[UUID, UUID, Actor]:
    """One worker speaks with him in one case and with her in another."""
    earlier = two.earlier()
    later = two.open(two.first, referral(SAMIR, CLAIRE, frozenset({"her"}), sees="her"))
    return earlier, later, two.first


def test_who_works_with_both_directions_is_kept_out_of_both_cases_at_once(
    two: Two, crossing: tuple[UUID, UUID, Actor]
) -> None:
    earlier, later, worker = crossing
    assert not isinstance(read(two.service, worker, earlier), Refused)
    assert isinstance(recognise(two), Recorded)
    for case_id in (earlier, later):
        held = Refused(Reason.ON_HOLD, "1.2")
        assert read(two.service, worker, case_id) == held
        assert record_answer(two.service, worker, case_id, 0, words("late")) == held
        assert proposal(two.service, worker, case_id, "A-B").reason is Reason.NOT_YOUR_ROLE
    lines = list_cases(two.service, worker)
    assert {(line.id, line.on_hold, tuple(line.called), line.own_person, line.free) for line in lines} == {
        (earlier, True, (), "", ()), (later, True, (), "", ()),
    }  # fmt: skip


def test_the_suspension_stands_or_falls_with_the_review(
    two: Two, crossing: tuple[UUID, UUID, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier, _later, worker = crossing

    def breaks(*_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(wall, "exclude", breaks)
    with pytest.raises(RuntimeError):
        recognise(two)
    monkeypatch.undo()
    seen = watch(two.service, two.panel[0])
    assert isinstance(seen, Watch)
    assert [one.reviews for one in seen.matches] == [()]
    assert not isinstance(read(two.service, worker, earlier), Refused)


def test_a_supervisor_reassigns_and_the_tie_completes(two: Two, crossing: tuple[UUID, UUID, Actor]) -> None:
    earlier, later, worker = crossing
    recognise(two)
    lead, her = two.house.lead(), two.house.intake("Hana")
    waiting = vacancies(two.service, lead)
    assert isinstance(waiting, tuple)
    assert {(one.case_id, one.side, one.worker) for one in waiting} == {
        (earlier, Side.PROGRAMME, "Ines"), (later, Side.PROGRAMME, "Ines"),
    }  # fmt: skip
    places = {one.case_id: one for one in waiting}
    assert [name for _id, name in places[earlier].candidates] == ["Hana", "Ivo"], "not Ines, not the panel"
    assert reassigned(two, lead, places[earlier], two.second.id) == Recorded(0, earlier)
    assert "tie-complete" not in acts_of_audit(two)
    names = [name for one in vacancies(two.service, lead) for _id, name in one.candidates]
    assert names == ["Hana"], "who now works with him never works with her"
    assert reassigned(two, lead, places[later], two.second.id) == Refused(Reason.NOT_ACCEPTED, "1.2")
    assert reassigned(two, lead, places[later], her.id) == Recorded(0, later)
    assert vacancies(two.service, lead) == ()
    assert "tie-complete" in acts_of_audit(two)
    assert (own_of(two, two.second, earlier), own_of(two, her, later)) == (places[earlier].letter, places[later].letter)
    assert read(two.service, worker, earlier) == Refused(Reason.ON_HOLD, "1.2"), "history keeps out for ever"
    assert not isinstance(read(two.service, her, later), Refused)
    assert read(two.service, her, earlier) == Refused(Reason.NO_SUCH_CASE, "1.2")


def reassigned(two: Two, lead: Actor, place: Vacancy, to: UUID | None) -> object:
    return reassign(two.service, lead, place.case_id, place.letter, place.side, to)


def test_a_person_may_be_left_free_and_is_then_not_for_those_kept_out(
    two: Two, crossing: tuple[UUID, UUID, Actor]
) -> None:
    earlier, later, worker = crossing
    recognise(two)
    lead = two.house.lead()
    for place in vacancies(two.service, lead):
        assert isinstance(reassigned(two, lead, place, None), Recorded)
    free = {line.id: line.free for line in list_cases(two.service, two.second)}
    assert free == {earlier: ("A", "B"), later: ("A", "B")}
    assert take_on(two.service, two.second, earlier, "A") == Recorded(0, earlier)
    with two.service.reading(two.second) as work:
        same = [set(pair) for pair in constellation_of(work, earlier).same if (earlier, "A") in pair]
    (place,) = same[0] - {(earlier, "A")}
    free = {line.id: line.free for line in list_cases(two.service, two.second) if line.free}
    assert free == {later: (place[1],)}, "the same person alone"
    opposite = other_letter(place[1])
    assert take_on(two.service, two.second, later, opposite) == Refused(Reason.ALREADY_TAKEN, "1.2")
    assert take_on(two.service, two.second, later, place[1]) == Recorded(0, later)
    assert take_on(two.service, worker, later, opposite) == Refused(Reason.ON_HOLD, "1.2")


def test_who_stood_on_another_side_of_one_case_is_closed_out_of_the_other(two: Two) -> None:
    earlier, later = two.earlier(), two.later()
    moved = Actor(two.first.id, "Ines", Role.PANEL_MEMBER, Side.INDEPENDENT)
    assert not isinstance(read(two.service, moved, later), Refused)  # before anybody knows that they are one pair
    with two.service.writing(RULES) as work:
        assert wall.side_in_case(work, later, moved.id) == "panel"
        work.is_no_act()
    recognise(two)
    for actor in (moved, two.first):
        assert read(two.service, actor, later).reason in {Reason.ON_HOLD, Reason.NO_SUCH_CASE}
        assert read(two.service, actor, earlier).reason in {Reason.ON_HOLD, Reason.NO_SUCH_CASE}
    assert later not in {case for one in watch(two.service, moved).matches for case in (one.earlier[0], one.later[0])}


def test_the_wall_of_every_case_of_a_constellation_is_the_same_wall(two: Two) -> None:
    earlier, later = two.earlier(), two.later()
    recognise(two)
    sides = all_sides(two, earlier, later)
    assert sides[earlier] == sides[later]
    assert {two.first.id, two.second.id, two.panel[0].id} <= {staff for staff, _side in sides[earlier]}
    read(two.service, two.panel[1], earlier)
    advocate = two.house.advocate("Noor")
    assert isinstance(take_on(two.service, advocate, later, "A"), Recorded)
    sides = all_sides(two, earlier, later)
    assert sides[earlier] == sides[later]
    assert {two.panel[1].id, advocate.id} <= {staff for staff, _side in sides[later]}
    with pytest.raises(IntegrityError), two.service.writing(RULES) as work:
        wall.enter(work, earlier, advocate.id, "programme")


def all_sides(two: Two, *cases: UUID) -> dict[UUID, set[tuple[UUID, str]]]:
    with two.service.reading(RULES) as work:
        return {case: {(one.staff, one.side) for one in wall.stands_in(work, (case,))} for case in cases}


def test_three_cases_tied_one_after_the_other_are_one_constellation(two: Two) -> None:
    """She is harmed by one and reported for another: her worker's colleague hears a third person of it."""
    first = two.earlier()
    second = two.open(two.second, referral(OTHERS[0], CLAIRE, HER_SAYING, sees="him"))
    third = two.open(two.first, referral(OTHERS[0], CLAIRE, HER_SAYING, sees="her"))
    recognise(two)
    with two.service.reading(RULES) as work:
        assert constellation_of(work, first).cases == {first, second, third}
    assert read(two.service, two.first, first) == Refused(Reason.ON_HOLD, "1.2")
    assert not isinstance(read(two.service, two.second, second), Refused)


def test_what_nobody_recognised_ties_nothing(two: Two, crossing: tuple[UUID, UUID, Actor]) -> None:
    earlier, _later, worker = crossing
    recognise(two, same=False)
    assert not isinstance(read(two.service, worker, earlier), Refused)
    with two.service.reading(RULES) as work:
        assert work.connection.execute(select(exclusions)).all() == []


def test_without_the_matcher_nobody_new_is_let_in(two: Two) -> None:
    earlier = two.earlier()
    free = other_letter(two.own(two.first, earlier))
    assert take_on(two.without_key(), two.second, earlier, free) == Refused(Reason.MATCHER_DOWN, "4.4")
    assert own_of(two, two.second, earlier) == ""


def test_reassigning_is_for_those_who_answer_for_safety(two: Two, crossing: tuple[UUID, UUID, Actor]) -> None:
    earlier, _later, worker = crossing
    recognise(two)
    (letter,) = {one.letter for one in vacancies(two.service, two.panel[0]) if one.case_id == earlier}
    hana = two.house.intake("Hana")
    for actor in (worker, two.second, two.panel[1], two.house.advocate("Noor"), _made(two, Role.MANAGER)):
        assert vacancies(two.service, actor) == Refused(Reason.NO_SUCH_CASE, "1.2"), actor.role
        assert isinstance(reassign(two.service, actor, earlier, letter, "programme", hana.id), Refused)
    assert isinstance(reassign(two.service, two.panel[0], earlier, other_letter(letter), "programme", hana.id), Refused)
    assert isinstance(reassign(two.service, two.panel[0], earlier, letter, "programme", hana.id), Recorded)


def _made(two: Two, role: Role) -> Actor:
    identity = add_account(two.service, NewAccount(role.value, role, Side.INDEPENDENT, "a long enough password"))
    assert isinstance(identity, UUID)
    return Actor(identity, role.value, role, Side.INDEPENDENT)


def test_the_audit_says_who_was_kept_out_and_never_to_them(two: Two, crossing: tuple[UUID, UUID, Actor]) -> None:
    _earlier, _later, worker = crossing
    recognise(two)
    with two.service.reading(RULES) as work:
        (line,) = [one for one in looks_at(work, worker.id) if one.act == "keep-out"]
    assert (line.actor, line.result, line.times) == (two.panel[0].id, "both sides", 1)
    with two.service.reading(RULES) as work:
        rows = work.connection.execute(select(audit.c.act).where(audit.c.actor == worker.id)).scalars()
        assert "keep-out" not in set(rows)


def acts_of_audit(two: Two) -> set[str]:
    with two.service.reading(RULES) as work:
        return set(work.connection.execute(select(audit.c.act)).scalars())


def test_nothing_lets_somebody_back_in(two: Two, crossing: tuple[UUID, UUID, Actor]) -> None:
    recognise(two)
    for statement in ("DELETE FROM exclusions", "UPDATE exclusions SET letter = 'A'"):
        with pytest.raises(DBAPIError), two.service.writing(RULES) as work:
            work.connection.execute(text(statement))
    review = recognise(two, same=False)
    assert isinstance(review, Recorded)
    assert read(two.service, crossing[2], crossing[0]) == Refused(Reason.ON_HOLD, "1.2")
