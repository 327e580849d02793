"""What a match holds: the determinations signed before it are not in force until the panel has looked again.

A case that was not searched is held too, unless a member of the panel searched by hand (act CROSS-SEARCH). A hold is
shown to those who work with a person as one neutral code, like every other (domain 0.5; INV-32; AL-COUNTER).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from triage.cases.record import Act, Signatory
from triage.casework.engine import PAIR
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

    `turn` is the place in the order of the case of the last match that reopens, or zero; `matches` all of those.
    `searched`: the search ran over everybody. `down`: nobody can tell, the matcher does not work.
    """

    turn: int = 0
    since: date | None = None
    matches: tuple[UUID, ...] = ()
    searched: bool = False
    down: bool = False


def is_dismissed(reviews: Sequence[StoredReview]) -> bool:
    """Whether two people say that these are others, and nobody that they are the same; each one's last word counts."""
    last = {one.recorded_by: one.same for one in reviews}
    return list(last.values()).count(False) >= DISMISSED_BY and True not in last.values()


def hold_of(work: Work, case_id: UUID) -> Hold:
    """What stands of a case. A matcher that is down is said to be, never passed over."""
    try:
        standing = [one for one in matches_of(work, case_id) if reopens(work, one)]
        last = max(standing, key=lambda one: one.turns[case_id], default=None)
    except (MatcherDown, Unreadable):
        return Hold(searched=is_searched(work, case_id), down=True)
    turn, since = (last.turns[case_id], last.recorded_on) if last else (0, None)
    return Hold(turn, since, tuple(one.id for one in standing), is_searched(work, case_id))


def reopens(work: Work, match: StoredMatch) -> bool:
    """Whether a match reopens the determinations of its cases."""
    return match.bearing in REOPENING and not is_dismissed(reviews_of(work, match.id))


def holds_start(hold: Hold, acts: Sequence[tuple[int, Act]]) -> bool:
    """Whether nobody of the case may start. Input: the acts in order, each with its place in the order of the case."""
    signed = max((place for place, act in acts if act.act == W_SIGN), default=0)
    by_hand = any(act.act == CROSS_SEARCH for _place, act in acts)
    return hold.down or hold.turn > signed or not (hold.searched or by_hand)


def acts_in_force(hold: Hold, acts: Sequence[tuple[int, Act]]) -> tuple[Act, ...]:
    """The acts by which a case is assessed: without what a match reopened, and with what the matcher found."""
    stand = [act for place, act in acts if act.act != W_SIGN or place > hold.turn]
    if hold.since:
        on = max((act.on for act in stand if act.act == CROSS_SEARCH), default=hold.since)
        found = (Signatory("matcher", "system"),)
        stand.append(Act("matcher", CROSS_SEARCH, PAIR.undirected, ("match",), max(on, hold.since), found))
    return tuple(stand)
