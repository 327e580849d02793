"""What it would mean: everything that this room works out about one assessed pair, put together."""

from collections.abc import Mapping
from dataclasses import dataclass

from triage.assess.findings import because
from triage.flow.values import UNKNOWN, Strength
from triage.routing.assessment import PairAssessment
from triage.routing.decide import Decider
from triage.routing.reachable.asking import Ask, Asking
from triage.routing.reachable.possible import Prospects
from triage.routing.reachable.results import Decisive, Flip, Hinge, decisive, flips, hinges, reached, result_space
from triage.routing.reachable.routes import Prospect, prospects
from triage.routing.reachable.space import Known, counted_facts

NOT_ENOUGH = "W_INSUFF"


@dataclass(frozen=True, slots=True)
class Open:
    """A fact that could still change the result, and the questions that could tell; `to_ask` when it is not settled."""

    decisive: Decisive
    to_ask: bool
    questions: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Resting:
    """A fact that the result hinges on, and the ids of the answers behind it."""

    hinge: Hinge
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the facts of a pair mean so far.

    `results` and `prospects` can still be reached; `open` could still change the result, the most decisive first;
    `hinges` and `flips` are of the present result, and empty while too little is known for one.
    """

    result: str
    results: tuple[str, ...]
    prospects: tuple[Prospect, ...]
    open: tuple[Open, ...]
    hinges: tuple[Resting, ...]
    flips: tuple[Flip, ...]


def meaning_of(assessed: PairAssessment, decider: Decider) -> Meaning:
    """Work out what the facts of one assessed pair mean so far. Pure and exact (ADR 0040)."""
    known, prospects_of = known_of(assessed, decider), Prospects(assessed.findings.context.book.rulebook.findings)
    ahead = result_space(decider, known, prospects_of.may_become)
    result = assessed.decision.result
    settled = result != NOT_ENOUGH
    asking = Asking(assessed.findings)
    anything = result_space(decider, known, prospects_of.may_be) if settled else None
    return Meaning(
        result=result,
        results=reached(ahead),
        prospects=prospects(decider, known, prospects_of.may_become),
        open=tuple(_open(asking, prospects_of, one) for one in decisive(ahead)),
        hinges=tuple(_resting(assessed, one) for one in hinges(anything)) if anything else (),
        flips=flips(anything) if anything else (),
    )


def known_of(assessed: PairAssessment, decider: Decider) -> Known:
    """What is on file about a pair: a gate in force today is in force tomorrow (11.3)."""
    number, classes = assessed.findings.context.book.slots.number, assessed.findings.classes
    behind = {name: classes[number[name]] for name in counted_facts(decider) if name in number}
    facts: Mapping[str, Strength] = {name: assessed.facts.get(name, UNKNOWN) for name in decider.layout.facts}
    return Known(facts, assessed.latched | (frozenset(assessed.decision.case) & decider.rules.latching), behind)


def _open(asking: Asking, prospects_of: Prospects, one: Decisive) -> Open:
    return Open(one, prospects_of.is_open(one.fact, one.strength), asking.about(one.fact))


def _resting(assessed: PairAssessment, one: Hinge) -> Resting:
    number = assessed.findings.context.book.slots.number
    return Resting(one, because(assessed.findings, number[one.fact]) if one.fact in number else ())
