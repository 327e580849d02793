"""Referrals: open a case, see one's cases, take on a person. A and B are drawn, so that the order says nothing."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from triage.cases.compartments import REFERRED, desk_of, wall_side
from triage.cases.members import Reader, offered_to, seen_by
from triage.cases.model import CaseSummary, PersonDetails, Referral
from triage.cases.roles import DECIDERS, Action, Actor
from triage.cases.wall import Reason, Refused, Situation, refusal
from triage.casework.closing import close_wall, constellation_of
from triage.casework.limits import KEY, NAME, TEXT, date_problem, identity_problems, name_problem, text_problem
from triage.casework.matching.searching import search
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.standing import Standing, audit_entry, note_reading, sides_opened_for, stand, statements_of
from triage.store import wall
from triage.store.attending.stands import account_stands
from triage.store.cases import StoredCase, all_cases, insert_case, next_sequence
from triage.store.data_keys import create_data_keys, read_data_keys
from triage.store.identities import insert_identity
from triage.store.items import Item
from triage.store.matching.subjects import MatcherDown
from triage.store.members.statements import added_letters
from triage.store.posts import find_post, keep_post
from triage.store.sealing import Unreadable
from triage.store.work import Work

_REFERENCE_SIGNS = "23456789BCDFGHJKLMNPQRSTVWXYZ"
"""No vowels, so no words; no signs that look alike."""


def open_case(service: Service, actor: Actor, referral: Referral, key: str = "") -> UUID | Refused:
    """Open a case of two persons and make the actor the worker of the one they will talk to.

    The same key a second time opens nothing and gives the first case again. Output: the id of the case, 128 random
    bits; or `Refused` with a sentence for each thing wrong. The letters A and B are drawn at random and say nothing
    about who was reported (domain 0.1).
    """
    refused = refusal(actor, Action.OPEN_CASE, Situation())
    problems = () if refused else (*text_problem("key", key, KEY), *_problems(referral, service.clock().date()))
    if problems:
        return Refused(Reason.NOT_ACCEPTED, "7.1", problems)
    with service.writing(actor) as work:
        opened = refused or _open_once(work, actor, referral, key, service.settings.phone_region)
        recorded = Recorded(0, opened) if isinstance(opened, UUID) else opened
        case_id = opened if isinstance(opened, UUID) else None
        work.audit(audit_entry(actor, Action.OPEN_CASE, case_id, recorded))
    return opened


def list_cases(service: Service, actor: Actor) -> tuple[CaseSummary, ...]:
    """List the cases of this actor, and for workers those in which a person has no worker on their side yet.

    A case one does not work with shows its reference alone. The panel and the safety lead see every case.
    """
    with service.reading(actor) as work:
        sides = wall.sides_of(work, actor.id)
        crossed = {case_id for case_id, side in sides.items() if side != wall_side(actor)}
        cases = [case for case in all_cases(work) if case.id not in crossed]
        own = wall.persons_of(work, actor.id)
        taken, excluded = wall.taken_letters(work, actor.side), wall.exclusions_of(work, actor.id)
        with work.by_rules():  # of a case one does not work with, the letters alone that one's side may know
            added = added_letters(work)
        lines = []
        for case in cases:
            if wall.WHOLE_CASE not in excluded.get(case.id, ()):
                closed = {*taken.get(case.id, ()), *excluded.get(case.id, ())}
                free = set(offered_to(actor.side, added.get(case.id, {}))) - closed
                lines.append(_summary(work, actor, case, own.get(case.id, ""), free))
            elif case.id in sides:
                lines.append(CaseSummary(case.id, case.reference, case.opened_on, {}, "", (), on_hold=True))
    note_reading(service, actor, Action.LIST_CASES, None, tuple(lines))
    return tuple(line for line in lines if line.called or line.free or line.on_hold)


def take_on(service: Service, actor: Actor, case_id: UUID | str, letter: str) -> Recorded | Refused:
    """Become the worker of a person who has none on this side: one worker, one person of a case (INV-07)."""
    with service.writing(actor) as work:
        standing = stand(work, actor, case_id, Action.TAKE_ON)
        taken: Recorded | Refused
        if isinstance(standing, Refused):
            taken = standing
        elif letter not in _offered(work, actor, standing.case.id):
            taken = Refused(Reason.NOT_YOUR_PERSON, "1.2")
        else:
            taken = _take_on(work, standing, letter)
        work.audit(audit_entry(actor, Action.TAKE_ON, taken.id if isinstance(taken, Recorded) else None, taken))
    return taken


def _take_on(work: Work, standing: Standing, letter: str) -> Recorded | Refused:
    """Write an allocation, and the wall of every case that this one is tied to.

    Who works with the other person elsewhere, or interprets or co-facilitates for another here, is told what anybody is
    told whose colleague was quicker (ADR 0056, 0066).
    """
    actor, case_id = standing.actor, standing.case.id
    taken = wall.taken_letters(work, actor.side).get(case_id, ())
    with work.by_rules():  # the rows of the actor alone
        attends = {one.letter for one in account_stands(work, (case_id,)) if one.staff == actor.id}
    if letter in {*taken, *wall.excluded_letters(work, case_id, actor.id)} or attends - {letter}:
        return Refused(Reason.ALREADY_TAKEN, "1.2")
    try:
        tied = constellation_of(work, case_id)
    except (MatcherDown, Unreadable):
        return Refused(Reason.MATCHER_DOWN, "4.4")
    wall.allocate(work, case_id, actor.id, actor.side, letter)
    close_wall(work, tied, actor.id)
    return Recorded(standing.versions[desk_of(actor, letter)], case_id)


def _offered(work: Work, actor: Actor, case_id: UUID) -> tuple[str, ...]:
    """The letters of a case that somebody of this side may take on."""
    with work.by_rules():  # only those come back that this side may know
        return offered_to(actor.side, added_letters(work).get(case_id, {}))


def _problems(referral: Referral, today: date) -> tuple[str, ...]:
    """Everything that is wrong with the form of a referral."""
    problems = [*text_problem("received_from", referral.received_from, NAME)]
    problems += text_problem("facts", referral.facts, TEXT)
    if len(referral.persons) != len(REFERRED):
        problems.append("persons: a case is opened with two persons.")
    if referral.worker_sees not in referral.persons:
        problems.append("worker_sees: say which person you will talk to.")
    if not referral.said_to_harm <= set(referral.persons):
        problems.append("said_to_harm: name the persons of this case alone.")
    for key, details in referral.persons.items():
        problems += identity_problems(key, details.known, today)
        problems += name_problem(f"called ({key})", details.called)
        if details.birth is not None:
            problems += date_problem(f"birth ({key})", details.birth, today)
    return tuple(problems)


def _open_once(work: Work, actor: Actor, referral: Referral, key: str, region: str) -> UUID | Refused:
    """Open the case, unless this form was sent before."""
    if not key:
        return open_within(work, actor, referral, region).id
    said = (referral.persons, referral.worker_sees, referral.received_from, referral.facts)
    content = f"{Action.OPEN_CASE}|{said!r}|{sorted(referral.said_to_harm)}"
    if earlier := find_post(work, actor.id, key, content):
        return earlier.result_id if earlier.same_content else Refused(Reason.KEY_USED, "7.1")
    opened = open_within(work, actor, referral, region).id
    keep_post(work, actor.id, key, content, version=0, result_id=opened)
    return opened


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was opened: its id, and by the key of the form the letter that was drawn for each person."""

    id: UUID
    letters: Mapping[str, str]


