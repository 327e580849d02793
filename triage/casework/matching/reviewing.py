"""What the panel alone sees and says of matches: the list, one match, who else somebody could be, the chains.

A match is shown to a member of the panel who stands on no side of either case, and opening it is reading both. Two
cases are tied, never merged: each keeps its people, its desks and its wall. Source: security page 3.2 and 3.3.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from triage.cases.compartments import PANEL_DESK, wall_side
from triage.cases.matching.graph import Allegation, Chain, Place, chains, people
from triage.cases.matching.pairs import Bearing
from triage.cases.matching.score import compare, prepare, shipped_weights
from triage.cases.matching.tokens import sought_tokens
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused, Situation, refusal
from triage.casework.closing import close_wall, constellation_of
from triage.casework.limits import REASON, as_id, text_problem
from triage.casework.matching.holds import hold_of, is_dismissed, reopens
from triage.casework.matching.searching import search
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.standing import Standing, audit_entry, note_reading, stand
from triage.store import wall
from triage.store.cases import find_case, raise_version, read_versions
from triage.store.matching.lookups import note_lookup
from triage.store.matching.matches import StoredMatch, StoredReview, all_matches, insert_review, reviews_of, unsearched
from triage.store.matching.subjects import MatcherDown, Subject, candidates, find_subject
from triage.store.members.statements import letters_of
from triage.store.sealing import Unreadable
from triage.store.work import Work

MOST_LOOKUPS = 60
"""How often somebody may ask within an hour who else a person could be."""


@dataclass(frozen=True, slots=True)
class MatchView:
    """A match as the panel sees it.

    `earlier` and `later` are cases by id and reference; `letters` gives for each later letter the earlier one; `agreed`
    gives by later letter the field and level of what was compared, never a value. `mine` is what this reader last said.
    """

    id: UUID
    on: date
    earlier: tuple[UUID, str]
    later: tuple[UUID, str]
    bearing: Bearing | None
    letters: Mapping[str, str]
    agreed: Mapping[str, tuple[tuple[str, str], ...]]
    bits: float
    reopens: bool
    dismissed: bool
    reviews: tuple[tuple[str, date, bool, str], ...]
    mine: bool | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of another case who could be the same person: what agrees, never a value."""

    case_id: UUID
    reference: str
    letter: str
    agreed: tuple[tuple[str, str], ...]
    likely: bool


@dataclass(frozen=True, slots=True)
class Watch:
    """What the panel has to look at: matches, chains by the references of their cases, and cases not searched."""

    matches: tuple[MatchView, ...]
    chains: tuple[tuple[str, tuple[tuple[UUID, str], ...]], ...]
    unsearched: tuple[tuple[UUID, str], ...]
    down: bool = False


def watch(service: Service, actor: Actor) -> Watch | Refused:
    """List what the panel has to look at, the most urgent first, without what touches a case that is closed to them."""
    with service.reading(actor) as work:
        seen = refusal(actor, Action.READ_MATCHES, Situation()) or _watch(work, actor)
    note_reading(service, actor, Action.READ_MATCHES, None, seen)
    return seen


@dataclass(frozen=True, slots=True)
class CaseWatch:
    """What stands of one case: its determinations are reopened; the matches that this reader may open; held."""

    reopened_on: date | None
    matches: tuple[UUID, ...]
    searched: bool
    down: bool


def case_watch(service: Service, actor: Actor, case_id: UUID | str) -> CaseWatch | Refused:
    """Say to the panel whether a case is reopened or held by the matcher."""
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_MATCHES)
        if isinstance(standing, Refused):
            return standing
        hold = hold_of(work, standing.case.id)
        shown = tuple(one for one in hold.matches if not isinstance(_find(work, actor, one), Refused))
    return CaseWatch(hold.since, shown, hold.searched, hold.down)


def read_match(service: Service, actor: Actor, match_id: UUID | str) -> MatchView | Refused:
    """Read one match: this is reading both cases, and is noted in the audit and in the wall of both."""
    with service.reading(actor) as work:
        match = _find(work, actor, match_id)
        seen = match if isinstance(match, Refused) else _shown(work, actor, match)
    note_reading(service, actor, Action.READ_MATCHES, None, seen)
    if isinstance(match, StoredMatch):
        for case_id in match.cases:
            note_reading(service, actor, Action.READ_CASE, case_id, seen)
    return seen


