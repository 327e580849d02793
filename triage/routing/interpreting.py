"""Read the rules slowly and literally, one test at a time: the reference that the compiled decision must agree with.

It also knows everything that was worked out on the way, so that a fired rule can be explained from it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property

from triage.flow.conditions import ROLES_AB, Condition, Test, Truth, holds, substitute
from triage.flow.values import UNKNOWN, Strength, doubtful, indicated, not_known, possible, standing
from triage.routing.decision import PairDecision, PersonRoute
from triage.routing.instances import Instance, Instances

Classes = Mapping[str, frozenset[str] | None]

_HELD: Mapping[str, Callable[[Strength, int], bool]] = {
    "ind": indicated,
    "on": standing,
    "poss": lambda strength, _: possible(strength),
    "unk": lambda strength, _: not_known(strength),
    "doubt": lambda strength, _: doubtful(strength),
    "zero": lambda strength, _: strength == 0,
    "hinted": lambda strength, _: doubtful(strength) and strength != UNKNOWN,
}
_COMPARED: Mapping[str, Callable[[int, int], bool]] = {
    "=": int.__eq__, "!=": int.__ne__, ">=": int.__ge__, "<=": int.__le__, ">": int.__gt__, "<": int.__lt__,
}  # fmt: skip


def predicate_holds(name: str, level: str, strength: Strength) -> bool:
    """Say whether a predicate holds of one strength; the level is 2 unless another is given."""
    return _HELD[name](strength, int(level or 2))


class Reading:
    """One reading of the rules over one fact set; what is asked for is worked out when it is asked for."""

    def __init__(
        self,
        instances: Instances,
        facts: Mapping[str, Strength],
        latched: Collection[str] = (),
        classes: Classes | None = None,
    ) -> None:
        self.instances, self.rules = instances, instances.rules
        self.facts, self.classes = facts, classes or {}
        self.latched = frozenset(latched) & self.rules.latching
        self._defined: dict[str, bool] = {}
        self._definitions = dict(instances.definitions)
        self._fired: set[str] | None = None

    def holds(self, condition: Condition) -> bool:
        """Say whether a condition, with persons in place of roles, is known to hold."""
        return holds(condition, self.answer) is Truth.YES

    def answer(self, test: Test) -> Truth:
        """Say how one test comes out; only the comparison of an unknown value is neither yes nor no."""
        if test.function == "value":
            strength = self.strength(test.arguments[0])
            if strength < 0:
                return Truth.NOT_KNOWN
            return _truth(_COMPARED[test.operator](strength, int(test.values[0])))
        if test.function in _HELD:
            level = test.arguments[1] if len(test.arguments) > 1 else ""
            return _truth(predicate_holds(test.function, level, self.strength(test.arguments[0])))
        return _truth(_ANSWERS[test.function](self, test))

    def strength(self, name: str) -> Strength:
        """The strength of a finding; one that is not recorded is unknown."""
        return self.facts.get(name, UNKNOWN)

    def counted(self, test: Test) -> tuple[str, ...]:
        """The findings that a count counts: those of its lists and names of which the inner predicate holds."""
        names = [name for word in test.arguments for name in self.rules.lists.get(word, (word,))]
        predicate, _, level = test.inner.partition(" ")
        return tuple(name for name in names if predicate_holds(predicate, level, self.strength(name)))

    def defined(self, name: str) -> bool:
        """Say whether a definition holds."""
        if name not in self._defined:
            self._defined[name] = self.holds(self._definitions[name])
        return self._defined[name]

    def definition(self, name: str) -> Condition:
        """The condition of a definition."""
        return self._definitions[name]

    @cached_property
    def result(self) -> Instance:
        """The first result that applies."""
        return next(one for one in self.instances.results if self.holds(one.when))

    @property
    def gates(self) -> frozenset[str]:
        """The gates that hold: latched ones whatever else is true, the others in order."""
        return frozenset(self._gates())

    def gate_holds(self, name: str) -> bool:
        """Say whether a gate holds; while the gates are worked out, those above are known."""
        return name in self._gates()

    def _gates(self) -> set[str]:
        if self._fired is None:
            self._fired = set(self.latched)
            for one in self.instances.gates:
                if self.holds(one.when):
                    self._fired |= set(one.gives)
        return self._fired

    @cached_property
    def collected(self) -> Mapping[str, tuple[Instance, ...]]:
        """The holds that stand for each person (11.4 step 9)."""
        return {person: self._all_that_hold(group) for person, group in self.instances.holds.items()}

    @cached_property
    def steps(self) -> Mapping[str, Instance]:
        """The first step that applies to each person (11.4)."""
        return {
            person: next(one for one in group if self.holds(one.when)) for person, group in self.instances.steps.items()
        }

    @cached_property
    def routes(self) -> Mapping[str, frozenset[str]]:
        """The outcomes of each person's route, holds included."""
        return {person: frozenset(self._outcomes(person, step)) for person, step in self.steps.items()}

    def _outcomes(self, person: str, step: Instance) -> Iterable[str]:
        yield from step.gives
        if step.rule.with_holds:
            yield from (outcome for hold in self.collected[person] for outcome in hold.gives)

    @cached_property
    def adapted(self) -> Mapping[str, tuple[Instance, ...]]:
        """The adaptations of each person."""
        return {person: self._all_that_hold(group) for person, group in self.instances.adaptations.items()}

    @cached_property
    def unmet(self) -> Mapping[str, tuple[Instance, ...]]:
        """The conditions of a start that are not met, for each person (11.5)."""
        return {
            person: tuple(one for one in group if not self.holds(one.when))
            for person, group in self.instances.effective.items()
        }

    @cached_property
    def alerts(self) -> frozenset[str]:
        """The alerts that fire (11.6)."""
        alerts = [alert for alert in self.rules.alerts if alert.when is not None]
        return frozenset(alert.id for alert in alerts if alert.when and self._pair_holds(alert.when))

    @cached_property
    def raised(self) -> frozenset[str]:
        """The alerts that interrupt."""
        known = {alert.id: alert.raised for alert in self.rules.alerts}
        return frozenset(name for name in self.alerts if self._pair_holds(known[name]))

    def _pair_holds(self, condition: Condition) -> bool:
        return self.holds(substitute(condition, ROLES_AB))

    def _all_that_hold(self, group: Iterable[Instance]) -> tuple[Instance, ...]:
        return tuple(one for one in group if self.holds(one.when))

    def decision(self) -> PairDecision:
        """Decide the pair."""
        return PairDecision(
            result=self.result.gives[0],
            rule=self.result.rule.id,
            routes={person: self._route(person, step) for person, step in self.steps.items()},
            case=tuple(sorted(self.gates)),
            alerts=tuple(sorted(self.alerts)),
            raised=tuple(sorted(self.raised)),
        )

    def _route(self, person: str, step: Instance) -> PersonRoute:
        outcomes = self.routes[person]
        return PersonRoute(
            person=person,
            rule=step.rule.id,
            step=step.rule.step,
            outcomes=tuple(sorted(outcomes)),
            holds=tuple(sorted(outcomes & self.rules.holding)),
            adaptations=tuple(sorted({outcome for one in self.adapted[person] for outcome in one.gives})),
            unmet=tuple(one.rule.id for one in self.unmet[person]),
        )

    def law_holds(self, law: Condition) -> bool:
        """Say whether a law of `invariants.yml` holds of this decision."""
        return self._pair_holds(law)


