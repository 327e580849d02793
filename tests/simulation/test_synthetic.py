"""Synthetic cases are the same for the same seed, reach every rule, and hold every strength."""

from collections import Counter
from functools import lru_cache

import numpy as np

from tests.routing.decisions import decider
from triage.flow.values import UNKNOWN
from triage.simulation.columns import CHUNK
from triage.simulation.comparing import compare
from triage.simulation.comparison import Comparison
from triage.simulation.statements import Kind
from triage.simulation.stories import READINESSES, STRENGTHS
from triage.simulation.synthetic import Synthetic, exchanged


def synthetic(cases: int, seed: int = 1) -> Synthetic:
    rules = decider().rules
    return Synthetic(cases, seed, rules.read, rules.ordinals, tuple(sorted(rules.latching)))


@lru_cache(maxsize=1)
def compared() -> Comparison:
    return compare(decider(), decider(), synthetic(100_000))


def test_the_same_seed_gives_the_same_cases() -> None:
    one, again = synthetic(CHUNK).chunk(1), synthetic(CHUNK).chunk(1)
    assert np.array_equal(one.strengths, again.strengths)
    assert {gate: flags.tolist() for gate, flags in one.latched.items()} == {
        gate: flags.tolist() for gate, flags in again.latched.items()
    }


def test_the_cases_of_a_seed_stay_what_they_were() -> None:
    source = Synthetic(
        10, 7, ("CTRL_AB", "CTRL_BA", "FORCE_A", "FORCE_B", "READY_A"), frozenset({"READY_A"}), ("O-OUT",)
    )
    told = [list(source.both(number)[0].facts.values()) for number in range(4)]
    assert told == [[-5, 2, 1, 1, 3], [3, 0, 1, 0, -4], [1, 1, 0, 3, 1], [-5, 1, 2, 0, -1]]


def test_another_seed_and_another_chunk_give_other_cases() -> None:
    one = synthetic(10, seed=1).chunk(0).strengths
    assert not np.array_equal(one, synthetic(10, seed=2).chunk(0).strengths)
    many = synthetic(2 * CHUNK)
    assert not np.array_equal(many.chunk(0).strengths, many.chunk(1).strengths)


def test_a_case_is_the_same_however_many_are_asked_for() -> None:
    few, many = synthetic(70), synthetic(CHUNK + 5)
    assert few.both(69) == many.both(69)
    assert [columns.cases for columns, _ in many.chunks()] == [CHUNK, 5]
    assert many.both(CHUNK + 4)[0] == next(reversed([one for one, _ in many.chunks()])).case(CHUNK + 4)


def test_every_strength_is_there_and_a_readiness_is_never_4() -> None:
    columns = synthetic(CHUNK).chunk(0)
    found = {name: set(columns.strengths[row].tolist()) for name, row in columns.row.items()}
    assert found["READY_A"] == set(READINESSES)
    assert found["CTRL_AB"] == set(STRENGTHS)
    assert all(values == set(STRENGTHS) for name, values in found.items() if not name.startswith("READY"))


def test_about_one_case_in_ten_has_gates_in_force() -> None:
    columns = synthetic(CHUNK).chunk(0)
    flags = np.array(list(columns.latched.values()))
    assert set(columns.latched) == decider().rules.latching
    assert 0.05 < flags.any(axis=0).mean() < 0.1, "one in ten, of which a tenth draws no gate"


def test_persons_are_told_of_alike() -> None:
    columns = synthetic(CHUNK).chunk(0)
    for name, row in columns.row.items():
        share = (columns.strengths[row] > 0).mean()
        other = (columns.strengths[columns.row[exchanged(name)]] > 0).mean()
        assert abs(share - other) < 0.02, name


def test_every_result_outcome_gate_and_alert_is_reached() -> None:
    reached = Counter({one.statement: one.new for one in compared().changes.values()})
    rarely = {one: number for one, number in reached.items() if number < 50 and one.kind is not Kind.BROKEN}
    assert rarely == {}


def test_no_law_is_broken_and_nothing_changes_between_a_version_and_itself() -> None:
    found = compared()
    assert [one for one in found.of(Kind.BROKEN) if one.old or one.new] == []
    assert (found.cases, found.changed, found.moves, found.results) == (100_000, 0, (), ())


def test_unknown_facts_are_there() -> None:
    columns = synthetic(CHUNK).chunk(0)
    assert (columns.strengths == UNKNOWN).any(axis=0).mean() > 0.1
