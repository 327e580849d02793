"""The persons and pairs of a case: as one actor sees them; add and correct them, open them to both sides (ADR 0054)."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from triage.cases.compartments import LETTERS, PANEL_DESK, REFERRED, desks_read_by
from triage.cases.matching.identity import Identity
from triage.cases.members import (
    MOST_ADDED,
    Members,
    PersonStatement,
    Relation,
    RelationStatement,
    Statement,
    pair_of,
    turned,
)
from triage.cases.model import PersonDetails
from triage.cases.naming import NamedStatement
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused, Situation
from triage.casework.limits import REASON, date_problem, identity_problems, name_problem, text_problem
from triage.casework.matching.searching import search
from triage.casework.members.naming import named_here
from triage.casework.posting import Post, Write, carry_out
from triage.casework.results import Conflict, Recorded
from triage.casework.service import Service
from triage.casework.standing import Standing, members_of, note_reading, stand, statements_of
from triage.store.cases import next_sequence
from triage.store.identities import insert_identity, read_identities
from triage.store.items import Item
from triage.store.members.statements import add_letter, insert_named, insert_statement, letters_of, open_letter
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to add: what to call them, the birth and whatever else is known, and what they are to somebody here.

    `relation` is what the new person is to `to`; `assessed`: harm between the two is to be assessed. `named` is the key
    of the proposal that this takes up, when an answer named them.
    """

    details: PersonDetails
    to: str
    relation: Relation
    assessed: bool = False
    named: str = ""


@dataclass(frozen=True, slots=True)
class CorrectedPerson:
    """What a person is called and when they were born, as known now, and why this was put right."""

    letter: str
    called: str
    birth: date | None
    reason: str


def add_person(
    service: Service, actor: Actor, case_id: UUID | str, version: int, new: NewPerson, key: str = ""
) -> Recorded | Refused | Conflict:
    """Add a person to a case at the actor's desk; nobody works with them until somebody takes them on.

    The letter is drawn by lot from all that are free, so that it says neither who came when nor that a person was
    added elsewhere. The case is then searched anew, in the same transaction. Output as for an answer.
    """
    problems = _person_problems(service, new.details.called, new.details.birth)
    problems += identity_problems("known", new.details.known, service.clock().date())
    if problems:
        return Refused(Reason.NOT_ACCEPTED, "7.1", problems)

    def duty(work: Work, standing: Standing) -> Write | Refused:
        if new.named and not any(one.key == new.named and one.is_open for one in named_here(work, standing)):
            return Refused(Reason.NO_SUCH_PERSON, "1.2")
        letter = _drawn(work, standing, new)
        if isinstance(letter, Refused):
            return letter

        def write(item: Item) -> None:
            _add(work, standing, item, letter, new)
            search(work, standing.case, service.settings.phone_region, actor.id)

        return write

    content = json.dumps(asdict(new), default=str, sort_keys=True)
    post = Post(actor, Action.ADD_PERSON, case_id, version, key, content, uuid4())
    return carry_out(service, post, lambda _own_person: Situation(), duty)


def add_within(work: Work, standing: Standing, new: NewPerson) -> str | Refused:
    """Add a person within a transaction that does more and then searches; give their letter. What is said fits."""
    letter = _drawn(work, standing, new)
    if not isinstance(letter, Refused):
        sequence = next_sequence(work, standing.case.id)
        item = Item(uuid4(), standing.case.id, sequence, standing.desk, standing.actor.id, work.today)
        _add(work, standing, item, letter, new)
    return letter


def _drawn(work: Work, standing: Standing, new: NewPerson) -> str | Refused:
    """Draw a letter for somebody, if they are known to a person here and there is one left."""
    if not members_of(work, standing).has(new.to):
        return Refused(Reason.NO_SUCH_PERSON, "1.2")
    with work.by_rules():  # which letters are taken elsewhere: only the one that is drawn comes back
        free = sorted(set(LETTERS) - letters_of(work, standing.case.id))
        mine = [one for one in statements_of(work, standing.keys, standing.case) if one.desk == standing.desk]
    added = {one.letter for one in mine if isinstance(one, PersonStatement)} - set(REFERRED)
    if len(added) >= MOST_ADDED or not free:
        return Refused(Reason.TOO_MANY_PERSONS, "7.1")
    return secrets.choice(free)


def correct_person(
    service: Service, actor: Actor, case_id: UUID | str, version: int, new: CorrectedPerson
) -> Recorded | Refused | Conflict:
    """Say anew what a person is called and when they were born; what was said before stays on file. Output as above.

    Of somebody whom this desk took away it brings them back.
    """
    letter, called, birth, reason = new.letter, new.called.strip(), new.birth, new.reason
    problems = (*_person_problems(service, called, birth), *text_problem("reason", reason, REASON, required=True))
    if problems:
        return Refused(Reason.NOT_ACCEPTED, "7.1", problems)

    def duty(work: Work, standing: Standing) -> Write | Refused:
        seen = members_of(work, standing)
        mine = seen.taken_away.get(letter)
        if not seen.has(letter) and (mine is None or mine.desk != standing.desk):
            return Refused(Reason.NO_SUCH_PERSON, "1.2")

        def write(item: Item) -> None:
            said = PersonStatement(letter, called, _written(birth), reason, item.desk, item.sequence)
            insert_statement(work, standing.keys, item, said)
            insert_identity(work, standing.keys, item, letter, Identity(given=called, birth=birth))
            search(work, standing.case, service.settings.phone_region, actor.id)

        return write

    content = json.dumps([letter, called, _written(birth), reason])
    post = Post(actor, Action.CORRECT_PERSON, case_id, version, "", content, uuid4())
    return carry_out(service, post, lambda _own_person: Situation(), duty)