def distinct(names: Collection[str], classes: Classes) -> int:
    """Count findings; but all that rest on one and the same source class are one (11.1 step 3)."""
    behind = [classes.get(name) for name in names]
    known = [found for found in behind if found]
    if len(names) < 2 or len(known) < len(names):
        return len(names)
    return 1 if len(frozenset[str]().union(*known)) == 1 else len(names)


def _truth(value: bool) -> Truth:
    return Truth.YES if value else Truth.NO


def _compare(number: int, test: Test) -> bool:
    return _COMPARED[test.operator](number, int(test.values[0]))


_ANSWERS: Mapping[str, Callable[[Reading, Test], bool]] = {
    "name": lambda reading, test: reading.defined(test.arguments[0]),
    "count": lambda reading, test: _compare(len(reading.counted(test)), test),
    "distinct": lambda reading, test: _compare(distinct(reading.counted(test), reading.classes), test),
    "latched": lambda reading, test: test.arguments[0] in reading.latched,
    "result": lambda reading, test: reading.result.gives[0] == test.arguments[0],
    "gate": lambda reading, test: reading.gate_holds(test.arguments[0]),
    "collected": lambda reading, test: bool(reading.collected[test.arguments[0]]),
    "routed": lambda reading, test: not reading.routes[test.arguments[0]].isdisjoint(test.arguments[1:]),
    "focused": lambda reading, test: not reading.routes[test.arguments[0]].isdisjoint(reading.rules.focused),
    "held": lambda reading, test: not reading.routes[test.arguments[0]].isdisjoint(reading.rules.holding),
    "supported": lambda reading, test: not reading.routes[test.arguments[0]].isdisjoint(reading.rules.supporting),
    "stopped": lambda reading, test: reading.steps[test.arguments[0]].rule.step == int(test.arguments[1]),
    "adapted": lambda reading, test: any(
        not set(one.gives).isdisjoint(test.arguments[1:]) for one in reading.adapted[test.arguments[0]]
    ),
    "effective": lambda reading, test: not reading.unmet[test.arguments[0]],
    "alert": lambda reading, test: test.arguments[0] in reading.alerts,
    "raised": lambda reading, test: test.arguments[0] in reading.raised,
}
"""How each test that is not about one finding is answered."""
