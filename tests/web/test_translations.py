"""The translators' room through its pages: what is refused keeps what was typed; the source stays hidden at first."""

import re
from io import BytesIO

import pytest

from tests.web.site import Person, Site

CALL = "/translations/pl/texts/sheet.danger.call"
ENGLISH = "Call {emergency}."
NEW = "Zadzwoń: {emergency}."


@pytest.fixture(scope="module")
def people(site: Site) -> tuple[Person, Person]:
    return site.person("translator"), site.person("reviewer")


def send(person: Person, step: str, address: str = CALL, **typed: str):
    seen = re.search(r'name="seen" value="(\d+)"', person.get(address).text)
    return person.post(f"{address}/{step}", {"seen": seen[1] if seen else "0"} | typed)


def test_a_translation_that_the_checks_refuse_comes_back_with_the_reason_and_what_was_typed(
    people: tuple[Person, Person],
) -> None:
    answer = send(people[0], "words", words="Zadzwoń <b>17</b>", reason="Because.")
    assert answer.status_code == 422
    for said in ("The places for values", "`sheet.danger.call`: `{emergency}` is missing.", "is not plain words"):
        assert said in answer.text
    assert re.search(r"<textarea[^>]*>\s*Zadzwoń &lt;b&gt;17&lt;/b&gt;</textarea>", answer.text)
    assert 'value="Because."' in answer.text
    hidden = send(people[0], "words", words="Zadzwoń \u202e{emergency}.")
    assert hidden.status_code == 422
    assert "U+202E" in hidden.text


def test_two_people_take_a_translation_from_draft_to_use_and_the_second_does_not_see_the_source_first(
    site: Site, people: tuple[Person, Person]
) -> None:
    translator, reviewer = people
    address = "/translations/pl/texts/sheet.danger.call"
    assert send(translator, "review").status_code == 303
    for page in (address, f"{address}/put-back", "/translations/pl/waiting/put-back"):
        assert ENGLISH not in reviewer.get(page).text, page
        assert "{emergency}" in reviewer.get(page).text, page
    assert ENGLISH in translator.get(address).text
    assert send(reviewer, "approve").status_code == 422
    assert send(reviewer, "put-back", words="Do not call {emergency}.").status_code == 303
    compared = reviewer.get(address).text
    assert ENGLISH in compared
    assert "Look closely:" in compared
    assert send(translator, "approve").status_code == 404
    assert send(reviewer, "send-back", reason="").status_code == 422
    assert send(reviewer, "send-back", reason="It turns it round.").status_code == 303
    assert "It turns it round." in translator.get(address).text
    assert send(translator, "words", words=NEW).status_code == 303
    assert send(translator, "review").status_code == 422
    assert "In use until this is approved:" in reviewer.get(address).text


def test_a_step_over_another_one_is_told_and_nothing_is_lost(people: tuple[Person, Person]) -> None:
    answer = people[0].post(f"{CALL}/words", {"seen": "0", "words": "Coś innego: {emergency}."})
    assert answer.status_code == 409
    assert "Coś innego: {emergency}." in answer.text


def test_a_file_is_loaded_refused_and_taken(people: tuple[Person, Person]) -> None:
    translator = people[0]
    loaded = translator.get("/translations/so/po")
    assert loaded.headers["Content-Disposition"] == 'attachment; filename="sheets-so.po"'
    content = loaded.data

    def give_back(content: bytes):
        return translator.post(
            "/translations/so/exchange", {"file": (BytesIO(content), "sheets.po")}, content_type="multipart/form-data"
        )

    assert "0 translations were taken" in give_back(content).text
    spoiled = give_back(content.replace(b"{emergency}", b"{urgent}"))
    assert spoiled.status_code == 422
    assert "Nothing was taken from the file." in spoiled.text
    assert "is missing." in spoiled.text
    assert give_back(b"").status_code == 422


def test_how_a_word_without_an_equivalent_is_said_is_typed_read_and_approved(people: tuple[Person, Person]) -> None:
    translator, reviewer = people
    term = "/translations/uk/texts/term.space-for-action"
    assert f'href="{term}"' in translator.get("/translations/uk/terms").text
    assert send(translator, "words", term, words="простір для дій").status_code == 303
    assert send(translator, "review", term).status_code == 422
    assert send(reviewer, "review", term).status_code == 303
    assert send(reviewer, "approve", term).status_code == 422
    assert "простір для дій" in translator.get("/translations/uk/terms").text
    assert "Reviewed by one person" in translator.get("/translations/uk/terms").text
    assert send(translator, "words", term, words="\u202eпростір").status_code == 422


def test_there_is_no_room_for_english_nor_for_words_that_nobody_knows(people: tuple[Person, Person]) -> None:
    for address in (
        "en",
        "xx",
        "pl/waiting/nothing",
        "pl/texts/sheet.none",
        "en/po",
        "xx/exchange",
        "pl/texts/x/put-back",
    ):
        assert people[1].get(f"/translations/{address}").status_code == 404, address


def test_a_translator_begins_in_the_room_and_everybody_else_who_makes_finds_it(
    site: Site, people: tuple[Person, Person]
) -> None:
    assert people[0].get("/").location == "/translations"
    assert 'href="/translations"' in people[1].get("/sheets").text
    assert 'href="/translations"' not in site.person("intake-one").get("/sheets").text
    for page in ("", "/ar", "/ar/terms", "/ar/waiting/translate", "/zh/waiting/done", "/fr/waiting/done"):
        assert people[0].get(f"/translations{page}").status_code == 200, page
