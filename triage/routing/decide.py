"""Decide one pair: from strengths, gates in force and source classes to result, routes, gates, alerts and reasons.

Source: domain page 11, read from `flows/` and compiled once. Pure: the same facts give the same decision.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial

from triage.flow.values import UNKNOWN, Strength
from triage.routing.compiling import FACTS_OF_CONCERN, Bare, Layout, compile_decision
from triage.routing.decision import PairDecision, PersonRoute, Reason
from triage.routing.explaining import Explainer
from triage.routing.instances import Instances
from triage.routing.rules import DecisionRules, Rule

__all__ = ["Decider", "PairDecision", "PersonRoute", "Reason", "decide"]

Classes = Mapping[str, frozenset[str] | None]


class Decider:
    """The compiled decision of one set of rules."""

    def __init__(self, rules: DecisionRules) -> None:
        self.rules = rules
        self.instances = Instances(rules)
        self.layout = Layout(self.instances)
        self.bare = compile_decision(self.layout)
        self._explainer = Explainer(self.layout)
        self._gate_bits = lru_cache(maxsize=4096)(self.layout.gate_bits)
        self._outcome_names = lru_cache(maxsize=4096)(partial(_names, self.layout.outcomes))
        self._gate_names = lru_cache(maxsize=4096)(partial(_names, self.layout.gates))
        self._routes = lru_cache(maxsize=4096)(self._route)
        self._alert_names = lru_cache(maxsize=4096)(partial(_names, [alert.id for alert in self.layout.alerts]))

    @cached_property
    def markers(self) -> frozenset[str]:
        """The high-risk markers of 11.2, named as in a fact set."""
        lists = self.rules.lists
        directed = (*lists["directed_markers_AB"], *lists["directed_markers_BA"])
        return frozenset((*directed, *lists["markers_of_the_pair"], "SUIC_A", "SUIC_B"))

    def decide(
        self, facts: Mapping[str, Strength], latched: Collection[str] = (), classes: Classes | None = None
    ) -> PairDecision:
        """Decide a pair from facts named as in a fact set (`CTRL_AB`); what is missing is unknown.

        `classes` are the source classes that each finding rests on; without them every finding counts as its own.
        """
        strengths = [facts.get(name, UNKNOWN) for name in self.layout.facts]
        behind = None if classes is None else [classes.get(name) for name in self.layout.facts]
        return self.decide_in_order(strengths, latched, behind)

    def decide_in_order(
        self,
        strengths: list[Strength],
        latched: Collection[str],
        classes: Sequence[frozenset[str] | None] | None,
        concerning: Callable[[str], Sequence[Strength]] | None = None,
    ) -> PairDecision:
        """Decide a pair from strengths, and classes, given in the order of `layout.facts`.

        `concerning` gives the facts of concern by the result, once that is known; they are put among the strengths, so
        that the reasons read what the decision read.
        """
        gates = self._gate_bits(frozenset(latched))
        told = partial(self._told, strengths, concerning) if concerning is not None else None
        bare = self.bare(strengths, gates, classes, told)
        return self._in_names(bare, partial(self._explainer.explain, strengths, gates, classes, bare))

    def _told(
        self, strengths: list[Strength], concerning: Callable[[str], Sequence[Strength]], rule: int
    ) -> Sequence[Strength]:
        found = concerning(self.instances.results[rule].gives[0])
        for place, strength in zip(self._of_concern, found, strict=True):
            if place is not None:
                strengths[place] = strength
        return found

    @cached_property
    def _of_concern(self) -> tuple[int | None, ...]:
        """The places of the facts of concern in the order of the decision; none for one that no rule reads."""
        places = {name: place for place, name in enumerate(self.layout.facts)}
        return tuple(places.get(name) for name in FACTS_OF_CONCERN)

    def _in_names(self, bare: Bare, why: "partial[tuple[Reason, ...]]") -> PairDecision:
        number, gates, *of_persons, alerts, raised = bare
        result = self.instances.results[number]
        return PairDecision(
            result=result.gives[0],
            rule=result.rule.id,
            routes={"A": self._routes("A", *of_persons[:4]), "B": self._routes("B", *of_persons[4:])},
            case=self._gate_names(gates),
            alerts=self._alert_names(alerts),
            raised=self._alert_names(raised),
            why=why,
        )

    def _route(self, person: str, step: int, outcomes: int, adapted: int, unmet: int) -> PersonRoute:
        rule = self.rules.steps[step]
        return PersonRoute(
            person=person,
            rule=rule.id,
            step=rule.step,
            outcomes=self._outcome_names(outcomes),
            holds=self._outcome_names(outcomes & self._holding),
            adaptations=tuple(sorted({name for one in _fired(self.rules.adaptations, adapted) for name in one.gives})),
            unmet=tuple(one.id for one in _fired(self.rules.effective, unmet)),
        )

    @cached_property
    def _holding(self) -> int:
        return self.layout.outcome_bits(self.rules.holding)

    def written(self, decision: PairDecision, persons: Mapping[str, object]) -> dict[str, object]:
        """Write a decision in the fixed format of design section 4; `persons` are the ids behind A and B."""
        return {
            "persons": dict(persons),
            "result": decision.result,
            "A": list(decision.A),
            "B": list(decision.B),
            "case": list(decision.case),
            "alerts": list(decision.alerts),
            "effective": decision.effective,
            "adaptations": {person: list(names) for person, names in decision.adaptations.items()},
            "reasons": list(decision.reasons),
        }


@lru_cache(maxsize=4)
def _decider(rules: DecisionRules) -> Decider:
    return Decider(rules)


def decide(
    facts: Mapping[str, Strength],
    latched: Collection[str],
    rules: DecisionRules,
    classes: Classes | None = None,
) -> PairDecision:
    """Decide a pair by some rules, which are compiled the first time they are used."""
    return _decider(rules).decide(facts, latched, classes)


def _names(names: Sequence[str], bits: int) -> tuple[str, ...]:
    return tuple(sorted(name for number, name in enumerate(names) if bits >> number & 1))


def _fired(rules: Iterable[Rule], bits: int) -> list[Rule]:
    return [rule for number, rule in enumerate(rules) if bits >> number & 1]
