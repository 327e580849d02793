"""Which texts a rulebook needs, which a language lacks, and what is not said before a determination."""

from dataclasses import replace
from pathlib import Path

import polib
import pytest

from tests.rules.house import ROOT
from triage.checks.wording import (
    FORBIDDEN,
    LANGUAGES,
    PERMITTED,
    catalogue_of,
    forbidden_in,
    forbidden_words,
    missing_texts,
    read_catalogue,
    unused_texts,
    wanted_texts,
)
from triage.flow import reading
from triage.flow.conditions import Always, parse
from triage.flow.model import (
    About,
    ActDefinition,
    Column,
    Edge,
    Effect,
    FindingDefinition,
    Flow,
    Kind,
    Move,
    Question,
    Rulebook,
    Scope,
)

LOCALES = ROOT / "locales"

QUESTION = Question(
    id="Q-01",
    flow="q",
    about=About.PERSON,
    kind=Kind.TABLE,
    sources=("SELF",),
    clauses=("4.4",),
    when=Always(),
    when_text="always",
    options=("yes",),
    scale=("often",),
    columns=(Column("who", ("a", "b")),),
    follow_up=("pain",),
    effects=(Effect(("yes",), (), "Q-01.effect.1"),),
    topic="fear",
)
FLOW = Flow(
    id="q",
    version=1,
    about=About.PERSON,
    opens=Always(),
    questions=("Q-01",),
    edges=(Edge("Q-01", Move.QUEUE, "q", Always(), "always", "q.edge.1"),),
    gates=(),
    clauses=("4.4",),
)
FEAR = FindingDefinition("FEAR", Scope.DIRECTED, ("4.4",), "V")
SIGN = ActDefinition("SIGN", About.PAIR, ("signed",), "panel", 2, 84, ("4.4",))
TINY = Rulebook({"q": FLOW}, {"Q-01": QUESTION}, {"FEAR": FEAR}, {"SIGN": SIGN}, {"SELF": "the person"}, {}, {})


class AnyName(frozenset[str]):
    """Holds every name: which measures and competences exist is no matter of texts."""

    def __contains__(self, name: object) -> bool:
        return True


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    book = reading.read_rulebook(ROOT / "flows", reading.Vocabulary(AnyName(), AnyName()))
    assert isinstance(book, Rulebook), book
    return book


@pytest.fixture
def complete(tmp_path: Path) -> Path:
    """Catalogues that hold every text of the tiny rulebook."""
    for language in LANGUAGES:
        write(tmp_path, language, {text: f"text of {where}" for text, where in wanted_texts(TINY)})
    return tmp_path


def write(locales: Path, language: str, texts: dict[str, str], fuzzy: tuple[str, ...] = ()) -> None:
    catalogue = polib.POFile(wrapwidth=0)
    for text, words in texts.items():
        flags = ["fuzzy"] if text in fuzzy else []
        catalogue.append(polib.POEntry(msgid=text, msgstr=words, flags=flags))
    path = catalogue_of(locales, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def change(locales: Path, language: str, texts: dict[str, str]) -> None:
    write(locales, language, read_catalogue(catalogue_of(locales, language)) | texts)


def without(locales: Path, language: str, text: str) -> None:
    known = read_catalogue(catalogue_of(locales, language))
    del known[text]
    write(locales, language, known)


def test_every_part_that_is_shown_needs_a_text() -> None:
    assert {
        "flow.q.title", "q.edge.1", "Q-01.ask", "Q-01.guidance", "Q-01.topic", "Q-01.option.yes", "Q-01.scale.often",
        "Q-01.follow_up.pain", "Q-01.column.who", "Q-01.column.who.a", "Q-01.column.who.b", "Q-01.effect.1",
        "finding.FEAR.name", "finding.FEAR.meaning", "act.SIGN.name", "act.SIGN.help", "act.SIGN.value.signed",
        "source.SELF", "non_answer.NK", "non_answer.DEC", "non_answer.NSA", "strength.was", "compartment.V",
    } <= dict(wanted_texts(TINY)).keys()  # fmt: skip


def test_a_text_says_what_needs_it() -> None:
    where = dict(wanted_texts(TINY))
    assert (where["Q-01.option.yes"], where["q.edge.1"]) == ("question Q-01", "an edge of flow q")


def test_a_question_without_topic_needs_none() -> None:
    book = replace(TINY, questions={"Q-01": replace(QUESTION, topic="")})
    assert "Q-01.topic" not in dict(wanted_texts(book))


def test_complete_catalogues_have_no_problem(complete: Path) -> None:
    assert missing_texts(TINY, complete) == unused_texts(TINY, complete) == forbidden_words(TINY, complete) == []


def test_a_missing_text_is_reported_with_its_language_and_owner(complete: Path) -> None:
    without(complete, "fr", "Q-01.scale.often")
    (problem,) = missing_texts(TINY, complete)
    assert (problem.code, problem.near) == ("F014", "")
    assert problem.file.endswith("fr/LC_MESSAGES/flows.po")
    assert problem.message == "`Q-01.scale.often` has no text in `fr`; question Q-01 needs it."


def test_a_mistyped_text_is_offered_as_the_nearest(complete: Path) -> None:
    without(complete, "fr", "Q-01.scale.often")
    change(complete, "fr", {"Q-01.scale.ofen": "souvent"})
    (problem,) = missing_texts(TINY, complete)
    assert problem.near == "Q-01.scale.ofen"
    assert [one.message for one in unused_texts(TINY, complete)] == ["`Q-01.scale.ofen` is shown by nothing."]


def test_an_empty_or_unreviewed_text_is_missing(complete: Path) -> None:
    known = read_catalogue(catalogue_of(complete, "fr"))
    write(complete, "fr", known | {"Q-01.ask": ""}, fuzzy=("flow.q.title",))
    missing = {problem.message.split("`")[1] for problem in missing_texts(TINY, complete)}
    assert missing == {"Q-01.ask", "flow.q.title"}


def test_a_language_without_catalogue_is_one_problem(complete: Path) -> None:
    (problem,) = missing_texts(TINY, complete, ("ckb",))
    assert problem.message == "There is no catalogue of the texts in `ckb`."


def test_a_broken_catalogue_is_one_problem(complete: Path) -> None:
    catalogue_of(complete, "fr").write_text('msgid "a\nmsgstr', encoding="utf-8")
    assert [problem.code for problem in missing_texts(TINY, complete)] == ["F001"]
    assert unused_texts(TINY, complete) == forbidden_words(TINY, complete) == []


def test_notes_and_texts_of_decisions_are_not_unused(complete: Path) -> None:
    decisions = {"outcome.O-MORE.name": "More is needed", "clause.4.4.title": "Who"}
    change(complete, "en", {"Q-01.note": "A note."} | decisions)
    assert unused_texts(TINY, complete) == []


@pytest.mark.parametrize("text", ["Q-02.ask", "flow.z.title", "finding.LOVE.name", "source.ABC", "q.edge.2"])
def test_a_text_that_nothing_shows_is_reported(complete: Path, text: str) -> None:
    change(complete, "en", {text: "left over"})
    (problem,) = unused_texts(TINY, complete)
    assert problem.code == "W002"
    assert problem.line > 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "What did the perpetrator do?"),
        ("en", "Was the violence mutual?"),
        ("en", "Is she hysterical?"),
        ("fr", "Qu'a fait l'auteur·e ?"),
        ("fr", "Qu'ont fait les auteurs de violences ?"),
        ("fr", "Les violences sont-elles réciproques ?"),
        ("fr", "Qui est l'agresseuse ?"),
        ("fr", "Est-elle un peu folle ?"),
    ],
)
def test_labels_shared_blame_and_humiliation_are_found(complete: Path, language: str, text: str) -> None:
    change(complete, language, {"Q-01.ask": text})
    (problem,) = forbidden_words(TINY, complete)
    assert (problem.code, "Q-01.ask" in problem.message, problem.line > 1) == ("W001", True, True)


