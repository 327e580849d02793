"""What the case already knows of an age, where a question asks for it: shown, and taken over only by a press.

A birth date that was entered with the person is no answer of a source: it fills in the form, and whoever asks confirms
it, or puts another in its place. Nothing is answered by itself, and what is not known stays empty.
"""

from datetime import date
from typing import Final

from triage.cases.model import CaseView
from triage.flow.model import Question
from triage.web.forms.questions import has_rows
from triage.web.people.words import age_in_words
from triage.web.shared.letters import letters_of
from triage.web.shared.posted import Typed

TAKE_OVER: Final = "known"
"""What a form is sent for so that what is known is put into it."""
_COLUMNS: Final = {"A": "birth_a", "B": "birth_b"}


def ages_known(case: CaseView, question: Question, about: str, today: date) -> tuple[tuple[str, str], ...]:
    """Give by letter the age of the two of a pair, where the question asks for their births and one is known."""
    births = _births(case, question, about)
    if not any(births.values()):
        return ()
    letters = letters_of(about)
    return tuple((letters.of(role), age_in_words(birth, None, today)) for role, birth in births.items())


def with_ages_known(case: CaseView, question: Question, about: str, typed: Typed) -> Typed:
    """Put the births that are known into the empty fields of a form; what was typed stays as it is."""
    for role, birth in _births(case, question, about).items():
        name = f"{'row-0-' if has_rows(question) else ''}cell-{_COLUMNS[role]}"
        if birth and not typed.get(name, "").strip():
            typed[name] = birth
    return typed


def _births(case: CaseView, question: Question, about: str) -> dict[str, str]:
    """Give the births of the two whom a question about a pair asks for; nothing where it asks for none."""
    letters = letters_of(about)
    asked = {column.code for column in question.columns} if "-" in about else set()
    births = case.record.births
    return {role: births.get(letters.of(role), "") for role, column in _COLUMNS.items() if column in asked}
