"""Reports tell every figure once, put starts gained first, and are safe whatever a case is called."""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from html.parser import HTMLParser
from unicodedata import category

import pytest

from tests.routing.decisions import decider, facts_from, ready
from tests.routing.test_laws import without
from tests.simulation.columns import cases_of_chance
from triage.routing.decide import Decider
from triage.settings import FLOWS
from triage.simulation.columns import Case
from triage.simulation.comparing import compare
from triage.simulation.reports.figures import figures
from triage.simulation.reports.lines import lines
from triage.simulation.reports.page import page
from triage.simulation.reports.report import MOST_MOVES, Report, names_changed, report
from triage.simulation.reports.spreadsheet import HEAD, safe, spreadsheet
from triage.simulation.reports.wording import Wording
from triage.simulation.sources import Recorded
from triage.simulation.statements import Kind

HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "<script>alert(1)</script>", '" onmouseover="x',
    "{{ 7 * 7 }}", "\x1b[31mred", "line\nbreak", "'quoted", "%2B",
)  # fmt: skip
ORIGIN = {"kind": "facts", "file": "cases.yml"}


def reported(cases: Sequence[Case], labels: list[str], new: Decider, unread: tuple[str, ...] = ()) -> Report:
    source = Recorded(labels, cases, None, decider().rules.read, quiet=0)
    found = compare(decider(), new, source)
    return report((("old", decider()), ("new", new)), ORIGIN, source, found, unread)


@lru_cache(maxsize=1)
def unsafe() -> Decider:
    """Rules that no longer ask whether resistance was examined."""
    return Decider(without(decider().rules, "steps", "route-8-resistance-not-examined"))


@lru_cache(maxsize=1)
def of_chance() -> Report:
    cases = cases_of_chance(31, 3_000)
    return reported(cases, [f"case-{number}" for number in range(len(cases))], unsafe())


@lru_cache(maxsize=1)
def of_hostile_names() -> Report:
    return reported([Case(ready(RESX_A=0), frozenset())] * len(HOSTILE), list(HOSTILE), unsafe(), HOSTILE)


@lru_cache(maxsize=2)
def words(language: str) -> Wording:
    return Wording(language)


