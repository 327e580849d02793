"""A tiny language in which every test of the findings is a sentence.

    given(support("WD-02", "A>B", ["avoids", "hides"])).finds("FEAR_AB", 2)

Everything is read through `read_case`, so the tests also hold for the case files of `triage assess`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from triage.assess.compiled.compiling import CompiledRulebook, compile_rulebook
from triage.assess.findings import PairFindings, because, findings_of
from triage.assess.measuring.measures import MEASURES
from triage.assess.reading.answers import read_case
from triage.assess.walk import Walk, off_the_path, walks_of
from triage.assess.worth.accounts import COMPETENCE
from triage.cases.record import CaseRecord
from triage.flow.model import Rulebook
from triage.flow.problems import Problem
from triage.flow.reading import Vocabulary, read_rulebook
from triage.flow.values import in_words

FLOWS = Path(__file__).parents[2] / "flows"
TODAY = date(2026, 11, 25)
ON = "2026-11-22"
EARLIER, BEFORE, LATER, LATEST = "2026-10-01", "2026-10-20", "2026-11-10", "2026-11-20"
"""Four days in their order; an answer without a day was given between the second and the third."""
UNSAID = "2026-11-01"
Thing = dict[str, Any]

NOT_ROWS = {
    "by", "alone", "contact", "tainted", "interested", "hearsay", "recording", "copy_of", "on", "withdrawn", "id",
    "follow_up", "cost", "purpose", "source", "cells",
}  # fmt: skip


@cache
def rulebook() -> Rulebook:
    book = read_rulebook(FLOWS, Vocabulary(frozenset(MEASURES), frozenset(COMPETENCE)))
    assert isinstance(book, Rulebook), [str(problem) for problem in book]
    return book


@cache
def compiled_rulebook() -> CompiledRulebook:
    return compile_rulebook(rulebook())


def said(question: str, about: str = "", value: Any = None, *, source: str = "ISS", **details: Any) -> Thing:
    """One answer. Keywords that are no detail of an answer are rows: `money="pattern"` is a row and its second code.

    `cost` is what a refusal costs, `purpose` the purpose, `cells` any other columns, each put in every row.
    """
    rows = {key: details.pop(key) for key in list(details) if key not in NOT_ROWS}
    cells = dict(details.pop("cells", {}))
    if "cost" in details:
        cells["what_happens_if_refused"] = details.pop("cost")
    if "purpose" in details:
        cells["purpose"] = details.pop("purpose")
    if rows:
        value = [{"code": code, "scale": scale, **cells} for code, scale in rows.items()]
    elif cells:
        codes = [value] if isinstance(value, str) else value
        value = [{"code": code, **cells} for code in codes]
        value = value[0] if len(value) == 1 else value
    details.setdefault("on", UNSAID)
    details.setdefault("contact", details["on"])
    answer = {"question": question, "value": value, "source": source, **details}
    return answer | ({"about": about} if about else {})


def support(question: str, about: str = "", value: Any = None, **details: Any) -> Thing:
    """The support service relays the person it speaks for."""
    return said(question, about, value, source="ISS", **details)


def alone(person: str, question: str, about: str = "", value: Any = None, **details: Any) -> Thing:
    """A person speaks for themself, alone."""
    return said(question, about, value, source="SELF", by=person, alone=True, **details)


def from_source(source: str, question: str, about: str = "", value: Any = None, **details: Any) -> Thing:
    """A service, record, referrer, observer or third party says so itself."""
    return said(question, about, value, source=source, **details)


def police(question: str, about: str = "", value: Any = None, **details: Any) -> Thing:
    return from_source("POL", question, about, value, **details)


def health(question: str, about: str = "", value: Any = None, **details: Any) -> Thing:
    return from_source("HLT", question, about, value, **details)


def court(question: str, about: str = "", value: Any = None, **details: Any) -> Thing:
    return from_source("CRT", question, about, value, **details)


def referrer(question: str, about: str = "", value: Any = None, **details: Any) -> Thing:
    return from_source("REF", question, about, value, **details)


def worker(question: str, about: str = "", value: Any = None, **details: Any) -> Thing:
    return from_source("OBS", question, about, value, **details)


def third_party(question: str, about: str = "", value: Any = None, **details: Any) -> Thing:
    return from_source("TP", question, about, value, **details)


def act(name: str, about: str = "", value: Any = None, *, on: str = UNSAID, by: Any = None) -> Thing:
    """One signed act; two names unless told otherwise."""
    written = {"act": name, "on": on, "by": by or ["Ines (support)", "Sam (safety)"]}
    if value is not None:
        written["value"] = value
    return written | ({"about": about} if about else {})


def signed(result: str = "W_A", on: str = UNSAID) -> Thing:
    return act("W-SIGN", "A-B", result, on=on)


def taken_back(answer: Thing, on: str = LATER, reason: str = "said in error") -> Thing:
    return answer | {"withdrawn": {"on": on, "reason": reason}}


def whole(question: str, column: str = "scale", value: str = "none", **details: Any) -> Sequence[Mapping[str, str]]:
    """A row for every option of a question, each with the same second code."""
    return [{"code": code, column: value, **details} for code in rulebook().questions[question].options]


class Given:
    """What is known of a case, and what follows from it."""

    def __init__(self, things: Sequence[Thing], file: Mapping[str, Any]) -> None:
        self.things, self.file = list(things), dict(file)
        self.on = ON

    def also(self, *things: Thing) -> "Given":
        return Given([*self.things, *things], self.file)

    def with_file(self, **parts: Any) -> "Given":
        return Given(self.things, {**self.file, **parts})

    @property
    def record(self) -> CaseRecord:
        answers = [one for one in self.things if "question" in one]
        data = {
            "id": "case",
            "persons": {"A": {}, "B": {}},
            "pairs": [["A", "B"]],
            "on": ON,
            **self.file,
            "answers": [{"id": f"{one['question']} #{number}", **one} for number, one in enumerate(answers)],
            "acts": [one for one in self.things if "act" in one],
        }
        read = read_case(data, rulebook(), TODAY)
        assert isinstance(read, CaseRecord), [str(problem) for problem in read]
        return read

    def seen_on(self, day: str) -> "Given":
        """The same record, looked at on an earlier day."""
        seen = Given(self.things, self.file)
        seen.on = day
        return seen

    def findings(self, pair: int = 0, dropped: frozenset[str] = frozenset()) -> PairFindings:
        record = self.record
        return findings_of(compiled_rulebook(), record, record.pairs[pair], date.fromisoformat(self.on), dropped)

    def strength(self, name: str, pair: int = 0) -> int | str:
        found = self.findings(pair)
        return in_words(found.strengths[compiled_rulebook().slots.number[name]])

    def finds(self, name: str, strength: int | str, pair: int = 0) -> "Given":
        found = self.findings(pair)
        number = compiled_rulebook().slots.number[name]
        value = in_words(found.strengths[number])
        assert value == strength, f"{name} is {value}, not {strength}; because of {because(found, number)}"
        return self

    def rules_out(self, *names: str) -> "Given":
        for name in names:
            self.finds(name, 0)
        return self

    def leaves_unknown(self, *names: str) -> "Given":
        for name in names:
            self.finds(name, "unknown")
        return self

    def because(self, name: str) -> tuple[str, ...]:
        return because(self.findings(), compiled_rulebook().slots.number[name])

    def walks(self) -> list[Walk]:
        return list(walks_of(self.findings().context))

    def walk(self, flow: str, about: str = "") -> Walk | None:
        return next((one for one in self.walks() if (one.flow, one.about) == (flow, about)), None)

    def set_aside(self) -> dict[tuple[str, str], str]:
        return off_the_path(self.findings().context)


def given(*things: Thing, **file: Any) -> Given:
    return Given(things, file)


def problems(**file: Any) -> list[Problem]:
    """The problems of a case file that has these parts instead of good ones."""
    data = {"id": "case", "on": ON, "persons": {"A": {}, "B": {}}, "pairs": [["A", "B"]], **file}
    read = read_case(data, rulebook(), TODAY)
    return list(read) if isinstance(read, tuple) else []


def codes_of(found: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in found]
