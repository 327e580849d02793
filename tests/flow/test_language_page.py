"""The page about the language says what the program does: its examples run, its table is the vocabulary."""

import re
from pathlib import Path

from tests.flow.reading import outcome, read
from tests.flow.tiny import read_tiny
from tests.rules.house import ROOT
from triage.flow.model import Rulebook
from triage.flow.schema_words import TESTS
from triage.flow.vocabulary import FUNCTIONS, Place

PAGE = ROOT / "docs/flow-language.md"
LETTERS = {"A": Place.ASKING, "E": Place.EVIDENCE, "F": Place.FINDING}


def examples() -> tuple[str, str, str, str]:
    question, finding, edge, case = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return question, finding, edge, case


def test_the_examples_make_a_rulebook_that_gives_what_the_page_says(tmp_path: Path) -> None:
    question, finding, edge, case = examples()
    page = tmp_path / "page.yml"
    page.write_text(case + question + edge + finding, encoding="utf-8")
    tiny = read_tiny(page)
    (tmp_path / "flows").mkdir()
    book = read(tiny.written_to(tmp_path / "flows"))
    assert isinstance(book, Rulebook), [str(problem) for problem in book]
    (shown,) = tiny.cases
    found = outcome(book, shown)
    for word, expected in shown.expected:
        assert [one.strip() for one in expected.split(",") if one.strip() not in found[word]] == [], found[word]


def test_the_table_names_every_test_where_it_may_stand_and_what_it_means() -> None:
    rows = re.findall(r"^\| `(\w+)\(.*?\)` \| ([AEF]+) \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name, _, _ in rows] == list(FUNCTIONS)
    for name, where, meaning in rows:
        assert {LETTERS[letter] for letter in where} == {
            one for one in LETTERS.values() if one & FUNCTIONS[name].places
        }
        assert meaning == TESTS[name]
