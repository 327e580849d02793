"""Conditions in words: every test of the language is said in both languages, and nothing unknown is said as a no."""

import re

import pytest

from tests.checks.drawings import LANGUAGES, album, texts
from triage.checks.pictures.model import Outline
from triage.checks.pictures.texts import shortened
from triage.checks.pictures.words import TESTS, Speaker
from triage.flow.conditions import Condition, parse
from triage.flow.vocabulary import FUNCTIONS
from triage.routing.vocabulary import FUNCTIONS as OF_THE_DECISION

UNSAID = re.compile(r"phrase\.|\{\w+\}|\b[a-z]+\.[a-z]+\.\w+")


def said(condition: str, language: str = "en", *, briefly: bool = False) -> str:
    speaker = album(language).speaker
    return (speaker.briefly() if briefly else speaker).sentence(parse(condition))


def of_wd_01(condition: str) -> str:
    speaker = album().speaker
    return speaker.of(speaker.book.questions["WD-01"]).sentence(parse(condition))


def conditions() -> list[tuple[Condition, str]]:
    """Every condition of the shipped flows and rules, with the question whose evidence it belongs to."""
    book, decision = album().book, album().decision
    found = [(edge.when, "") for flow in book.flows.values() for edge in flow.edges]
    found += [(question.when, "") for question in book.questions.values()]
    found += [(one.when, question.id) for question in book.questions.values() for one in question.evidence]
    for finding in book.findings.values():
        found += [(one, "") for one in (finding.zero, finding.unknown_when, finding.falls_to_1_when)]
        found += [(rule.when, "") for rule in finding.rules]
    found += [(one, "") for one in decision.definitions.values()]
    rules = [rule for group in decision.sets.values() for rule in group]
    return found + [(one, "") for rule in rules for one in (rule.when, rule.raised) if one is not None]


def lines(outline: Outline) -> list[str]:
    return [outline.text, *(line for part in outline.parts for line in lines(part))]


def test_every_test_of_the_language_has_words() -> None:
    assert set(FUNCTIONS) | set(OF_THE_DECISION) == set(TESTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_condition_is_said_whole_in_both_senses(language: str) -> None:
    speaker = album(language).speaker
    for condition, question in conditions():
        teller = speaker.of(speaker.book.questions[question]) if question else speaker
        for wanted in (True, False):
            sentence = teller._inline(condition, wanted=wanted, bracketed=False)
            told = [sentence, *lines(teller._outlined(condition, wanted=wanted))]
            assert sentence
            assert [line for line in told if UNSAID.search(line)] == [], condition


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("ind(CTRL_xy)", "“Control of B’s daily life by A” is indicated"),
        ("not ind(RESX_x)", "“Resistance of A examined and ruled out” is not indicated, or not known"),
        ("not poss(FORCE_x)", "“Force used by A” is ruled out"),
        ("ind(CTRL_yx, 3)", "“Control of A’s daily life by B” is corroborated at least"),
        ("poss(HBA)", "“Honour”-based abuse of one of the two"),
        ("answer(WD-18_x) in {hit, NK}", "WD-18 (A): “Hit, kicked, bit, scratched” or “Not known yet”"),
        ("READY_x = 0", "Engagement of A: exactly 0"),
        ("not (READY_x < 2)", "Engagement of A: 2 or more"),
        ("not (unk(CN_x) and zero(CN_y))", "“Complex needs of A” is known; or “Complex needs of B” is not ruled out"),
        ("act(ISS-STATUS_x) in {active, paused}", "Status of support (A): “Support is active” or “Paused”"),
        ("not core2_yx", "not so: control or serious violence, with fear or less freedom (B towards A)"),
    ],
)  # fmt: skip
def test_a_condition_reads_as_plain_english(condition: str, sentence: str) -> None:
    assert sentence in said(condition)


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("ind(CTRL_xy)", "le constat « Contrôle du quotidien de B par A » est indiqué"),
        ("not ind(FEAR_xy)", "le constat « Peur que A inspire à B » n’est pas indiqué, ou pas connu"),
        ("signed(W_x)", "une détermination est signée : Auteur·e principal·e dans ce binôme : A"),
    ],
)
def test_a_condition_reads_as_plain_french(condition: str, sentence: str) -> None:
    assert said(condition, "fr") == sentence


def test_evidence_names_its_own_columns_and_options() -> None:
    assert of_wd_01("cell(purpose) != safety") == "Purpose of the checking: not “Safety”"
    assert of_wd_01("not chosen(money)") == "“Money and spending” is not chosen"


def test_not_is_moved_inwards_over_both_persons() -> None:
    outline = album().speaker.outline(parse("not (some x: (ind(CTRL_xy) or ind(FEAR_xy)))"))
    assert outline.text == "For each of the two, called A in turn:"
    assert outline.parts[0].text == "All of these:"
    assert [part.text.endswith("is not indicated, or not known") for part in outline.parts[0].parts] == [True, True]


def test_a_counted_list_names_what_it_counts() -> None:
    outline = album().speaker.outline(parse("count(unk: core_findings_yx) >= 1"))
    assert outline.text == "how many of these are not known (core findings (B towards A)): 1 or more"
    assert outline.parts[0].text == "Control of A’s daily life by B"
    assert len(outline.parts) == 4


def test_only_the_drawing_leaves_options_out() -> None:
    many = "answer(WD-18_x) in {push_grab, hit, object, weapon, neck}"
    assert said(many, briefly=True).endswith("or 3 more")
    assert said(many).count("“") == 5


def test_a_text_is_cut_at_a_word() -> None:
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two, three", 12) == "one two…"


def test_a_test_without_words_is_named_and_not_hidden() -> None:
    assert Speaker(texts("en"), album().book).sentence(parse("unheard(of)")) == "the rule unheard"
