"""Intake takes a pair of a referral into a new case or an existing one: its people, its answers, and the search.

A new case is opened as every other, so the same people are looked for, and the same pair in opposite roles reopens
what was signed (AL-COUNTER); the agency learns nothing of it. What an agency thinks of suitability goes nowhere
(INV-16). Source: clauses 2.4, 4.4 and 4.5; ADR 0051.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from triage.assess.reading.exchanging import exchanged_value
from triage.cases.agency.lifecycle import Answered, Event, Hand, Step
from triage.cases.agency.referral import FACTS_QUESTION, AgencyReferral, ReferredAnswer
from triage.cases.compartments import REFERRED, compartment_of, desk_of
from triage.cases.matching.pairs import Bearing, bearing
from triage.cases.model import NewAnswer, Referral
from triage.cases.record import NON_ANSWERS, Answer, Pair
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.fitting import SOURCE
from triage.casework.agencies.incoming import taken_into
from triage.casework.agencies.placing import (
    Placed,
    joined,
    letters_written,
    next_item,
    raise_desk,
    said_to_harm,
)
from triage.casework.agencies.standing import Stood, lock, stand_at
from triage.casework.matching.searching import search
from triage.casework.messages.posting import say_step
from triage.casework.referrals import open_within
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.standing import audit_entry, stand
from triage.flow.model import About
from triage.store.agency.organisations import read_agency
from triage.store.agency.referrals import StoredEvent, insert_event
from triage.store.assessments import insert_answer
from triage.store.cases import read_referral
from triage.store.data_keys import PROGRAMME, read_data_keys
from triage.store.identities import insert_identity
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Taking:
    """What is taken: a pair of the referral, whom the worker will talk to, and an existing case of theirs, if any.

    `letters` gives for an existing case the letter there of each person of the pair; a new case draws them. A case that
    the referral went into before is joined: who is new is added there, and the worker goes on talking to whom they do.
    `meant` says whether who is new is somebody of that case already: their letter there, or `NEW_PERSON`.
    """

    pair: str
    worker_sees: str
    case_id: UUID | str = ""
    letters: Mapping[str, str] | None = None
    meant: str = ""


def take(service: Service, actor: Actor, referral_id: UUID | str, taking: Taking) -> Recorded | Refused:
    """Take a pair of a referral into a case, with every answer about it; a second time gives the same case.

    Output: `Recorded` with the id of the case; `Refused` when there is no such referral, pair or case of theirs, when
    it was declined, or `TAKE_ANEW` when an existing case does not say the same of the same person.
    """
    with service.writing(actor) as work:
        lock(work, referral_id)
        stood = stand_at(work, actor, referral_id, Action.TAKE_REFERRAL, Step.TAKE)
        taken = stood if isinstance(stood, Refused) else _take(service, work, actor, stood, taking)
        work.audit(audit_entry(actor, Action.TAKE_REFERRAL, taken.id if isinstance(taken, Recorded) else None, taken))
    return taken


def _take(service: Service, work: Work, actor: Actor, stood: Stood, taking: Taking) -> Recorded | Refused:
    pair = next((one for one in stood.referral.pairs if one.undirected == taking.pair), None)
    if pair is None:
        return Refused(Reason.NO_SUCH_PAIR, "4.4")
    if earlier := taken_into(stood.events).get(taking.pair):
        return Recorded(0, earlier)
    placed: Placed | Refused
    if str(taking.case_id) in map(str, taken_into(stood.events).values()):
        standing = stand(work, actor, taking.case_id, Action.TAKE_REFERRAL)
        placed = (
            standing if isinstance(standing, Refused) else joined(service, work, stood, standing, pair, taking.meant)
        )
    elif taking.worker_sees not in {pair.a, pair.b}:
        return Refused(Reason.NO_SUCH_PAIR, "4.4")
    elif taking.case_id:
        placed = _existing(service, work, actor, stood.referral, pair, taking)
    else:
        placed = _new(service, work, actor, stood, pair, taking)
    if isinstance(placed, Refused):
        return placed
    _record(service, work, actor, stood, placed)
    event = Event(Step.TAKE, work.now, Answered.WITH_US)
    insert_event(
        work,
        stood.stored.id,
        Hand.INTAKE,
        StoredEvent(event, actor.id, letters_written(placed), placed.case_id, taking.pair),
    )
    say_step(work, stood.stored.agency_id, stood.stored.id, stood.course, event)
    return Recorded(0, placed.case_id)


def _new(service: Service, work: Work, actor: Actor, stood: Stood, pair: Pair, taking: Taking) -> Placed:
    """Open a case of a pair; which of the two is A is drawn by lot."""
    referral = stood.referral
    people = {one.letter: one.details for one in referral.persons if one.letter in {pair.a, pair.b}}
    agency = read_agency(work, stood.stored.agency_id)
    facts = referral.value_of(FACTS_QUESTION)
    arrived = Referral(
        persons=people,
        worker_sees=taking.worker_sees,
        received_from=agency.name if agency else "",
        facts=facts if isinstance(facts, str) and facts not in NON_ANSWERS else "",
        said_to_harm=said_to_harm(referral, pair),
    )
    opened = open_within(work, actor, arrived, service.settings.phone_region)
    desk = desk_of(actor, opened.letters[taking.worker_sees])
    return Placed(opened.id, desk, pair, opened.letters, read_data_keys(work, opened.id, (PROGRAMME,)))


def _existing(
    service: Service, work: Work, actor: Actor, referral: AgencyReferral, pair: Pair, taking: Taking
) -> Placed | Refused:
    """Stand at a case in which the worker works, if the referral says of the pair what the case says."""
    standing = stand(work, actor, taking.case_id, Action.TAKE_REFERRAL)
    if isinstance(standing, Refused):
        return standing
    letters = dict(taking.letters or {})
    if not standing.own_person or set(letters) != {pair.a, pair.b} or sorted(letters.values()) != sorted(REFERRED):
        return Refused(Reason.NO_SUCH_CASE, "1.2")
    if letters[taking.worker_sees] != standing.own_person:
        return Refused(Reason.NOT_YOUR_PERSON, "1.2")
    with work.by_rules():  # what the case was opened with may stand at another desk; only the comparison is used
        keys = read_data_keys(work, standing.case.id, (PROGRAMME,))
        whole = read_data_keys(work, standing.case.id, ("support", PROGRAMME))
        earlier = frozenset(read_referral(work, whole, standing.case).get("said_to_harm", ()))
    if bearing(earlier, said_to_harm(referral, pair), letters) is not Bearing.SAME:
        return Refused(Reason.TAKE_ANEW, "4.4")
    placed = Placed(standing.case.id, standing.desk, pair, letters, keys)
    for one in referral.persons:
        if one.letter in letters:
            item = next_item(work, actor, placed)
            insert_identity(work, keys, item, letters[one.letter], one.details.identity)
            raise_desk(work, placed)
    search(work, standing.case, service.settings.phone_region, actor.id)
    return placed


def _record(service: Service, work: Work, actor: Actor, stood: Stood, placed: Placed) -> None:
    """Record every answer about the pair and its people, as the words of the agency on the day it sent them."""
    sent = next(one.event.at for one in stood.events if one.event.step is Step.SEND).date()
    for said in _answers(service, stood.referral, placed):
        new = NewAnswer(said.question, SOURCE, said.value, sent, said.about)
        answer = service.rules.answer_from(new, str(uuid4()), max(work.today, sent))
        if not isinstance(answer, Answer):  # it fitted when it was sent; the rules have changed since
            continue
        item = next_item(work, actor, placed)
        compartment = compartment_of(answer.question, answer.source, actor.side)
        insert_answer(work, placed.keys, item, compartment, replace(answer, id=str(item.id)))
        raise_desk(work, placed)


def _answers(service: Service, referral: AgencyReferral, placed: Placed) -> Iterator[ReferredAnswer]:
    """Give the answers with the letters of the case in place of the referral's, in codes and columns too.

    In an answer about a pair, a and b are its own two. In any other they are the first two people of the referral: it
    goes only into a case of which those are A and B. Into one that is joined goes what is said of the pair and of who
    is new.
    """
    pair, letters, joins = placed.pair, placed.letters, placed.joined is not None
    mine = {one: letters[one] for one in (pair.a, pair.b) if placed.joined is None or one in placed.joined}
    mine |= {pair.undirected: placed.case_pair.undirected} | ({} if joins else {"": ""})
    first = REFERRED[0]
    of_first = {letters.get(one) for one in REFERRED} == set(REFERRED)
    for said in referral.answers:
        question = service.rules.rulebook.questions[said.question]
        other = exchanged_value(question, said.value)
        of_pair = question.about is About.PAIR
        if said.about in mine and (of_pair or of_first or other == said.value):
            turned = letters[pair.a] != placed.case_pair.a if of_pair else letters.get(first) != first
            yield ReferredAnswer(said.question, mine[said.about], other if turned else said.value)
