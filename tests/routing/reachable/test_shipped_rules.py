"""On the shipped rules: z3 agrees about what can be reached; what may become of a finding; every vignette is quick."""

import gc
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from random import Random
from time import process_time

import pytest
import z3

from tests.routing.chance import fact_sets
from tests.routing.decisions import decider, facts_from, ready
from tests.vignettes.told import FILES, rulebook, shipped, told
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.flow.circuits.circuit import Literal
from triage.flow.values import UNKNOWN, Strength, withdrawn
from triage.routing.assessment import PairAssessment, assess
from triage.routing.reachable.asking import Asking, safest_first
from triage.routing.reachable.meaning import known_of, meaning_of
from triage.routing.reachable.possible import SEVERAL, Prospects
from triage.routing.reachable.results import decisive, flips, hinges, reached, result_space
from triage.routing.reachable.routes import prospects
from triage.routing.reachable.space import Known, decision_over

MOST_SECONDS = 0.2
PROSPECTS = Prospects(rulebook().findings)


def partial(seed: int, number: int) -> list[Known]:
    """Fact sets by chance of which a part is not known."""
    chance = Random(seed)
    return [
        Known({name: value for name, value in facts.items() if chance.random() < share}, latched)
        for facts, latched in fact_sets(seed, number)
        for share in (chance.choice((0.5, 0.8, 0.95, 1)),)
    ]


class BySolver:
    """The same questions asked of z3: a boolean for each node of the circuit, a choice of a standing for each fact."""

    def __init__(self, known: Known) -> None:
        self.decision, self.solver = decision_over(decider(), known.sources), z3.Solver()
        circuit = self.decision.circuit.circuit
        self.nodes = [z3.Bool(f"n{number}") for number in range(len(circuit.parts))]
        for number, parts in enumerate(circuit.parts):
            if parts is not None:
                self.solver.add(self.nodes[number] == z3.And([self.literal(part) for part in parts]))
        for number, gate in self.decision.gates.items():
            self.solver.add(self.nodes[number] == (gate in known.latched))
        for fact in decider().layout.facts:
            self.solver.add(self._standings(known, fact))

    def literal(self, literal: Literal) -> z3.BoolRef:
        node = self.nodes[abs(literal)]
        return node if literal > 0 else z3.Not(node)

    def _standings(self, known: Known, fact: str) -> z3.BoolRef:
        inputs = {number: one for number, one in self.decision.inputs.items() if one.fact == fact}
        present = known.strength(fact), known.source(fact)
        return z3.Or(
            [
                z3.And([self.nodes[number] == one.holds(*standing) for number, one in inputs.items()])
                for standing in PROSPECTS.may_become(fact, present, known.sources)
            ]
        )

    def reached(self, statements: Mapping[str, Literal]) -> set[str]:
        return {name for name, one in statements.items() if self.solver.check(self.literal(one)) == z3.sat}


@pytest.mark.parametrize("known", partial(seed=5, number=40))
def test_a_solver_reaches_the_same(known: Known) -> None:
    solver = BySolver(known)
    results = solver.decision.circuit.results
    assert set(reached(result_space(decider(), known, PROSPECTS.may_become))) == solver.reached(results)
    for prospect in prospects(decider(), known, PROSPECTS.may_become):
        route = solver.decision.circuit.routes[prospect.person]
        starts = solver.decision.circuit.effective(prospect.person)
        assert set(prospect.outcomes) == solver.reached(route.outcomes)
        both = {"may": starts, "may not": -starts}
        assert {"may": prospect.may_start, "may not": prospect.may_not} == {
            name: name in solver.reached(both) for name in both
        }


@pytest.mark.parametrize(
    ("fact", "strength", "becomes"),
    [
        ("CTRL_AB", UNKNOWN, {-1, 0, 1, 2, 3, 4}),
        ("CTRL_AB", withdrawn(3), {-4, 0, 1, 2, 3, 4}),
        ("CTRL_AB", Strength(0), {0}),
        ("CTRL_AB", Strength(1), {1, 2, 3, 4}),
        ("CTRL_AB", Strength(4), {4}),
        ("SUFF", Strength(0), {0, 1, 2, 3, 4}),  # a 0 that only says "not yet"
        ("ISS_OK", Strength(2), {-1, 0, 1, 2, 3, 4}),  # an act may change it any day
        ("DANGER_NOW", Strength(0), {-1, 0, 1, 2, 3, 4}),  # a state
        ("READY_A", UNKNOWN, {-1, 0, 1, 2, 3}),  # an ordinal ends at 3
    ],
)
def test_what_may_become_of_a_finding(fact: str, strength: Strength, becomes: set[int]) -> None:
    ways = tuple(PROSPECTS.may_become(fact, (strength, "ISS"), ("ISS", "*")))
    assert ways[0] == (strength, "ISS")
    assert {found for found, _ in ways} == becomes


def test_what_is_known_keeps_its_source_and_may_gain_others() -> None:
    ways = tuple(PROSPECTS.may_become("ECON_AB", (Strength(2), "ISS"), ("ISS", "POL", "*")))
    assert {source for _, source in ways} == {"ISS", SEVERAL}
    assert (Strength(2), SEVERAL) in ways  # a further source of the same weight


