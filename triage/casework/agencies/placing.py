"""Where a pair of a referral goes: a case, a desk, letters; a further pair may join the case of an earlier one.

An agency refers several people at once: who is in two of its pairs makes one case of them, when the worker wants it so.
The new person is added at the worker's desk and the pair is assessed, as on the page of people (ADR 0054, 0067, 0080).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from triage.cases.agency.referral import LABEL_QUESTION, AgencyReferral
from triage.cases.members import Relation, RelationStatement, pair_of
from triage.cases.record import Pair
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.standing import Stood, stand_at
from triage.casework.matching.searching import search
from triage.casework.members.adding import NewPerson, add_within
from triage.casework.service import Service
from triage.casework.standing import Standing, members_of, note_reading, stand
from triage.store.agency.referrals import StoredEvent
from triage.store.cases import next_sequence, read_versions, require_raised_version
from triage.store.data_keys import PROGRAMME, DataKeys, read_data_keys
from triage.store.identities import insert_identity
from triage.store.items import Item
from triage.store.members.statements import insert_said_to_harm, insert_statement
from triage.store.work import Work

TIE_QUESTION: Final = "RI-03"
NEW_PERSON: Final = "new"
"""What the worker says of somebody who is none of those in the case."""
_LABELS: Final[Mapping[str, tuple[bool, bool]]] = {"a": (True, False), "b": (False, True), "both": (True, True)}
_RELATIONS: Final[Mapping[str, Relation]] = {
    "partner": Relation.PARTNER,
    "ex_partner": Relation.EX_PARTNER,
    "adult_child_parent": Relation.RELATIVE,
    "minor_child_parent": Relation.RELATIVE,
    "siblings": Relation.RELATIVE,
    "wider_family": Relation.RELATIVE,
}
"""By tie, what the two are to each other: which of them is the parent, the tie does not say, and its answer is kept."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a pair goes: the case, the worker's desk there, and its letters by those of the referral.

    `joined` are the people who came with this pair into a case in which the referral had put others before; None when
    the pair is the first.
    """

    case_id: UUID
    desk: str
    pair: Pair
    letters: Mapping[str, str]
    keys: DataKeys
    joined: frozenset[str] | None = None

    @property
    def case_pair(self) -> Pair:
        """The pair as the case names it."""
        return pair_of(self.letters[self.pair.a], self.letters[self.pair.b])


def next_item(work: Work, actor: Actor, placed: Placed) -> Item:
    """Give the next place of a desk in the order of its case."""
    return Item(uuid4(), placed.case_id, next_sequence(work, placed.case_id), placed.desk, actor.id, work.today)


def raise_desk(work: Work, placed: Placed) -> None:
    """Let whoever has the desk open see that something came."""
    held = read_versions(work, placed.case_id)[placed.desk]
    require_raised_version(work, placed.case_id, placed.desk, held)


def letters_written(placed: Placed) -> str:
    """Write the letters of a case by those of the referral, as the step that took it keeps them."""
    return " ".join(f"{ours}={theirs}" for ours, theirs in sorted(placed.letters.items()))


def letters_in(events: Iterable[StoredEvent], case_id: UUID | str) -> dict[str, str]:
    """Give the letters that people of a referral have in a case it went into, by those of the referral."""
    kept = (one.text for one in events if one.case_id and str(one.case_id) == str(case_id))
    return dict(part.split("=", 1) for text in kept for part in text.split())


def joinable(events: tuple[StoredEvent, ...], pair: Pair) -> tuple[UUID, ...]:
    """Give the cases this referral went into in which one of a pair, or both, are already."""
    cases = {one.case_id: None for one in events if one.case_id}
    return tuple(one for one in cases if not {pair.a, pair.b}.isdisjoint(letters_in(events, one)))


def others_in(work: Work, standing: Standing, events: Iterable[StoredEvent]) -> dict[str, str]:
    """Give, by letter, what those of a case are called who are in it but did not come with this referral.

    Only whom this actor sees: the new person of a further pair may be one of them, added by hand before.
    """
    came = set(letters_in(events, standing.case.id).values())
    return {letter: name for letter, name in members_of(work, standing).called.items() if letter not in came}


def who_may_be_meant(
    service: Service, actor: Actor, referral_id: UUID | str, joins: Mapping[str, Iterable[UUID]]
) -> dict[tuple[str, UUID], dict[str, str]]:
    """Give, by further pair and case it may join, whom its new person may already be there; nothing when nobody is new.

    Only of cases that the actor may read, and that reading is noted.
    """
    found: dict[tuple[str, UUID], dict[str, str]] = {}
    with service.reading(actor) as work:
        stood = stand_at(work, actor, referral_id, Action.READ_INCOMING)
        if isinstance(stood, Refused):
            return {}
        for pair, case_id in ((pair, one) for pair, cases in joins.items() for one in cases):
            standing = stand(work, actor, case_id, Action.READ_CASE)
            is_new = not set(pair.split("-")) <= set(letters_in(stood.events, case_id))
            if is_new and not isinstance(standing, Refused):
                found[pair, case_id] = others_in(work, standing, stood.events)
    for case_id in {case_id for _pair, case_id in found}:
        note_reading(service, actor, Action.READ_CASE, case_id, found)
    return found


def said_to_harm(referral: AgencyReferral, pair: Pair) -> frozenset[str]:
    """Give the letters of those whom a referral names as the one who harms; empty when it names nobody (RI-21)."""
    label = referral.value_of(LABEL_QUESTION, pair.undirected)
    says_a, says_b = _LABELS.get(label, (False, False)) if isinstance(label, str) else (False, False)
    return frozenset(letter for letter, said in ((pair.a, says_a), (pair.b, says_b)) if said)


def joined(service: Service, work: Work, stood: Stood, standing: Standing, pair: Pair, meant: str) -> Placed | Refused:
    """Let a further pair into a case that the referral went into before, with whom it names as the one who harms.

    Harm between the two is assessed. `meant` is the letter that who is new to the case from this referral has there
    already, or `NEW_PERSON`; it must be said when the case holds anybody who did not come with the referral.
    """
    letters = letters_in(stood.events, standing.case.id)
    new = [one for one in (pair.a, pair.b) if one not in letters]
    if len(new) == 2 or not standing.own_person:
        return Refused(Reason.NO_SUCH_PAIR, "4.4")
    relation = _relation(stood.referral, pair)
    if new:
        to = letters[pair.b if new[0] == pair.a else pair.a]
        details = next(one.details for one in stood.referral.persons if one.letter == new[0])
        letter = _letter_of(work, stood, standing, NewPerson(details, to, relation, assessed=True), meant)
        if isinstance(letter, Refused):
            return letter
        letters[new[0]] = letter
    keys = read_data_keys(work, standing.case.id, (PROGRAMME,))
    placed = Placed(standing.case.id, standing.desk, pair, letters, keys, frozenset(new))
    _relate(work, standing, placed, relation)
    if said := said_to_harm(stood.referral, pair):
        harming = frozenset(letters[one] for one in said)
        insert_said_to_harm(work, keys, next_item(work, standing.actor, placed), placed.case_pair, harming)
    search(work, standing.case, service.settings.phone_region, standing.actor.id)
    raise_desk(work, placed)
    return placed


def _letter_of(work: Work, stood: Stood, standing: Standing, new: NewPerson, meant: str) -> str | Refused:
    """Give the letter of who is new from this referral: of somebody who is in the case already, or a new one."""
    others = others_in(work, standing, stood.events)
    if meant in others:
        item = Item(
            uuid4(), standing.case.id, next_sequence(work, standing.case.id), standing.desk, standing.actor.id,
            work.today,
        )  # fmt: skip
        insert_identity(work, standing.keys, item, meant, new.details.identity)
        return meant
    if meant != NEW_PERSON and (meant or others):
        return Refused(Reason.WHO_IS_MEANT, "4.4")
    return add_within(work, standing, new)


def _relate(work: Work, standing: Standing, placed: Placed, relation: Relation) -> None:
    """Say that harm between two who are both in the case is assessed, if nobody said so before."""
    seen, pair = members_of(work, standing), placed.case_pair
    if seen.pair(pair.undirected) is not None:
        return
    relation = seen.relations.get(pair, relation)  # what a worker said of the two before stands
    item = next_item(work, standing.actor, placed)
    said = RelationStatement(pair, relation, assessed=True, reason="", desk=item.desk, sequence=item.sequence)
    insert_statement(work, standing.keys, item, said)


def _relation(referral: AgencyReferral, pair: Pair) -> Relation:
    said = referral.value_of(TIE_QUESTION, pair.undirected)
    rows = said if isinstance(said, list) else [said]
    codes = (str(row.get("code", "")) if isinstance(row, Mapping) else row for row in rows)
    return next((_RELATIONS[code] for code in codes if isinstance(code, str) and code in _RELATIONS), Relation.OTHER)
