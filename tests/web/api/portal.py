"""A clerk who writes a referral in the real forms of the portal: nothing is typed for which a page has no field."""

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any

from tests.web.site import Person
from triage.assess.reading.values import Value, value_or_problem
from triage.cases.agency.referral import AgencyReferral, ReferredAnswer, ReferredPerson
from triage.cases.record import Answer
from triage.flow.model import Question
from triage.web.forms.prefill import typed_again
from triage.web.shared.places import slug_of
from triage.web.shared.posted import Typed

OF_A_VALUE = ("code", "non_answer", "value", "rows", "cell-", "row-", "grid-")
"""What fields of an answer are called; the others are circumstances, which no agency is asked."""


_LEAVE = ("then", "leave")


class Form(HTMLParser):
    """The form of a page: what it sends untouched, and by field what may be chosen there, None for what is typed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sends: dict[str, str] = {}
        self.fields: dict[str, set[str] | None] = {}
        self.list = ""
        start = page.index('id="form"')
        self.feed(page[start : page.index("</form>", start)])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "option":
            self._offer(self.list, said["value"])
        elif tag == "select":
            self.list = name
        elif tag == "button" or (tag == "input" and kind in {"radio", "checkbox"}):
            self._offer(name, said.get("value", ""))
        elif tag == "input" and kind == "hidden":
            self.sends[name] = said["value"]
        elif tag in {"input", "textarea"}:
            self.fields[name] = None

    def _offer(self, name: str, value: str) -> None:
        offered = self.fields.setdefault(name, set())
        assert offered is not None
        offered.add(value)

    def lacks(self, typed: Typed) -> list[str]:
        """The fields that were to be filled in and are not there, or do not offer what was to be chosen."""
        found = []
        for name in typed:
            offered = self.fields.get(name, set())
            if offered is not None and not set(typed.getlist(name)) <= offered | {""}:
                found.append(name)
        return found


@dataclass
class Clerk:
    """Somebody at the portal with a list of the questions that agencies answer.

    The form of a question is opened once and known by heart afterwards: all that changes in it is the version.
    """

    person: Person
    questions: dict[str, Question]
    refused: list[str] = field(default_factory=list)
    known: dict[str, Form] = field(default_factory=dict)
    version: int = 0

    def sends(self, referral: AgencyReferral) -> str:
        """Write a referral and send it; give its id, or none with the page that refuses it in `refused`."""
        draft = str(self.person.post("/agency/referrals", {}).location).split("/questions/")[0]
        said = {one.question: one for one in referral.answers}
        self.version = 1
        self._answers(draft, said["RI-01"])
        self._fill_in(f"{draft}/people", people_typed(referral), f"{len(referral.persons)} people")
        for one in referral.answers:
            if one.question != "RI-01":
                self._answers(draft, one)
        sent = self.person.post(f"{draft}/send", {})
        if sent.status_code != 303:
            self.refused.append(sent.text)
            return ""
        return draft.rsplit("/", 1)[1]

    def _answers(self, draft: str, said: ReferredAnswer) -> None:
        address = f"{draft}/questions/{said.question.lower()}/{slug_of(said.about)}"
        self._fill_in(address, value_typed(self.questions[said.question], said.value), said.question)

    def _fill_in(self, address: str, typed: Typed, name: str) -> None:
        """Open a page, add lines or people while it has too few, and send what was typed."""
        form = self.known.get(name)
        if form is None or form.lacks(typed):
            form = self.known[name] = self._opened(address, typed)
        sends = form.sends | {"version": str(self.version)}
        sent = self.person.client.post(address, data=Typed([*sends.items(), *typed.items(multi=True), _LEAVE]))
        assert sent.status_code == 303, (address, typed, sent.text)
        self.version += 1

    def _opened(self, address: str, typed: Typed) -> Form:
        form = Form(self.person.get(address).text)
        while form.lacks(typed) and "row" in (form.fields.get("then") or ()):
            more = self.person.client.post(address, data=form.sends | {"then": "row"})
            form = Form(more.text)
        assert not form.lacks(typed), (address, form.lacks(typed))
        assert form.sends["version"] == str(self.version)
        return form


def people_typed(referral: AgencyReferral) -> Typed:
    """What a clerk types on the page of people."""
    typed = Typed({"number": referral.external_reference, "opinion": referral.opinion})
    if len(referral.persons) > 2:
        typed.setlist("pair", [pair.undirected for pair in referral.pairs])
    for one in referral.persons:
        typed.update({f"{name}-{one.letter.lower()}": text for name, text in _said_of(one).items() if text})
    return typed


def _said_of(one: ReferredPerson) -> dict[str, str]:
    known = one.known
    return {
        "called": one.called, "birth": str(one.birth or ""), "given": known.given, "family": known.family,
        "other-names": ", ".join(known.former), "phone": ", ".join(known.phones), "email": ", ".join(known.emails),
        "year": str(known.birth_year or ""), "street": "".join(at.street for at in known.addresses),
        "postcode": "".join(at.postcode for at in known.addresses),
    }  # fmt: skip


def value_typed(question: Question, value: Any) -> Typed:
    """What a clerk types to give a value."""
    read = value_or_problem(question, value)
    assert isinstance(read, Value), (question.id, value)
    typed = typed_again(
        question,
        Answer(
            "", question.id, "", "REF", date(2026, 11, 22), read.rows, read.text, read.number, read.day,
            read.non_answer,
        ),
    )  # fmt: skip
    of_value = [name for name in typed if name.startswith(OF_A_VALUE) and any(typed.getlist(name)) and name != "rows"]
    return Typed([(name, text) for name in of_value for text in typed.getlist(name)])
