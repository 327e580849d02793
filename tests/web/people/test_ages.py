"""An age that was entered with a person reaches the question that asks for it: shown, taken over by a press alone."""

import re
from uuid import uuid4

import pytest

from tests.web.people.families import Family, family
from tests.web.people.staged import view_of
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


def recorded(three: Family, typed: str) -> tuple[int, str]:
    """What becomes of a form with this birth: its status, and what the page then says or shows again."""
    column = "birth_b" if three.pair.endswith(three.added) else "birth_a"
    form = {"row-0-code": "partner", f"row-0-cell-{column}": typed, "source": "SELF", "on": "2026-11-20"}
    form["version"] = str(view_of(three.site, three.actor("intake-one"), three.id).version)
    page = three.worker.post(asked(three), form)
    return page.status_code, three.worker.get(asked(three)).text if page.status_code == 303 else page.text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("2010", "2010"), ("3/2010", "2010-03"), ("5/3/2010", "2010-03-05"), ("05.03.2010", "2010-03-05"),
     ("2010-03-05", "2010-03-05"), (" 2010 ", "2010"), ("٢٠١٠", "2010")],
)  # fmt: skip
def test_a_birth_is_a_day_a_month_or_a_year(three: Family, typed: str, kept: str) -> None:
    status, page = recorded(three, typed)
    assert status == 303
    assert f"Birth date of {three.added}: {kept}" in page


@pytest.mark.parametrize("typed", ["31/2/2010", "about 2010", "10", "2031", "1850", "3/5", "2010-13"])
def test_a_birth_that_cannot_be_read_is_told_at_its_field_and_kept_as_typed(three: Family, typed: str) -> None:
    status, page = recorded(three, typed)
    assert status == 422
    assert page.count("Give a day, a month or a year that has begun") == 2, "in the summary, and at the field"
    assert f'value="{typed}"' in page


def test_a_year_that_was_given_with_a_person_is_offered_as_two_ages(site: Site) -> None:
    """A referral knew the year alone; a press puts the year into the form, and no day is made up."""
    worker = site.person("intake-one")
    form = {
        "called-one": "Ama", "year-one": "2010", "called-two": "Kit", "said": "unsaid", "sees": "one",
        "received_from": "A school", "key": str(uuid4()),
    }  # fmt: skip
    case = worker.post("/referrals/new", form).headers["Location"]
    page = worker.get(f"{case}/questions/ri-03/a-and-b").text
    assert re.search("[AB]: Born in 2010, 15 or 16 years old", page), page
    filled = worker.post(f"{case}/questions/ri-03/a-and-b", {"then": "known"}).text
    assert sorted(value_of(filled, one) for one in ("birth_a", "birth_b")) == ["", "2010"]
