"""A further pair of a referral joins the case of an earlier one: its new person, its answers, harm to be assessed."""

from typing import Any

import pytest

from tests.casework.agencies.sent import COMPLETE, Post
from triage.cases.agency.referral import AgencyReferral, ReferredAnswer, ReferredPerson
from triage.cases.matching.identity import Identity
from triage.cases.members import Members, Relation, pair_of
from triage.cases.record import Pair
from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework import assessments
from triage.casework.agencies.incoming import Incoming, read_incoming
from triage.casework.agencies.taking import Taking, take
from triage.casework.members.adding import people_of
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
