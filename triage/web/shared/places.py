"""Where an answer belongs, in the address of its page: `a-to-b`, `a-and-b`, `a`, `case`; and back again."""

import re
from typing import Final

from triage.assess.tasks import places_of
from triage.cases.record import CaseRecord
from triage.flow.model import About, Question, Rulebook

_DIRECTED: Final = re.compile(r"([a-z])-to-([a-z])")
_PAIR: Final = re.compile(r"([a-z])-and-([a-z])")


def slug_of(about: str) -> str:
    """Write a place for an address."""
    if not about:
        return "case"
    return (about.replace(">", "-to-") if ">" in about else about.replace("-", "-and-")).lower()


def about_of(slug: str) -> str | None:
    """Read a place of an address; None when it is none."""
    if slug == "case":
        return ""
    if found := _DIRECTED.fullmatch(slug):
        return f"{found[1]}>{found[2]}".upper()
    if found := _PAIR.fullmatch(slug):
        return f"{found[1]}-{found[2]}".upper()
    return slug.upper() if re.fullmatch(r"[a-z]", slug) else None


def places(record: CaseRecord, about: About) -> tuple[str, ...]:
    """List the places of a case at which a question is asked, in the order of the record."""
    return places_of(record)[about]


def question_at(rulebook: Rulebook, record: CaseRecord, question: str, slug: str) -> tuple[Question, str] | None:
    """Find a question and its place by an address; None when the case has no such place."""
    found, about = rulebook.questions.get(question.upper()), about_of(slug)
    if found is None or about is None or about not in places(record, found.about) or question != question.lower():
        return None
    return found, about