class Page(HTMLParser):
    """The elements of a page: their names with attributes, and the text outside of its style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text, self._open = "", list[str]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += "" if self._open and self._open[-1] == "style" else data


def test_starts_gained_stand_first_and_in_red() -> None:
    told = list(lines(of_chance(), words("en")))
    alarming = [line.text for line in told if line.alarming]
    gained = of_chance().comparison.starts.gained
    assert alarming[0].startswith(f"{gained} persons would start who do not start now")
    assert any(line.startswith("  INV-01") for line in alarming)


def test_moves_that_gain_a_start_stand_before_those_that_lose_one_however_rare() -> None:
    may, may_not = Case(ready(), frozenset()), Case(ready(RESX_A=0), frozenset())
    review, more = Case(ready(CTRL_AB=0), frozenset()), Case(ready(SUFF=0, RESX_A=0), frozenset())
    old, new = [may, may, may_not, *[review] * 3], [may_not, may_not, may, *[more] * 3]
    source = Recorded([str(number) for number in range(6)], old, new, decider().rules.read, quiet=0)
    versions = ("old", decider()), ("new", decider())
    told = report(versions, ORIGIN, source, compare(decider(), decider(), source))
    assert [move.starts for move in told.moves][:2] == [1, -1]
    assert {move.starts for move in told.moves[2:]} == {0}
    assert told.moves[2].number >= 3


def test_nothing_is_alarming_when_nothing_changes() -> None:
    same = reported(cases_of_chance(32, 50), [str(number) for number in range(50)], decider())
    told = list(lines(same, words("en")))
    assert not any(line.alarming for line in told)
    assert "Nobody would start who does not start now" in [line.text for line in told]


def test_a_protection_that_is_lost_is_alarming() -> None:
    new = Decider(without(decider().rules, "gates", "gate-emergency"))
    lost = reported([Case(facts_from({"DANGER_NOW": 3}), frozenset())], ["one"], new)
    assert any(line.alarming and line.text.strip().startswith("O-EMERG") for line in lines(lost, words("en")))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_stands_alone_and_says_its_language(language: str) -> None:
    read = Page(page(of_chance(), words(language)))
    names = {name for name, _ in read.elements}
    assert names.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    assert dict(read.elements)["html"]["lang"] == language
    assert not [value for _, given in read.elements for key, value in given.items() if key.startswith("on")]
    targets = {given["href"] for name, given in read.elements if name == "a"}
    assert targets <= {f"#{given['id']}" for _, given in read.elements if "id" in given}


def test_every_table_of_the_page_has_a_caption_and_named_columns() -> None:
    read = Page(page(of_chance(), words("en")))
    count = [name for name, _ in read.elements].count
    assert count("table") == count("caption") == count("thead") > 3
    assert all(given.get("scope") in {"col", "row"} for name, given in read.elements if name == "th")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_text_of_the_page_is_left_as_a_code(language: str) -> None:
    text = Page(page(of_chance(), words(language))).text
    assert not re.findall(r"\{[a-z_]+\}", text)
    assert words(language)("starts.gained.hint") in text


def test_the_page_shows_the_facts_of_each_example() -> None:
    told = of_hostile_names()
    text = Page(page(told, words("en"))).text
    assert "Force used by A" in text
    assert "3 (corroborated)" in text
    assert "This person may have used force, and resistance has not been examined and ruled out." in text


def test_hostile_names_stay_text_on_the_page() -> None:
    read = Page(page(of_hostile_names(), words("en")))
    assert "script" not in {name for name, _ in read.elements}
    assert "<script>alert(1)</script>" in read.text
    assert "{{ 7 * 7 }}" in read.text
    assert not [given for _, given in read.elements if "onmouseover" in given]
    assert "\x1b" not in read.text.split("Cases that one version")[0]


def test_hostile_names_reach_no_terminal() -> None:
    told = [line.text for line in lines(of_hostile_names(), words("en"))]
    assert not [text for text in told if any(category(sign) == "Cc" for sign in text)]


def test_no_cell_of_the_spreadsheet_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(spreadsheet(of_hostile_names()))))
    assert tuple(rows[0]) == HEAD
    cells = [cell for row in rows[1:] for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert any(cell.startswith("'=cmd") for cell in cells)


@pytest.mark.parametrize("name", ["=1", " =1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", '"=1', "＝1", "%x", "|x"])
def test_what_may_be_a_formula_is_given_an_apostrophe(name: str) -> None:
    assert safe(name) == f"'{name}"


def test_plain_names_and_numbers_are_left_alone() -> None:
    assert [safe(one) for one in ("R14", "a-b", "", 12, -3)] == ["R14", "a-b", "", 12, -3]


def test_the_spreadsheet_and_the_figures_hold_every_move() -> None:
    told = of_chance()
    assert len(told.comparison.moves) > MOST_MOVES / 4
    rows = list(csv.DictReader(io.StringIO(spreadsheet(told))))
    numbers = [int(row["number"]) for row in rows if row["kind"] == "move"]
    assert numbers == [move.number for move in told.comparison.moves]
    found = json.loads(json.dumps(figures(told)))
    assert [move["number"] for move in found["moves"]] == numbers
    assert sum(numbers) == found["persons_moved"]
    assert found["starts"]["gained"] == told.comparison.starts.gained
    assert {one["name"] for one in found["laws_broken"]} == {one.statement.name for one in told.comparison.broken}
    assert {one["name"] for one in found["outcomes"]} == {one.statement.name for one in told.comparison.of(Kind.ROUTE)}


def test_examples_say_what_only_one_version_says() -> None:
    (shown, *_) = figures(of_hostile_names())["examples"]
    assert any(reason.startswith("route-8-resistance-not-examined") for reason in shown["only_old"])
    assert any(reason.startswith("route-17-group") for reason in shown["only_new"])
    assert shown["facts"]["FORCE_A"] == 3
    assert "RESX_A" not in shown["facts"], "it is ruled out, as all that is not listed"
    assert shown["persons"]["A"]["to"] == {"outcomes": ["O-BC-GRP"], "starts": True}


def test_names_that_only_one_version_has_are_told() -> None:
    rules = decider().rules
    renamed = replace(rules.steps[0], id="route-0-renamed")
    fewer = tuple(name for name in rules.read if name != "JWREQ")
    told = {
        one.kind: one for one in names_changed(rules, replace(rules, read=fewer, steps=(renamed, *rules.steps[1:])))
    }
    assert set(told) == {"facts_read", "rules"}
    assert (told["facts_read"].removed, told["facts_read"].added) == (("JWREQ",), ())
    assert (told["rules"].removed, told["rules"].added) == ((rules.steps[0].id,), ("route-0-renamed",))
    assert list(names_changed(rules, rules)) == []


def test_both_languages_have_every_text() -> None:
    english, french = words("en"), words("fr")
    assert english._own.keys() == french._own.keys()
    used = set(re.findall(r'words\(\s*"([a-z._]+)"', _sources())) - {""}
    assert {text for text in used if not english.has(text)} <= {"names."}
    assert len(used) > 30


def _sources() -> str:
    room = FLOWS.parent / "triage" / "simulation" / "reports"
    return "\n".join(path.read_text(encoding="utf-8") for path in room.iterdir() if path.suffix in {".py", ".jinja"})
