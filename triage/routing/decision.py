"""What is decided for one pair: the result, a route for each person, gates, alerts, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from triage.flow.values import Strength, in_words

MOST_FINDINGS_TOLD = 6


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that fired: about whom, what it gave, its clauses, and the findings that made it fire.

    `subject` is A, B or empty (the pair). `read` holds every finding that counted, with its strength; `notes` says what
    is no finding: `latched`, `not met`, or why no earlier result applied. `text` is the id of the rule in plain words.
    """

    rule: str
    subject: str
    gives: tuple[str, ...]
    clauses: tuple[str, ...]
    read: tuple[tuple[str, Strength], ...]
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The id of the text that says the rule in one plain sentence."""
        return f"alert.{self.rule}.about" if self.rule.startswith("AL-") else f"rule.{self.rule}"

    def __str__(self) -> str:
        about = f" {self.subject}" if self.subject else ""
        given = f" {', '.join(self.gives)}" if self.gives else ""
        told = [f"{name} {in_words(strength)}" for name, strength in self._telling()]
        told += self.notes
        because = f" ({', '.join(told)})" if told else ""
        return f"{self.rule} [{', '.join(self.clauses)}]:{about}{given}{because}"

    def _telling(self) -> tuple[tuple[str, Strength], ...]:
        """The findings worth a line: all when few, otherwise some of those that are not ruled out."""
        if len(self.read) <= MOST_FINDINGS_TOLD:
            return self.read
        return tuple(one for one in self.read if one[1] != 0)[: 2 * MOST_FINDINGS_TOLD]


@dataclass(frozen=True, slots=True)
class PersonRoute:
    """The route of one person: the rule and step that gave it, what it holds, what keeps a start back.

    `unmet` are the ids of the conditions of 11.5 that are not met; the route is effective when there is none.
    """

    person: str
    rule: str
    step: int
    outcomes: tuple[str, ...]
    holds: tuple[str, ...]
    adaptations: tuple[str, ...]
    unmet: tuple[str, ...]

    @property
    def effective(self) -> bool:
        """Whether work with the person may start (11.5)."""
        return not self.unmet


def _nothing() -> tuple[Reason, ...]:
    return ()


@dataclass(frozen=True)
class PairDecision:
    """The decision of one pair by domain page 11; every tuple is sorted. `why` works out the reasons when asked."""

    result: str
    rule: str
    routes: Mapping[str, PersonRoute]
    case: tuple[str, ...]
    alerts: tuple[str, ...]
    raised: tuple[str, ...] = ()
    why: Callable[[], tuple[Reason, ...]] = field(default=_nothing, compare=False, repr=False)

    @property
    def A(self) -> tuple[str, ...]:  # noqa: N802 - the two persons of a pair are called A and B everywhere
        """The route of person A."""
        return self.routes["A"].outcomes

    @property
    def B(self) -> tuple[str, ...]:  # noqa: N802 - the two persons of a pair are called A and B everywhere
        """The route of person B."""
        return self.routes["B"].outcomes

    @property
    def effective(self) -> dict[str, bool]:
        """Whether work with each person may start."""
        return {person: route.effective for person, route in self.routes.items()}

    @property
    def adaptations(self) -> dict[str, tuple[str, ...]]:
        """What the route of each person must also take into account."""
        return {person: route.adaptations for person, route in self.routes.items()}

    @property
    def stopped(self) -> dict[str, int]:
        """The step that gave each person the route (11.4)."""
        return {person: route.step for person, route in self.routes.items()}

    @cached_property
    def explanations(self) -> tuple[Reason, ...]:
        """Why: every rule that fired, with its findings and clauses, in the order of the decision."""
        return self.why()

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """The same as sorted lines, in the fixed format."""
        return tuple(sorted(map(str, self.explanations)))
