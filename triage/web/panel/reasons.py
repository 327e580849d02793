"""The reasons of a proposal in words: each rule that fired, about whom, the findings that made it fire, its clauses."""

from dataclasses import dataclass

from triage.routing.decision import PairDecision, Reason
from triage.web.shared.letters import letters_of
from triage.web.shared.said import finding_name, strength_in_words
from triage.web.shared.translation import translated as _
from triage.web.shared.words import Words


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """One reason: the rule in a plain sentence, what it gives, the findings it read, its clauses."""

    rule: str
    text: str
    gives: tuple[str, ...]
    findings: tuple[str, ...]
    clauses: tuple[str, ...]


def reasons_of(decided: PairDecision, pair: str, words: Words) -> tuple[ReasonShown, ...]:
    """Put the reasons of a decision of a pair (`C-K`) into words, in the order of the decision."""
    return tuple(_shown(reason, pair, words) for reason in decided.explanations)


def _shown(reason: Reason, pair: str, words: Words) -> ReasonShown:
    letters = letters_of(pair)
    text = words(reason.text, letters.direction(reason.subject)) if words.has(reason.text) else reason.rule
    about = _("For %(letter)s", letter=letters.of(reason.subject)) + ": " if reason.subject else ""
    said = {"not met": _("Not met:"), "latched": _("In force since earlier:")}
    notes = "".join(f"{said[note]} " for note in reason.notes if note in said)
    read = ((finding_name(name, words, pair), strength_in_words(strength)) for name, strength in reason.read)
    return ReasonShown(
        rule=reason.rule,
        text=f"{about}{notes}{text}",
        gives=tuple(words(f"outcome.{code}.name") for code in reason.gives if code.startswith("O-")),
        findings=tuple(f"{name}: {strength}" for name, strength in read),
        clauses=reason.clauses,
    )
