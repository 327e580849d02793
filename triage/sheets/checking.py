"""Every problem of the sheets at once: the catalogue, the texts of each language, their translations and reviews."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from triage.flow.problems import Problem, nearest
from triage.routing.rules import Outcome
from triage.sheets.fitting import outcome_problems
from triage.sheets.library import SOURCE, Edition, Library, read_library, wanted_texts
from triage.sheets.model import LABELS
from triage.sheets.reading import FOLDER
from triage.sheets.reviews import State
from triage.sheets.texts import Text
from triage.sheets.translating import placeholders, problems_of_translation, problems_of_words


def has_sheets(flows: Path) -> bool:
    """Whether sheets stand beside the flows of a directory."""
    return (flows / FOLDER).is_dir()


def sheet_problems(flows: Path, locales: Path, outcomes: Mapping[str, Outcome]) -> tuple[Problem, ...]:
    """Give every problem of the sheets of a directory, in all languages that are there, beside its outcomes.

    A text that a language of translation lacks is no problem: the sheets that need it are not given in it.
    """
    library = read_library(flows, locales)
    if not isinstance(library, Library):
        return library
    unread = [problem for problems in library.broken.values() for problem in problems]
    of_outcomes = outcome_problems(library.catalogue, outcomes)
    return (
        *of_outcomes,
        *unread,
        *(one for edition in library.editions.values() for one in _of_edition(library, edition)),
    )


def _of_edition(library: Library, edition: Edition) -> Iterator[Problem]:
    wanted, file = wanted_texts(library.catalogue), edition.texts.file
    written_here = edition.language.code in library.catalogue.written_in
    for text, where in wanted.items():
        if written_here and text not in edition.texts.by_id:
            yield Problem("T004", f"`{text}` has no text in `{edition.language.code}`; {where} needs it.", file)
    lacking = wanted.keys() - edition.texts.by_id.keys()
    for text, own in edition.texts.by_id.items():
        if text not in wanted:
            yield Problem("T012", f"`{text}` is no text of a sheet.", file, own.line, nearest(text, lacking))
        else:
            yield from (Problem(one.code, one.message, file, own.line) for one in _of_text(library, edition, text, own))


def _of_text(library: Library, edition: Edition, text: str, own: Text) -> Iterator[Problem]:
    source = library.editions[SOURCE]
    if edition.language.code == SOURCE:
        yield from problems_of_words(text, own.words, edition.language)
        if _is_bare(library, text) and (asked := placeholders(own.words)):
            yield Problem("T005", f"`{text}` cannot ask for `{{{asked[0]}}}`: nothing is put into a title or heading.")
        return
    yield from problems_of_translation(text, source.texts.words(text), own.words, source.language, edition.language)
    if edition.language.code in library.catalogue.written_in and library.text_state(edition, text) is State.STALE:
        yield Problem("T013", f"`{text}` was written beside other English words: `{own.source[:80]}`.")


def _is_bare(library: Library, text: str) -> bool:
    """Whether a text stands where no value is put in: titles, headings, what a helpline is for."""
    items = {one for part in library.catalogue.parts.values() for item in part.items for one in (item.text,)}
    return text not in LABELS and text.removesuffix(".easy") not in items
