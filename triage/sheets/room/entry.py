"""What is refused of a translation that somebody types or sends, with the text and the reason."""

from triage.flow.problems import Problem
from triage.sheets.library import SOURCE
from triage.sheets.model import Language
from triage.sheets.room.rooms import Room
from triage.sheets.texts import LONGEST_TEXT
from triage.sheets.translating import REFUSED, problems_of_translation, problems_of_words

DOUBTS = frozenset({"T007", "T014", "T016"})
"""Codes about which the checks may be wrong: who types may say why it is right, and the readers are shown it."""
LONGEST_REASON = 300


def problems_at_entry(room: Room, language: str, text: str, words: str) -> tuple[Problem, ...]:
    """Give every reason for which a translation is refused: placeholders, numbers, negations, hidden signs and others.

    Input: a language and a text of the room, the words. Output: problems, each with its code; those in `DOUBTS` may be
    answered with a reason, all others never. How a term is said may be shorter or longer than the English, and may name
    the words that are not said: only hidden signs and markup are refused there.
    """
    languages = room.catalogue.languages
    if text in room.terms:
        return _problems_of_term(text, words, languages[language])
    return problems_of_translation(text, room.source(text), words, languages[SOURCE], languages[language])


def _problems_of_term(text: str, words: str, language: Language) -> tuple[Problem, ...]:
    if not 0 < len(words.strip()) <= LONGEST_TEXT:
        return (Problem("T010", f"`{text}` has {len(words)} signs; 1 to {LONGEST_TEXT} are read."),)
    return tuple(one for one in problems_of_words(text, words, language) if one.code in REFUSED)


def open_problems(problems: tuple[Problem, ...], doubt: str) -> tuple[Problem, ...]:
    """Give the problems that remain once a reason is given: none when all were doubts and the reason says something."""
    answered = DOUBTS if doubt.strip() else frozenset[str]()
    return tuple(one for one in problems if one.code not in answered)


def remarks_on_back_check(room: Room, text: str, back_check: str) -> tuple[Problem, ...]:
    """Say where English words that were put back differ from the source in placeholders, numbers or a "not"."""
    english = room.catalogue.languages[SOURCE]
    found = problems_of_translation(text, room.source(text), back_check, english, english)
    return tuple(one for one in found if one.code in {"T005", "T006", "T007"})
