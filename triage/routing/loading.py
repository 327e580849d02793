"""Load a directory of flows and rules into what an assessment needs: compiled findings and the compiled decision."""

from dataclasses import dataclass
from pathlib import Path

from triage.assess.compiled.compiling import CompiledRulebook, circles, compile_rulebook
from triage.assess.measuring.measures import PLACES
from triage.assess.worth.accounts import COMPETENCE
from triage.flow.model import Rulebook
from triage.flow.problems import Problem
from triage.flow.reading import Vocabulary, read_rulebook
from triage.routing.decide import Decider
from triage.routing.reading import read_rules
from triage.routing.rules import DecisionRules

WORDS = Vocabulary(PLACES, frozenset(COMPETENCE))
"""The names that the program gives to the conditions of flows and findings."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Flows, findings and decision of one directory, checked and compiled once."""

    book: CompiledRulebook
    decider: Decider


def load(directory: Path) -> Loaded | tuple[Problem, ...]:
    """Read and compile a directory; with any problem, all of them are given back and nothing is served."""
    rulebook, rules = read_rulebook(directory, WORDS), read_rules(directory)
    if isinstance(rulebook, Rulebook) and isinstance(rules, DecisionRules):
        return circles(rulebook) or _compiled(rulebook, rules)
    problems = [problem for one in (rulebook, rules) if isinstance(one, tuple) for problem in one]
    return tuple(dict.fromkeys(problems))


def _compiled(rulebook: Rulebook, rules: DecisionRules) -> Loaded:
    book = compile_rulebook(rulebook)
    book.written.ready()
    return Loaded(book, Decider(rules))
