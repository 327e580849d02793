"""Make the wall of all cases that one person ties together whole, in the transaction in which they are tied.

Who stands in one of them stands in all; who stands on both sides is kept out of all at once, and for ever. A match
ties two cases as soon as one member of the panel recognises somebody in it. Security page 3.3; INV-07; ADR 0056.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from triage.cases.compartments import PANEL_DESK
from triage.cases.constellation import closing
from triage.cases.matching.graph import Place
from triage.store import wall
from triage.store.attending.stands import account_stands
from triage.store.audit import Entry
from triage.store.matching.matches import StoredMatch, matches_of, reviews_of
from triage.store.work import Work

KEPT_OUT = "keep-out"
"""The act of the audit by which somebody of the staff, its object, is kept out of cases."""


@dataclass(frozen=True, slots=True)
class Constellation:
    """Cases that recognised people tie together, and the places in them that are one person."""

    cases: frozenset[UUID]
    same: tuple[tuple[Place, Place], ...]


def constellation_of(work: Work, case_id: UUID) -> Constellation:
    """Follow the recognised people from a case. Raises `MatcherDown`, `Unreadable`: nobody can tell then."""
    cases, waiting = {case_id}, [case_id]
    same: dict[UUID, tuple[tuple[Place, Place], ...]] = {}
    with work.by_rules():  # from any case of it, whoever asks: the wall is of all
        while waiting:
            for match in matches_of(work, waiting.pop()):
                if match.id not in same and _is_recognised(work, match):
                    same[match.id] = tuple(
                        ((match.later, later), (match.earlier, earlier)) for later, earlier in match.letters.items()
                    )
                    waiting += [case for case in match.cases if case not in cases]
                    cases.update(match.cases)
    return Constellation(frozenset(cases), tuple(pair for pairs in same.values() for pair in pairs))


def close_wall(work: Work, tied: Constellation, actor_id: UUID | None) -> Collection[UUID]:
    """Write what the wall of a constellation lacks, with an audit line for each who is kept out of a case.

    Output: the staff who stand on both sides. `actor_id`: by whose act it is written.
    """
    if len(tied.cases) == 1:
        return ()
    with work.by_rules():  # rows of everybody who stands in one of these cases
        stands = (*wall.stands_in(work, tied.cases), *account_stands(work, tied.cases))
        found = closing(tied.cases, tied.same, stands)
        for case_id, staff, side in sorted(found.missing, key=str):
            wall.enter(work, case_id, staff, side)
        for case_id, staff, letter in found.barred:
            wall.exclude(work, case_id, staff, letter)
        for staff in sorted(found.crossing, key=str):
            anew = [wall.exclude(work, case_id, staff, wall.WHOLE_CASE) for case_id in tied.cases]
            if any(anew):
                work.audit(Entry(KEPT_OUT, "both sides", actor_id, staff, PANEL_DESK))
    return found.crossing


def _is_recognised(work: Work, match: StoredMatch) -> bool:
    """Whether somebody of the panel says, by their last word, that these are the same people."""
    return True in {one.recorded_by: one.same for one in reviews_of(work, match.id)}.values()
