"""What people bring to a case: a referral, a new answer, a new act, an own view, a signature."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from triage.cases.matching.identity import NOTHING_KNOWN, Identity
from triage.cases.record import Act, Answer, CaseRecord

Raw = str | int | bool | None | list["Raw"] | dict[str, "Raw"]
"""A value as it is typed or read from a file, before it is checked (design page 4)."""


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """One person: what to call them, the day of birth when it is known, and whatever else helps to recognise them."""

    called: str
    birth: date | None = None
    known: Identity = NOTHING_KNOWN

    @property
    def identity(self) -> Identity:
        """Everything that identifies this person, what they are called included."""
        named = bool(self.known.given)
        also = (self.called, *self.known.also) if named else self.known.also
        given = self.known.given if named else self.called
        return replace(self.known, given=given, also=also, birth=self.birth or self.known.birth)


@dataclass(frozen=True, slots=True)
class Referral:
    """What was received. The keys of `persons` are the form's own; letters A and B are drawn afterwards.

    `worker_sees` is the key of the person whom the opening worker will talk to. `said_to_harm` holds the keys of those
    whom the sender says harm the other: an allegation as it arrived, and when it is empty, unsaid.
    """

    persons: Mapping[str, PersonDetails]
    worker_sees: str
    received_from: str
    facts: str = ""
    said_to_harm: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer as it arrives; `value` is raw, the other fields are those of `Answer` (design page 4).

    `corrects` names an earlier answer that this one takes the place of, for the `reason` given.
    """

    question: str
    source: str
    value: Raw
    on: date
    about: str = ""
    follow_up: str = ""
    by: str = ""
    alone: bool | None = None
    contact: str = ""
    tainted: bool = False
    interested: bool = False
    hearsay: bool = False
    recording: str = ""
    copy_of: str = ""
    ask_again: date | None = None
    corrects: UUID | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NewAct:
    """An act as it arrives (domain 12.3); `with_names` are people outside the service who took part."""

    act: str
    about: str
    values: tuple[str, ...]
    on: date
    reason: str
    with_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewSignature:
    """One person's signature under a result of a pair: the strongest evidence against it, what would change it."""

    pair: str
    value: str
    contrary_evidence: str
    would_change: str
    review_on: date


@dataclass(frozen=True, slots=True)
class OwnView:
    """What a panel member thought before seeing the proposal."""

    pair: str
    result: str
    grounds: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as recorded; `current` when nothing was added to the case since."""

    pair: str
    value: str
    contrary_evidence: str
    would_change: str
    review_on: date
    by: str
    side: str
    on: date
    current: bool


@dataclass(frozen=True, slots=True)
class AwaitedAct:
    """An act that one person proposed and that counts for nothing yet: it waits for a second name, or was declined.

    `waits_for_me` when this reader may give the second name, `mine` when they gave the first. `closed` hides what is
    named and why from a panel member who has yet to record an own view. `declined_by` is empty while it waits.
    """

    id: UUID
    proposed: NewAct
    by: str
    until: date
    mine: bool
    waits_for_me: bool
    closed: bool = False
    declined_by: str = ""
    declined_because: str = ""


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One line of the list of cases. Names are given only to those who work with the case or decide it.

    `on_hold`: this reader is kept out of a case in which they stood, and is told to contact the safety lead.
    """

    id: UUID
    reference: str
    opened_on: date
    called: Mapping[str, str]
    own_person: str
    free: tuple[str, ...]
    on_hold: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as one actor may read it; `unsaved`: they typed something there that they did not record."""

    id: UUID
    reference: str
    version: int
    record: CaseRecord
    called: Mapping[str, str]
    own_person: str
    received_from: str = ""
    facts: str = ""
    corrected: Mapping[str, str] = field(default_factory=dict)
    unsaved: bool = False


Event = Answer | Act
"""What a conflict may show: an answer or an act recorded meanwhile."""
