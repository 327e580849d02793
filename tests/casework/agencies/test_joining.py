"""A further pair of a referral joins the case of an earlier one: its new person, its answers, harm to be assessed."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.casework.agencies.sent import COMPLETE, Post
from triage.cases.agency.referral import AgencyReferral, ReferredAnswer, ReferredPerson
from triage.cases.matching.identity import Identity
from triage.cases.matching.pairs import Bearing
from triage.cases.members import Members, Relation, pair_of
from triage.cases.model import PersonDetails
from triage.cases.record import Pair
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework import assessments
from triage.casework.agencies.incoming import Incoming, read_incoming
from triage.casework.agencies.placing import NEW_PERSON
from triage.casework.agencies.taking import Taking, take
from triage.casework.matching.reviewing import Watch, watch
from triage.casework.members.adding import NewPerson, add_person, people_of
from triage.casework.results import Recorded

LINA = ReferredPerson("C", "Lina Haddad", known=Identity(given="Lina", family="Haddad", phones=("07700900333",)))
MANY = AgencyReferral(
    (*COMPLETE.persons, LINA),
    (Pair("A", "B"), Pair("C", "B"), Pair("A", "C")),
    (
        *COMPLETE.answers,
        ReferredAnswer("RI-03", "C-B", [{"code": "partner", "age_a_first": "19", "age_b_first": "31"}]),
        ReferredAnswer("RI-21", "C-B", "b"),
        ReferredAnswer("RI-20", "C", "none"),
        ReferredAnswer("RI-13", "C", [{"code": "now", "scale": "children", "started_by": "b"}]),
        ReferredAnswer("RI-21", "A-C", "none"),
    ),
    "many",
)


@pytest.fixture(scope="module")
def post(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Post:
    return Post(tmp_path_factory.mktemp("joining"))


@pytest.fixture(scope="module")
def worker(post: Post) -> Actor:
    return post.staff("worker")


def letters(post: Post, worker: Actor, case_id: Any) -> dict[str, str]:
    """The letters of a case by the names of its people."""
    seen = people_of(post.service, worker, case_id)
    assert isinstance(seen, Members)
    return {name: letter for letter, name in seen.called.items()}


def incoming(post: Post, worker: Actor, referral_id: Any) -> Incoming:
    found = read_incoming(post.service, worker, referral_id)
    assert isinstance(found, Incoming)
    return found


def test_further_people_and_pairs_join_the_case_as_the_worker_wants(post: Post, worker: Actor) -> None:
    """Six times, since letters are drawn by lot: every letter and every code must follow its person."""
    clerk = post.outside("clerk")
    drawn = set()
    for turn in range(6):
        referral = AgencyReferral(MANY.persons, MANY.pairs, MANY.answers, f"many {turn}")
        referral_id = post.arrives(clerk, referral, f"key-many-{turn}")
        assert incoming(post, worker, referral_id).joins == {}
        first = take(post.service, worker, referral_id, Taking("A-B", "B"))
        assert isinstance(first, Recorded)
        assert incoming(post, worker, referral_id).joins == {"C-B": (first.id,), "A-C": (first.id,)}
        before = assessments.read(post.service, worker, first.id)

        for pair in ("C-B", "A-C"):
            assert take(post.service, worker, referral_id, Taking(pair, "", first.id)) == Recorded(0, first.id)
            assert take(post.service, worker, referral_id, Taking(pair, "", first.id)) == Recorded(0, first.id)
        found = incoming(post, worker, referral_id)
        assert (found.joins, set(found.taken.values())) == ({}, {first.id})

        seen = people_of(post.service, worker, first.id)
        assert isinstance(seen, Members)
        at = letters(post, worker, first.id)
        nadia, omar, lina = at["Nadia Benali"], at["Omar Haddad"], at["Lina Haddad"]
        drawn.add(omar + lina)
        assert seen.relations[pair_of(omar, lina)] is Relation.PARTNER
        assert {pair.undirected for pair in seen.pairs} == {
            pair_of(*two).undirected for two in ((nadia, omar), (lina, omar), (nadia, lina))
        }
        view = assessments.read(post.service, worker, first.id)
        assert view.own_person == before.own_person == omar
        new = [one for one in view.record.answers if one.id not in {old.id for old in before.record.answers}]
        said = {(one.question, one.about): one for one in new}
        both = pair_of(omar, lina)
        ages = {cell: one for cell, one in said["RI-03", both.undirected].rows[0].cells.items() if one}
        lina_s = "a" if both.a == lina else "b"
        assert ages[f"age_{lina_s}_first"] == "19"
        assert said["RI-21", both.undirected].codes == ("a" if both.a == omar else "b",)
        assert said["RI-21", pair_of(nadia, lina).undirected].codes == ("none",)
        assert said["RI-20", lina].codes == ("none",)
        assert said["RI-13", lina].rows[0].cells["started_by"] == omar.lower()
        assert len(new) == len(said) == 5, "nothing a second time"
    assert len(drawn) > 1


def test_no_other_case_is_joined_and_nobody_takes_the_place_of_another(post: Post, worker: Actor) -> None:
    clerk, other = post.outside("another clerk"), post.staff("another worker")
    referral_id = post.arrives(clerk, AgencyReferral(MANY.persons, MANY.pairs, MANY.answers, "m"), "key-m-first")
    elsewhere = post.arrives(clerk, AgencyReferral(MANY.persons, MANY.pairs, MANY.answers, "n"), "key-n-first")
    first = take(post.service, worker, referral_id, Taking("A-B", "B"))
    second = take(post.service, other, elsewhere, Taking("A-B", "B"))
    assert isinstance(first, Recorded)
    assert isinstance(second, Recorded)
    people = people_of(post.service, worker, first.id)
    for pair, case_id, who in (
        ("C-B", first.id, other), ("C-B", second.id, worker), ("C-B", "no case", worker), ("C-D", first.id, worker),
    ):  # fmt: skip
        refused = take(post.service, who, referral_id, Taking(pair, "", case_id))
        assert isinstance(refused, Refused)
    standing = Taking("C-B", "B", second.id, {"C": "A", "B": "B"})
    wrong = take(post.service, worker, referral_id, standing)
    assert isinstance(wrong, Refused)
    assert wrong.reason in {Reason.NO_SUCH_CASE, Reason.NO_SUCH_PAIR}
    assert people_of(post.service, worker, first.id) == people
    alone = take(post.service, worker, referral_id, Taking("C-B", "B"))
    assert isinstance(alone, Recorded)
    assert alone.id != first.id, "a case of its own is the other choice"
    assert set(incoming(post, worker, referral_id).joins["A-C"]) == {first.id, alone.id}


CHARGED = AgencyReferral(
    (*COMPLETE.persons, LINA),
    (Pair("A", "B"), Pair("B", "C")),
    (*COMPLETE.answers, ReferredAnswer("RI-21", "B-C", "b")),
)
"""She harms him, says one agency of the second pair."""
OPPOSITE = AgencyReferral(
    (replace(COMPLETE.persons[1], letter="A"), replace(LINA, letter="B")),
    (Pair("A", "B"),),
    tuple(
        replace(one, value="a") if one.question == "RI-21" else one
        for one in COMPLETE.answers
        if one.about in {"", "A-B"}
    ),
)
"""He harms her, says another of the same two."""


@pytest.mark.parametrize("order", ["joined first", "joined later", "joined later to whom the worker had added"])
def test_what_an_agency_says_of_a_joined_pair_reaches_the_panel(engine: str, tmp_path: Path, order: str) -> None:
    """Whoever is named as harming in a pair that joined is compared, and stands in a chain, as in a case of its own."""
    post = Post(tmp_path)
    clerk, other = post.outside("clerk"), post.outside("clerk of others", agency="Court service")
    worker, second = post.staff("worker"), post.staff("second worker")
    panel = post.staff("panel", Role.PANEL_MEMBER, Side.SUPPORT)
    referral_id = post.arrives(clerk, replace(CHARGED, external_reference="charged"), "key-charged")
    opposite_id = post.arrives(other, replace(OPPOSITE, external_reference="opposite"), "key-opposite")
    first = take(post.service, worker, referral_id, Taking("A-B", "B"))
    assert isinstance(first, Recorded)
    meant = added_by_hand(post, worker, first.id) if "added" in order else ""

    def joins() -> None:
        done = take(post.service, worker, referral_id, Taking("B-C", "", first.id, meant=meant))
        assert done == Recorded(0, first.id)

    def comes() -> None:
        post.wait(days=1)
        assert isinstance(take(post.service, second, opposite_id, Taking("A-B", "A")), Recorded)

    for step in (joins, comes) if order == "joined first" else (comes, joins):
        step()
    seen = watch(post.service, panel)
    assert isinstance(seen, Watch)
    of_pairs = {one.bearing for one in seen.matches if one.bearing}
    assert of_pairs == ({Bearing.OPPOSITE, Bearing.UNSAID} if meant else {Bearing.OPPOSITE}), "found once more"
    assert {pattern for pattern, _cases in seen.chains} == {"opposite", "several"}


def added_by_hand(post: Post, worker: Actor, case_id: UUID, *, assessed: bool = True) -> str:
    """Add Lina to a case as a worker does who has heard of her; her letter there."""
    at = letters(post, worker, case_id)
    details = PersonDetails("Lina H.", None, LINA.known)
    new = NewPerson(details, at["Omar Haddad"], Relation.EX_PARTNER, assessed=assessed)
    version = assessments.read(post.service, worker, case_id).version
    assert isinstance(add_person(post.service, worker, case_id, version, new), Recorded)
    return letters(post, worker, case_id)["Lina H."]


def test_nobody_is_in_a_case_twice_unless_the_worker_says_that_they_are_somebody_else(
    post: Post, worker: Actor
) -> None:
    clerk = post.outside("clerk of doubles")
    for turn, meant in enumerate(("there", NEW_PERSON)):
        referral_id = post.arrives(clerk, replace(CHARGED, external_reference=f"double {turn}"), f"key-double-{turn}")
        first = take(post.service, worker, referral_id, Taking("A-B", "B"))
        assert isinstance(first, Recorded)
        there = added_by_hand(post, worker, first.id, assessed=False)
        at = letters(post, worker, first.id)
        for wrong in ("", "?", at["Omar Haddad"], at["Nadia Benali"]):
            refused = take(post.service, worker, referral_id, Taking("B-C", "", first.id, meant=wrong))
            assert isinstance(refused, Refused)
            assert refused.reason is Reason.WHO_IS_MEANT
        assert letters(post, worker, first.id) == at
        choice = there if meant == "there" else meant
        done = take(post.service, worker, referral_id, Taking("B-C", "", first.id, meant=choice))
        assert done == Recorded(0, first.id)
        seen = people_of(post.service, worker, first.id)
        assert isinstance(seen, Members)
        assert len(seen.called) == (3 if meant == "there" else 4)
        lina = there if meant == "there" else letters(post, worker, first.id)["Lina Haddad"]
        assert pair_of(at["Omar Haddad"], lina) in seen.pairs
        assert seen.relations[pair_of(at["Omar Haddad"], there)] is Relation.EX_PARTNER
        record = assessments.read(post.service, worker, first.id).record
        (label,) = [one for one in record.answers if one.question == "RI-21" and lina in one.about]
        both = pair_of(at["Omar Haddad"], lina)
        assert (label.about, label.codes) == (both.undirected, ("a" if both.a == lina else "b",))
