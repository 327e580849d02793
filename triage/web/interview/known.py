"""What the case already knows of an age, where a question asks for it: shown, and taken over only by a press.

A birth date that was entered with the person is no answer of a source: it fills in the form, and whoever asks confirms
it, or puts another in its place. Nothing is answered by itself, and what is not known stays empty.
"""

from datetime import date
from typing import Final

from triage.cases.model import CaseView
from triage.cases.roles import Actor
from triage.casework.members.adding import known_people
from triage.flow.model import Question
from triage.web.forms.questions import has_rows
from triage.web.people.words import age_in_words
from triage.web.shared.guards import service
from triage.web.shared.letters import letters_of
from triage.web.shared.posted import Typed
from triage.web.shared.replies import given

TAKE_OVER: Final = "known"
"""What a form is sent for so that what is known is put into it."""
_COLUMNS: Final = {"A": "birth_a", "B": "birth_b"}


def ages_known(actor: Actor, case: CaseView, place: tuple[Question, str], today: date) -> tuple[tuple[str, str], ...]:
    """Give by letter the age of the two of a pair, where the question asks for their births and one is known."""
    known = _known(actor, case, *place)
    if not any(birth or year for birth, year in known.values()):
        return ()
    letters = letters_of(place[1])
    return tuple((letters.of(role), age_in_words(birth, year, today)) for role, (birth, year) in known.items())


def with_ages_known(actor: Actor, case: CaseView, place: tuple[Question, str], typed: Typed) -> Typed:
    """Put the births that are known, or their years, into the empty fields of a form; what was typed stays as it is."""
    for role, (birth, year) in _known(actor, case, *place).items():
        name = f"{'row-0-' if has_rows(place[0]) else ''}cell-{_COLUMNS[role]}"
        if not typed.get(name, "").strip():
            typed[name] = birth or str(year or "")
    return typed


def _known(actor: Actor, case: CaseView, question: Question, about: str) -> dict[str, tuple[str, int | None]]:
    """Give the day or the year of birth of the two of a pair, where the question asks for births."""
    if "-" not in about or not {column.code for column in question.columns} >= set(_COLUMNS.values()):
        return {}
    letters, known = letters_of(about), given(known_people(service(), actor, case.id))
    births, years = case.record.births, known.years
    return {role: (births.get(letters.of(role), ""), years.get(letters.of(role))) for role in _COLUMNS}