def review_match(
    service: Service, actor: Actor, match_id: UUID | str, *, same: bool, reason: str
) -> Recorded | Refused:
    """Say whether a match is of the same people, with a reason. One "same" holds; only two "others" let go.

    Output: the id of the review; the same said again is the same record.
    """
    if wrong := text_problem("reason", reason, REASON, required=True):
        return Refused(Reason.NOT_ACCEPTED, "4.4", wrong)
    with service.writing(actor) as work:
        match = _find(work, actor, match_id)
        done = match if isinstance(match, Refused) else _review(work, actor, match, same=same, reason=reason)
        work.audit(audit_entry(actor, Action.REVIEW_MATCH, as_id(match_id), done))
    return done


def propose_duplicates(
    service: Service, actor: Actor, case_id: UUID | str, letter: str
) -> tuple[Candidate, ...] | Refused:
    """Say who of other cases this person could be, the likeliest first; nothing is joined by it.

    Refused to everybody but the panel and the safety lead, and after sixty questions in an hour; each is audited.
    """
    with service.writing(actor) as work:
        standing = stand(work, actor, case_id, Action.LOOK_UP_PERSON)
        found: tuple[Candidate, ...] | Refused
        if isinstance(standing, Refused):
            found = standing
        elif note_lookup(work, actor.id) > MOST_LOOKUPS:
            found = Refused(Reason.TOO_OFTEN, "4.4")
        else:
            found = _duplicates(work, standing, letter, service.settings.phone_region)
        work.audit(audit_entry(actor, Action.LOOK_UP_PERSON, as_id(case_id), found))
    return found


def search_again(service: Service, actor: Actor, case_id: UUID | str) -> Recorded | Refused:
    """Search a case once more, when the search did not run. Output: `Recorded` however it ended; the list tells."""
    with service.writing(actor) as work:
        standing = stand(work, actor, case_id, Action.LOOK_UP_PERSON)
        done: Recorded | Refused
        if isinstance(standing, Refused):
            done = standing
        else:
            search(work, standing.case, service.settings.phone_region, actor.id)
            done = Recorded(standing.version, standing.case.id)
        work.audit(audit_entry(actor, Action.LOOK_UP_PERSON, as_id(case_id), done))
    return done


def _is_free(work: Work, actor: Actor, case_id: UUID) -> bool:
    """Whether somebody may read a case as a member of the panel: they never stood on a side of it."""
    return not isinstance(stand(work, actor, case_id, Action.READ_MATCHES), Refused)


def _closed_to(work: Work, actor: Actor) -> frozenset[UUID]:
    """The cases that somebody may not read as a member of the panel, all at once: as if `stand` were asked of each."""
    crossed = {case_id for case_id, side in wall.sides_of(work, actor.id).items() if side != wall_side(actor)}
    excluded = wall.exclusions_of(work, actor.id)
    kept_out = {case_id for case_id, letters in excluded.items() if wall.WHOLE_CASE in letters}
    return frozenset(crossed | kept_out | set(wall.persons_of(work, actor.id)))


def _watch(work: Work, actor: Actor) -> Watch:
    closed = _closed_to(work, actor)
    waiting = tuple(one for one in unsearched(work) if one[0] not in closed)
    try:
        found = tuple(match for match in all_matches(work) if not closed & set(match.cases))
        shown = sorted((_shown(work, actor, match) for match in found), key=_urgency)
        return Watch(tuple(shown), tuple(_chains(work, found)), waiting)
    except (MatcherDown, Unreadable):
        return Watch((), (), waiting, down=True)


def _urgency(match: MatchView) -> tuple[bool, bool, bool]:
    """What reopens and nobody has looked at stands first, single people last."""
    return (not match.reopens, bool(match.reviews), match.bearing is None)


def _chains(work: Work, found: tuple[StoredMatch, ...]) -> Iterator[tuple[str, tuple[tuple[UUID, str], ...]]]:
    """The chains over all the cases that matches tie and this actor may read."""
    tied = [one for one in found if not is_dismissed(reviews_of(work, one.id))]
    allegations = [
        one for case in dict.fromkeys(case for match in tied for case in match.cases) for one in _said(work, case)
    ]
    same: list[tuple[Place, Place]] = [
        ((match.later, later), (match.earlier, earlier)) for match in tied for later, earlier in match.letters.items()
    ]
    seen: set[tuple[str, frozenset[UUID]]] = set()
    for chain in chains(allegations, people((), same)):
        mark = (chain.pattern.value, frozenset(chain.cases))
        if mark not in seen and len(chain.cases) > 1:
            seen.add(mark)
            yield chain.pattern.value, _cases_of(work, chain)


