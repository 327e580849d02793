"""A second look at the worker's own words, without scripts; and answers set aside, with the reason in plain words."""

import html
import re

import pytest

from tests.web.site import Person, Site, circumstances, open_case

QUESTION = "/questions/ri-04/case"


@pytest.fixture(scope="module")
def case(site: Site) -> str:
    return open_case(site.person("intake-one"))


@pytest.fixture(scope="module")
def writer(site: Site) -> Person:
    return site.person("intake-one")


def typed(text: str, then: str) -> dict[str, str]:
    return {"value": text, "then": then, **circumstances("REF")}


def test_words_are_looked_at_beside_their_field_and_nothing_is_saved(writer: Person, case: str) -> None:
    text = "The victim says the violence is mutual. He said “she is crazy”."
    response = writer.fill_in(case + QUESTION, typed(text, "words"))
    assert response.status_code == 200
    look = response.text.split('id="second-look"', 1)[1].split("</section>", 1)[0]
    assert re.findall(r"<q><bdi>(\w+)</bdi></q>", look) == ["victim", "mutual"]
    assert 'href="#value"' in look
    assert "victim says the violence" in response.text  # what was typed is still there
    assert "Already answered" not in writer.get(case + QUESTION).text


def test_it_is_in_the_language_of_the_screen(writer: Person, case: str) -> None:
    writer.post("/language/fr", {})
    response = writer.fill_in(case + QUESTION, typed("Violences réciproques, la victime appelle.", "words"))
    writer.post("/language/en", {})
    assert "<bdi>réciproques</bdi>" in response.text
    assert "partage les torts" in response.text


def test_nothing_to_say_is_said(writer: Person, case: str) -> None:
    response = writer.fill_in(case + QUESTION, typed("A took the keys.", "words"))
    assert "Nothing in your words asks for a second look." in response.text


def test_it_blocks_nothing(writer: Person, case: str) -> None:
    response = writer.fill_in(case + QUESTION, typed("The victim says it is mutual.", "next"))
    assert response.status_code == 303
    assert "Already answered" in writer.get(case + QUESTION).text


def test_a_question_without_words_has_no_such_button(writer: Person, case: str) -> None:
    assert 'value="words"' in writer.get(case + QUESTION).text
    assert 'value="words"' not in writer.get(f"{case}/questions/rv-09/a-to-b").text


@pytest.mark.parametrize(
    ("language", "begins", "asked_of_apart"),
    [
        ("en", "It is asked only when: ", "is not ruled out"),
        ("fr", "Elle n’est posée que si\u00a0: ", "n’est pas écarté"),
    ],
)
def test_an_answer_set_aside_says_why_in_plain_words(
    site: Site, language: str, begins: str, asked_of_apart: str
) -> None:
    writer = site.person("intake-one")
    case = open_case(writer)
    after = {"code": ["contact"], "then": "next", **circumstances("POL")}
    assert writer.fill_in(f"{case}/questions/wd-10/a-to-b", after).status_code == 303
    together = {"code": "together", "then": "next", **circumstances("POL")}
    assert writer.fill_in(f"{case}/questions/dr-04/a-and-b", together).status_code == 303
    writer.post(f"/language/{language}", {})
    page = writer.get(f"{case}/parts/c").text
    reason = html.unescape(page.rsplit('govuk-tag--grey">', 1)[1].split("</strong>", 1)[1].split("</p>", 1)[0]).strip()
    assert reason.startswith(begins)
    assert asked_of_apart in reason
    assert "poss(" not in reason
    assert "APART" not in reason
