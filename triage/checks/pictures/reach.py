"""What can matter: everything from which an outcome, result or finding can be reached, found backwards from it.

Reachability is over names, not over values: what is listed may matter in some case, what is not listed never does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from triage.checks.names_read import ACT, FINDING, QUESTION, names_read
from triage.checks.pictures.of_rules import defined_as
from triage.checks.pictures.rule_sets import (
    ADAPTATIONS,
    DETERMINATION,
    HOLDS,
    ORDERED,
    ROUTES,
    Decision,
    RuleShown,
)
from triage.flow.conditions import ROLES_AB, Condition, Test, tests, with_roles
from triage.flow.model import Rulebook
from triage.flow.vocabulary import FUNCTIONS, split_role

RULE, DEFINITION, OUTCOME, SET = "rule", "definition", "outcome", "set"
_SETS_READ: Mapping[str, str] = {
    "result": DETERMINATION, "signed": DETERMINATION, "collected": HOLDS, "routed": ROUTES, "focused": ROUTES,
    "held": ROUTES, "stopped": ROUTES, "supported": ROUTES, "adapted": ADAPTATIONS,
}  # fmt: skip
_OUTCOMES_READ = frozenset({"gate", "latched"})


class Thing(NamedTuple):
    """Something that can matter: its kind (`finding`, `rule`, ...) and its id."""

    kind: str
    id: str


class Reach:
    """Reads of the rulebook and of the decision, asked backwards."""

    def __init__(self, book: Rulebook, decision: Decision) -> None:
        self.book, self.decision = book, decision
        self.rules = {rule.id: (group, rule) for group, rules in decision.sets.items() for rule in rules}
        self._behind: Mapping[str, Callable[[str], Iterable[Thing]]] = {
            FINDING: self._of_finding,
            QUESTION: self._of_question,
            DEFINITION: lambda name: self.read_by(decision.definitions[name]),
            RULE: self._of_rule,
            SET: lambda name: (Thing(RULE, rule.id) for rule in decision.sets.get(name, ())),
            OUTCOME: self._of_outcome,
            ACT: lambda _: (),
        }

    def backwards(self, start: Thing) -> frozenset[Thing]:
        """Give everything that can matter for a thing, itself left out."""
        found: set[Thing] = set()
        waiting = [start]
        while waiting:
            thing = waiting.pop()
            new = {one for one in self.behind(thing) if one not in found}
            found |= new
            waiting += new
        return frozenset(found - {start})

    def behind(self, thing: Thing) -> Iterable[Thing]:
        """Give what a thing depends on at once."""
        return self._behind[thing.kind](thing.id)

    def read_by(self, condition: Condition | None) -> Iterator[Thing]:
        """Give what a condition reads, of the flows and of the decision."""
        for test in tests(condition) if condition is not None else ():
            yield from self._of_test(test)

    def earlier(self, group: str, rule: RuleShown) -> tuple[RuleShown, ...]:
        """Give the rules that are tried before a rule, in a set whose first decides."""
        rules = self.decision.sets[group]
        return rules[: rules.index(rule)] if group in ORDERED else ()

    def _of_test(self, test: Test) -> Iterator[Thing]:
        if test.function == "name":
            yield Thing(DEFINITION, defined_as(test.arguments[0], self.decision))
        elif test.function in _OUTCOMES_READ:
            yield from (Thing(OUTCOME, name) for name in test.arguments)
        elif test.function in _SETS_READ:
            yield Thing(SET, _SETS_READ[test.function])
        elif test.function in FUNCTIONS and test.function != "count":
            yield from (Thing(kind, name) for kind, name in names_read(test, self.book) if kind != "measure")
        else:
            yield from self._findings_named(test)

    def _findings_named(self, test: Test) -> Iterator[Thing]:
        """The findings or questions that a test counts; lists are opened, whichever direction is asked for."""
        for word in test.arguments:
            for name in self.decision.lists.get(with_roles(word, ROLES_AB)) or (word,):
                for kind, known in ((FINDING, self.book.findings), (QUESTION, self.book.questions)):
                    if (found := split_role(name, known)[0]) in known:
                        yield Thing(kind, found)

    def _of_finding(self, name: str) -> Iterator[Thing]:
        for question in self.book.questions.values():
            if any(one.finding == name for one in question.evidence):
                yield Thing(QUESTION, question.id)
        for condition in self.book.findings[name].conditions:
            yield from self.read_by(condition)

    def _of_question(self, name: str) -> Iterator[Thing]:
        yield from self.read_by(self.book.questions[name].when)

    def _of_rule(self, name: str) -> Iterator[Thing]:
        group, rule = self.rules[name]
        if group == HOLDS:  # a hold stands beside a route, so which route it is decides whether it stands
            yield Thing(SET, ROUTES)
        yield from self.read_by(rule.when)
        yield from self.read_by(rule.raised)
        yield from (Thing(RULE, one.id) for one in self.earlier(group, rule))

    def _of_outcome(self, name: str) -> Iterator[Thing]:
        yield from (Thing(RULE, rule.id) for _, rule in self.decision.giving(name))
        for flow in self.book.flows.values():
            for edge in flow.edges:
                if edge.to == name:
                    yield Thing(QUESTION, edge.source)
                    yield from self.read_by(edge.when)
            yield from (Thing(FINDING, gate.finding) for gate in flow.gates if gate.otherwise == name)
