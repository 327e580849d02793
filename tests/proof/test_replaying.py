"""Without a circuit: which two cases a change relates, and when they break what it can never do."""

import pytest

from tests.routing.decisions import decider, ready
from triage.flow.values import Strength
from triage.proof.replaying import is_such_a_change, relation_is_broken
from triage.proof.space import FactSet
from triage.routing.laws import Relation

RELATIONS = {one.id: one for one in decider().rules.relations}


def relation(name: str) -> Relation:
    return RELATIONS[name]


@pytest.mark.parametrize(
    ("name", "first", "then", "wanted"),
    [
        ("withdrawn", {"HBA": 3}, {"HBA": -4}, True),
        ("withdrawn", {"HBA": 3}, {"HBA": -3}, False),
        ("withdrawn", {"HBA": -2}, {"HBA": -1}, False),
        ("never-known", {"HBA": 3}, {"HBA": -1}, True),
        ("never-known", {"HBA": 3}, {"HBA": -4}, False),
        ("marker-added", {"HBA": -1}, {"HBA": 1}, True),
        ("marker-added", {"HBA": -4}, {"HBA": 3}, True),
        ("marker-added", {"HBA": -4}, {"HBA": 2}, False),
        ("marker-added", {"HBA": 3}, {"HBA": 2}, False),
        ("marker-added", {"HBA": -1}, {"HBA": 0}, False),
        ("marker-added", {"SUFF": 1}, {"SUFF": 2}, False),
        ("who-someone-is", {"RELIF": 3}, {"RELIF": 0}, True),
        ("who-someone-is", {"HBA": 3}, {"HBA": 0}, False),
        ("exchanged", {"CTRL_AB": 3}, {"CTRL_BA": 3}, True),
        ("exchanged", {"CTRL_AB": 3}, {"CTRL_AB": 3}, False),
    ],
)
def test_a_change_is_of_its_kind_and_of_its_facts(
    name: str, first: dict[str, int], then: dict[str, int], wanted: bool
) -> None:
    cases = [FactSet({fact: Strength(value) for fact, value in one.items()}) for one in (first, then)]
    assert is_such_a_change(decider().instances, relation(name), cases[0], cases[1]) is wanted


def test_gates_in_force_and_source_classes_are_the_same_in_both_cases() -> None:
    first, then = FactSet({}, frozenset({"O-OUT"})), FactSet({})
    assert not is_such_a_change(decider().instances, relation("withdrawn"), first, then)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("never-known", False), ("exchanged", False)],
    ids=["the residual excuses it", "it is no such change"],
)
def test_a_start_that_a_forgotten_contrary_finding_enables_breaks_no_relation(name: str, expected: bool) -> None:
    first = FactSet(ready(ECON_BA=3, LITAB_BA=3))
    then = FactSet(ready(LITAB_BA=3) | {"ECON_BA": Strength(-1)})
    assert decider().decide(then.strengths).effective["A"]
    assert not decider().decide(first.strengths).effective["A"]
    assert relation_is_broken(decider().instances, relation(name), first, then) is expected


def test_without_its_residual_the_same_start_breaks_it() -> None:
    first = FactSet(ready(ECON_BA=3, LITAB_BA=3))
    then = FactSet(ready(LITAB_BA=3) | {"ECON_BA": Strength(-1)})
    never = relation("never-known").never[0]
    stricter = Relation("strict", "INV-13", "forgotten", never=(type(never)(never.before, never.after),))
    assert relation_is_broken(decider().instances, stricter, first, then)
