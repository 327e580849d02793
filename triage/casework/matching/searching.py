"""Search a case: keep its people in the index, find the same people and the same pair in other cases.

One door for every way a referral may arrive. Whatever goes wrong here, the case stays, unsearched, and is therefore
held; nobody is routed because a search did not run. Source: clause 4.4; INV-32; security page 2.2 P4 and 5, R17.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from uuid import UUID, uuid4

from triage.cases.compartments import DESKS, PANEL_DESK, REFERRED
from triage.cases.matching.identity import Identity
from triage.cases.matching.pairs import Bearing, bearing, match_pair, match_person
from triage.cases.matching.score import Comparison, Prepared, prepare
from triage.cases.matching.tokens import sought_tokens, tokens_of
from triage.cases.record import Pair
from triage.casework.service import RULES, Service
from triage.casework.standing import whole_members
from triage.store.audit import Entry
from triage.store.cases import (
    StoredCase,
    find_case,
    next_sequence,
    raise_version,
    read_referral,
    read_versions,
)
from triage.store.data_keys import PROGRAMME, SUPPORT, DataKeys, read_data_keys
from triage.store.identities import read_identities
from triage.store.matching.lookups import note_lookup
from triage.store.matching.matches import StoredMatch, insert_match, matches_of, note_searched, unsearched
from triage.store.matching.subjects import Subject, candidates, find_subject, keep_subject
from triage.store.members.statements import letters_of, read_said_to_harm
from triage.store.work import Work

REOPENING = frozenset({Bearing.OPPOSITE, Bearing.UNSAID})
"""What a later referral of a pair must say to reopen the determination: what is left unsaid is never "the same"."""
MOST_SEARCHES = 120
"""Searches of one person in an hour; beyond, a case is opened, and held until it is searched without them."""


def search(work: Work, case: StoredCase, region: str, actor_id: UUID | None) -> bool:
    """Search a case within the running transaction, and audit it. Output: whether the search ran over everybody.

    When anything fails, what the search wrote is undone, the rest of the transaction goes on, and the case is held.
    """
    with work.by_rules():  # nothing of what it sees comes back: a match is for the panel alone
        try:
            with work.connection.begin_nested():
                too_often = actor_id is not None and note_lookup(work, actor_id) > MOST_SEARCHES
                searched = not too_often and _search(work, case, region)
                note_searched(work, case.id, searched=searched)
        except Exception:  # noqa: BLE001 — whatever fails in the matcher, the referral is kept and held
            note_searched(work, case.id, searched=False)
            searched = False
    work.audit(Entry("match-search", "searched" if searched else "held", actor_id, case.id))
    return searched


def search_held_cases(service: Service) -> tuple[int, int]:
    """Search every case that was not, each in a transaction of its own. Output: how many, and how many stay held."""
    with service.reading(RULES) as work:
        held = [case for case_id, _reference in unsearched(work) if (case := find_case(work, case_id))]
    still = 0
    for case in held:
        with service.writing(RULES) as work:
            still += not search(work, case, service.settings.phone_region, None)
    return len(held), still


def _search(work: Work, case: StoredCase, region: str) -> bool:
    subjects = _index(work, case, region)
    found: dict[UUID, set[str]] = defaultdict(set)
    for subject in subjects.values():
        for other in candidates(work, sought_tokens(subject.identity, region), case.id):
            found[other.case_id].add(other.letter)
    known = {_mark(one) for one in matches_of(work, case.id)}
    mine = _Side(subjects, _pairs(work, case))
    for other_id in found:
        there = find_case(work, other_id)
        letters = sorted(letters_of(work, other_id))
        others = {letter: one for letter in letters if (one := find_subject(work, other_id, letter))}
        for match in _compared(mine, _Side(others, _pairs(work, there) if there else ()), region):
            if _mark(match) not in known:
                _keep(work, match)
    of_pairs = {letter for pair in mine.pairs for letter in (pair.a, pair.b)}
    return all(tokens_of(one.identity, region) for letter, one in subjects.items() if letter in of_pairs)


def _index(work: Work, case: StoredCase, region: str) -> Mapping[str, Subject]:
    """Keep the people of a case in the index, from everything recorded of them at any desk."""
    keys = read_data_keys(work, case.id, (SUPPORT, PROGRAMME))
    said = _said_to_harm(work, keys, case)
    known = read_identities(work, keys, case.id, DESKS)
    subjects = {}
    for letter, called in whole_members(work, keys, case).called.items():
        by_desk = known.get(letter) or {case.opened_desk: Identity(given=called)}
        subject = Subject(case.id, letter, case.opened_on, said[letter], by_desk)
        keep_subject(work, subject, tokens_of(subject.identity, region))
        subjects[letter] = subject
    return subjects


def _said_to_harm(work: Work, keys: DataKeys, case: StoredCase) -> Mapping[str, frozenset[str]]:
    """By letter, whom a referral says that they harm: in the pair the case was opened with, and in each that joined."""
    said: dict[str, frozenset[str]] = defaultdict(frozenset)
    opened = frozenset(read_referral(work, keys, case).get("said_to_harm", ()))
    for pair, harming in ((Pair(*REFERRED), opened), *read_said_to_harm(work, keys, case.id)):
        for letter in harming:
            said[letter] |= {pair.a, pair.b} - {letter}
    return said


@dataclass(frozen=True, slots=True)
class _Side:
    """The people and the pairs of one case, as the search compares them."""

    people: Mapping[str, Subject]
    pairs: tuple[Pair, ...]

    def both(self, prepared: Mapping[str, Prepared]) -> Iterator[Mapping[str, Prepared]]:
        """The two people of each pair, ready to be compared."""
        for pair in self.pairs:
            if {pair.a, pair.b} <= set(prepared):
                yield {pair.a: prepared[pair.a], pair.b: prepared[pair.b]}


def _compared(mine: _Side, others: _Side, region: str) -> Iterable[StoredMatch]:
    """The matches of pairs, then of single people who are in none of them."""
    one, other = next(iter(mine.people.values())), next(iter(others.people.values()))
    later, earlier = (mine, others) if one.opened_on >= other.opened_on else (others, mine)
    ready, known = (
        {letter: prepare(it.identity, region) for letter, it in side.people.items()} for side in (later, earlier)
    )
    tied: set[tuple[str, str]] = set()
    for two, both in product(later.both(ready), earlier.both(known)):
        if pair := match_pair(two, both):
            says = bearing(_said(earlier, both), _said(later, two), pair.letters)
            yield _match(later.people, earlier.people, says, pair.letters, pair.comparisons)
            tied.update(pair.letters.items())
    for a, b in product(ready, known):
        if (a, b) not in tied and (compared := match_person(ready[a], known[b])):
            yield _match(later.people, earlier.people, None, {a: b}, {a: compared})


def _said(side: _Side, two: Collection[str]) -> frozenset[str]:
    """Whom referrals said to harm the other of two; empty when they left it unsaid."""
    return frozenset(letter for letter in two if side.people[letter].harms & (set(two) - {letter}))


def _mark(match: StoredMatch) -> tuple[tuple[UUID, UUID], Bearing | None, tuple[tuple[str, str], ...]]:
    """What tells one match from another; a pair that joins later may say what was unsaid when it was first found."""
    return (match.cases, match.bearing, tuple(sorted(match.letters.items())))


def _pairs(work: Work, case: StoredCase) -> tuple[Pair, ...]:
    return whole_members(work, read_data_keys(work, case.id, (SUPPORT, PROGRAMME)), case).pairs


def _match(
    later: Mapping[str, Subject],
    earlier: Mapping[str, Subject],
    says: Bearing | None,
    letters: Mapping[str, str],
    compared: Mapping[str, Comparison],
) -> StoredMatch:
    first = next(iter(later.values()))
    return StoredMatch(
        id=uuid4(),
        recorded_on=first.opened_on,
        earlier=next(iter(earlier.values())).case_id,
        later=first.case_id,
        bearing=says,
        letters=letters,
        turns={},
        agreed={letter: tuple((it.field, it.level) for it in one.agreements) for letter, one in compared.items()},
        bits=round(sum(one.bits for one in compared.values()), 1),
    )


def _keep(work: Work, match: StoredMatch) -> None:
    """Keep a match at its place in the order of both cases; what the panel signed before rests on older cases."""
    turns = {case: next_sequence(work, case) for case in match.cases}
    insert_match(work, replace(match, turns=turns, recorded_on=work.today))
    if match.bearing in REOPENING:
        for case in match.cases:
            raise_version(work, case, PANEL_DESK, read_versions(work, case)[PANEL_DESK])
    work.audit(Entry("match-found", match.bearing or "person", None, match.id, PANEL_DESK))
