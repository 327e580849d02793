"""The rules of the decision as this room sees them: plain conditions with what they read, whoever wrote them."""

from dataclasses import dataclass

from triage.flow.conditions import Condition


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """One rule or definition: the list it stands in, its id, its condition, what it gives, and whose findings it reads.

    `reads` are names of findings without persons, those of lists and definitions included.
    """

    list: str
    id: str
    when: Condition
    gives: tuple[str, ...] = ()
    reads: frozenset[str] = frozenset()
