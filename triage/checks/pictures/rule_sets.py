"""The rules of the decision as pictures need them: plain conditions with their words; who owns the rules fills it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from triage.flow.conditions import Condition

DETERMINATION, GATES, HOLDS, ROUTES, ADAPTATIONS, EFFECTIVE, ALERTS, DEFINITIONS = (
    "determination", "gates", "holds", "routes", "adaptations", "effective", "alerts", "definitions",
)  # fmt: skip
ORDERED = frozenset({DETERMINATION, ROUTES})
"""The sets of which the first rule that applies decides; of the others, all that apply."""


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One rule: its condition, what it gives, the id of its sentence, its clauses, and what is special about it.

    `step` numbers the steps of a route; `raised` is when an alert interrupts; `owners` and `deadline` are ids of texts.
    """

    id: str
    when: Condition | None
    gives: tuple[str, ...]
    text: str
    clauses: tuple[str, ...]
    step: int = 0
    with_holds: bool = False
    latches: bool = False
    raised: Condition | None = None
    tier: str = ""
    owners: tuple[str, ...] = ()
    deadline: str = ""


@dataclass(frozen=True)
class Decision:
    """All sets of rules by name, each in the order it is tried in; definitions named in roles, lists with persons."""

    sets: Mapping[str, tuple[RuleShown, ...]] = field(default_factory=dict)
    definitions: Mapping[str, Condition] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()

    def giving(self, name: str) -> Iterator[tuple[str, RuleShown]]:
        """Give each rule that gives an outcome or result, with the set it stands in."""
        yield from ((group, rule) for group, rules in self.sets.items() for rule in rules if name in rule.gives)

    def results(self) -> tuple[str, ...]:
        """Give the results of a determination, in the order in which they are tried."""
        return tuple(dict.fromkeys(name for rule in self.sets.get(DETERMINATION, ()) for name in rule.gives))
