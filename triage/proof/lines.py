"""Write what was proved for a terminal, with the case that breaks a law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from triage.flow.letters import exchanged
from triage.proof.telling import Lead, ShownCase, ShownProof, Texts


class Say(Protocol):
    """The words of a terminal: texts by id, with their values in place."""

    language: str

    def __call__(self, text: str, **values: object) -> str:
        """Give a text."""

    def sentence(self, text: str, english: str) -> str:
        """Give a text around what is known only as an English sentence."""

    def awaited(self, invariant: str, written: str) -> str:
        """Give what is not built yet of an invariant."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How proofs are told: the texts of the flows, the words of the terminal, whether answers were looked for."""

    texts: Texts
    say: Say
    of_answers: bool


def lines(proof: ShownProof, seconds: float, telling: Telling) -> Iterator[str]:
    """Write one proof."""
    say = telling.say
    status = say(f"status.{proof.status}")
    yield f"{proof.id}  {status:<16} {seconds * 1000:7.1f} ms  {proof.sentence}"
    yield from (f"        {say('prove.tested_by', name=name)}" for name in proof.tests)
    if proof.awaits:
        yield f"        {say('prove.awaits', what=say.awaited(proof.id, proof.awaits))}"
    yield from (f"        {say.sentence('prove.lacks', sentence)}" for sentence in proof.faults)
    if proof.broken is None:
        return
    if proof.broken.says not in {"", proof.sentence}:
        law = " ".join(filter(None, (proof.broken.id, proof.broken.says)))
        yield f"        {say('prove.broken', law=law)}"
    yield from (f"        {line}" for line in _of_example(proof, telling))
    if proof.changed:
        yield f"        {say('prove.changed')}"
        for name, before, after in proof.changed:
            yield f"          {say('prove.change', name=name, before=before, after=after)}"


def _of_example(proof: ShownProof, telling: Telling) -> Iterator[str]:
    """The case that breaks a law: an answer sheet, or one or two fact sets."""
    say = telling.say
    if proof.sheet is not None:
        yield from _of_sheet(proof, proof.sheet, telling)
    elif proof.cases and telling.of_answers:
        yield say(f"prove.facts_alone.{len(proof.cases)}")
    titles = ("prove.before", "prove.after") if len(proof.cases) > 1 else ("",)
    for title, case in zip(titles, proof.cases, strict=False):
        if title:
            yield say("prove.title", title=say(title))
        yield from _of_case(case, say)


def _of_case(case: ShownCase, say: Say) -> Iterator[str]:
    yield from (f"  {say('prove.item', name=name, value=strength)}" for name, strength in case.known)
    if case.in_force:
        yield f"  {say('prove.in_force', names=', '.join(case.in_force))}"
    if case.together:
        yield f"  {say('prove.together', names=', '.join(case.together))}"
    yield f"  {say('prove.nothing_else')}"
    yield from _of_lead(case.leads_to, say)


def _of_sheet(proof: ShownProof, sheet: Mapping[str, Any], telling: Telling) -> Iterator[str]:
    """The answers as they were filled in, by their codes, each with its question; then what they lead to."""
    say, texts = telling.say, telling.texts
    if not proof.replayed:
        yield say("prove.not_replayed")
    yield say("prove.sheet")
    for person, details in sheet["persons"].items():
        if details.get("birth"):
            yield f"  {say('prove.born', person=person, day=details['birth'])}"
    if not (sheet["answers"] or sheet["acts"]):
        yield f"  {say('prove.nothing_said')}"
    for answer in sheet["answers"]:
        about = f" ({answer['about']})" if answer.get("about") else ""
        marks = [f"{key}: {answer[key]}" for key in ("by", *_MARKS) if answer.get(key)]
        told = ", ".join((_value(answer["value"]), say("prove.from", source=answer["source"]), *marks))
        asked = exchanged(texts.get(answer["question"] + ".ask", ""), answer.get("about") or "", say.language)
        yield f"  {answer['question']}{about} {asked}"
        yield f"    = {told}"
    for act in sheet["acts"]:
        about, name = f" ({act['about']})" if act.get("about") else "", texts.get("act." + act["act"] + ".name", "")
        yield f"  {say('prove.act')} {act['act']}{about} {name} = {_value(act['value'])}"
    if sheet.get("latched"):
        yield f"  {say('prove.in_force', names=', '.join(sheet['latched']))}"
    if proof.sheet_leads_to is not None:
        yield say("prove.leads_to")
        found = proof.sheet_leads_to.findings
        yield from (f"  {say('prove.item', name=name, value=strength)}" for name, strength in found)
        yield from _of_lead(proof.sheet_leads_to, say)


_MARKS = ("follow_up", "alone", "tainted", "hearsay", "interested", "recording", "contact", "on")


def _value(value: object) -> str:
    """The codes of a value, and what stands beside them."""
    if isinstance(value, Mapping):
        return " ".join(_value(one) if key == "code" else f"{key}: {_value(one)}" for key, one in value.items())
    return " + ".join(map(_value, value)) if isinstance(value, list) else str(value)


def _of_lead(lead: Lead, say: Say) -> Iterator[str]:
    yield f"  {lead.result}."
    for person, outcomes in lead.routes.items():
        start = say("prove.may_start" if lead.starts[person] else "prove.nothing_starts")
        yield f"  {say('prove.route', person=person, outcomes=', '.join(outcomes), start=start)}"
    yield f"  {say('prove.gates', names=', '.join(lead.gates) or say('prove.none'))}"
    yield f"  {say('prove.alerts', names=', '.join(lead.alerts) or say('prove.none'))}"
