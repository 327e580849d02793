"""An age that was entered with a person reaches the question that asks for it: shown, taken over by a press alone."""

import re

import pytest

from tests.web.people.families import Family, family
from tests.web.site import Site
from triage.web.shared.places import slug_of


@pytest.fixture(scope="module")
def three(site: Site) -> Family:
    return family(site)


def asked(three: Family) -> str:
    return f"{three.address}/questions/ri-03/{slug_of(three.pair)}"


def value_of(page: str, column: str) -> str:
    found = re.search(rf'<input[^>]*name="row-0-cell-{column}"[^>]*>', page)
    assert found, column
    value = re.search('value="([^"]*)"', found[0])
    return value[1] if value else ""


def test_what_is_known_is_shown_and_answers_nothing_by_itself(three: Family) -> None:
    page = three.worker.get(asked(three)).text
    assert "Already known from the case" in page
    assert f"{three.added}: Born on 9 Sept 1981, 45 years old" in page
    assert [value_of(page, one) for one in ("birth_a", "birth_b")] == ["", ""]
    assert "Already answered" not in page


def test_a_press_puts_it_into_the_form_and_keeps_what_was_typed(three: Family) -> None:
    column = "birth_b" if three.pair.endswith(three.added) else "birth_a"
    other = "birth_a" if column == "birth_b" else "birth_b"
    page = three.worker.post(asked(three), {"then": "known", f"row-0-cell-{other}": "1988-02-03", "contact": "7"})
    assert page.status_code == 200
    assert value_of(page.text, column) == "1981-09-09"
    assert value_of(page.text, other) == "1988-02-03"
    assert 'value="7"' in page.text
    assert "Already answered" not in three.worker.get(asked(three)).text, "nothing was recorded"


def test_a_pair_of_whom_no_age_is_known_and_a_question_of_no_age_show_nothing(site: Site) -> None:
    unknown = family(site, None)
    ines = unknown.worker
    page = ines.get(f"{unknown.address}/questions/ri-03/{slug_of('-'.join(sorted((unknown.other, unknown.added))))}")
    assert page.status_code == 404, "the two are no pair"
    assert "Already known" not in ines.get(f"{unknown.address}/questions/wd-05/{slug_of(unknown.pair)}").text
