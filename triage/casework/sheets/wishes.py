"""In which language and form a person would have a sheet: what was answered about it, as far as this worker reads it.

It orders what is offered and changes nothing of it: which sheets there are never rests on an answer (domain 07, 7.1).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from babel.core import Locale

from triage.casework.sheets.library import FinalEdition
from triage.casework.standing import Standing
from triage.casework.views import visible_answers
from triage.sheets.model import Form, Language
from triage.store.work import Work

QUESTION: Final = "RI-10"
"""The question about language and ways of communicating."""
FORMS: Final = MappingProxyType({"easy_read": Form.EASY, "large_print": Form.LARGE})
ALOUD: Final = frozenset({"read_aloud", "sign_language"})
"""Needs that no paper meets: somebody reads the sheet to them, or signs it."""
NAMED_IN: Final = ("en", "fr")
"""The languages in which workers write the names of languages."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for; all of it empty where nothing is known.

    `languages` are codes of languages with sheets; `said` are the words for a language as they were typed; `aloud` says
    that a sheet is to be read or signed to them.
    """

    languages: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    aloud: bool = False

    def meets(self, edition: FinalEdition) -> bool:
        """Whether an edition is in the language and in the form that were asked for."""
        asked = bool(self.said or self.forms)
        return asked and self._in_language(edition) and (not self.forms or edition.form in self.forms)

    def lacks_language(self, editions: tuple[FinalEdition, ...]) -> bool:
        """Whether a language was asked for in which none of these editions is."""
        return bool(self.said) and not any(one.language in self.languages for one in editions)

    def first(self, editions: tuple[FinalEdition, ...]) -> tuple[FinalEdition, ...]:
        """The same editions, what was asked for before all others: the language first, then the form."""
        return tuple(sorted(editions, key=lambda one: (not self._in_language(one), one.form not in self.forms)))

    def _in_language(self, edition: FinalEdition) -> bool:
        return edition.language in self.languages if self.said else True


def wish_of(work: Work, standing: Standing, languages: tuple[Language, ...]) -> Wish:
    """Give what the actor's own person asked for, from the answers that this actor may read and that stand."""
    rows = [
        row
        for one in visible_answers(work, standing)
        if one.answer.question == QUESTION and one.answer.about == standing.own_person
        if not one.corrected_by and one.answer.withdrawn is None
        for row in one.answer.rows
    ]
    needs = {row.code for row in rows}
    said = tuple(dict.fromkeys(str(row.cells["language"]).strip() for row in rows if row.cells.get("language")))
    return Wish(
        languages=tuple(dict.fromkeys(code for words in said for code in _named(words, languages))),
        said=said,
        forms=tuple(form for need, form in FORMS.items() if need in needs),
        aloud=bool(needs & ALOUD),
    )


def _named(words: str, languages: tuple[Language, ...]) -> Iterator[str]:
    """The languages that some words name, in the language itself, in English or in French."""
    plain = words.casefold()
    for one in languages:
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain) for name in _names(one.code, one.name, one.called)):
            yield one.code


@cache
def _names(code: str, own: str, called: tuple[str, ...]) -> tuple[str, ...]:
    displayed = (Locale.parse(code).get_display_name(of) or "" for of in NAMED_IN)
    return tuple(dict.fromkeys(name.casefold() for name in (own, *displayed, *called) if name))
