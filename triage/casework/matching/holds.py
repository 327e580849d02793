"""What a match holds: the determinations signed before it are not in force until the panel has looked again.

A case that was not searched is held too, unless a member of the panel searched by hand (act CROSS-SEARCH). A hold is
shown to those who work with a person as one neutral code, like every other (domain 0.5; INV-32; AL-COUNTER).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from triage.cases.record import Act, Pair, Signatory
from triage.casework.matching.searching import REOPENING
from triage.store.matching.matches import StoredMatch, StoredReview, is_searched, matches_of, reviews_of
from triage.store.matching.subjects import MatcherDown
from triage.store.sealing import Unreadable
from triage.store.work import Work

W_SIGN, CROSS_SEARCH = "W-SIGN", "CROSS-SEARCH"
DISMISSED_BY = 2
"""How many people of the panel must say that these are not the same people before a match holds nothing."""


@dataclass(frozen=True, slots=True)
class Hold:
    """What stands of a case in the matcher.

    `turns` gives, by the persons of this case whom a match concerns, its last place in the order of the case; a match
    of one person alone reopens nothing. `matches`: all that reopen. `searched`: the search ran over everybody.
    `down`: nobody can tell, the matcher does not work.
    """

    turns: Mapping[frozenset[str], int] = field(default_factory=dict)
    since: date | None = None
    matches: tuple[UUID, ...] = ()
    searched: bool = False
    down: bool = False

    def turn(self, pair: Pair) -> int:
        """The place of the last match that reopens this pair, or zero."""
        return self.turns.get(frozenset({pair.a, pair.b}), 0)


def is_dismissed(reviews: Sequence[StoredReview]) -> bool:
    """Whether two people say that these are others, and nobody that they are the same; each one's last word counts."""
    last = {one.recorded_by: one.same for one in reviews}
    return list(last.values()).count(False) >= DISMISSED_BY and True not in last.values()


def hold_of(work: Work, case_id: UUID) -> Hold:
    """What stands of a case. A matcher that is down is said to be, never passed over."""
    try:
        standing = [one for one in matches_of(work, case_id) if reopens(work, one)]
    except (MatcherDown, Unreadable):
        return Hold(searched=is_searched(work, case_id), down=True)
    turns = {_persons_in(one, case_id): one.turns[case_id] for one in standing}  # in the order of the case
    since = standing[-1].recorded_on if standing else None
    return Hold(turns, since, tuple(one.id for one in standing), is_searched(work, case_id))


def reopens(work: Work, match: StoredMatch) -> bool:
    """Whether a match reopens the determinations of its cases."""
    return match.bearing in REOPENING and not is_dismissed(reviews_of(work, match.id))


def holds_start(hold: Hold, acts: Sequence[tuple[int, Act]], pairs: Sequence[Pair]) -> bool:
    """Whether nobody of the case may start: one pair of it that waits holds all.

    Inputs: the acts in order, each with its place in the order of the case; the pairs of the whole case.
    """
    searched = hold.searched or all(_named(acts, CROSS_SEARCH, pair) for pair in pairs)
    reopened = any(hold.turn(pair) > _named(acts, W_SIGN, pair) for pair in pairs)
    return hold.down or reopened or not searched


def acts_in_force(hold: Hold, acts: Sequence[tuple[int, Act]], pairs: Sequence[Pair]) -> tuple[Act, ...]:
    """The acts by which a case is assessed: without what a match reopened, and with what the matcher found."""
    turns = {pair.undirected: hold.turn(pair) for pair in pairs if hold.turn(pair)}
    stand = [act for place, act in acts if act.act != W_SIGN or place > turns.get(act.about, 0)]
    if hold.since is None:
        return tuple(stand)
    for pair in turns:
        on = max([hold.since, *(act.on for act in stand if (act.act, act.about) == (CROSS_SEARCH, pair))])
        found = (Signatory("matcher", "system"),)
        stand.append(Act(f"matcher {pair}", CROSS_SEARCH, pair, ("match",), on, found))
    return tuple(stand)


def _named(acts: Sequence[tuple[int, Act]], name: str, pair: Pair) -> int:
    """The place of the last act of a name about a pair, or zero."""
    return max((place for place, act in acts if (act.act, act.about) == (name, pair.undirected)), default=0)


def _persons_in(match: StoredMatch, case_id: UUID) -> frozenset[str]:
    """The letters of those whom a match concerns, as this case writes them."""
    return frozenset(match.letters if match.later == case_id else match.letters.values())
