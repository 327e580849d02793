"""Which own views count: those recorded since the last determination; a new one begins with new views (domain 0.6)."""

from triage.cases.compartments import PANEL_DESK
from triage.cases.record import Pair
from triage.cases.roles import Role
from triage.casework.matching.holds import W_SIGN, hold_of
from triage.casework.standing import Standing
from triage.store.assessments import read_acts
from triage.store.determinations import StoredView, read_views
from triage.store.work import Work


def last_result(work: Work, standing: Standing, pair: Pair) -> int:
    """The place in the order of the case of the last W-SIGN about a pair, or zero."""
    acts = read_acts(work, standing.keys, standing.case.id, (PANEL_DESK,))
    named = (W_SIGN, pair.undirected)
    return max((one.sequence for one in acts if (one.act.act, one.act.about) == named), default=0)


def open_views(work: Work, standing: Standing, pair: Pair) -> tuple[StoredView, ...]:
    """The own views about a pair since the last determination, or since a match reopened it."""
    since = max(last_result(work, standing, pair), hold_of(work, standing.case.id).turn(pair))
    views = read_views(work, standing.keys, standing.case.id, pair.undirected)
    return tuple(one for one in views if one.item.sequence > since)


def has_own_view(standing: Standing, views: tuple[StoredView, ...]) -> bool:
    """Whether this actor is among those who recorded a view."""
    return any(one.item.recorded_by == standing.actor.id for one in views)


def sees_assessment(work: Work, standing: Standing, pair: Pair) -> bool:
    """Whether this actor may see what the rules make of the case: a panel member after an own view (domain 0.6)."""
    if standing.actor.role is not Role.PANEL_MEMBER:
        return True
    return has_own_view(standing, open_views(work, standing, pair)) or signed_last_result(work, standing, pair)


def signed_last_result(work: Work, standing: Standing, pair: Pair) -> bool:
    """Whether this actor signed the determination of a pair in force: they then see what follows from it."""
    kept = read_acts(work, standing.keys, standing.case.id, (PANEL_DESK,))
    reopened, named = hold_of(work, standing.case.id).turn(pair), (W_SIGN, pair.undirected)
    acts = [one.act for one in kept if (one.act.act, one.act.about) == named and one.sequence > reopened]
    return bool(acts) and standing.actor.name in {one.name for one in acts[-1].by}