def test_nothing_known_leaves_every_result_and_every_outcome_open() -> None:
    nothing = Known({})
    space = result_space(decider(), nothing, PROSPECTS.may_become)
    assert set(reached(space)) == {"W_A", "W_B", "W_INSUFF", "W_REVIEW", "W_CHILD", "W_CARE"}
    assert len(decisive(space)) == len(space.facts)


def test_everything_known_hinges_on_little() -> None:
    known = Known(ready())
    assert reached(result_space(decider(), known, PROSPECTS.may_become)) == ("W_A",)
    space = result_space(decider(), known, PROSPECTS.may_be)
    found = {one.fact: one.without for one in hinges(space)}
    assert "W_REVIEW" in found["ECON_AB"]
    assert found["SUFF"] == ("W_INSUFF",)
    nearest = {one.result: one for one in flips(space)}
    assert nearest["W_CHILD"].sets[0][0].fact == "AGE_LT16_A"
    assert nearest["W_B"].fewest > nearest["W_REVIEW"].fewest


def test_a_counter_allegation_that_is_not_settled_is_decisive() -> None:
    facts = ready(CTRL_AB=2, FEAR_AB=2, CROSS="unknown")
    found = decisive(result_space(decider(), Known(facts), PROSPECTS.may_become))
    (cross,) = [one for one in found if one.fact == "CROSS"]
    assert cross.separates == ("W_A", "W_REVIEW")


def test_everything_unlisted_is_unknown_and_not_zero() -> None:
    space = result_space(decider(), Known(facts_from({"SUFF": 2}, UNKNOWN)), PROSPECTS.may_become)
    assert "W_B" in reached(space)


@pytest.mark.parametrize(
    ("question", "about", "first", "speakers"),
    [
        ("WD-02", "A>B", "ISS", {"B"}),  # what B lived: B's support service, then records, then B alone; never A
        ("WD-02", "B>A", "ISS", {"A"}),
        ("DR-22", "A>B", "ISS", {"B"}),
        ("CN-05", "A", "ISS", {"A"}),  # about oneself
    ],
)
def test_whoever_may_have_done_it_is_never_asked_first(
    question: str, about: str, first: str, speakers: set[str]
) -> None:
    sources = safest_first(rulebook().questions[question], about)
    assert sources[0].code == first
    assert {source.speaker for source in sources if source.code == "SELF"} <= speakers
    assert {source.code for source in sources} == set(rulebook().questions[question].sources)


def test_of_whoever_may_have_done_it_only_when_nobody_else_can_be_asked() -> None:
    question = replace(rulebook().questions["WD-02"], sources=("SELF",))
    assert [source.speaker for source in safest_first(question, "A>B")] == ["B", "A"]


def test_records_that_alone_settle_it_come_first() -> None:
    sources = safest_first(rulebook().questions["WD-01"], "A>B", frozenset({"CRT"}))
    assert [source.code for source in sources][:2] == ["CRT", "ISS"]


@lru_cache(maxsize=64)
def pairs_of(file: Path) -> tuple[PairAssessment, ...]:
    """The pairs of one vignette, assessed."""
    case = told(file)
    record = read_case(case, rulebook(), date.fromisoformat(str(case["on"])), str(case["id"]))
    assert isinstance(record, CaseRecord)
    return assess(record, shipped().book, shipped().decider).pairs


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_decided_today_stays_within_reach(file: Path) -> None:
    for pair in pairs_of(file):
        meaning = meaning_of(pair, shipped().decider)
        assert (meaning.result, meaning.result in meaning.results) == (pair.decision.result, True)
        for prospect in meaning.prospects:
            route = pair.decision.routes[prospect.person]
            assert set(route.outcomes) <= set(prospect.outcomes)
            assert prospect.may_start if route.effective else prospect.may_not
        in_force = set(pair.decision.case) & shipped().decider.rules.latching
        assert in_force <= known_of(pair, shipped().decider).latched  # what fired today stays in force tomorrow


def test_a_full_case_is_answered_within_the_time_of_a_page() -> None:
    spent = []
    gc.collect()  # what other tests left is not part of the time of a page
    gc.freeze()
    for pair in (pair for file in FILES for pair in pairs_of(file)):
        start = process_time()
        meaning = meaning_of(pair, shipped().decider)
        if meaning.hinges:
            spent.append(process_time() - start)
    gc.unfreeze()
    assert len(spent) > 25
    assert max(spent) < MOST_SECONDS


def test_a_finding_that_follows_from_others_is_asked_about_by_what_is_not_settled_there() -> None:
    (pair,) = pairs_of(next(file for file in FILES if file.stem == "R14"))
    settled = {name for name, strength in pair.facts.items() if strength == 0 or strength >= 2}
    assert "CTRL_BA" in settled
    asked = Asking(pair.findings).about("LITAB_BA")
    assert not {ask.question for ask in asked} & {"CN-04", "CN-05"}  # these tell about CTRL, which is settled