def open_within(work: Work, actor: Actor, referral: Referral, region: str) -> Opened:
    """Draw the letters, the id and the reference, keep the case, and look for the same people elsewhere.

    The one door for every way in which a referral arrives; what arrived was checked before, and the caller audits it.
    """
    keys_in_order = list(referral.persons)
    secrets.SystemRandom().shuffle(keys_in_order)
    letters = dict(zip(keys_in_order, REFERRED, strict=True))
    own_person = letters[referral.worker_sees]
    case_id = UUID(bytes=secrets.token_bytes(16))
    reference = "".join(secrets.choice(_REFERENCE_SIGNS) for _place in range(8))
    case = StoredCase(case_id, reference, work.today, desk_of(actor, own_person))
    said = sorted(letters[key] for key in referral.said_to_harm)
    received = {"received_from": referral.received_from, "facts": referral.facts, "said_to_harm": said}
    people = {letters[key]: _details(details) for key, details in referral.persons.items()}
    keys = create_data_keys(work, case_id)
    insert_case(work, keys, case, received, people)
    wall.allocate(work, case_id, actor.id, wall_side(actor), own_person)
    for key, details in referral.persons.items():
        item = Item(uuid4(), case_id, next_sequence(work, case_id), case.opened_desk, actor.id, work.today)
        insert_identity(work, keys, item, letters[key], details.identity)
    search(work, case, region, actor.id)
    return Opened(case_id, letters)


def _details(details: PersonDetails) -> dict[str, str]:
    return {"called": details.called.strip(), "birth": details.birth.isoformat() if details.birth else ""}


def _summary(work: Work, actor: Actor, case: StoredCase, own_person: str, free: Collection[str]) -> CaseSummary:
    """One line: with names for those who work with the case or decide it, without for everybody else."""
    decides = actor.role in DECIDERS
    called: dict[str, str] = {}
    if own_person or decides:
        keys = read_data_keys(work, case.id, sides_opened_for(actor))
        reader = Reader(desk_of(actor, own_person), own_person, sees_all=decides)
        with work.by_rules():  # as for the case itself
            called = dict(seen_by(reader, statements_of(work, keys, case)).called)
    waiting = () if own_person or decides else tuple(sorted(free))
    return CaseSummary(case.id, case.reference, case.opened_on, called, own_person, waiting)
