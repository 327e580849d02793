"""What must hold always, as frozen values: laws of one case, relations between two cases, and what the catalogue says.

Source: domain page 05, sections 5.1 and 5.2. The laws themselves are data, in `flows/invariants.yml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from triage.flow.conditions import Condition


@dataclass(frozen=True, slots=True)
class Demand:
    """What some entries of the catalogue, the acts, the questions or the findings must say.

    `of` says of what kind they are (`routing/readers/demands.py`), `ids` which; `wants` gives, for each key that is
    demanded, its words.
    """

    of: str
    ids: tuple[str, ...]
    wants: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Invariant:
    """What must hold always, and how it is kept.

    `law` can be said of one pair; `catalogue` of outcomes, alerts, acts, questions and findings; `answers` are the laws
    over answers that must stand in answer-laws.yml. What none of them says is held by `tests` (of pytest, as it names
    them), or is not built yet: `awaits` says what is missing and which issue brings it.
    """

    id: str
    kind: str
    clauses: tuple[str, ...]
    law: Condition | None = None
    room: str = ""
    catalogue: tuple[Demand, ...] = ()
    answers: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    awaits: str = ""


@dataclass(frozen=True, slots=True)
class Residual:
    """Where a relation does not hold: one of the findings that changed stood at `level` or more, and `when` held."""

    changed: tuple[str, ...]
    level: int
    when: Condition


@dataclass(frozen=True, slots=True)
class Never:
    """Two conditions that never hold together: one before a change, one after it; but for what is left over."""

    before: Condition
    after: Condition
    but: tuple[Residual, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """What a change of facts can never do, however many facts change so at once.

    `change`: `exchanged` (all that is said of A is said of B, and the other way round: everything decided is exchanged
    too), `withdrawn` and `forgotten` (a known value is taken back, or was never known), `added` (found at 1 or more,
    and no lower than it was, or than before it was taken back), `any`. `facts` are those that may change (none: all).
    `same`: results or gates stay as they were; `keeps`: gates stay in force, and holds while a perpetrator-focused
    outcome remains, `stand_ins` apart.
    """

    id: str
    invariant: str
    change: str
    facts: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    stand_ins: Mapping[str, str] | None = None
    never: tuple[Never, ...] = ()
