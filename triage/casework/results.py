"""What the duties return when they do not refuse: recorded, in conflict, signed, signed in."""

from dataclasses import dataclass
from uuid import UUID

from triage.cases.model import Event, OwnView, Signature


@dataclass(frozen=True, slots=True)
class Recorded:
    """Written and durable: the new version of the case for this actor, and the id of what was written."""

    version: int
    id: UUID


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
    """A session: the token to keep in the cookie. Only its hash is stored."""

    token: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules propose for a pair, and what the panel has recorded so far."""

    version: int
    decision: object
    views: tuple[OwnView, ...]
    signatures: tuple[Signature, ...]
