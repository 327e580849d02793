"""Every word of the language stands in a tiny flow that shows what it does."""

from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from tests.flow.reading import read
from tests.flow.tiny import DIRECTIVE, tiny_flows
from triage.flow.conditions import Condition
from triage.flow.conditions import tests as singles_of
from triage.flow.faults import KINDS
from triage.flow.model import (
    HOLDS,
    About,
    ActDefinition,
    Column,
    Element,
    Evidence,
    FindingDefinition,
    Flow,
    Kind,
    Move,
    Question,
    Rulebook,
    Scope,
)
from triage.flow.reading_evidence import STRENGTHS
from triage.flow.vocabulary import FUNCTIONS

FEATURES = tiny_flows("features")
FILLED_BY_THE_READER = {"line", "file", "order", "flow", "when_text", "also_in"}
SAYS_NOTHING = ("", (), {}, False, 0, None, HOLDS, frozenset())


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[Rulebook]:
    found = [read(tiny.written_to(tmp_path_factory.mktemp(tiny.path.stem))) for tiny in FEATURES]
    return [book for book in found if isinstance(book, Rulebook)]


def conditions_of(book: Rulebook) -> list[Condition]:
    found = [flow.opens for flow in book.flows.values()]
    found += [edge.when for flow in book.flows.values() for edge in flow.edges]
    for question in book.questions.values():
        found += [question.when, *(evidence.when for evidence in question.evidence)]
    for one in book.findings.values():
        found += [one.zero, one.unknown_when, one.falls_to_1_when, *(rule.when for rule in one.rules)]
    return found


def things(books: list[Rulebook], kind: type) -> list[object]:
    """Every thing of a kind in the tiny flows."""
    questions = [question for book in books for question in book.questions.values()]
    return {
        Question: questions,
        Evidence: [one for question in questions for one in question.evidence],
        Element: [one.element for question in questions for one in question.evidence if one.element],
        Column: [one for question in questions for one in question.columns],
        FindingDefinition: [one for book in books for one in book.findings.values()],
        ActDefinition: [one for book in books for one in book.acts.values()],
        Flow: [one for book in books for one in book.flows.values()],
    }[kind]


@pytest.mark.parametrize("kind", [Question, Evidence, Element, Column, FindingDefinition, ActDefinition, Flow])
def test_every_field_says_something_in_a_tiny_flow(kind: type, books: list[Rulebook]) -> None:
    found = things(books, kind)
    silent = [
        one.name
        for one in fields(kind)
        if one.name not in FILLED_BY_THE_READER and all(getattr(thing, one.name) in SAYS_NOTHING for thing in found)
    ]
    assert silent == []


def test_every_test_of_the_vocabulary_stands_in_a_tiny_flow(books: list[Rulebook]) -> None:
    used = {one.function for book in books for tree in conditions_of(book) for one in singles_of(tree)}
    assert sorted(FUNCTIONS.keys() - used) == []


def test_every_kind_about_scope_move_and_strength_stands_in_a_tiny_flow(books: list[Rulebook]) -> None:
    questions = [question for book in books for question in book.questions.values()]
    assert {question.kind for question in questions} == set(Kind)
    assert {question.about for question in questions} == set(About)
    assert {one.scope for book in books for one in book.findings.values()} == set(Scope)
    assert {edge.move for book in books for flow in book.flows.values() for edge in flow.edges} == set(Move)
    assert {one.strength for question in questions for one in question.evidence} == set(STRENGTHS)


def test_every_kind_of_argument_is_checked() -> None:
    assert {kind for word in FUNCTIONS.values() for kind in word.arguments} == set(KINDS)


def test_every_tiny_flow_says_in_its_first_line_what_it_shows() -> None:
    silent = [
        tiny.path.name
        for folder in ("features", "problems", "checks", "cases")
        for tiny in tiny_flows(folder)
        if not tiny.lines[0].startswith("# ") or DIRECTIVE.match(tiny.lines[0])
    ]
    assert silent == []


def test_no_tiny_flow_is_larger_than_a_page() -> None:
    assert [tiny.path.name for tiny in FEATURES if len(tiny.lines) > 60] == []


def test_the_shared_files_are_plain_yaml(tmp_path: Path) -> None:
    folder = FEATURES[0].written_to(tmp_path)
    assert all(isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict) for path in folder.glob("*.yml"))
