"""The routes of a pair in words: outcome, may work start, what is to be done by whom and when, gates, alerts."""

from dataclasses import dataclass

from triage.routing.assessment import PairAssessment
from triage.routing.decision import PersonRoute
from triage.web.panel.results import result_in_words
from triage.web.shared.guards import service
from triage.web.shared.letters import Letters, letters_of
from triage.web.shared.words import Words


@dataclass(frozen=True, slots=True)
class OutcomeShown:
    """One outcome or gate: its name, and what must be done: what, who, by when."""

    code: str
    name: str
    actions: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class RouteShown:
    """The route of one person; `unmet` says what keeps a start back."""

    letter: str
    outcomes: tuple[OutcomeShown, ...]
    effective: bool
    support: bool
    unmet: tuple[str, ...]
    adaptations: tuple[OutcomeShown, ...]


@dataclass(frozen=True, slots=True)
class RoutesShown:
    """Everything that is proposed for a pair."""

    result: str
    result_code: str
    routes: tuple[RouteShown, ...]
    gates: tuple[OutcomeShown, ...]
    alerts: tuple[tuple[str, str], ...]


def routes_of(assessed: PairAssessment, words: Words) -> RoutesShown:
    """Put what is decided for a pair into words."""
    decided, letters = assessed.decision, letters_of(assessed.pair.undirected)
    return RoutesShown(
        result=result_in_words(decided.result, letters),
        result_code=decided.result,
        routes=tuple(_route(decided.routes[role], letters, words) for role in ("A", "B")),
        gates=tuple(_outcome(code, words) for code in decided.case),
        alerts=tuple((code, words(f"alert.{code}.name")) for code in decided.alerts),
    )


def _route(route: PersonRoute, letters: Letters, words: Words) -> RouteShown:
    return RouteShown(
        letter=letters.of(route.person),
        outcomes=tuple(_outcome(code, words) for code in route.outcomes),
        effective=route.effective,
        support=any(_is_support(code) for code in route.outcomes),
        unmet=tuple(words(f"rule.{rule}", letters.direction(route.person)) for rule in route.unmet),
        adaptations=tuple(_outcome(code, words) for code in route.adaptations),
    )


def _is_support(code: str) -> bool:
    outcome = service().rules.outcomes.get(code)
    return outcome is not None and outcome.support


def _outcome(code: str, words: Words) -> OutcomeShown:
    """Put one outcome into words, with who does what by when."""
    actions = []
    outcome = service().rules.outcomes.get(code)
    for number, action in enumerate(outcome.actions if outcome else (), 1):
        what = words(f"outcome.{code}.action.{number}")
        actions.append((what, words(f"owner.{action.owner}"), words(f"deadline.{action.deadline}")))
    return OutcomeShown(code, words(f"outcome.{code}.name"), tuple(actions))
