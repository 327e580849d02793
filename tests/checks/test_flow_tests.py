"""Each test of the language, as a formula: what can never be so together, and what can, read as the engine reads it."""

from pathlib import Path

import pytest

from tests.flow.reading import read
from tests.flow.tiny import Tiny
from triage.checks.deciding import Verdict, verdict
from triage.checks.flow_tests import flow_tests
from triage.flow.conditions import parse
from triage.flow.model import Rulebook

BOOK = """
flow: t
version: 1
about: person
clauses: ["4.4"]
questions:
  - {id: ONE, about: person, type: one, sources: [ISS, POL], clauses: ["4.2"], options: [hit, held, none],
     columns: [{code: day}, {code: who, values: [a, b]}, {code: with, values: [knife, car], many: true}]}
  - {id: MANY, about: person, type: many, sources: [ISS], clauses: ["4.2"], options: [hit, held],
     evidence: [{finding: TIMES_x, strength: count, options: [hit]}, {finding: TIMES_x, strength: count},
                {finding: TIMES_x, strength: count}, {finding: TIMES_x, strength: count},
                {finding: TIMES_x, strength: count}, {finding: TIMES_x, strength: count}]}
# file: findings.yml
findings:
  TIMES: {scope: person, count: true, compartment: S, clauses: ["1.1"]}
# file: acts.yml
acts:
  W-SIGN: {about: pair, values: [W_A, W_B], side: panel, names: 2, clauses: ["4.4"]}
  NOTED: {about: person, values: [seen, told], side: support, names: 1, clauses: ["1.2"]}
  LISTED: {about: person, values: [seen, told], listed: true, side: support, names: 1, clauses: ["1.2"]}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    found = read(Tiny(Path("book.yml"), BOOK.splitlines()).written_to(tmp_path_factory.mktemp("book")))
    assert isinstance(found, Rulebook), found
    return found


def found(book: Rulebook, text: str, about: str = "") -> Verdict:
    condition = parse(text)
    question = book.questions[about] if about else None
    return verdict([flow_tests(book, [condition]).formula(condition, about=question)])


NEVER = [
    ("answer(ONE) = hit and not answered(ONE)", ""),
    ("answer(ONE) = hit and answer(ONE) != hit", ""),
    ("answered(ONE) and not answered_or_declined(ONE)", ""),
    ("declined_twice(ONE) and not answered_or_declined(ONE)", ""),
    ("answered(ONE_x) and not answered(ONE)", ""),
    ("act(NOTED_x) = seen and act(NOTED_x) = told", ""),
    ("act(NOTED_x) = seen and not act(NOTED_x)", ""),
    ("act(LISTED_x) = seen and not act(LISTED_x)", ""),
    ("signed(W_x) and signed(W_y)", ""),
    ("signed(W_x) and act(W-SIGN) = W_B", ""),
    ("elements(sign) >= 2 and elements(sign) < 1", ""),
    ("elements(sign) < 0", ""),
    ("measure(age_now, x) < 16 and measure(age_now, x) >= 18", ""),
    ("each x: (ind(NEED_x) and zero(NEED_y))", ""),
    ("TIMES_x >= 7", ""),
    ("chosen(hit) and chosen(held)", "ONE"),
    ("source(ISS) and source(POL)", "ONE"),
    ("not source(ISS)", "MANY"),
    ("speaker(x) and speaker(y)", "ONE"),
    ("adult(x) and under_18(x)", "ONE"),
    ("not adult(x) and not under_18(x)", "ONE"),
    ("future(day) and not filled(day)", "ONE"),
    ("costs(day) and not filled(day)", "ONE"),
    ("cell(who) = a and cell(who) = b", "ONE"),
    ("cell(who) = a and not filled(who)", "ONE"),
    ("cell(with) = knife and not filled(with)", "ONE"),
]
SOMETIMES = [
    ("answer(ONE) = NK and not answered(ONE)", ""),
    ("answer(ONE) = hit and answer(ONE) = held", ""),
    ("answered_or_declined(ONE) and not answered(ONE)", ""),
    ("answered(ONE_x) and not answered(ONE_y)", ""),
    ("act(NOTED_x) and not act(NOTED_x) = seen", ""),
    ("act(LISTED_x) = seen and act(LISTED_x) = told", ""),
    ("not signed(W_x) and not signed(W_y)", ""),
    ("not measure(age_now, x) < 16 and not measure(age_now, y) >= 16", ""),
    ("some x: (ind(NEED_x) and zero(NEED_y))", ""),
    ("TIMES_x >= 6", ""),
    ("chosen(hit) and chosen(held)", "MANY"),
    ("not speaker(x) and not speaker(y)", "ONE"),
    ("filled(who) and not cell(who) = a", "ONE"),
    ("cell(with) = knife and cell(with) = car", "ONE"),
]


@pytest.mark.parametrize(("text", "about"), NEVER)
def test_what_can_never_be_so_is_impossible(text: str, about: str, book: Rulebook) -> None:
    assert found(book, text, about) is Verdict.IMPOSSIBLE


@pytest.mark.parametrize(("text", "about"), SOMETIMES)
def test_what_can_be_so_is_possible(text: str, about: str, book: Rulebook) -> None:
    assert found(book, text, about) is Verdict.POSSIBLE
