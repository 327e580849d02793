"""The one door before anything is sent to a person: whether this contact point may be used, and if not, why.

A telephone number or e-mail that is also the other person's reaches the wrong person: nothing is sent to it, and the
support side is told. The programme side is judged by its own desk alone, so that nothing of the other side shows.
Nothing is sent to persons yet; what goes to agencies and staff (ADR 0070) asks `reaches_a_person`. Source: security
page 2.2 P3; domain 0.5; clause 1.1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from uuid import UUID

from triage.cases.matching.identity import Identity
from triage.cases.matching.tokens import Token, contact_tokens
from triage.cases.roles import Action, Actor, Role, Side
from triage.cases.wall import Refused
from triage.casework.limits import as_id
from triage.casework.service import Service
from triage.casework.standing import Standing, audit_entry, note_reading, stand
from triage.casework.views import visible_answers
from triage.store.assessments import StoredAnswer
from triage.store.identities import read_identities
from triage.store.matching.matches import matches_of
from triage.store.matching.subjects import MatcherDown, candidates, find_subject
from triage.store.members.statements import letters_of
from triage.store.sealing import Unreadable
from triage.store.work import Work

SAFE_CONTACT = "RI-06"
CHANNELS: Mapping[str, str] = {"phone": "phone", "sms": "phone", "email": "email"}
"""By channel of the card of safe contact (RI-06), the kind of contact point that it uses."""

PROPOSES: Final = "REF"
"""The source class of a referrer."""


_NO_CASE = UUID(int=0)


class Sending(StrEnum):
    """Whether something may be sent, or the first reason why not."""

    ALLOWED = "allowed"
    NOT_OWN_PERSON = "not-own-person"
    NOT_KNOWN = "not-known"
    NOT_CONFIRMED_SAFE = "not-confirmed-safe"
    SHARED = "shared"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class SharedPoint:
    """A contact point of one person that is also the other person's: whose, and of what kind; never the value."""

    letter: str
    kind: str


def may_send(
    service: Service, actor: Actor, case_id: UUID | str, letter: str, channel: str, point: str
) -> Sending | Refused:
    """Say whether a message may go to a contact point of a person, and audit that it was asked.

    Inputs: the channel as the card of safe contact names it (`phone`, `sms`, `email`); the point as typed. Output:
    `ALLOWED` only for the actor's own person, a point known at the actor's desk, a channel that the card says was
    confirmed as safe, that nobody else in the case or in a case tied to it has. Unknown is never "safe".
    """
    with service.writing(actor) as work:
        standing = stand(work, actor, case_id, Action.SEND)
        done: Sending | Refused
        if isinstance(standing, Refused):
            done = standing
        else:
            region = service.settings.phone_region
            done = _sending(work, standing, letter, channel, point, region)
        refused = audit_entry(actor, Action.SEND, as_id(case_id), done)
        work.audit(replace(refused, result=done.value) if isinstance(done, Sending) else refused)
    return done


def shared_points(service: Service, actor: Actor, case_id: UUID | str) -> tuple[SharedPoint, ...] | Refused:
    """The alert of the support side: contact points that both people have. Nothing for the programme side."""
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_CASE)
        seen: tuple[SharedPoint, ...] | Refused
        if isinstance(standing, Refused):
            seen = standing
        elif actor.role is Role.INTAKE_WORKER:
            seen = ()
        else:
            seen = _shared(work, standing, service.settings.phone_region)
    note_reading(service, actor, Action.READ_CASE, case_id, seen)
    return seen


def reaches_a_person(work: Work, address: str, region: str) -> bool | None:
    """Say whether an e-mail address of an agency or of staff is also a contact point of a person of any case.

    What is sent there would reach that person. None when nobody can tell: then nothing is sent. Asked by the program.
    """
    try:
        return bool(candidates(work, _tokens("email", address, region), _NO_CASE))
    except (MatcherDown, Unreadable):
        return None