def _cases_of(work: Work, chain: Chain) -> tuple[tuple[UUID, str], ...]:
    found = (find_case(work, case_id) for case_id in chain.cases)
    return tuple((case.id, case.reference) for case in found if case)


def _said(work: Work, case_id: UUID) -> Iterator[Allegation]:
    """The allegations of referrals as they arrived, of the first pair and of every pair that joined."""
    for letter in sorted(letters_of(work, case_id)):
        subject = find_subject(work, case_id, letter)
        for other in sorted(subject.harms) if subject else ():
            yield Allegation(case_id, letter, other)


def _find(work: Work, actor: Actor, match_id: UUID | str) -> StoredMatch | Refused:
    """Find a match whose two cases the actor is free in; any other does not exist."""
    known_id = as_id(match_id)
    if not refusal(actor, Action.READ_MATCHES, Situation()):
        try:
            found = next((one for one in all_matches(work) if one.id == known_id), None)
        except (MatcherDown, Unreadable):
            found = None
        if found and all(_is_free(work, actor, case_id) for case_id in found.cases):
            return found
    return Refused(Reason.NO_SUCH_MATCH, "4.4")


def _shown(work: Work, actor: Actor, match: StoredMatch) -> MatchView:
    reviews = reviews_of(work, match.id)
    references = [(case_id, case.reference if (case := find_case(work, case_id)) else "") for case_id in match.cases]
    return MatchView(
        id=match.id,
        on=match.recorded_on,
        earlier=references[0],
        later=references[1],
        bearing=match.bearing,
        letters=match.letters,
        agreed=match.agreed,
        bits=match.bits,
        reopens=reopens(work, match),
        dismissed=is_dismissed(reviews),
        reviews=tuple((one.by, one.recorded_on, one.same, one.reason) for one in reviews),
        mine=next((one.same for one in reversed(reviews) if one.recorded_by == actor.id), None),
    )


def _review(work: Work, actor: Actor, match: StoredMatch, *, same: bool, reason: str) -> Recorded:
    reviews = reviews_of(work, match.id)
    mine = next((one for one in reversed(reviews) if one.recorded_by == actor.id), None)
    if mine and (mine.same, mine.reason) == (same, reason):  # the same form sent twice
        return Recorded(len(reviews), mine.id)
    review = StoredReview(uuid4(), match.id, len(reviews) + 1, actor.id, work.today, same, reason, actor.name)
    before = reopens(work, match)
    insert_review(work, review)
    for case_id in match.cases:
        if not wall.side_in_case(work, case_id, actor.id):
            wall.enter(work, case_id, actor.id, PANEL_DESK)
        if reopens(work, match) != before:
            raise_version(work, case_id, PANEL_DESK, read_versions(work, case_id)[PANEL_DESK])
    close_wall(work, constellation_of(work, match.earlier), actor.id)
    return Recorded(review.sequence, review.id)


def _duplicates(work: Work, standing: Standing, letter: str, region: str) -> tuple[Candidate, ...] | Refused:
    try:
        subject = find_subject(work, standing.case.id, letter)
        found = candidates(work, sought_tokens(subject.identity, region), standing.case.id) if subject else ()
    except (MatcherDown, Unreadable):
        return Refused(Reason.MATCHER_DOWN, "4.4")
    if subject is None:
        return Refused(Reason.NO_SUCH_MATCH, "4.4")
    compared = [
        (one, _bits_and_words(subject, one, region)) for one in found if _is_free(work, standing.actor, one.case_id)
    ]
    weights = shipped_weights()
    ranked = sorted((one for one in compared if one[1][0] >= weights.possible), key=lambda one: -one[1][0])
    return tuple(_candidate(work, one, agreed, bits >= weights.person) for one, (bits, agreed) in ranked)


def _bits_and_words(subject: Subject, other: Subject, region: str) -> tuple[float, tuple[tuple[str, str], ...]]:
    compared = compare(prepare(subject.identity, region), prepare(other.identity, region))
    return compared.bits, tuple((it.field, it.level) for it in compared.agreements)


def _candidate(work: Work, other: Subject, agreed: tuple[tuple[str, str], ...], likely: bool) -> Candidate:
    case = find_case(work, other.case_id)
    return Candidate(other.case_id, case.reference if case else "", other.letter, agreed, likely)
