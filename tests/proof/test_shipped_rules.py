"""Every invariant of the shipped rules is proved as far as it speaks of facts, routes and gates, by two solvers."""

from dataclasses import replace
from functools import lru_cache

import pytest

from tests.proof.rule_sets import verdicts
from tests.routing.decisions import decider
from triage.flow.circuits.circuit import Circuit
from triage.proof.proofs import PROVED, TESTED, Proof
from triage.proof.proving import prove, second_engine, z3_engine
from triage.proof.solving import Z3Engine
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

MUST_BE_PROVED = {
    f"INV-{number:02}" for number in (*range(1, 6), 11, 12, 13, 14, *range(16, 25), *range(26, 30), 31, 34, 35, 36)
} | {"INV-40", "INV-41", "INV-42", "INV-43"}


@lru_cache(maxsize=1)
def shipped() -> Loaded:
    loaded = load(FLOWS)
    assert isinstance(loaded, Loaded)
    return loaded


@lru_cache(maxsize=1)
def proofs() -> dict[str, Proof]:
    return {proof.id: proof for proof in prove(shipped())}


def test_no_invariant_is_broken() -> None:
    assert {proof.status for proof in proofs().values()} == {PROVED, TESTED}


def test_each_invariant_of_the_issue_is_proved() -> None:
    assert MUST_BE_PROVED - {proof.id for proof in proofs().values() if proof.status == PROVED} == set()


def test_each_of_the_forty_four_is_there_once_in_order() -> None:
    assert list(proofs()) == [f"INV-{number:02}" for number in range(1, 45)]


def test_what_is_not_proved_names_its_tests_or_what_it_waits_for() -> None:
    assert [one.id for one in proofs().values() if one.status == TESTED and not (one.tests or one.awaits)] == []


def test_both_engines_say_that_nothing_is_broken() -> None:
    nothing = dict.fromkeys(verdicts(decider().rules, z3_engine()), False)
    assert len(nothing) > 30
    assert verdicts(decider().rules, z3_engine()) == verdicts(decider().rules, second_engine()) == nothing


@pytest.mark.parametrize(("relations", "questions", "units"), [(False, 40, 400_000), (True, 48, 6_000_000)])
def test_proofs_of_facts_stay_within_their_budget(relations: bool, questions: int, units: int) -> None:
    """Counted in questions and in z3's own units, which no busy machine changes: 36 and 3.7 million take 1.1 s."""
    made: list[Z3Engine] = []

    def engine(circuit: Circuit) -> Z3Engine:
        made.append(Z3Engine(circuit))
        return made[-1]

    assert list(prove(shipped(), relations=relations, make_engine=engine))
    assert [one.questions <= questions for one in made] == [True], made[0].questions
    assert 0 < made[0].units <= units


def test_without_relations_what_compares_two_cases_is_left_to_its_tests() -> None:
    found = {proof.id: proof for proof in prove(shipped(), only={"INV-13", "INV-40", "INV-41"}, relations=False)}
    assert {name: proof.status for name, proof in found.items()} == {
        "INV-13": PROVED,
        "INV-40": TESTED,
        "INV-41": TESTED,
    }
    assert all(proof.tests for proof in found.values() if proof.status == TESTED)


@pytest.mark.parametrize("place", [0, 1])
def test_neither_half_of_the_residual_of_not_knowing_can_be_left_out(place: int) -> None:
    """A contrary finding that was known at 3, and a marker passed over with a reason, do start work when forgotten."""
    rules = decider().rules
    relations = {one.id: one for one in rules.relations}
    never = relations["never-known"].never[0]
    assert len(never.but) == 2
    stricter = replace(never, but=(never.but[1 - place],))
    changed = replace(relations["never-known"], never=(stricter,))
    assert verdicts(replace(rules, relations=(changed,)), z3_engine())["INV-13 never-known"]
