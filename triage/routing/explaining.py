"""Say why: for every rule that fired, the findings that made it fire, read off the rule's own condition.

A second compiled function gives them, written from the same conditions as the decision itself. Nothing is explained by
a second set of rules, so an explanation cannot contradict the decision (clause 1.5).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from triage.flow.conditions import ROLES_AB, Always, And, Condition, Not, Or, Test, source, substitute
from triage.flow.values import Strength
from triage.routing.compiling import Bare, Layout, compile_function, definition_lines
from triage.routing.decision import Reason
from triage.routing.instances import Instance
from triage.routing.rules import PERSONS, Rule
from triage.routing.spelling import Speller
from triage.routing.vocabulary import PREDICATES

EFFECTIVE = "start-effective"
"""The id of the reason that a route is effective; each condition that is not met has the id of its rule."""

_INDENT = "\n "


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of a reason that is the same for every pair."""

    rule: str
    subject: str
    gives: tuple[str, ...]
    clauses: tuple[str, ...]


class Explainer:
    """Gives the reasons of decisions: result, gates; for each person route, holds, adaptations, start; alerts."""

    def __init__(self, layout: Layout) -> None:
        writer = _Writer(layout)
        self._layout = layout
        self._why: Callable[..., list[tuple[int, tuple[str, ...], tuple[str, ...]]]] = compile_function(
            writer.source(), "why"
        )
        self._frames = writer.frames

    def explain(
        self, strengths: Sequence[Strength], latched: int, classes: Sequence[frozenset[str] | None] | None, bare: Bare
    ) -> tuple[Reason, ...]:
        """Give the reasons of one decision; `bare` is what the compiled decision gave for the same strengths."""
        facts = dict(zip(self._layout.facts, strengths, strict=True))
        reasons = []
        for number, names, notes in self._why(strengths, latched, classes, bare):
            frame = self._frames[number]
            read = tuple((name, facts[name]) for name in dict.fromkeys(names))
            reasons.append(Reason(frame.rule, frame.subject, frame.gives, frame.clauses, read, notes))
        return tuple(reasons)