def _tokens(channel: str, point: str, region: str) -> frozenset[Token]:
    """The token of a contact point that a channel uses; none when it is no such point."""
    kind = CHANNELS.get(channel, "")
    typed = Identity(phones=(point,)) if kind == "phone" else Identity(emails=(point,))
    return frozenset(token for token in contact_tokens(typed, region) if token.kind == kind)


def _sending(work: Work, standing: Standing, letter: str, channel: str, typed: str, region: str) -> Sending:
    if letter != standing.own_person:
        return Sending.NOT_OWN_PERSON
    point = _tokens(channel, typed, region)
    known = read_identities(work, standing.keys, standing.case.id, (standing.desk,))
    own = known.get(letter, {}).get(standing.desk, Identity())
    if not point or not point <= contact_tokens(own, region):
        return Sending.NOT_KNOWN
    if not _confirmed_safe(visible_answers(work, standing), letter, channel):
        return Sending.NOT_CONFIRMED_SAFE
    others = _of_others(work, standing, letter, region)
    if others is None:
        return Sending.CANNOT_TELL
    return Sending.SHARED if point & others else Sending.ALLOWED


def _confirmed_safe(kept: Iterable[StoredAnswer], letter: str, channel: str) -> bool:
    """Whether the last card of safe contact names the channel, and who confirmed it on which day.

    What a referrer says of a channel is a proposal, whatever it says of who confirmed it.
    """
    cards = [one.answer for one in kept if one.answer.question == SAFE_CONTACT and one.answer.about == letter]
    standing = [card for card in cards if not card.withdrawn]
    said = [card for card in standing if card.source != PROPOSES]
    if not said or any("none_safe" in card.codes for card in standing):
        return False
    rows = [row for row in said[-1].rows if row.code == channel]
    return any(row.cells.get("confirmed_by") and row.cells.get("confirmed_on") for row in rows)


def _of_others(work: Work, standing: Standing, letter: str, region: str) -> frozenset[Token] | None:
    """The contact points of everybody else this desk may be judged by; None when nobody can tell."""
    if standing.actor.side is Side.PROGRAMME:
        known = read_identities(work, standing.keys, standing.case.id, (standing.desk,))
        return frozenset(
            token
            for other, by_desk in known.items()
            for identity in by_desk.values()
            if other != letter
            for token in contact_tokens(identity, region)
        )
    try:
        with work.by_rules():
            return _other_points(work, standing.case.id, letter, region)
    except (MatcherDown, Unreadable):
        return None


def _other_points(work: Work, case_id: UUID, letter: str, region: str) -> frozenset[Token]:
    """The contact points of everybody else, in this case and in every case that has the same pair."""
    places = {(case_id, other) for other in letters_of(work, case_id) if other != letter}
    for match in matches_of(work, case_id):
        if match.bearing is not None:
            mine, theirs = (match.later, match.earlier) if match.later == case_id else (match.earlier, match.later)
            letters = match.letters if mine == match.later else {there: here for here, there in match.letters.items()}
            places |= {(theirs, letters[other]) for _case, other in places if other in letters}
    subjects = (find_subject(work, place, other) for place, other in places)
    return frozenset(token for one in subjects if one for token in contact_tokens(one.identity, region))


def _shared(work: Work, standing: Standing, region: str) -> tuple[SharedPoint, ...]:
    found = []
    own = standing.own_person
    for letter in (own,) if own else sorted(letters_of(work, standing.case.id)):
        try:
            with work.by_rules():
                subject = find_subject(work, standing.case.id, letter)
                others = _other_points(work, standing.case.id, letter, region)
        except (MatcherDown, Unreadable):
            continue
        mine = contact_tokens(subject.identity, region) if subject else frozenset()
        found += [SharedPoint(letter, kind) for kind in sorted({token.kind for token in mine & others})]
    return tuple(found)
