"""Which acts a person may record in a case, by the wall's own table, and about whom."""

from dataclasses import dataclass

from triage.cases.model import CaseView
from triage.cases.roles import Action, Actor
from triage.cases.wall import ACTS, PROPOSERS, Situation, refusal
from triage.flow.model import About, ActDefinition
from triage.web.shared.opened import rulebook
from triage.web.shared.places import places


@dataclass(frozen=True, slots=True)
class PossibleAct:
    """An act somebody may record, and the place it is about."""

    definition: ActDefinition
    about: str

    @property
    def slug(self) -> str:
        """Write its name for an address."""
        return self.definition.name.lower()

    @property
    def of_two(self) -> bool:
        """Say whether it is only proposed here, and a second person must sign it too."""
        return self.definition.name in PROPOSERS


def acts_for(actor: Actor, case: CaseView) -> tuple[PossibleAct, ...]:
    """List the acts this person may record in this case, then those of two names that they may propose."""
    possible = [(name, Action.RECORD_ACT) for name in ACTS] + [(name, Action.PROPOSE_ACT) for name in PROPOSERS]
    return tuple(
        PossibleAct(rulebook().acts[name], about)
        for name, action in possible
        if name in rulebook().acts
        for about in _places(case, rulebook().acts[name].about)
        if refusal(actor, action, Situation(own_person=case.own_person, act=name, about=about)) is None
    )


def _places(case: CaseView, about: About) -> tuple[str, ...]:
    return places(case.record, about)
