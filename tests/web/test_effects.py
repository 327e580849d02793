"""After an answer that leads elsewhere, a page says which answers no longer count, why, and which count again."""

import re

import pytest
from werkzeug.test import TestResponse

from tests.web.site import Person, Site, circumstances, open_case

SINCE_THEY_PARTED = "questions/wd-10/a-to-b"
STANDING = "questions/dr-04/a-and-b"


def told(person: Person, address: str, code: str, **more: str) -> TestResponse:
    response = person.fill_in(address, {"code": code, "then": "next"} | circumstances("POL") | more)
    assert response.status_code == 303, response.text
    return response


def change(person: Person, case: str, what: str = "correct") -> str:
    """The address at which the standing answer on living together is corrected, or taken back."""
    return str(re.findall(rf"/cases/[^\"]+/answers/[^\"]+/{what}", person.get(f"{case}/{STANDING}").text)[-1])


@pytest.fixture
def fallen(worker: Person, case: str) -> str:
    """The address of the page after an answer by which another one falls off the path."""
    assert "/effects" not in str(told(worker, f"{case}/{SINCE_THEY_PARTED}", "contact").location)
    return str(told(worker, f"{case}/{STANDING}", "together").location)


def test_what_falls_off_the_path_is_said_with_the_reason(worker: Person, case: str, fallen: str) -> None:
    page = worker.get(fallen).text
    assert fallen.endswith("/effects")
    assert "1 answer no longer counts" in page
    assert "count again" not in page
    assert "WD-10" in page
    assert "It is asked only when" in page
    assert re.search(rf'<a class="govuk-button" href="{case}/questions/[^"]+"', page), (
        "it leads on to the next question"
    )
    assert "Set aside" in worker.get(f"{case}/parts/c").text


@pytest.mark.usefixtures("fallen")
def test_it_comes_back_with_the_path_and_that_is_said(worker: Person, case: str) -> None:
    page = worker.get(str(told(worker, change(worker, case), "left_recent", reason="Misheard.").location)).text
    assert "1 answer counts again" in page
    assert "no longer count" not in page
    assert "Set aside" not in worker.get(f"{case}/parts/c").text


@pytest.mark.usefixtures("fallen")
def test_what_was_set_aside_comes_back_when_the_reason_is_taken_back(worker: Person, case: str) -> None:
    worker.post("/language/fr", {})
    gone = worker.fill_in(change(worker, case, "take-back"), {"reason": "Erreur."})
    page = worker.get(str(gone.location)).text
    worker.post("/language/en", {})
    assert "La réponse est retirée" in page
    assert "1 réponse compte de nouveau" in page


def test_nobody_else_sees_what_an_answer_changed(site: Site, worker: Person, fallen: str) -> None:
    assert worker.get(fallen).status_code == 200
    for name in ("intake-two", "advocate-one", "panel-support"):
        assert site.person(name).get(fallen).status_code == 404
    assert worker.get(f"{open_case(worker)}/{fallen.split('/', 3)[3]}").status_code == 404


@pytest.mark.usefixtures("fallen")
def test_a_question_whose_answer_is_set_aside_is_not_counted_as_answered(worker: Person, case: str) -> None:
    listed = worker.get(f"{case}/parts/c").text.split("Set aside")[0]
    assert "WD-10" not in listed, "it stands below, among what is set aside, and not among what is answered"
