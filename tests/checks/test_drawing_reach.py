"""What can matter: the slice leaves nothing out that any rule reads, and counts nothing that no rule reads."""

from random import Random

from tests.checks.drawings import album
from tests.routing.chance import fact_sets
from tests.routing.decisions import Facts
from tests.vignettes.told import shipped
from triage.checks.names_read import FINDING, QUESTION
from triage.checks.pictures.model import NodeKind
from triage.checks.pictures.reach import OUTCOME, RULE, Thing
from triage.flow.values import Strength
from triage.flow.vocabulary import split_role


def reached(name: str, kind: str) -> set[str]:
    return {thing.id for thing in album().reach.backwards(Thing(OUTCOME, name)) if thing.kind == kind}


def findings_of_rules() -> set[str]:
    """The findings that the rules of the decision read themselves, as the decision knows them."""
    book = album().book
    return {split_role(name, book.findings)[0] for name in shipped().decider.rules.read}


def test_the_rules_reach_every_finding_that_the_decision_reads() -> None:
    reach, decision = album().reach, album().decision
    every = [rule.when for group in decision.sets.values() for rule in group] + list(decision.definitions.values())
    every += [rule.raised for rule in decision.sets["alerts"]]
    read = {thing.id for condition in every for thing in reach.read_by(condition) if thing.kind == FINDING}
    assert findings_of_rules() - read == set()


def test_a_group_depends_on_the_result_the_holds_and_every_earlier_step() -> None:
    assert {"CTRL", "FEAR", "SUFF", "RESX", "ISS_OK", "GRPFIT", "POPSPEC"} <= reached("O-BC-GRP", FINDING)
    assert {"WD-01", "WD-02", "RD-07", "EQ-01", "RI-13"} <= reached("O-BC-GRP", QUESTION)
    assert {"route-17-group", "route-1-child", "result-4-primary", "hold-support"} <= reached("O-BC-GRP", RULE)
    assert "adapt-language" not in reached("O-BC-GRP", RULE)
    assert "JW_OK" not in reached("O-BC-GRP", FINDING)


def test_what_is_not_reached_changes_nothing() -> None:
    """Whatever lies outside the slice of a route or gate may take any value: the outcome stays as it was."""
    chance, names = Random(11), sorted(shipped().decider.rules.read)
    for outcome in ("O-COMM-HOLD", "O-MULTIMAP", "O-CHILD", "O-JOINT-GATE", "O-BC-GRP", "O-VS-RES", "O-IMAC"):
        inside = reached(outcome, FINDING)
        outside = [name for name in names if split_role(name, album().book.findings)[0] not in inside]
        assert outside
        for facts, latched in fact_sets(29, 300):
            other = facts | {name: Strength(chance.choice((-1, 0, 2, 4))) for name in outside}
            assert given(facts, latched, outcome) == given(other, latched, outcome), outcome


def given(facts: Facts, latched: frozenset[str], outcome: str) -> tuple[bool, bool, bool]:
    decided = shipped().decider.decide(facts, latched)
    return outcome in decided.A, outcome in decided.B, outcome in decided.case


def test_an_outcome_that_nothing_gives_is_drawn_alone_and_says_so() -> None:
    picture = album().slice("O-HELP")
    assert [node.id for node in picture.nodes] == ["O-HELP"]
    assert "people offer it" in picture.nodes[0].note


def test_a_slice_draws_the_questions_from_which_a_flow_leads_there() -> None:
    picture = album().slice("O-MULTIMAP")
    questions = {node.id for node in picture.nodes if node.kind is NodeKind.QUESTION}
    assert "WD-11" in questions
    assert ("WD-11", "O-MULTIMAP") in {(link.source, link.target) for link in picture.links}


def test_a_finding_says_who_reads_it() -> None:
    last = album().slice("RESX").nodes[-1]
    told = [line for one in last.details for line in one.parts]
    assert any("route-8" in line.text for line in told)
