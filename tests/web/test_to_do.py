"""Several sources on the pages: unsafe accounts are capped in words; non-answers become tasks of whom they concern."""

import re
from datetime import timedelta

import pytest

from tests.web.site import NOW, Person, Site, circumstances, open_case

ASKED = "wd-10/a-to-b"
NOT_KNOWN = {"code": "NK"}


def told(person: Person, case: str, question: str = ASKED, source: str = "POL", **typed: str) -> None:
    done = person.fill_in(f"{case}/questions/{question}", circumstances(source) | typed)
    assert done.status_code == 303, done.text


def own_person(person: Person, case: str) -> str:
    found = re.search(r"You work with (\w)", person.get(case).text)
    assert found
    return found[1]


def advocate_of(site: Site, worker: Person, case: str) -> Person:
    advocate = site.person("advocate-one")
    assert advocate.post(f"{case}/take-on", {"person": own_person(worker, case)}).status_code == 303
    return advocate


def test_what_is_not_known_yet_is_asked_again_in_a_week_and_leaves_when_it_is_answered(site: Site) -> None:
    worker = site.person("intake-two")
    case = open_case(worker)
    told(worker, case, **NOT_KNOWN)
    for page in (case, "/follow-ups"):
        text = worker.get(page).text
        assert f"{case}/questions/{ASKED}" in text
        assert "To ask again on 29 Nov 2026" in text
    home = worker.get(case).text
    assert "the support service of B, on its own side" in home
    assert home.count(f'href="{case}/questions/{ASKED}"') == 1, "said once, with who could say"
    told(worker, case, code="contact")
    assert "To ask again" not in worker.get("/follow-ups").text
    assert "To ask again" not in worker.get(case).text


def test_what_cannot_wait_is_asked_at_the_next_contact(worker: Person, case: str) -> None:
    """Whether somebody is in danger today is no question for next week."""
    assert "At the next contact, unless you give another day." in worker.get(f"{case}/questions/dr-26/case").text
    told = worker.fill_in(f"{case}/questions/dr-26/case", circumstances("OBS") | {"non_answer": "NK"})
    assert told.status_code == 303, told.text
    assert "To ask again since 22 Nov 2026" in worker.get(case).text
    assert "In a week, unless you give another day." in worker.get(f"{case}/questions/{ASKED}").text


def test_the_day_is_asked_and_one_that_cannot_be_is_refused_with_nothing_lost(worker: Person, case: str) -> None:
    told(worker, case, **NOT_KNOWN, ask_again=NOW.date().isoformat())
    assert "To ask again since 22 Nov 2026" in worker.get(case).text
    for day in ("2026-11-21", "2028-01-01", "next week"):
        refused = worker.fill_in(f"{case}/questions/{ASKED}", circumstances("POL") | NOT_KNOWN | {"ask_again": day})
        assert refused.status_code == 422
        assert "Give a day from today to a year from now" in refused.text
        assert f'value="{day}"' in refused.text


def test_a_correction_begins_with_the_day_that_was_given(worker: Person, case: str) -> None:
    day = (NOW.date() + timedelta(days=30)).isoformat()
    told(worker, case, **NOT_KNOWN, ask_again=day)
    found = re.search(r"/answers/[0-9a-f-]{36}/correct", worker.get(f"{case}/questions/{ASKED}").text)
    assert found
    assert f'value="{day}"' in worker.get(f"{case}{found[0]}").text


@pytest.mark.parametrize("code", ["DEC", "NSA"])
def test_neither_what_was_declined_nor_what_is_not_safe_is_asked_again_by_the_programme_side(
    worker: Person, case: str, code: str
) -> None:
    told(worker, case, code=code)
    assert "To ask again" not in worker.get(case).text
    assert "find a safe way" not in worker.get(case).text + worker.get("/follow-ups").text


def test_what_is_not_safe_to_ask_is_told_to_the_advocate_without_a_word_and_ends_with_an_answer(
    site: Site, worker: Person, case: str
) -> None:
    advocate = advocate_of(site, worker, case)
    told(worker, case, code="NSA", by_other="a midwife")
    home = advocate.get(case).text
    assert "Not safe to ask since 20 Nov 2026: find a safe way." in home
    assert "midwife" not in home
    assert "find a safe way" in advocate.get("/follow-ups").text
    assert "Already answered" not in advocate.get(f"{case}/questions/{ASKED}").text
    told(advocate, case, source="ISS", code="contact")
    assert "find a safe way" not in advocate.get(case).text


def test_an_account_of_a_contact_that_was_not_free_is_capped_in_words_wherever_it_stands(
    worker: Person, case: str
) -> None:
    letter = own_person(worker, case).lower()
    told(worker, case, f"cn-10/{letter}", "SELF", by=letter.upper(), code="no", contact="7")
    pages = (f"{case}/questions/cn-10/{letter}", f"{case}/parts/f", f"{case}/check", f"{case}/record")
    capped = "it counts as possible at most, and settles nothing by itself."
    assert all(capped not in worker.get(page).text for page in pages)
    told(worker, case, f"ri-17/{letter}", "OBS", code="not_free", contact="7")
    assert all(capped in worker.get(page).text for page in pages)


def test_a_non_answer_is_not_capped_it_says_nothing(worker: Person, case: str) -> None:
    told(worker, case, code="DEC", tainted="yes")
    assert "Counts as possible only" not in worker.get(f"{case}/questions/{ASKED}").text
