"""The reasons of a proposal in words; the findings under them lead down to the answers and the clauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triage.routing.decide import PairDecision
    from triage.web.shared.words import Words


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: the sentence and the clauses it serves."""

    text: str
    clauses: tuple[str, ...]


def reasons_of(decided: PairDecision, words: Words) -> tuple[Reason, ...]:
    """Put the reasons of a decision into words."""
    return tuple(
        Reason(words(f"reason.{one}") if words.has(f"reason.{one}") else str(one), ()) for one in decided.reasons
    )
