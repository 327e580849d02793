"""Open the card of a person in imminent danger for half an hour: how to reach them, and nothing else of the case.

For a worker whose case it is not: a reason, the number of the case as typed, a fresh second factor. Reading is working:
the opener enters the wall, and never works with the other person. Every reading is written to the audit. Never across
the wall: whoever stands elsewhere in the case hands over. Source: security page 3.4.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from triage.cases.matching.identity import Identity
from triage.cases.members import Reader, offered_to, seen_by
from triage.cases.openings import CARD, OPEN_FOR, Danger, may_open
from triage.cases.record import Answer
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.closing import close_wall, constellation_of
from triage.casework.limits import REASON, as_id, text_problem
from triage.casework.messages.kinds import Kind
from triage.casework.messages.posting import say_to_staff
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.standing import sides_opened_for, statements_of
from triage.store import wall
from triage.store.assessments import read_answers
from triage.store.audit import Entry
from triage.store.cases import StoredCase, all_cases
from triage.store.data_keys import read_data_keys
from triage.store.identities import read_identities
from triage.store.matching.lookups import note_lookup
from triage.store.matching.subjects import MatcherDown
from triage.store.members.statements import added_letters, letters_of
from triage.store.openings.openings import Step, StoredOpening, event_of, find_opening, insert_event, insert_opening
from triage.store.sealing import Unreadable
from triage.store.work import Work

OPEN, READ, CLOSE = "open-card", "read-card", "close-card"
MOST_TRIES = 20
"""How often somebody may try within an hour; each try, and each refusal, is written to the audit."""
_NOT_YOURS = Refused(Reason.NOT_TO_OPEN, "1.2")


@dataclass(frozen=True, slots=True)
class Card:
    """How to reach one person: what they are called, contact points as known at the opener's desk, the answers."""

    id: UUID
    reference: str
    letter: str
    called: str
    known: Identity
    answers: tuple[Answer, ...]
    until: datetime


def open_card(
    service: Service, actor: Actor, reference: str, letter: str, danger: str, words: str
) -> Recorded | Refused:
    """Open a card; a number that is not known and a case that is not theirs to open are refused in the same words.

    Inputs: the number of the case and the letter as typed; why, by kind and in words. Output: the id of the opening.
    """
    if danger not in set(Danger) or text_problem("words", words, REASON, required=True):
        return Refused(Reason.NOT_ACCEPTED, "1.2")
    with service.writing(actor) as work:
        if note_lookup(work, actor.id) > MOST_TRIES:
            done: Recorded | Refused = Refused(Reason.TOO_OFTEN, "1.2")
        else:
            done = _open(work, actor, reference.strip().upper(), letter.strip().upper(), (danger, words))
        said = "recorded" if isinstance(done, Recorded) else f"refused {done.reason.name.lower()}"
        opened = done.id if isinstance(done, Recorded) else None
        work.audit(Entry(OPEN, said, actor.id, opened, actor.side.value))
    return done


def read_card(service: Service, actor: Actor, opening_id: UUID | str) -> Card | Refused:
    """Read an open card: its opener alone, within half an hour, until it is closed; each reading is audited."""
    with service.writing(actor) as work:
        opening = _still_open(work, actor, opening_id)
        seen = Refused(Reason.NO_SUCH_CASE, "1.2") if opening is None else _card(work, actor, opening)
        said = "refused" if isinstance(seen, Refused) else "read"
        case_id = opening.case_id if opening else None
        work.audit(Entry(READ, said, actor.id, case_id, actor.side.value))
    return seen


def close_card(service: Service, actor: Actor, opening_id: UUID | str) -> Recorded | Refused:
    """Close an open card before its time."""
    with service.writing(actor) as work:
        opening = _still_open(work, actor, opening_id)
        if opening:
            with work.by_rules():  # the row of an opening is read and written by the program alone
                insert_event(work, opening, Step.CLOSED, actor.id, {})
        work.audit(Entry(CLOSE, "recorded" if opening else "refused", actor.id, as_id(opening_id), actor.side.value))
    return Recorded(0, opening.id) if opening else Refused(Reason.NO_SUCH_CASE, "1.2")


