"""The safety of a case in words, from what its reader may read: unknown is said as unknown, never as safe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from triage.cases.model import CaseView
from triage.flow.values import RULED_OUT, standing
from triage.web.shared.translation import translated as _

if TYPE_CHECKING:
    from triage.flow.values import Strength
    from triage.routing.assessment import Assessment

EMERGENCY: Final = "O-EMERG"


@dataclass(frozen=True, slots=True)
class Safety:
    """One sentence on safety; `warns` unless it is known that there is no danger; the question that asks about it."""

    text: str
    warns: bool
    question: str = ""
    about: str = ""


def safety_of(case: CaseView, assessment: Assessment | None) -> tuple[Safety, ...]:
    """Say whether danger is known, and who is known to speak freely; nothing of it before an own view is recorded."""
    if assessment is None:
        text = _("Whether somebody is in danger is in the answers to this question. Read them before anything else.")
        return (Safety(text, warns=True, question="DR-26"),)
    persons = (case.own_person,) if case.own_person else case.record.persons
    return (_danger(case, assessment), *(_contact(assessment, person) for person in persons))


def free_to_speak(case: CaseView, assessment: Assessment | None) -> frozenset[str]:
    """Give the persons of whom it is known that they can speak freely."""
    found = {person: _unfree(assessment, person) for person in case.record.persons} if assessment else {}
    return frozenset(person for person, told in found.items() if told and all(one == RULED_OUT for one in told))


def _danger(case: CaseView, assessment: Assessment) -> Safety:
    told = [pair.facts["DANGER_NOW"] for pair in assessment.pairs]
    if any(map(standing, told)) or any(EMERGENCY in pair.decision.case for pair in assessment.pairs):
        text = _("Somebody may be in danger now. Act on that before anything else: whom to call is on the danger page.")
        return Safety(text, warns=True, question="DR-26")
    if len(told) == len(case.record.pairs) and all(one == RULED_OUT for one in told):
        return Safety(_("Asked about danger now: none was told. Ask again at every contact."), warns=False)
    text = _("It is not known whether somebody is in danger now. Ask this before anything else.")
    return Safety(text, warns=True, question="DR-26")


def _unfree(assessment: Assessment, person: str) -> list[Strength]:
    """How strongly contact with a person is unsafe, in each pair they belong to."""
    own = (pair for pair in assessment.pairs if person in pair.findings.context.letters)
    return [pair.facts[f"CONTACT_UNSAFE_{pair.findings.context.letters[person]}"] for pair in own]


def _contact(assessment: Assessment, person: str) -> Safety:
    told = _unfree(assessment, person)
    place = {"question": "RI-17", "about": person}
    if any(map(standing, told)):
        text = _(
            "%(letter)s may not be able to speak freely. Do not talk about the case until they are alone.",
            letter=person,
        )
        return Safety(text, warns=True, **place)
    if told and all(one == RULED_OUT for one in told):
        return Safety(
            _("%(letter)s could speak freely when asked. Ask again at every contact.", letter=person), warns=False
        )
    text = _(
        "It is not known whether %(letter)s can speak freely. Ask this at the start of every contact.", letter=person
    )
    return Safety(text, warns=True, **place)
