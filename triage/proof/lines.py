"""Write what was proved for a terminal, with the case that breaks a law."""

from collections.abc import Iterator, Mapping
from typing import Any

from triage.flow.letters import exchanged
from triage.proof.telling import Lead, ShownCase, ShownProof, Texts

LANGUAGE = "en"
"""The terminal is told everything in English; the page of the proofs says the same in the language of its reader."""
NOT_REPLAYED = (
    "The solver breaks this law, but the assessment of the sheet below does not: the law is not proved, and the prover "
    "itself may be at fault."
)
FACTS_ALONE: Mapping[int, str] = {
    1: "No answers within the bounds of the prover were found to lead there: the example is a fact set.",
    2: "A change of facts is shown as two fact sets, before and after; no answers were looked for.",
}
"""Why an example is not an answer sheet, by how many fact sets it has."""


def lines(proof: ShownProof, texts: Texts, seconds: float, *, of_answers: bool) -> Iterator[str]:
    """Write one proof; `of_answers` says whether answers were looked for, too."""
    yield f"{proof.id}  {proof.status:<14} {seconds * 1000:7.1f} ms  {proof.sentence}"
    yield from (f"        also held by {name}" for name in proof.tests)
    if proof.awaits:
        yield f"        not built yet: {proof.awaits}"
    yield from (f"        {sentence}" for sentence in proof.faults)
    if proof.broken is None:
        return
    if proof.broken.says not in {"", proof.sentence}:
        yield f"        Broken: {' '.join(filter(None, (proof.broken.id, proof.broken.says)))}"
    if proof.sheet is not None:
        yield from (f"        {line}" for line in _of_sheet(proof, proof.sheet, texts))
    elif proof.cases and of_answers:
        yield f"        {FACTS_ALONE[len(proof.cases)]}"
    for title, case in zip(("Before", "After") if len(proof.cases) > 1 else ("",), proof.cases, strict=False):
        yield from (f"        {line}" for line in _of_case(title, case))
    if proof.changed:
        yield "        What changed:"
        yield from (f"          {name}: {before}, then {after}" for name, before, after in proof.changed)


def _of_case(title: str, case: ShownCase) -> Iterator[str]:
    if title:
        yield f"{title}:"
    yield from (f"  {name}: {strength}" for name, strength in case.known)
    if case.in_force:
        yield f"  In force from earlier: {', '.join(case.in_force)}"
    if case.together:
        yield f"  From one and the same class of sources: {', '.join(case.together)}"
    yield "  Nothing else is known."
    yield from _of_lead(case.leads_to)


def _of_sheet(proof: ShownProof, sheet: Mapping[str, Any], texts: Texts) -> Iterator[str]:
    """The answers as they were filled in, by their codes, each with its question; then what they lead to."""
    if not proof.replayed:
        yield NOT_REPLAYED
    yield "The answer sheet:"
    for person, details in sheet["persons"].items():
        if details.get("birth"):
            yield f"  {person} was born on {details['birth']}"
    if not (sheet["answers"] or sheet["acts"]):
        yield "  Nothing was answered and nothing was signed."
    for answer in sheet["answers"]:
        about = f" ({answer['about']})" if answer.get("about") else ""
        marks = [f"{key}: {answer[key]}" for key in ("by", *_MARKS) if answer.get(key)]
        told = ", ".join((_value(answer["value"]), f"from {answer['source']}", *marks))
        asked = exchanged(texts.get(answer["question"] + ".ask", ""), answer.get("about") or "", LANGUAGE)
        yield f"  {answer['question']}{about} {asked}"
        yield f"    = {told}"
    for act in sheet["acts"]:
        about = f" ({act['about']})" if act.get("about") else ""
        yield f"  Act {act['act']}{about} {texts.get('act.' + act['act'] + '.name', '')} = {_value(act['value'])}"
    if sheet.get("latched"):
        yield f"  In force from earlier: {', '.join(sheet['latched'])}"
    if proof.sheet_leads_to is not None:
        yield "It leads to:"
        yield from (f"  {name}: {strength}" for name, strength in proof.sheet_leads_to.findings)
        yield from _of_lead(proof.sheet_leads_to)


_MARKS = ("follow_up", "alone", "tainted", "hearsay", "interested", "recording", "contact", "on")


def _value(value: object) -> str:
    """The codes of a value, and what stands beside them."""
    if isinstance(value, Mapping):
        return " ".join(_value(one) if key == "code" else f"{key}: {_value(one)}" for key, one in value.items())
    return " + ".join(map(_value, value)) if isinstance(value, list) else str(value)


def _of_lead(lead: Lead) -> Iterator[str]:
    yield f"  {lead.result}."
    for person, outcomes in lead.routes.items():
        start = "work may start" if lead.starts[person] else "nothing starts"
        yield f"  {person}: {', '.join(outcomes)}; {start}"
    yield f"  Gates: {', '.join(lead.gates) or 'none'}"
    yield f"  Alerts: {', '.join(lead.alerts) or 'none'}"
