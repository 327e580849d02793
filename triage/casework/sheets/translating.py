"""What translators and reviewers do: type, review, put back into English, approve, send back; exchange files.

Every step is added to those before it, with its audit line; nothing of a case is read or written. What is typed is used
once a second person approved it. Source: clause 5.5; domain 07, 7.1; security page 3.1 and 3.2; ADR 0069.
"""

import re
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.access.matrix import access_matrix
from triage.casework.limits import text_problem
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.sheets.library import room_in
from triage.flow.problems import Problem
from triage.sheets.reviews import Reading
from triage.sheets.room.entry import LONGEST_REASON, open_problems, problems_at_entry
from triage.sheets.room.exchange import Sent, read_po, taken_from, written_po
from triage.sheets.room.revisions import Candidate, Hindrance, Step, beside
from triage.sheets.room.rooms import Room
from triage.sheets.texts import LONGEST_TEXT
from triage.store.audit import Entry
from triage.store.sheets.translations import TranslationStep, insert_steps
from triage.store.work import Work

ACTIONS: Final = {
    Step.WORDS: "write",
    Step.REVIEWED: "review",
    Step.PUT_BACK: "put-back",
    Step.APPROVED: "approve",
    Step.SENT_BACK: "send-back",
}
"""By step, the action of the matrix that lets somebody take it."""
IMPORT: Final = "import"
SAME, NO_REASON, TOO_LONG = "same-words", "no-reason", "too-long"


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step that somebody takes: in which language, about which text, over how many earlier steps, what they typed.

    `words` is the translation (`WORDS`), or put back (`PUT_BACK`); `reason` answers a doubt, or says what is wrong.
    """

    language: str
    text: str
    step: Step
    seen: int
    words: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A step that was not taken: problems of the words, what stands in the way, or what the form lacks."""

    problems: tuple[Problem, ...] = ()
    hindrance: Hindrance | None = None
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class MovedOn:
    """Somebody took a step meanwhile; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A file was taken whole: how many translations it brought."""

    count: int


def room_of(service: Service) -> Room:
    """Give the room as it is now. Raises `SheetsUnreadable` and `Unreadable`."""
    with service.reading() as work:
        return room_in(service, work)


def reader_of(service: Service, actor: Actor) -> Reading:
    """Name somebody as the room does: by initials, made of the words of their name, and by their account."""
    words = re.findall(r"[^\W\d_]+", actor.name)
    initials = "".join(word[0] for word in words[:6]).upper()[:6] or "X"
    return Reading(initials, service.clock().date(), str(actor.id))


def take_step(service: Service, actor: Actor, new: NewStep) -> Recorded | NotTaken | MovedOn | Refused:
    """Take one step. Output: `Recorded` with the id of the step; or why not, with nothing kept."""
    if refused := _refusal(actor, ACTIONS[new.step]):
        return refused
    with service.writing(actor) as work:
        room = room_in(service, work)
        made = _made(service, actor, room, new)
        if isinstance(made, TranslationStep):
            (identity,) = insert_steps(work, actor.id, (made,))
            done: Recorded | NotTaken | MovedOn | Refused = Recorded(new.seen + 1, identity)
        else:
            done = made
        _note(work, actor, ACTIONS[new.step], done)
    return done


def import_po(service: Service, actor: Actor, language: str, content: bytes) -> Imported | NotTaken | Refused:
    """Take every translation that a file brings, or none: then `NotTaken` says why, text by text.

    The file is read before the transaction, so that nobody who writes waits for it, and held beside the room within.
    """
    if refused := _refusal(actor, IMPORT):
        return refused
    sent = read_po(language, content) if language in room_of(service).languages else None
    with service.writing(actor) as work:
        if sent is None:
            done: Imported | NotTaken | Refused = _no_such_page()
        elif isinstance(sent, Sent):
            done = _imported(service, work, actor, sent)
        else:
            done = NotTaken(sent)
        _note(work, actor, IMPORT, done)
    return done


def export_po(service: Service, language: str) -> str:
    """Write the latest words of a language of the room as PO."""
    return written_po(room_of(service), language, service.clock())


def _imported(service: Service, work: Work, actor: Actor, sent: Sent) -> Imported | NotTaken:
    taken = taken_from(room_in(service, work), sent)
    problems = tuple(one for one in taken if isinstance(one, Problem))
    if problems:
        return NotTaken(problems)
    initials = reader_of(service, actor).by
    steps = (
        TranslationStep(sent.texts.language, one.text, Step.WORDS, initials, one.source, one.words, "")
        for one in taken
        if not isinstance(one, Problem)
    )
    return Imported(len(insert_steps(work, actor.id, tuple(steps))))


def _made(service: Service, actor: Actor, room: Room, new: NewStep) -> TranslationStep | NotTaken | MovedOn | Refused:
    if new.language not in room.languages or not room.holds(new.text):
        return _no_such_page()
    standing, source, person = room.standing(new.language, new.text), room.source(new.text), reader_of(service, actor)
    if new.seen != standing.count:
        return MovedOn()
    if hindrance := room.hindrance(new.language, new.text, new.step, person):
        return NotTaken(hindrance=hindrance)
    if not_taken := _lacking(room, new, standing.latest):
        return not_taken
    words, said = standing.latest.words, new.reason
    if new.step is Step.WORDS:
        words = new.words
    elif new.step is Step.PUT_BACK:
        said = new.words
    return TranslationStep(new.language, new.text, new.step, person.by, source, words, said)


def _lacking(room: Room, new: NewStep, latest: Candidate) -> NotTaken | None:
    """Say what is wrong with what was typed."""
    if text_problem("reason", new.reason, LONGEST_REASON):
        return NotTaken(lacks=TOO_LONG)
    if new.step is Step.SENT_BACK:
        return None if new.reason.strip() else NotTaken(lacks=NO_REASON)
    if new.step is Step.PUT_BACK:
        return NotTaken(lacks=TOO_LONG) if text_problem("words", new.words, LONGEST_TEXT, required=True) else None
    if new.step is not Step.WORDS:
        return None
    problems = open_problems(problems_at_entry(room, new.language, new.text, new.words), new.reason)
    if problems:
        return NotTaken(problems)
    same = new.words == latest.words and beside(latest.source, room.source(new.text)) and not latest.sent_back
    return NotTaken(lacks=SAME) if same else None


def _note(work: Work, actor: Actor, action: str, done: object) -> None:
    kept = isinstance(done, Recorded | Imported)
    identity = done.id if isinstance(done, Recorded) else uuid4() if kept else None
    said = "recorded" if kept else "refused"
    work.audit(Entry(f"translation-{action}", said, actor.id, identity, actor.side.value))


def _refusal(actor: Actor, action: str) -> Refused | None:
    allowed = access_matrix().allows(actor.role, "post", "translation", action)
    return None if allowed else Refused(Reason.NOT_YOUR_ROLE, "6.5")


def _no_such_page() -> Refused:
    return Refused(Reason.NO_SUCH_CASE, "5.5")