@pytest.mark.parametrize(("language", "text"), [("en", "Who has authority?"), ("fr", "La hauteur, ou une foulure ?")])
def test_words_that_only_look_alike_may_be_said(language: str, text: str) -> None:
    assert list(forbidden_in(text, language)) == []


def test_after_a_signed_determination_the_word_may_be_said(complete: Path) -> None:
    change(complete, "en", {"Q-01.ask": "What did the perpetrator do?"})
    after = replace(FLOW, opens=parse("some x: signed(W_x)"))
    assert forbidden_words(replace(TINY, flows={"q": after}), complete) == []


def test_a_catalogue_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read_catalogue(catalogue_of(tmp_path, "fr")) == {}


def test_the_shipped_flows_have_every_text_in_english_and_french(shipped: Rulebook) -> None:
    assert missing_texts(shipped, LOCALES) == []


def test_the_shipped_catalogues_keep_no_text_that_nothing_shows(shipped: Rulebook) -> None:
    assert unused_texts(shipped, LOCALES) == []


def test_the_shipped_questions_name_no_one_before_a_determination(shipped: Rulebook) -> None:
    assert forbidden_words(shipped, LOCALES) == []


def test_every_permitted_text_still_says_such_a_word_and_has_a_reason() -> None:
    said = {language: read_catalogue(catalogue_of(LOCALES, language)) for language in FORBIDDEN}
    idle = [
        text
        for text, reason in PERMITTED.items()
        if not reason or not any(list(forbidden_in(said[language][text], language)) for language in FORBIDDEN)
    ]
    assert idle == []


def test_names_of_findings_call_no_one_a_perpetrator() -> None:
    for language in FORBIDDEN:
        for text, words in read_catalogue(catalogue_of(LOCALES, language)).items():
            if text.startswith("finding."):
                assert list(forbidden_in(words, language)) == [], text


def test_names_of_findings_use_the_places_of_their_scope(shipped: Rulebook) -> None:
    places = {Scope.DIRECTED: {"{x}", "{y}"}, Scope.PERSON: {"{x}"}, Scope.PERSON_IN_PAIR: {"{x}"}}
    for language in LANGUAGES:
        texts = read_catalogue(catalogue_of(LOCALES, language))
        for name, finding in shipped.findings.items():
            words = texts[f"finding.{name}.name"]
            assert {place for place in ("{x}", "{y}") if place in words} == places.get(finding.scope, set()), words
            assert "{" not in texts[f"finding.{name}.meaning"]


def test_both_languages_hold_the_same_texts_in_the_same_order() -> None:
    english, french = (list(read_catalogue(catalogue_of(LOCALES, language))) for language in LANGUAGES)
    assert english == french


def test_each_french_text_stands_under_the_english_text_it_translates() -> None:
    english = read_catalogue(catalogue_of(LOCALES, "en"))
    french = polib.pofile(str(catalogue_of(LOCALES, "fr")))
    stale = [entry.msgid for entry in french if entry.comment != english[entry.msgid]]
    assert stale == [], "the English text changed: look at the translation, then copy the text into its `#.` comment"
