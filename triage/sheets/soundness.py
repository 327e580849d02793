"""What does not fit together in a catalogue of sheets: unknown names, missing parts, helplines of the other side."""

import re
from collections import Counter
from collections.abc import Iterator

from triage.flow.problems import Problem, nearest
from triage.sheets.merging import MERGE_FIELDS
from triage.sheets.model import COUNTRIES, Catalogue, Form, Part, Role, SheetDefinition, Side
from triage.sheets.texts import Texts
from triage.sheets.translating import placeholders

FILE = "sheets/catalogue.yml"
PARTS = "sheets/parts.yml"
LANGUAGES = "sheets/languages"
ADDRESS = re.compile(r"[a-z0-9]{4,12}", re.ASCII)
TELLING = re.compile(r"abus|harm|victim|perp|viol|support|safe|dual|resist|auteur|hold", re.IGNORECASE)


def catalogue_problems(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Give every problem of a catalogue that could be read: names that nothing declares, and broken promises of 7.3."""
    found = [*_names(catalogue), *_same_words(catalogue)]
    if not found:
        found = [problem for sheet in catalogue.sheets.values() for problem in _sheet_problems(catalogue, sheet)]
    return tuple(found)


def _names(catalogue: Catalogue) -> Iterator[Problem]:
    kinds = {line.kind for line in catalogue.helplines}
    for sheet in catalogue.sheets.values():
        for part in sheet.parts:
            if part not in catalogue.parts:
                yield _unknown(f"`{part}` of `{sheet.id}` is no part.", nearest(part, catalogue.parts))
        for kind in sheet.lines:
            if kind not in kinds:
                yield _unknown(f"`{kind}` of `{sheet.id}` is no kind of helpline.", nearest(kind, kinds))
    for code in catalogue.written_in:
        if code not in catalogue.languages:
            yield _unknown(f"There is no file {LANGUAGES}/{code}.yml.", nearest(code, catalogue.languages))
    used = {part for sheet in catalogue.sheets.values() for part in sheet.parts}
    for part in catalogue.parts.keys() - used:
        yield Problem("T001", f"No sheet uses the part `{part}`.", PARTS)


def _unknown(sentence: str, near: str) -> Problem:
    return Problem("T001", sentence, FILE, near=near)


def _same_words(catalogue: Catalogue) -> Iterator[Problem]:
    """Two sheets are never asked for by the same words, and an address tells nothing."""
    asked = Counter((sheet.audience, word) for sheet in catalogue.sheets.values() for word in asked_by(sheet))
    for (audience, word), times in asked.items():
        if times > 1:
            yield Problem("F005", f"`{audience} {word}` is the name of {times} sheets.", FILE)
    for address, times in Counter(sheet.address for sheet in catalogue.sheets.values()).items():
        if times > 1:
            yield Problem("F005", f"`{address}` is the address of {times} sheets.", FILE)
        if not ADDRESS.fullmatch(address) or TELLING.search(address):
            yield Problem("F004", f"`{address}` is no address of 4 to 12 letters and digits that tells nothing.", FILE)
    texts = Counter(item.text for part in catalogue.parts.values() for item in part.items)
    yield from (Problem("F005", f"`{text}` stands twice.", PARTS) for text, times in texts.items() if times > 1)


def source_problems(catalogue: Catalogue, texts: Texts) -> tuple[Problem, ...]:
    """Give what the English texts ask for and cannot have: a value that no country gives, or two of one kind.

    With two numbers in one text, a translation that exchanges them could not be told from one that does not.
    """
    return tuple(problem for part in catalogue.parts.values() for problem in _asked_in(catalogue, texts, part))


def _asked_in(catalogue: Catalogue, texts: Texts, part: Part) -> Iterator[Problem]:
    for item in part.items:
        for text in dict.fromkeys(text for form in Form if (text := item.text_of(form))):
            asked = placeholders(texts.words(text))
            for name in asked:
                by_country = dict.fromkeys(COUNTRIES) if name in MERGE_FIELDS else catalogue.values.get(name, {})
                for country in (item.only,) if item.only else COUNTRIES:
                    if country not in by_country:
                        yield Problem("T001", f"`{{{name}}}` of `{text}` has no value in `{country}`.", texts.file)
            kinds = Counter(kind for name in asked for kind in _kinds(catalogue, name))
            for kind, times in kinds.items():
                if times > 1:
                    sentence = f"`{text}` asks for {times} values of the kind `{kind}`; one is safe."
                    yield Problem("T005", sentence, texts.file)


def _kinds(catalogue: Catalogue, name: str) -> frozenset[str]:
    return frozenset(value.kind for value in catalogue.values.get(name, {}).values())


def asked_by(sheet: SheetDefinition) -> tuple[str, ...]:
    """The words by which a sheet is asked for: its pathway, and the outcomes it is for."""
    return tuple(dict.fromkeys((sheet.pathway, *sheet.outcomes)))


def _sheet_problems(catalogue: Catalogue, sheet: SheetDefinition) -> Iterator[Problem]:
    for country in COUNTRIES:
        said = {catalogue.parts[part].says for part in sheet.parts if catalogue.parts[part].items_of(country)}
        for role in Role:
            if role not in said:
                yield Problem("T002", f"`{sheet.id}` has no part that says `{role}` in `{country}`.", FILE)
        lines = [line for kind in sheet.lines for line in catalogue.helplines if line.kind == kind]
        if not any(line.country == country for line in lines):
            yield Problem("T002", f"`{sheet.id}` names no helpline in `{country}`.", FILE)
        for line in lines:
            if line.country == country and line.side not in {sheet.side, Side.NEUTRAL}:
                sentence = f"`{sheet.id}` is of side `{sheet.side}` and would name `{line.id}` of side `{line.side}`."
                yield Problem("T003", sentence, FILE)
