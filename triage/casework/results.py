"""What the duties return when they do not refuse: recorded, in conflict, signed, signed in."""

from dataclasses import dataclass, field
from uuid import UUID

from triage.cases.model import Event, OwnView, Signature
from triage.cases.record import Answer
from triage.casework.access.matrix import Stage
from triage.routing.decision import PairDecision

NOT_STARTING = "NOT-STARTING"
"""The one code by which every hold, and every want of a result, is shown to those who work with a person."""
START = "START"


@dataclass(frozen=True, slots=True)
class Recorded:
    """Written and durable: the new version of the case for this actor, and the id of what was written.

    `answer` is the answer as it was written, where it corrects none and its writer may read it.
    """

    version: int
    id: UUID
    answer: Answer | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing was written: the case has moved on. `changed` is what this actor may read of what was added since."""

    version: int
    changed: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """The signature stands; `complete` when two signatures agree and the act W-SIGN was written with this one."""

    complete: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session: the token to keep in the cookie, of which only the hash is stored, and what it may be used for."""

    token: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules propose for a pair, and what the panel has recorded so far."""

    version: int
    decision: PairDecision
    views: tuple[OwnView, ...]
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a worker is told about their own person: `START` with the outcomes, or `NOT-STARTING` and nothing else."""

    code: str
    outcomes: tuple[str, ...] = ()
    adaptations: tuple[str, ...] = ()
