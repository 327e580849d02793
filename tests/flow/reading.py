"""What the tests of the language share: a rulebook of a folder, and what one case gives by it."""

from datetime import date
from pathlib import Path

from tests.flow.tiny import Case
from triage.assess.compiled.compiling import circles, compile_rulebook
from triage.assess.findings import PairFindings, findings_of
from triage.assess.measuring.measures import PLACES
from triage.assess.reading.answers import read_case
from triage.assess.walk import Walk, named, off_the_path, open_edges, walks_of
from triage.assess.worth.accounts import COMPETENCE
from triage.flow.model import Rulebook
from triage.flow.problems import Problem
from triage.flow.reading import Vocabulary, read_rulebook
from triage.flow.values import in_words

WORDS = Vocabulary(PLACES, frozenset(COMPETENCE))
TODAY = date(2026, 11, 25)


def read(folder: Path) -> Rulebook | tuple[Problem, ...]:
    """The rulebook of a folder, or every problem of it, circles included."""
    book = read_rulebook(folder, WORDS)
    return book if isinstance(book, tuple) else circles(book) or book


def outcome(book: Rulebook, case: Case) -> dict[str, list[str]]:
    """What a case gives, by the words of the headers."""
    record = read_case(case.written(), book, TODAY)
    if isinstance(record, tuple):
        return {"refuses": [f"{one.code} near {one.near}" if one.near else one.code for one in record]}
    findings = findings_of(compile_rulebook(book), record, record.pairs[0], record.on)
    c = findings.context
    fallen = [
        f"{place[0]} {named(c.book.rulebook.questions[place[0]].about, place[1], c.pair)}".strip()
        for place in off_the_path(c)
    ]
    return {
        "gives": _strengths(findings),
        "walks": [_walk(walk) for walk in walks_of(c)],
        "falls off": fallen,
        "calls": [f"{edge.move} {edge.to} {about}".strip() for edge, about in open_edges(c)],
    }


def _walk(walk: Walk) -> str:
    where = f"{walk.flow} {walk.about}".strip()
    return " ".join([f"{where}:", *walk.path, "->", walk.next or "end"])


def _strengths(findings: PairFindings) -> list[str]:
    numbers = findings.context.book.slots.number
    return [
        f"{name} {strength if (strength := findings.strengths[number]) > 4 else in_words(strength)}"
        for name, number in numbers.items()
    ]
