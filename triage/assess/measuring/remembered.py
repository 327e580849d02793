"""What measures gave for some wordings: remembered for a rulebook up to a limit, and nothing of any case."""

from collections.abc import Hashable
from enum import Enum

from triage.assess.measuring.measures import NUMBERS

MOST_REMEMBERED = 256
"""How many results of one measure are remembered; beyond that all are forgotten and counted anew."""


class Uncounted(Enum):
    """Why there is no number."""

    NOT_YET = "nobody has counted"
    NOT_BY_WORDING = "the accounts themselves must be read"


Counted = int | Uncounted | None
"""A number, not known (none), or why there is neither."""


class Remembered:
    """By the number of a measure: `known`, the results of what was told, and `refused`, what wordings do not decide."""

    def __init__(self) -> None:
        self.known: list[dict[Hashable, int | None]] = [{} for _ in NUMBERS]
        self.refused: list[set[Hashable]] = [set() for _ in NUMBERS]

    def keep(self, number: int, told: Hashable, counted: int | None) -> None:
        """Remember a result."""
        known = self.known[number]
        if len(known) >= MOST_REMEMBERED:
            known.clear()
        known[told] = counted

    def keep_asking(self, number: int, told: Hashable) -> None:
        """Remember that wordings do not decide this."""
        refused = self.refused[number]
        if len(refused) >= MOST_REMEMBERED:
            refused.clear()
        refused.add(told)
