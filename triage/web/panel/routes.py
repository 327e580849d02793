"""The routes of a pair in words: outcome, may it start, what is to be done by whom and when, gates, alerts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triage.routing.assessment import PairDecision
    from triage.web.shared.words import Words


@dataclass(frozen=True, slots=True)
class OutcomeShown:
    """One outcome or gate: its name, and what must be done: what, who, by when."""

    code: str
    name: str
    actions: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class RouteShown:
    """The route of one person."""

    letter: str
    outcomes: tuple[OutcomeShown, ...]
    effective: bool
    adaptations: tuple[OutcomeShown, ...]


@dataclass(frozen=True, slots=True)
class RoutesShown:
    """Everything that is proposed for a pair."""

    result: str
    routes: tuple[RouteShown, ...]
    gates: tuple[OutcomeShown, ...]
    alerts: tuple[str, ...]


def routes_of(decided: PairDecision, words: Words) -> RoutesShown:
    """Put what is decided for a pair into words."""
    routes = tuple(
        RouteShown(
            letter,
            tuple(_outcome(code, words) for code in getattr(decided, letter)),
            decided.effective[letter],
            tuple(_outcome(code, words) for code in decided.adaptations[letter]),
        )  # fmt: skip
        for letter in ("A", "B")
    )
    alerts = tuple(words(f"alert.{code}.name") for code in decided.alerts)
    return RoutesShown(
        words(f"result.{decided.result}"), routes, tuple(_outcome(code, words) for code in decided.case), alerts
    )


def _outcome(code: str, words: Words) -> OutcomeShown:
    """Put one outcome into words; its actions stand in the catalogue, numbered from 1."""
    actions = []
    number = 1
    while words.has(f"outcome.{code}.action.{number}"):
        base = f"outcome.{code}.action.{number}"
        actions.append((words(base), words(f"{base}.owner"), words(f"{base}.deadline")))
        number += 1
    return OutcomeShown(code, words(f"outcome.{code}.name"), tuple(actions))
