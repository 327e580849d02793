"""What is missing, why, and who could fill it safely; what was declined is never asked again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from triage.assess.tasks import Holding, State, Step, Task
from triage.cases.model import CaseView
from triage.flow.model import Rulebook
from triage.routing.reachable.ways import How, Way, ways_to
from triage.web.shared.said import about_in_words
from triage.web.shared.translation import translated as _
from triage.web.shared.words import Words

MOST_SHOWN: Final = 5
MOST_WAYS: Final = 3
_OPEN: Final = (Holding.UNSAFE, Holding.TAKEN_BACK, Holding.NOT_KNOWN, Holding.NOTHING)
"""What can be filled, the most pressing first: not what is declined, nor what is not safe to ask."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One question that lacks an answer: where, in words, why, and the ways to one, the safest first."""

    step: Step
    about: str
    ask: str
    why: str
    ways: tuple[str, ...]


def gaps_of(
    case: CaseView,
    rulebook: Rulebook,
    tasks: Iterable[Task],
    free: frozenset[str],
    words: Words,
    missing: Collection[str] = (),
) -> tuple[Gap, ...]:
    """Give the gaps of a case, in the order in which to fill them.

    Inputs: the tasks; who is known to speak freely; and for those who decide, the cells that keep the assessment from
    being sufficient (`WD-01 A>B`): what is missing for a decision is told to nobody else (domain 0.5).
    """
    found = {
        (step.question, step.about): step
        for task in tasks
        for step in task.steps
        if _is_gap(step, begun=task.state is not State.NOT_STARTED, wanted=missing)
    }
    return tuple(_gap(case, rulebook, step, free, words) for step in sorted(found.values(), key=_rank))


def _is_gap(step: Step, *, begun: bool, wanted: Collection[str]) -> bool:
    if step.holding is not Holding.NOTHING:
        return step.holding in _OPEN
    return (begun and step.required) or f"{step.question} {step.about}" in wanted


def _rank(step: Step) -> tuple[bool, bool, int]:
    return not step.mine, not step.required, _OPEN.index(step.holding)


def _gap(case: CaseView, rulebook: Rulebook, step: Step, free: frozenset[str], words: Words) -> Gap:
    reasons = {
        Holding.UNSAFE: _("Told in unsafe conditions only: it counts as possible at most."),
        Holding.TAKEN_BACK: _("Taken back, and nothing took its place."),
        Holding.NOT_KNOWN: _("Not known yet."),
        Holding.NOTHING: _("Not answered yet; needed before the panel decides."),
    }
    ways = ways_to(rulebook.questions[step.question], step.about, case.own_person, free)
    said = tuple(dict.fromkeys(_way_in_words(way, words) for way in ways))
    ask = words(f"{step.question}.ask", step.about)
    return Gap(step, about_in_words(step.about), ask, reasons[step.holding], said[:MOST_WAYS])


def _way_in_words(way: Way, words: Words) -> str:
    letter = way.person
    whose = {
        How.SUPPORT_SERVICE: _("the support service of %(letter)s, on its own side", letter=letter)
        if letter
        else _("a support service, on its own side"),
        How.OWN: _("%(letter)s, alone, in your own conversation", letter=letter),
        How.OWN_CHECKED_FIRST: _("%(letter)s, alone, once you know that they can speak freely", letter=letter),
        How.THEIR_WORKER: _("%(letter)s, by their own worker alone, never through the other", letter=letter)
        if letter
        else _("each person, by their own worker alone"),
    }
    return whose.get(way.how) or words(f"source.{way.source}")
