"""The answers of a record in words of the flows: what is said, and how, by whom it is said and whom it is about.

A wording holds codes and marks only: no id, no day, no text of anybody. Equal wordings are one object in all cases, so
that what a wording says in the findings can be worked out once and be found again without comparing anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triage.cases.record import Answer

MOST_WORDINGS = 16_384
"""How many wordings are kept; the one not met for longest goes first."""

SOME_TEXT, COSTS_NOTHING = "some text", "a text that says it costs nothing"
UNREAD_TEXT = "a text that nobody has looked at"
"""What a column holds that holds no code; no code has a space in it."""

NOTHING = (None, "", ())
"""What a column holds that is not filled."""

RowWords = tuple[str, str, tuple[tuple[str, object], ...]]
"""Code, second code, and each other column with what it holds in words of the flows."""


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """All that an answer says in words of the flows, and all marks of how it was given; told apart by identity.

    `again`: the same question about the same was answered more than once in the case.
    """

    question: str
    source: str
    alone: bool | None
    tainted: bool
    hearsay: bool
    interested: bool
    recording: str
    follow_up: str
    again: bool
    rows: tuple[RowWords, ...]


_kept = lru_cache(maxsize=MOST_WORDINGS)(Wording)


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person, or nobody named, said about one person, direction, pair, or the case.

    `numbers` are the places of the answers in the record; `wordings` are theirs, in the same order.
    """

    about: str
    by: str
    numbers: tuple[int, ...]
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """The answers of a record by voice, and by about and question.

    `wordings` are in the order of the record; `apart` are the numbers of non-answers and copies, which no wording
    tells; `latest` is the last day of any answer, `first_withdrawal` the first on which one was taken back
    (`date.max` when none was).
    """

    voices: tuple[Voice, ...]
    wordings: Sequence[Wording | None]
    apart: tuple[int, ...]
    places: Mapping[str, Mapping[str, Sequence[int]]]
    latest: date
    first_withdrawal: date


def transcript_of(answers: "Sequence[Answer]") -> Transcript:
    """Arrange the answers of a record; nothing here depends on a day, a pair or a rulebook."""
    places: dict[tuple[str, str], list[int]] = {}
    for number, answer in enumerate(answers):
        places.setdefault((answer.question, answer.about), []).append(number)
    voices: dict[tuple[str, str], tuple[list[int], list[Wording]]] = {}
    wordings: list[Wording | None] = [None] * len(answers)
    apart: list[int] = []
    for (_, about), numbers in places.items():
        again = len(numbers) > 1
        for number in numbers:
            answer = answers[number]
            if answer.non_answer or answer.copy_of:
                apart.append(number)
            else:
                spoken = voices.setdefault((about, answer.by), ([], []))
                spoken[0].append(number)
                wordings[number] = wording = _worded(answer, again)
                spoken[1].append(wording)
    given: dict[str, dict[str, list[int]]] = {}
    for (question, about), numbers in places.items():
        given.setdefault(about, {})[question] = numbers
    return Transcript(
        tuple([Voice(*voice, tuple(numbers), tuple(spoken)) for voice, (numbers, spoken) in voices.items()]),
        wordings,
        tuple(apart),
        given,
        max([answer.on for answer in answers], default=date.min),
        min([answer.withdrawn.on for answer in answers if answer.withdrawn is not None], default=date.max),
    )


def _worded(answer: "Answer", again: bool) -> Wording:
    return _kept(
        answer.question,
        answer.source,
        answer.alone,
        answer.tainted,
        answer.hearsay,
        answer.interested,
        answer.recording,
        answer.follow_up,
        again,
        tuple(
            [
                _row_words(row.code, row.scale, row.cells, row.words) if row.cells else (row.code, row.scale, ())
                for row in answer.rows
            ]
        ),
    )


def _row_words(code: str, scale: str, cells: Mapping[str, object], words: tuple[tuple[str, object], ...]) -> RowWords:
    """A row in words of the flows; where its columns were not read in words, each that is filled is an unread text."""
    if len(words) != len(cells):
        words = tuple([(column, held if held in NOTHING else UNREAD_TEXT) for column, held in cells.items()])
    return code, scale, words