class _Writer:
    """Writes the source of the explaining function, and numbers the frames of its reasons."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.instances, self.speller = layout, layout.instances, Speller(layout.instances, layout)
        self.frames: list[_Frame] = []

    def source(self) -> str:
        of_persons = ", ".join(f"step_{p}, route_{p}, adapted_{p}, unmet_{p}" for p in PERSONS)
        results = tuple(self.layout.results.index(one.gives[0]) for one in self.instances.results)
        lines = [
            f"def why(strengths, latched, classes, bare):{_INDENT}{', '.join(self.layout.facts)} = strengths",
            f"result_rule, gates, {of_persons}, alerts, raised = bare",
            f"result = {results!r}[result_rule]",
            *(f"holds_{p} = route_{p} & {self.layout.outcome_bits(self.instances.rules.holding)}" for p in PERSONS),
            *definition_lines(self.instances, self.speller, dict(self.instances.definitions)),
            *self.definitions(),
            "found = []",
            *self.result(),
            *self.gates(),
            *(line for person in PERSONS for line in self.person(person)),
            *self.alerts(),
            "return found",
        ]
        return _INDENT.join(lines) + "\n"

    def definitions(self) -> Iterator[str]:
        """Write, for each definition, the findings by which it holds and those by which it does not."""
        for name, condition in self.instances.definitions:
            yield f"def yes_{name}(): return {self.witness(condition, wanted=True)}"
            yield f"def no_{name}(): return {self.witness(condition, wanted=False)}"

    def add(self, frame: _Frame, names: str, notes: str = "()") -> str:
        """Write that a reason is given; its frame is kept under a number."""
        self.frames.append(frame)
        return f"found.append(({len(self.frames) - 1}, {names}, {notes}))"

    def result(self) -> Iterator[str]:
        directed = [one for one in self.instances.results if one.person]
        for number, one in enumerate(self.instances.results):
            names, notes = self.witness(one.when, wanted=True), "()"
            if isinstance(one.when, Always):
                names = _joined(self.witness(other.when, wanted=False) for other in directed)
                notes = _joined(text for other in directed for text in self.failing(other.when))
            yield f"if result_rule == {number}: {self.add(_frame(one), names, notes)}"

    def gates(self) -> Iterator[str]:
        for number, one in enumerate(self.instances.gates):
            names = f"({self.witness(one.when, wanted=True)} if {self.holds(one.when)} else ())"
            notes = f"(('latched',) if latched & {1 << number} else ())"
            yield f"if gates & {1 << number}: {self.add(_frame(one), names, notes)}"

    def person(self, person: str) -> Iterator[str]:
        steps = self.instances.steps[person]
        for number, one in enumerate(steps):
            yield f"if step_{person} == {number}: {self.add(_frame(one), self.witness(one.when, wanted=True))}"
        standing = [number for number, one in enumerate(steps) if one.rule.with_holds]
        for one in self.instances.holds[person]:
            adding = self.add(_frame(one), self.witness(one.when, wanted=True))
            yield f"if step_{person} in {(*standing, -1)} and {self.holds(one.when)}: {adding}"
        for number, one in enumerate(self.instances.adaptations[person]):
            yield f"if adapted_{person} & {1 << number}: {self.add(_frame(one), self.witness(one.when, wanted=True))}"
        yield f"if route_{person} & {self.layout.outcome_bits(self.instances.rules.focused)}:"
        for number, one in enumerate(self.instances.effective[person]):
            adding = self.add(_frame(one), self.witness(one.when, wanted=False), "('not met',)")
            yield f" if unmet_{person} & {1 << number}: {adding}"
        effective = _Frame(EFFECTIVE, person, (), _all_clauses(self.instances.rules.effective))
        yield f" if not unmet_{person}: {self.add(effective, '()')}"

    def alerts(self) -> Iterator[str]:
        for number, alert in enumerate(self.layout.alerts):
            names = self.witness(substitute(alert.when or alert.raised, ROLES_AB), wanted=True)
            yield f"if alerts & {1 << number}: {self.add(_Frame(alert.id, '', (), alert.clauses), names)}"

    def holds(self, condition: Condition) -> str:
        return source(condition, self.speller.spell)

    def witness(self, condition: Condition, wanted: bool) -> str:
        """Write, as a tuple of names, the findings by which a condition holds, or by which it does not."""
        match condition:
            case Test():
                return self.witness_of_test(condition, wanted)
            case Not(part):
                return self.witness(part, not wanted)
            case And(parts) | Or(parts) if isinstance(condition, And) is wanted:
                return _joined(self.witness(part, wanted) for part in parts)
            case And(parts) | Or(parts):
                return _joined(self.if_so(part, wanted) for part in parts)
        return "()"

    def if_so(self, part: Condition, wanted: bool) -> str:
        names = self.witness(part, wanted)
        if names == "()":
            return names
        return f"({names} if {self.holds(part) if wanted else f'not ({self.holds(part)})'} else ())"

    def witness_of_test(self, test: Test, wanted: bool) -> str:
        if test.function in PREDICATES or test.function == "value":
            return f"({test.arguments[0]!r},)"
        if test.function == "name":
            return f"{'yes' if wanted else 'no'}_{test.arguments[0]}()"
        if test.function in {"count", "distinct"}:
            counted = self.speller.counted(test)
            some = _joined(f"(({name!r},) if {text} else ())" for name, text in counted)
            return f"({some} or {tuple(name for name, _ in counted)!r})"
        return "()"

    def failing(self, condition: Condition) -> Iterator[str]:
        """Write the names of the definitions on which a result failed: that do not hold, or should not have held."""
        definitions = dict(self.instances.definitions)
        match condition:
            case And(parts):
                for part in parts:
                    yield from self.failing(part)
            case Test("name", (name, *_)) if _of_names_alone(definitions[name]):
                yield from self.failing(definitions[name])
            case Test("name", (name, *_)):
                yield f"(() if is_{name} else ({f'not {name}'!r},))"
            case Not(Test("name", (name, *_))):
                yield f"(({name!r},) if is_{name} else ())"


def _of_names_alone(condition: Condition) -> bool:
    """Whether a definition only joins other definitions, so that these tell more than itself."""
    parts = condition.parts if isinstance(condition, And) else ()
    plain = [part.part if isinstance(part, Not) else part for part in parts]
    return bool(plain) and all(isinstance(part, Test) and part.function == "name" for part in plain)


def _frame(one: Instance) -> _Frame:
    return _Frame(one.rule.id, one.person, one.gives, one.rule.clauses)


def _joined(tuples: Iterable[str]) -> str:
    written = [text for text in tuples if text != "()"]
    return written[0] if len(written) == 1 else f"({''.join(f'*{text}, ' for text in written)})" if written else "()"


def _all_clauses(rules: Iterable[Rule]) -> tuple[str, ...]:
    """All clauses of some rules; those of standard 1 last."""
    every = {clause for rule in rules for clause in rule.clauses}
    return tuple(sorted(every, key=lambda clause: (clause.startswith("1."), clause)))
