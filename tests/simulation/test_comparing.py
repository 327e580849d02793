"""A comparison counts exactly the moves that deciding each case twice, one at a time, would count."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.routing.decisions import decider, ready
from tests.routing.test_laws import without
from tests.simulation.columns import cases_of_chance, recorded
from triage.flow.conditions import parse
from triage.flow.values import Strength
from triage.routing.decide import Decider
from triage.routing.decision import PairDecision
from triage.routing.rules import DecisionRules
from triage.simulation.agreement import Disagreement, Scalar
from triage.simulation.columns import Case
from triage.simulation.comparing import compare
from triage.simulation.comparison import Comparison, Route
from triage.simulation.questions import Questions, Unsupported
from triage.simulation.statements import Kind, Statement


def with_threshold(rules: DecisionRules, definition: str, condition: str) -> DecisionRules:
    """The rules with one definition written otherwise."""
    read = parse(condition)
    changed = tuple(replace(one, when=read) if one.id == definition else one for one in rules.definitions)
    assert changed != rules.definitions
    return replace(rules, definitions=changed)


CHANGES: Mapping[str, DecisionRules] = {
    "one threshold": with_threshold(
        decider().rules,
        "core2_xy",
        "(ind(CTRL_xy) and value(CTRL_xy) >= 3 or ind(SEVPAT_xy)) and (ind(FEAR_xy) or ind(SPACE_xy))",
    ),
    "one support is enough": with_threshold(decider().rules, "supported_xy", "distinct(ind: supporting_xy) >= 1"),
    "resistance is not examined": without(decider().rules, "steps", "route-8-resistance-not-examined"),
    "support may be missing": without(decider().rules, "holds", "hold-support"),
    "no contract is needed": without(decider().rules, "effective", "start-contract"),
    "nobody is young": without(decider().rules, "steps", "route-10-young"),
}


def route(decision: PairDecision, person: str) -> Route:
    return Route(decision.routes[person].outcomes, decision.routes[person].effective)


def said(decision: PairDecision) -> Counter[Statement]:
    """How often a decision makes each statement, whichever person it is about."""
    found = Counter({Statement(Kind.RESULT, decision.result): 1})
    found.update(Statement(Kind.START) for starts in decision.effective.values() if starts)
    found.update(Statement(Kind.ROUTE, name) for person in "AB" for name in decision.routes[person].outcomes)
    found.update(Statement(Kind.ADAPTED, name) for names in decision.adaptations.values() for name in names)
    found.update(Statement(Kind.GATE, name) for name in decision.case)
    found.update(Statement(Kind.ALERT, name) for name in decision.alerts)
    return found


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("with_classes", [False, True])
def test_a_changed_rule_shows_the_moves_of_the_scalar_loop(change: str, with_classes: bool) -> None:
    new, cases = Decider(CHANGES[change]), cases_of_chance(23, 3_000, with_classes=with_classes)
    found = compare(decider(), new, recorded(cases, decider().rules.read))
    moves, results, before, after = Counter[tuple[Route, Route]](), Counter[tuple[str, str]](), Counter(), Counter()
    for case in cases:
        one, other = (each.decide(case.facts, case.latched, case.classes) for each in (decider(), new))
        before.update(said(one))
        after.update(said(other))
        moves.update((route(one, person), route(other, person)) for person in "AB")
        results[one.result, other.result] += 1
    assert {(move.old, move.new): move.number for move in found.moves} == {
        both: number for both, number in moves.items() if both[0] != both[1]
    }
    assert {(one.old, one.new): one.number for one in found.results} == {
        both: number for both, number in results.items() if both[0] != both[1]
    }
    told = {one.statement: one for one in found.changes.values() if one.statement.kind is not Kind.BROKEN}
    assert {one: change.old for one, change in told.items() if change.old} == before
    assert {one: change.new for one, change in told.items() if change.new} == after
    assert all(one.new - one.old == one.gained - one.lost for one in found.changes.values())
    assert found.moves, "the change moves somebody"


def test_the_most_frequent_moves_stand_first() -> None:
    found = compare_with("resistance is not examined")
    numbers = [move.number for move in found.moves]
    assert numbers == sorted(numbers, reverse=True)


def test_examples_are_cases_that_move_so() -> None:
    cases = cases_of_chance(24, 2_000)
    new = Decider(CHANGES["resistance is not examined"])
    found = compare(decider(), new, recorded(cases, decider().rules.read))
    assert all(1 <= len(move.examples) <= 3 for move in found.moves)
    for move in found.moves:
        assert len(move.examples) == min(3, move.number)
        for one in move.examples:
            case = cases[one.number]
            assert route(decider().decide(case.facts, case.latched), one.person) == move.old
            assert route(new.decide(case.facts, case.latched), one.person) == move.new
            assert one.weight == sum(value != 0 for value in case.facts.values()) + len(case.latched)
    gained = found.starts.gained_by
    assert gained
    for one in gained:
        case = cases[one.number]
        assert not decider().decide(case.facts, case.latched).effective[one.person]
        assert new.decide(case.facts, case.latched).effective[one.person]


def test_examples_are_the_simplest_cases() -> None:
    start = ready(RESX_A=0)
    busy = start | dict.fromkeys(["LANGNEED_B", "POPSPEC_B"], Strength(2))
    cases = [Case(busy, frozenset())] * 5 + [Case(start, frozenset())] * 2
    new = Decider(CHANGES["resistance is not examined"])
    found = compare(decider(), new, recorded(cases, decider().rules.read))
    assert [one.number for one in found.starts.gained_by] == [5, 6, 0]


def compare_with(change: str, number: int = 2_000) -> Comparison:
    cases = cases_of_chance(24, number)
    return compare(decider(), Decider(CHANGES[change]), recorded(cases, decider().rules.read))


def test_how_cases_are_cut_into_chunks_changes_no_figure_and_no_example(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = compare_with("one support is enough")
    monkeypatch.setattr("triage.simulation.sources.CHUNK", 192)
    cut = compare_with("one support is enough")
    assert replace(cut, checked=whole.checked) == whole
    assert any(one.number >= 192 for move in cut.moves for one in move.examples)


def test_a_start_gained_is_told_with_the_law_it_breaks() -> None:
    found = compare_with("resistance is not examined")
    assert found.starts.gained > 0
    assert found.starts.lost == 0
    broken = {one.statement.name: one.gained for one in found.of(Kind.BROKEN) if one.gained}
    assert "INV-01" in broken


def test_both_versions_may_read_other_facts_of_a_case() -> None:
    known, unknown = ready(), ready() | {"SUFF": Strength(-1)}
    source = recorded([Case(known, frozenset())], decider().rules.read, [Case(unknown, frozenset())])
    found = compare(decider(), decider(), source)
    assert [(one.old, one.new, one.number) for one in found.results] == [("W_A", "W_INSUFF", 1)]
    assert (found.starts.gained, found.starts.lost) == (0, 1)


def test_no_case_at_all_is_compared_with_nothing() -> None:
    found = compare(decider(), decider(), recorded([], decider().rules.read))
    assert (found.cases, found.changed, found.checked) == (0, 0, 0)


def test_at_least_the_sample_is_decided_twice() -> None:
    cases = cases_of_chance(25, 500)
    source = recorded(cases, decider().rules.read)
    assert compare(decider(), decider(), source, sample=100).checked >= 100
    assert compare(decider(), decider(), source).checked == 500


def test_a_disagreement_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiled half is given another set of rules: the one way to make the halves disagree."""
    other = Decider(CHANGES["one threshold"])
    monkeypatch.setattr("triage.simulation.comparing.Scalar", lambda version, _: Scalar(version, other))
    with pytest.raises(Disagreement, match=r"Case case-\d+, (old|new) rules: columns alone say result W_"):
        compare_with("one threshold")


def test_one_statement_too_many_or_too_few_is_a_disagreement() -> None:
    scalar, case = Scalar("old", decider()), Case(ready(), frozenset())
    said = scalar.said(case)
    scalar.compare(case, "one", said)
    more, less = Statement(Kind.GATE, "O-EMERG"), Statement(Kind.START, person="A")
    with pytest.raises(Disagreement, match=r"columns alone say gate O-EMERG; .* alone says nothing"):
        scalar.compare(case, "one", said | {more})
    with pytest.raises(Disagreement, match=r"columns alone say nothing; .* alone says start A"):
        scalar.compare(case, "one", said - {less})


def test_rules_that_read_a_count_are_refused() -> None:
    rules = decider().rules
    counting = Decider(replace(rules, counts=frozenset({rules.read[0]})))
    with pytest.raises(Unsupported, match=rules.read[0]):
        Questions(counting, decider(), (), shared=True)
