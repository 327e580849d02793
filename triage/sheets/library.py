"""The library: the catalogue with the texts and reviews of its languages, read once, asked for one sheet at a time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from triage.flow.problems import Problem, nearest
from triage.sheets.model import CONTROLS, COUNTRIES, LABELS, Catalogue, Form, Language, SheetDefinition
from triage.sheets.reading import read_catalogue
from triage.sheets.reviews import Review, State, least, read_reviews, state_of
from triage.sheets.soundness import asked_by, source_problems
from triage.sheets.texts import Texts, languages_in, read_texts
from triage.sheets.translating import REFUSED, problems_of_translation

SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Edition:
    """One language: what the program must know of it, its texts, who read them, and which texts cannot be trusted.

    `sent_back` are texts in which somebody found an error: in the languages of `written_in` too, they are drafts.
    """

    language: Language
    texts: Texts
    reviews: Mapping[str, Review]
    refused: Mapping[str, tuple[Problem, ...]]
    sent_back: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SheetKey:
    """Which sheet, where and how: a sheet id of the catalogue, a country, a language and a form."""

    sheet: str
    country: str
    language: str
    form: Form


class NoSuchSheet(LookupError):
    """Nothing of that name is in the library; the message is a sentence that names what is close."""


@dataclass(frozen=True)
class Library:
    """The catalogue and its editions by language; English is always one of them.

    `broken` are the languages whose files cannot be read, with the problems; the other languages are served.
    """

    catalogue: Catalogue
    editions: Mapping[str, Edition]
    broken: Mapping[str, tuple[Problem, ...]]

    def sheet(self, audience: str, pathway: str) -> SheetDefinition:
        """Find a sheet by its audience and its pathway or one of its outcomes. Raises NoSuchSheet."""
        of_audience = [sheet for sheet in self.catalogue.sheets.values() if sheet.audience == audience]
        if not of_audience:
            audiences = {sheet.audience for sheet in self.catalogue.sheets.values()}
            raise NoSuchSheet(_sentence("audience", audience, audiences))
        for sheet in of_audience:
            if pathway.casefold() in {word.casefold() for word in asked_by(sheet)}:
                return sheet
        pathways = [word for sheet in of_audience for word in asked_by(sheet)]
        raise NoSuchSheet(_sentence(f"pathway of `{audience}`", pathway, pathways))

    def edition(self, language: str) -> Edition:
        """Find the texts of a language. Raises NoSuchSheet."""
        if language not in self.editions:
            raise NoSuchSheet(_sentence("language", language, self.editions))
        return self.editions[language]

    def text_ids(self, key: SheetKey) -> tuple[str, ...]:
        """Every text that a sheet needs, its labels and the kinds of its helplines included, each once."""
        sheet = self.catalogue.sheets[key.sheet]
        parts = [self.catalogue.parts[part] for part in sheet.parts]
        items = self.catalogue.items_of(sheet, key.country)
        kinds = {line.kind for line in self.catalogue.lines_of(sheet, key.country).lines}
        found = [*LABELS, sheet.title, *(part.heading for part in parts if part.items_of(key.country))]
        found += [text for item in items if (text := item.text_of(key.form))]
        found += [line_text(kind) for kind in sheet.lines if kind in kinds]
        return tuple(dict.fromkeys(found))

    def state(self, key: SheetKey) -> State:
        """How far a sheet is in its language: what its least text is."""
        if key not in self._states:
            edition = self.edition(key.language)
            self._states[key] = least([self.text_state(edition, text) for text in self.text_ids(key)])
        return self._states[key]

    @cached_property
    def _states(self) -> dict[SheetKey, State]:
        """What was asked before: a library never changes, and one state takes some milliseconds."""
        return {}

    def text_state(self, edition: Edition, text: str) -> State:
        """How far one text is in a language; a language that the texts were written in has `source`."""
        own = edition.texts.by_id.get(text)
        if own is None:
            return State.MISSING
        if text in edition.refused:
            return State.REFUSED
        if edition.language.code == SOURCE:
            return State.SOURCE
        source, review = self.editions[SOURCE].texts.words(text), edition.reviews.get(text)
        found = state_of(source, own.words, own.source, review, safety=text in self.safety_texts)
        written_here = edition.language.code in self.catalogue.written_in and text not in edition.sent_back
        return State.SOURCE if written_here and found in {State.DRAFT, State.REVIEWED} else found

    @cached_property
    def safety_texts(self) -> frozenset[str]:
        """The ids of every text in which a mistake may hurt somebody."""
        items = [item for part in self.catalogue.parts.values() for item in part.items if item.safety]
        return frozenset(text for item in items for form in Form if (text := item.text_of(form)))


def line_text(kind: str) -> str:
    """The id of what a kind of helpline is for."""
    return f"sheet.line.{kind}"


def wanted_texts(catalogue: Catalogue) -> dict[str, str]:
    """Every text id of the catalogue with what needs it: what a complete language has."""
    found = dict.fromkeys(LABELS, "every sheet") | dict.fromkeys(CONTROLS, "every page")
    found |= {sheet.title: f"sheet {sheet.id}" for sheet in catalogue.sheets.values()}
    for part in catalogue.parts.values():
        texts = [part.heading, *(text for item in part.items for form in Form if (text := item.text_of(form)))]
        found |= dict.fromkeys(texts, f"part {part.id}")
    return found | {line_text(line.kind): f"helpline {line.id}" for line in catalogue.helplines}


def core_texts(catalogue: Catalogue) -> frozenset[str]:
    """The texts of the core sheets in the standard form: what a new language is translated for first."""
    empty = Library(catalogue, {}, {})
    core = [sheet.id for sheet in catalogue.sheets.values() if sheet.core]
    keys = [SheetKey(sheet, country, SOURCE, Form.STANDARD) for sheet in core for country in COUNTRIES]
    return frozenset(text for key in keys for text in empty.text_ids(key))


def read_library(flows: Path, locales: Path, languages: Collection[str] = ()) -> Library | tuple[Problem, ...]:
    """Read the sheets of a directory of flows with the texts of some languages, or of all that are there.

    English, the source, is always read. A problem of the catalogue or of the English texts gives no library. A language
    whose files cannot be read is left out and named in `broken`; a text that cannot be trusted beside its source is
    named in `refused` of its language, and no sheet that needs it is given.
    """
    catalogue = read_catalogue(flows)
    if not isinstance(catalogue, Catalogue):
        return catalogue
    source = _edition(catalogue, locales, SOURCE, None)
    if not isinstance(source, Edition):
        return source
    if unsound := source_problems(catalogue, source.texts):
        return unsound
    editions, broken = {SOURCE: source}, {}
    for code in dict.fromkeys(languages or languages_in(locales)):
        if code == SOURCE:
            continue
        edition = _edition(catalogue, locales, code, source)
        if isinstance(edition, Edition):
            editions[code] = edition
        else:
            broken[code] = edition
    return Library(catalogue, editions, broken)


def _edition(catalogue: Catalogue, locales: Path, code: str, source: Edition | None) -> Edition | tuple[Problem, ...]:
    language = catalogue.languages.get(code)
    if language is None:
        sentence = f"There is no file sheets/languages/{code}.yml."
        return (Problem("T001", sentence, near=nearest(code, catalogue.languages)),)
    texts, reviews = read_texts(locales, code), read_reviews(locales, code, wanted_texts(catalogue))
    unread = tuple(problem for one in (texts, reviews) if isinstance(one, tuple) for problem in one)
    if not isinstance(texts, Texts) or isinstance(reviews, tuple):
        return unread
    return Edition(language, texts, reviews, refused_of(texts, source, language) if source else {})


def refused_of(texts: Texts, source: Edition, language: Language) -> dict[str, tuple[Problem, ...]]:
    """Give the texts of a language that cannot be trusted beside their source, with the problems."""
    found = {}
    for text, original in source.texts.by_id.items():
        if own := texts.words(text):
            problems = problems_of_translation(text, original.words, own, source.language, language)
            if refused := tuple(one for one in problems if one.code in REFUSED):
                found[text] = refused
    return found


def _sentence(what: str, word: str, known: Collection[str]) -> str:
    words = sorted(known)
    near = nearest(word, words)
    hint = f" Did you mean `{near}`?" if near else f" There are {', '.join(words)}."
    return f"There is no {what} `{word[:80]}`.{hint}"
