"""Search a case: keep its people in the index, find the same people and the same pair in other cases.

One door for every way a referral may arrive. Whatever goes wrong here, the case stays, unsearched, and is therefore
held; nobody is routed because a search did not run. Source: clause 4.4; INV-32; security page 2.2 P4 and 5, R17.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product
from uuid import UUID, uuid4

from triage.cases.compartments import DESKS, PANEL_DESK
from triage.cases.matching.identity import Identity
from triage.cases.matching.pairs import Bearing, bearing, match_pair, match_person
from triage.cases.matching.score import Comparison, prepare
from triage.cases.matching.tokens import sought_tokens, tokens_of
from triage.casework.service import RULES, Service
from triage.store.audit import Entry
from triage.store.cases import (
    StoredCase,
    find_case,
    next_sequence,
    raise_version,
    read_persons,
    read_referral,
    read_versions,
)
from triage.store.data_keys import PROGRAMME, SUPPORT, read_data_keys
from triage.store.identities import read_identities
from triage.store.matching.lookups import note_lookup
from triage.store.matching.matches import StoredMatch, insert_match, matches_of, note_searched, unsearched
from triage.store.matching.subjects import Subject, candidates, find_subject, keep_subject
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
    known = {(one.cases, one.bearing is None, tuple(one.letters.items())) for one in matches_of(work, case.id)}
    for other_id in found:
        others = {letter: one for letter in subjects if (one := find_subject(work, other_id, letter))}
        for match in _compared(subjects, others, region):
            if (match.cases, match.bearing is None, tuple(match.letters.items())) not in known:
                _keep(work, match)
    return all(tokens_of(one.identity, region) for one in subjects.values())


def _index(work: Work, case: StoredCase, region: str) -> Mapping[str, Subject]:
    """Keep the people of a case in the index, from everything recorded of them at any desk."""
    keys = read_data_keys(work, case.id, (SUPPORT, PROGRAMME))
    said: list[str] = read_referral(work, keys, case).get("said_to_harm", [])
    known = read_identities(work, keys, case.id, DESKS)
    subjects = {}
    for letter, details in read_persons(work, keys, case).items():
        by_desk = known.get(letter) or {case.opened_desk: Identity(given=details["called"])}
        subject = Subject(case.id, letter, case.opened_on, (letter in said) if said else None, by_desk)
        keep_subject(work, subject, tokens_of(subject.identity, region))
        subjects[letter] = subject
    return subjects


def _compared(mine: Mapping[str, Subject], others: Mapping[str, Subject], region: str) -> Iterable[StoredMatch]:
    """The match of the pair, or else of single people."""
    one, other = next(iter(mine.values())), next(iter(others.values()))
    later, earlier = (mine, others) if one.opened_on >= other.opened_on else (others, mine)
    ready, known = ({letter: prepare(it.identity, region) for letter, it in side.items()} for side in (later, earlier))
    pair = match_pair(ready, known) if len(later) == len(earlier) == 2 else None
    if pair:
        says = bearing(_said(earlier), _said(later), pair.letters)
        yield _match(later, earlier, says, pair.letters, pair.comparisons)
        return
    for a, b in product(ready, known):
        if compared := match_person(ready[a], known[b]):
            yield _match(later, earlier, None, {a: b}, {a: compared})


def _said(subjects: Mapping[str, Subject]) -> frozenset[str]:
    return frozenset(letter for letter, one in subjects.items() if one.harming)


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
