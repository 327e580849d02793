"""Every problem of a sheet or a translation is told by its code, its file and the text; shipped sheets have none."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.sheets.small import copied, edit, read, say, words_of
from triage.routing.reading import read_rules
from triage.routing.rules import DecisionRules, Outcome
from triage.settings import FLOWS, LOCALES
from triage.sheets.checking import sheet_problems
from triage.sheets.texts import texts_from

FR = "locales/fr/LC_MESSAGES/sheets.po"
Breaking = Callable[[Path, Path], None]


def in_french(text: str, words: str) -> Breaking:
    """Say a text otherwise in French."""
    return lambda _flows, locales: say(locales, "fr", text, words)


def in_english(text: str, words: str) -> Breaking:
    """Say a text otherwise in English."""
    return lambda _flows, locales: say(locales, "en", text, words)


def in_file(name: str, old: str, new: str) -> Breaking:
    """Change a file of the sheets."""
    return lambda flows, _locales: edit(flows / "sheets" / name, old, new)


def header(locales: Path, line: str) -> None:
    edit(locales.parent / FR, '"Language: fr\\n"', f'"Language: fr\\n"\n"{line}\\n"')


def reviews(locales: Path, words: str) -> None:
    (locales / "fr" / "sheets.reviews.json").write_text(words, encoding="utf-8")


ONE_PERSON_TWICE = """{"sheet.danger.call": {"source": "a", "translation": "b",
    "reviewed": {"by": "NB", "on": "2026-11-26"}, "approved": {"by": "NB", "on": "2026-11-26"}}}"""
BROKEN: dict[str, tuple[str, Breaking]] = {
    "an unknown part": ("T001", in_file("catalogue.yml", "personal, danger,", "personal, dangers,")),
    "an unknown kind of line": ("T001", in_file("catalogue.yml", "change, despair", "changes, despair")),
    "a value of no country": (
        "T001",
        in_file("catalogue.yml", 'silent: {kind: number, uk: "55"}', 'silent: {kind: number, fr: "55"}'),
    ),
    "a value that is not declared": ("T001", in_english("sheet.danger.call", "Call {emergenzy}.")),
    "no part on risks": ("T002", in_file("parts.yml", "says: risks", "says: rights")),
    "no helpline in a country": (
        "T002",
        in_file("catalogue.yml", "lines: [children, emergency, emergency-text]", "lines: [police]"),
    ),
    "a line of the other side": (
        "T003",
        in_file("helplines.yml", "side: affected, kind: domestic-abuse", "side: harm, kind: domestic-abuse"),
    ),
    "a text that French lacks": ("T004", in_french("sheet.danger.call", "")),
    "a placeholder lost": ("T005", in_french("sheet.danger.call", "Appelez-les vite.")),
    "a placeholder renamed": ("T005", in_french("sheet.danger.call", "Appelez le {urgence}.")),
    "a placeholder broken": ("T005", in_french("sheet.danger.call", "Appelez le {emergency}}.")),
    "two numbers in one text": ("T005", in_english("sheet.work.group", "{group_sessions} or {single_sessions}.")),
    "a value in a heading": ("T005", in_english("sheet.danger.heading", "Call {emergency} now")),
    "a number added": ("T006", in_french("sheet.danger.call", "Appelez le {emergency} ou le 18.")),
    "a number in other figures": ("T006", in_french("sheet.danger.call", "Appelez le {emergency} ou le ١٨.")),
    "a lost not": ("T007", in_french("sheet.yours.fault", "Ce que l’on vous a fait est votre faute.")),
    "an added not": (
        "T007",
        in_french("sheet.yours.pace", "Vous ne choisissez pas le rythme. Vous pouvez arrêter, puis revenir."),
    ),
    "a turned direction": ("T008", in_french("sheet.danger.call", "Appelez le \u202e{emergency}\u202c.")),
    "a sign of no width": ("T008", in_french("sheet.danger.call", "Appelez\u200b le {emergency}.")),
    "markup": ("T009", in_french("sheet.danger.call", "Appelez le <b>{emergency}</b>.")),
    "a markup of typst": ("T009", in_french("sheet.danger.call", "Appelez le #text({emergency}).")),
    "an address": ("T009", in_french("sheet.danger.call", "Appelez le {emergency} ou https://example.org.")),
    "a short half": ("T010", in_french("sheet.private.exceptions", "Nous le disons.")),
    "a megabyte": ("F001", in_french("sheet.danger.call", "Appelez le {emergency}. " + "a" * 1_000_000)),
    "a text of 15,000 signs": ("T010", in_french("sheet.danger.call", "Appelez le {emergency}. " + "a" * 15_000)),
    "a wrong rule of plurals": (
        "T011",
        lambda _f, locales: header(locales, "Plural-Forms: nplurals=6; plural=(n != 1);"),
    ),
    "a rule that is a program": (
        "T011",
        lambda _f, locales: header(locales, "Plural-Forms: nplurals=2; plural=exit();"),
    ),
    "a text of no sheet": ("T012", in_french("sheet.danger.calls", "Appelez le {emergency}.")),
    "an English text that changed": ("T013", in_english("sheet.danger.call", "Call {emergency} first.")),
    "a word that says who somebody is": (
        "T014",
        in_french("sheet.yours.free", "Le soutien est gratuit. Il est séparé de celui de l’agresseur."),
    ),
    "a promise": ("T014", in_french("sheet.rights.respect", "Vous serez guéri, qui que vous soyez.")),
    "one person who reads twice": ("T015", lambda _f, locales: reviews(locales, ONE_PERSON_TWICE)),
    "reviews that are no reviews": ("T015", lambda _f, locales: reviews(locales, "[1, 2]")),
    "a review of no text": ("T015", lambda _f, locales: reviews(locales, '{"sheet.x": {}}')),
    "a hold with a sheet of its own": (
        "T017",
        in_file("catalogue.yml", "outcomes: [O-VS]", "outcomes: [O-VS, O-CN-FIRST]"),
    ),
    "a hold that the neutral sheet forgets": ("T017", in_file("catalogue.yml", "O-COMM-HOLD, ", "")),
    "work for which there is no sheet": ("T002", in_file("catalogue.yml", "outcomes: [O-IMAC]", "outcomes: []")),
    "an outcome that is none": ("T001", in_file("catalogue.yml", "outcomes: [O-IMAC]", "outcomes: [O-IMAK]")),
    "the English text": (
        "T016",
        lambda _f, locales: say(locales, "fr", "sheet.yours.pace", words_of(locales, "en", "sheet.yours.pace")),
    ),
}
"""What is broken, the code that tells it, and how it is broken."""


@pytest.fixture(scope="module")
def outcomes() -> Mapping[str, Outcome]:
    """The outcomes of the shipped decision."""
    rules = read_rules(FLOWS)
    assert isinstance(rules, DecisionRules)
    return rules.outcomes


def test_the_shipped_sheets_have_no_problem_in_english_and_french(outcomes: Mapping[str, Outcome]) -> None:
    problems = sheet_problems(FLOWS, LOCALES, outcomes)
    assert [str(one) for one in problems if one.file.startswith(("locales/en", "locales/fr", "sheets/"))] == []


@pytest.mark.parametrize(("code", "breaking"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_told_by_its_code(
    code: str, breaking: Breaking, tmp_path: Path, outcomes: Mapping[str, Outcome]
) -> None:
    flows, locales = copied(tmp_path)
    breaking(flows, locales)
    assert code in {problem.code for problem in sheet_problems(flows, locales, outcomes)}


def test_a_language_that_cannot_be_read_leaves_the_others_served(
    tmp_path: Path, outcomes: Mapping[str, Outcome]
) -> None:
    flows, locales = copied(tmp_path)
    (locales.parent / FR).write_bytes(b"\xff\xfe\n\xff")
    library = read(flows, locales)
    assert (set(library.editions), set(library.broken)) == ({"en"}, {"fr"})
    assert {one.code for one in sheet_problems(flows, locales, outcomes)} == {"F001"}


@pytest.mark.parametrize("words", ["", "x", "a\nb", 'msgid ""\nmsgstr "" "\n"\n"' * 3, "\0\n\0"])
def test_a_catalogue_that_is_none_is_told_in_a_sentence(words: str) -> None:
    found = texts_from(words, "fr")
    assert isinstance(found, tuple)
    assert all(problem.code == "F001" and len(problem.message) < 300 for problem in found)