def state_relation(
    service: Service, actor: Actor, case_id: UUID | str, version: int, said: RelationStatement
) -> Recorded | Refused | Conflict:
    """Say what two persons are to each other, and whether harm between them is assessed; desk and order are filled in.

    A later word about the same two needs a reason. A pair that is assessed stays so: it may hold what others recorded.
    """
    problems = text_problem("reason", said.reason, REASON)
    if problems or said.pair.a == said.pair.b:
        return Refused(Reason.NOT_ACCEPTED, "7.1", problems)

    def duty(work: Work, standing: Standing) -> Write | Refused:
        seen = members_of(work, standing)
        if not seen.has(said.pair.a, said.pair.b):
            return Refused(Reason.NO_SUCH_PERSON, "1.2")
        if said.pair in seen.relations and (wrong := text_problem("reason", said.reason, REASON, required=True)):
            return Refused(Reason.NOT_ACCEPTED, "7.1", wrong)

        def write(item: Item) -> None:
            insert_statement(work, standing.keys, item, replace(said, desk=item.desk, sequence=item.sequence))
            if said.assessed:
                search(work, standing.case, service.settings.phone_region, actor.id)

        return write

    content = json.dumps([said.pair.undirected, said.relation.value, said.assessed, said.reason])
    post = Post(actor, Action.STATE_RELATION, case_id, version, "", content, uuid4())
    return carry_out(service, post, lambda _own_person: Situation(), duty)


def open_pair(
    service: Service, actor: Actor, case_id: UUID | str, version: int, pair: str, reason: str
) -> Recorded | Refused | Conflict:
    """Let the workers of both persons of a pair know of it and of each other's person, on both sides of the wall.

    For those who answer for the safety of a person (the support side of the panel, the safety lead), after they asked
    whoever told of the pair: this is the one way in which a person known across the wall becomes known here.
    """
    if wrong := text_problem("reason", reason, REASON, required=True):
        return Refused(Reason.NOT_ACCEPTED, "7.1", wrong)

    def duty(work: Work, standing: Standing) -> Write | Refused:
        seen = members_of(work, standing)
        found = seen.pair(pair)
        if found is None:
            return Refused(Reason.NO_SUCH_PAIR, "1.2")

        def write(item: Item) -> None:
            for letter in (one for one in (found.a, found.b) if one not in REFERRED):
                said = PersonStatement(letter, seen.called[letter], seen.births[letter], reason, PANEL_DESK, 0)
                insert_statement(work, standing.keys, _next(work, item), said)
                with work.by_rules():  # a row of the letters is changed by the rules alone
                    open_letter(work, standing.case.id, letter)
            known = seen.relations.get(found, Relation.OTHER)
            relation = RelationStatement(found, known, assessed=True, reason=reason, desk="", sequence=0)
            insert_statement(work, standing.keys, item, relation)

        return write

    post = Post(actor, Action.OPEN_PAIR, case_id, version, "", json.dumps([pair, reason]), uuid4())
    return carry_out(service, post, lambda _own_person: Situation(), duty)


def people_of(service: Service, actor: Actor, case_id: UUID | str) -> Members | Refused:
    """The persons, pairs and relations of a case as far as this actor may know them."""
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_CASE)
        seen = standing if isinstance(standing, Refused) else members_of(work, standing)
    note_reading(service, actor, Action.READ_CASE, case_id, seen)
    return seen


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """The persons and pairs of a case, and by letter the year of birth where nobody knows the day."""

    members: Members
    years: Mapping[str, int]


def known_people(service: Service, actor: Actor, case_id: UUID | str) -> KnownPeople | Refused:
    """The persons of a case with whatever this actor's desk knows of their age: of several years the youngest."""
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_CASE)
        found = standing if isinstance(standing, Refused) else _known(work, standing)
    note_reading(service, actor, Action.READ_CASE, case_id, found)
    return found


def _known(work: Work, standing: Standing) -> KnownPeople:
    seen = members_of(work, standing)
    desks = desks_read_by(standing.actor, standing.own_person)
    identities = read_identities(work, standing.keys, standing.case.id, desks)
    years = {
        letter: max((one.year for one in by_desk.values() if one.year), default=0)
        for letter, by_desk in identities.items()
        if seen.has(letter) and not seen.births[letter]
    }
    return KnownPeople(seen, {letter: year for letter, year in years.items() if year})


def _add(work: Work, standing: Standing, item: Item, letter: str, new: NewPerson) -> None:
    details, pair = new.details, pair_of(letter, new.to)
    with work.by_rules():  # a letter and its desks are made by the rules alone
        add_letter(work, standing.keys, standing.case.id, letter, item.desk)
    said = PersonStatement(letter, details.called.strip(), _written(details.birth), "", item.desk, item.sequence)
    insert_statement(work, standing.keys, item, said)
    insert_identity(work, standing.keys, item, letter, details.identity)
    relation = new.relation if pair.a == letter else turned(new.relation)
    second = _next(work, item)
    stated: Statement = RelationStatement(pair, relation, new.assessed, "", second.desk, second.sequence)
    insert_statement(work, standing.keys, second, stated)
    if new.named:
        third = _next(work, item)
        taken_up = NamedStatement(new.named, letter, "", "", third.desk, third.sequence)
        insert_named(work, standing.keys, third, taken_up)


def _next(work: Work, item: Item) -> Item:
    return replace(item, id=uuid4(), sequence=next_sequence(work, item.case_id))


def _person_problems(service: Service, called: str, birth: date | None) -> tuple[str, ...]:
    today = service.clock().date()
    return (*name_problem("called", called), *(date_problem("birth", birth, today) if birth else ()))


def _written(birth: date | None) -> str:
    return birth.isoformat() if birth else ""
