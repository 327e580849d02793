"""The rules in the words of other engines are the rules that are shipped: every engine decides as ours does."""

from random import Random

import pytest
from _rivals import PYTHON, rivals, writer
from _shared_rules import (
    LOWERED,
    PREDICATES,
    Compared,
    Counted,
    Every,
    Fixed,
    Flag,
    OneOf,
    SharedRules,
    Some,
    opposite,
    read_by,
)

from tests.routing.chance import fact_sets
from tests.routing.decisions import decider, strengths
from triage.flow.conditions import parse
from triage.flow.values import Strength
from triage.routing.interpreting import predicate_holds
from triage.routing.vocabulary import FUNCTIONS, Stage

RULES = SharedRules(decider().layout)
SETS = list(fact_sets(41, 200))
NAMES = ("one", "two", "three")
STRENGTHS = range(-5, 5)
WRITE = writer(PYTHON)


@pytest.mark.parametrize("rival", rivals(RULES), ids=lambda one: one.name)
def test_every_engine_decides_as_ours_does(rival):
    for facts, latched in SETS:
        expected = decider().bare(strengths(facts), decider().layout.gate_bits(latched), None)
        assert RULES.bare(rival.decide(rival.prepare(RULES.given(facts, latched)))) == expected


def test_every_test_of_the_rules_before_the_laws_is_put_in_other_words():
    assert LOWERED.keys() | {"value"} == {name for name, word in FUNCTIONS.items() if word.since < Stage.LAW}


def test_a_line_reads_facts_and_the_lines_above_it_alone():
    known = set(RULES.given(*SETS[0]))
    for line in RULES.lines:
        read = {name for logic in getattr(line, "rows", None) or (line.logic,) for name in read_by(logic)}
        assert read <= known, line.name
        known.add(line.name)


def test_the_opposite_holds_exactly_when_the_logic_does_not():
    chance, found = Random(7), set()
    for _ in range(400):
        logic = _by_chance(chance, 3)
        values = {name: chance.randint(-2, 3) for name in NAMES}
        held, not_held = (_holds(one, values) for one in (logic, opposite(logic)))
        assert held is not not_held, (logic, values)
        found.add(held)
    assert found == {True, False}


@pytest.mark.parametrize("name", PREDICATES)
def test_a_predicate_says_of_every_strength_what_the_rules_say(name):
    for strength in STRENGTHS:
        for level in range(1, 5):
            held = predicate_holds(name, str(level), Strength(strength))
            assert _holds(PREDICATES[name]("one", level), {"one": strength}) is held


def test_a_comparison_of_an_unknown_strength_neither_holds_nor_fails_to():
    below = parse("READY_A < 2")
    for strength in STRENGTHS:
        values = {"READY_A": strength}
        yes, no = (_holds(RULES.lowered(below, wanted), values) for wanted in (True, False))
        assert (yes, no) == (0 <= strength < 2, strength >= 2)


def _holds(logic, values):
    return bool(eval(WRITE(logic), {}, values))  # noqa: S307 - written above


def _by_chance(chance, depth):
    parts = tuple(_by_chance(chance, depth - 1) for _ in range(chance.randint(1, 3))) if depth else ()
    name, number, wanted = chance.choice(NAMES), chance.randint(-2, 3), chance.random() < 0.5
    operator = chance.choice(("==", "!=", ">=", "<=", ">", "<"))
    simple = (Fixed(wanted), Flag(name, wanted), Compared(name, operator, number), OneOf(name, (number, 0), wanted))
    joined = (Every(parts), Some(parts), Counted(parts, operator, number))
    return chance.choice(joined if depth else simple)
