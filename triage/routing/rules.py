"""The rules of a decision as frozen values: definitions, ordered rules, outcomes, alerts, clauses, and all laws.

Source: domain pages 11 (the order), 04 (outcomes), 05 (invariants, alerts) and 02 (clauses). The rules themselves are
data in `flows/`; nothing here knows what they say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from triage.flow.conditions import Always, Condition
from triage.routing.laws import Invariant, Relation

PERSONS = ("A", "B")


@dataclass(frozen=True, slots=True)
class Definition:
    """A named condition; a name ending in `_xy` or `_x` is read for both directions, or both persons.

    `line`, here and below, is where it stands in its file.
    """

    id: str
    when: Condition
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it gives when its condition holds, and its clauses, the last of standard 1.

    `step` is the step of page 11.4 (0 elsewhere); `with_holds`: the collected holds stand beside what it gives;
    `latches`: what it gives stays in force once it has fired. The words of a rule are the text `rule.<id>`.
    """

    id: str
    when: Condition
    gives: tuple[str, ...]
    clauses: tuple[str, ...]
    step: int = 0
    with_holds: bool = False
    latches: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert: when it fires (None: clock, staff or places raise it), who answers by when, who may see it how."""

    id: str
    when: Condition | None
    raised: Condition
    raised_from: str
    owner: tuple[str, ...]
    deadline: str
    tier: str
    visible: Mapping[str, str]
    clauses: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """What is to be done next: its text `outcome.<id>.action.<n>`, who does it, and by when."""

    text: str
    owner: str
    deadline: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may be proposed to a person or for a case; `perpetrator_focused` starts nothing unless effective."""

    id: str
    audience: str
    clauses: tuple[str, ...]
    perpetrator_focused: bool = False
    hold: bool = False
    gate: bool = False
    support: bool = False
    offered: bool = False
    dose: bool = False
    never_with: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the standard, and where the program keeps it; its words are the text `clause.<id>`."""

    id: str
    kept_by: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, eq=False)
class DecisionRules:
    """Everything page 11 says, read and checked; each tuple is in the order in which it is tried.

    Two readings of one folder are two things: rules are compared by identity, so that they can be a key.
    `facts` are all names a fact set may use; `read` are those that some rule reads, in a fixed order.
    """

    facts: frozenset[str]
    ordinals: frozenset[str]
    counts: frozenset[str]
    computed: frozenset[str]
    read: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]
    definitions: tuple[Definition, ...]
    results: tuple[Rule, ...]
    gates: tuple[Rule, ...]
    holds: tuple[Rule, ...]
    steps: tuple[Rule, ...]
    adaptations: tuple[Rule, ...]
    effective: tuple[Rule, ...]
    alerts: tuple[Alert, ...]
    outcomes: Mapping[str, Outcome]
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    invariants: tuple[Invariant, ...] = ()
    relations: tuple[Relation, ...] = ()

    @cached_property
    def gate_names(self) -> tuple[str, ...]:
        """The gates, in the order of the rules."""
        return tuple(rule.gives[0] for rule in self.gates)

    @cached_property
    def latching(self) -> frozenset[str]:
        """The gates that stay in force once they have fired."""
        return frozenset(rule.gives[0] for rule in self.gates if rule.latches)

    @cached_property
    def focused(self) -> frozenset[str]:
        """The perpetrator-focused outcomes (11.5)."""
        return frozenset(name for name, outcome in self.outcomes.items() if outcome.perpetrator_focused)

    @cached_property
    def holding(self) -> frozenset[str]:
        """The holds (11.5)."""
        return frozenset(name for name, outcome in self.outcomes.items() if outcome.hold)

    @cached_property
    def supporting(self) -> frozenset[str]:
        """The outcomes that carry support for the person."""
        return frozenset(name for name, outcome in self.outcomes.items() if outcome.support)


NEVER = Always(False)
