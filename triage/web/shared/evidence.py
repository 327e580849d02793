"""Findings in words: each with its direction, how strongly it stands, the answers it rests on, and its clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from triage.assess.findings import PairFindings, because
from triage.cases.compartments import reads_finding
from triage.cases.model import CaseView
from triage.cases.roles import Actor
from triage.flow.model import FindingDefinition, Rulebook
from triage.flow.values import Strength, last_strength, not_known
from triage.web.shared.letters import others_of
from triage.web.shared.said import Said, about_in_words, said, strength_in_words, with_persons
from triage.web.shared.translation import translated as _
from triage.web.shared.words import Words

if TYPE_CHECKING:
    from triage.routing.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding in words."""

    code: str
    name: str
    strength: str
    stands: bool
    because: tuple[tuple[str, Said], ...]
    clauses: tuple[str, ...]


def standing_in_words(definition: FindingDefinition, strength: Strength) -> str:
    """Say how a finding stands; an ordinal has words of its own."""
    if definition.ordinal and not not_known(strength):
        return (_("none"), _("some"), _("enough"), _("strong"))[min(int(strength), 3)]
    return strength_in_words(strength)


def findings_in_words(
    actor: Actor, case: CaseView, rulebook: Rulebook, assessment: Assessment, words: Words
) -> tuple[Shown, ...]:
    """Give the findings of the actor's compartments that are known, or were; a count is never shown, it is no score."""
    return tuple(_shown(actor, case, rulebook, assessment, words))


def _shown(actor: Actor, case: CaseView, rulebook: Rulebook, assessment: Assessment, words: Words) -> Iterator[Shown]:
    for pair in assessment.pairs:
        context = pair.findings.context
        for slot in context.book.slots.all:
            strength = Strength(pair.findings.strengths[slot.number])
            if not reads_finding(actor, slot.finding.compartment):
                continue
            if slot.finding.count or (not_known(strength) and not last_strength(strength)):
                continue
            persons = [context.persons.get(letter, "") for letter in (slot.actor or "A", slot.other or "B")]
            yield Shown(
                code=slot.name, name=with_persons(words(f"finding.{slot.finding.name}.name"), persons),
                strength=standing_in_words(slot.finding, strength), stands=int(strength) >= 2,
                because=answers_behind(case, rulebook, pair.findings, slot.number, words),
                clauses=slot.finding.clauses,
            )  # fmt: skip


def answers_behind(
    case: CaseView, rulebook: Rulebook, findings: PairFindings, slot: int, words: Words
) -> tuple[tuple[str, Said], ...]:
    """Give the answers that a finding rests on, or that ruled it out, each with its question."""
    resting = frozenset(because(findings, slot))
    return tuple(
        (words(f"{answer.question}.ask", answer.about), said(rulebook, answer, words))
        for answer in case.record.answers
        if answer.id in resting
    )


def missing_cells(missing: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """List what is missing before anything can be determined: a question or a finding, and whom it is about."""
    return tuple(_cell(cell, words) for cell in missing)


def _cell(cell: str, words: Words) -> str:
    name, _gap, about = cell.partition(" ")
    special = {
        "independent-source": _("Two kinds of source that do not depend on each other"),
        "support-service-or-records": _(
            "The support service, or what health, police, children’s services or a court saw"
        ),
        "safe-account": _("An account obtained in safe conditions"),
    }
    where = about_in_words(about)
    if name in special:
        return f"{special[name]} ({where})"
    if words.has(f"{name}.ask"):
        return f"{name} ({where}): {words(f'{name}.ask', about)}"
    first, second = (about[0], about[-1]) if ">" in about else (about, others_of(about, words.pairs))
    return _("Not settled yet: %(finding)s", finding=with_persons(words(f"finding.{name}.name"), [first, second]))
