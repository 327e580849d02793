"""Where a pair of a referral goes: a case, a desk, letters; a further pair may join the case of an earlier one.

An agency refers several people at once: who is in two of its pairs makes one case of them, when the worker wants it so.
The new person is added at the worker's desk and the pair is assessed, as on the page of people (ADR 0054, 0067, 0080).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from triage.cases.agency.referral import AgencyReferral
from triage.cases.members import Relation, RelationStatement, pair_of
from triage.cases.record import Pair
from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.standing import Stood
from triage.casework.matching.searching import search
from triage.casework.members.adding import NewPerson, add_within
from triage.casework.service import Service
from triage.casework.standing import Standing, members_of
from triage.store.agency.referrals import StoredEvent
from triage.store.cases import next_sequence, read_versions, require_raised_version
from triage.store.data_keys import PROGRAMME, DataKeys, read_data_keys
from triage.store.items import Item
from triage.store.members.statements import insert_statement
from triage.store.work import Work

TIE_QUESTION: Final = "RI-03"
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


def joined(service: Service, work: Work, stood: Stood, standing: Standing, pair: Pair) -> Placed | Refused:
    """Let a further pair into a case that the referral went into before: who is new is added, and harm is assessed."""
    letters = letters_in(stood.events, standing.case.id)
    new = [one for one in (pair.a, pair.b) if one not in letters]
    if len(new) == 2 or not standing.own_person:
        return Refused(Reason.NO_SUCH_PAIR, "4.4")
    relation = _relation(stood.referral, pair)
    if new:
        to = letters[pair.b if new[0] == pair.a else pair.a]
        details = next(one.details for one in stood.referral.persons if one.letter == new[0])
        added = add_within(service, work, standing, NewPerson(details, to, relation, assessed=True))
        if isinstance(added, Refused):
            return added
        letters[new[0]] = added
    keys = read_data_keys(work, standing.case.id, (PROGRAMME,))
    placed = Placed(standing.case.id, standing.desk, pair, letters, keys, frozenset(new))
    if not new:
        _relate(service, work, standing, placed, relation)
    raise_desk(work, placed)
    return placed


def _relate(service: Service, work: Work, standing: Standing, placed: Placed, relation: Relation) -> None:
    """Say that harm between two who are both in the case is assessed, if nobody said so before."""
    seen, pair = members_of(work, standing), placed.case_pair
    if seen.pair(pair.undirected) is not None:
        return
    item = next_item(work, standing.actor, placed)
    said = RelationStatement(pair, relation, assessed=True, reason="", desk=item.desk, sequence=item.sequence)
    insert_statement(work, standing.keys, item, said)
    search(work, standing.case, service.settings.phone_region, standing.actor.id)


def _relation(referral: AgencyReferral, pair: Pair) -> Relation:
    said = referral.value_of(TIE_QUESTION, pair.undirected)
    rows = said if isinstance(said, list) else [said]
    codes = (str(row.get("code", "")) if isinstance(row, Mapping) else row for row in rows)
    return next((_RELATIONS[code] for code in codes if isinstance(code, str) and code in _RELATIONS), Relation.OTHER)