def _open(work: Work, actor: Actor, reference: str, letter: str, why: tuple[str, str]) -> Recorded | Refused:
    case = next((one for one in all_cases(work) if one.reference == reference), None)
    if case is None or not _may(work, actor, case, letter):
        return _NOT_YOURS
    opening = StoredOpening(uuid4(), case.id, actor.id, actor.side.value, letter, work.now, *why)
    with work.by_rules():  # a case in which the opener does not work
        if not wall.side_in_case(work, case.id, actor.id):
            wall.enter(work, case.id, actor.id, actor.side.value)
        for other in sorted(letters_of(work, case.id) - {letter}):
            wall.exclude(work, case.id, actor.id, other)
        with suppress(MatcherDown, Unreadable):  # danger does not wait; the next act in a tied case closes it
            close_wall(work, constellation_of(work, case.id), actor.id)
        insert_opening(work, opening)
        say_to_staff(work, Kind.CARD, (Role.SAFETY_LEAD,))
        work.audit(Entry(OPEN, "opened", actor.id, case.id, actor.side.value))
    return Recorded(0, opening.id)


def _joined(known: Mapping[str, Identity], desks: tuple[str, ...]) -> Identity:
    """What every desk of one side knows of a person: the later desk's word comes first."""
    joined = Identity()
    for desk in desks:
        joined = joined.with_details(known.get(desk, Identity()))
    return joined


def _may(work: Work, actor: Actor, case: StoredCase, letter: str) -> bool:
    with work.by_rules():  # who is in a case in which the asker does not work; nothing of it comes back
        if letter not in offered_to(actor.side, added_letters(work).get(case.id, {})):
            return False
    return may_open(
        actor,
        side=wall.side_in_case(work, case.id, actor.id),
        own_person=wall.person_of(work, case.id, actor.id),
        excluded=wall.excluded_letters(work, case.id, actor.id) & {letter, wall.WHOLE_CASE},
    )


def _still_open(work: Work, actor: Actor, opening_id: UUID | str) -> StoredOpening | None:
    """An opening of this actor that is still open, in a case that is still theirs to read."""
    known_id = as_id(opening_id)
    with work.by_rules():  # the row of an opening, and of its case
        opening = find_opening(work, known_id) if known_id else None
        if opening is None or opening.user_id != actor.id or opening.side != actor.side:
            return None
        kept_out = wall.WHOLE_CASE in wall.excluded_letters(work, opening.case_id, actor.id)
        over = kept_out or work.now >= opening.at + OPEN_FOR or event_of(work, opening, Step.CLOSED) is not None
    return None if over else opening


def _card(work: Work, actor: Actor, opening: StoredOpening) -> Card:
    """The minimal card, from the desk of the opener's side for this person; for an advocate, the safety board too."""
    desk = f"{opening.side}-{opening.letter}"
    board = f"{Side.PROGRAMME}-{opening.letter}" if actor.side is Side.SUPPORT else ""
    with work.by_rules():  # a card of a case in which the opener does not work
        case = next(one for one in all_cases(work) if one.id == opening.case_id)
        keys = read_data_keys(work, case.id, sides_opened_for(actor))
        at = (added_letters(work).get(case.id, {}).get(opening.letter, desk), desk)  # where it was added, if anywhere
        desks = tuple(dict.fromkeys(one for one in at if one.startswith(opening.side)))
        known: Mapping[str, Identity] = read_identities(work, keys, case.id, desks).get(opening.letter, {})
        kept = read_answers(work, keys, case.id, (desk,), board)
        called = seen_by(Reader(desk, opening.letter), statements_of(work, keys, case)).called[opening.letter]
    answers = tuple(
        one.answer
        for one in kept
        if one.answer.question in CARD
        and one.answer.withdrawn is None
        and one.answer.about in {opening.letter, ""}
        and (one.desk == desk or one.answer.about == opening.letter)
    )
    return Card(
        opening.id, case.reference, opening.letter, called, _joined(known, desks), answers, opening.at + OPEN_FOR
    )
