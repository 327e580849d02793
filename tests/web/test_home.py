"""The home of a case: safety before anything else, one next step, honest states, what is missing and who could say."""

import re

import pytest

from tests.web.site import Person, Site, circumstances, open_case
from tests.web.told_case import ToldCase, told
from triage.casework.accounts.sessions import sign_out

WITHOUT = frozenset({"WD-01"})
BUTTON = re.compile(r'<a class="govuk-button" href="([^"]+)">')
LINE = re.compile(
    r'parts/(\w)#[\w-]+" aria-describedby="status-\w-([\w-]+)".*?id="status-[^"]+">(.*?)</div>', re.DOTALL
)


@pytest.fixture(scope="module")
def r01(site: Site) -> ToldCase:
    """R01 up to the determination, without what control there is: told once, and only read."""
    return told(site, "R01", WITHOUT)


def main_of(page: str) -> str:
    return page[page.index("<main") :]


def states(page: str) -> dict[tuple[str, str], str]:
    """The state of each task by flow and place."""
    return {(flow, place): re.sub("<[^>]+>", "", said).strip() for flow, place, said in LINE.findall(page)}


def button(page: str) -> str:
    (address,) = BUTTON.findall(page)
    return str(address)


def answered(person: Person, case: str, question: str, source: str, **typed: str) -> None:
    done = person.fill_in(f"{case}/questions/{question}", circumstances(source) | typed)
    assert done.status_code == 303, done.text


def test_safety_stands_before_everything_else_and_unknown_is_said_as_unknown(worker: Person, case: str) -> None:
    page = main_of(worker.get(case).text)
    assert page.index("Safety first") < page.index("Go on with") < page.index("Parts of the assessment")
    assert "It is not known whether somebody is in danger now." in page
    assert "It is not known whether A can speak freely." in page or "whether B can speak freely" in page


@pytest.mark.parametrize(
    ("code", "danger", "said"),
    [
        ("neither", "none", "none was told"),
        ("neither", "attack_now", "Somebody may be in danger now."),
        ("danger_now", "none", "Somebody may be in danger now."),
    ],
)
def test_the_safety_is_what_the_answers_say(worker: Person, case: str, code: str, danger: str, said: str) -> None:
    answered(worker, case, "ri-01/case", "REF", code=code)
    answered(worker, case, "dr-26/case", "REF", **{"rows": "1", "row-0-code": danger})
    assert said in worker.get(case).text


def test_the_one_button_leads_to_the_question_that_was_open(worker: Person, case: str) -> None:
    opened = f"{case}/questions/wd-10/a-to-b"
    worker.get(opened)
    assert button(worker.get(case).text) == opened
    other = open_case(worker)
    assert button(worker.get(other).text) == f"{other}/questions/ri-01/case", "of another case nothing is remembered"


def test_the_cookie_names_no_question_and_what_is_over_leaves_no_mark_of_a_case(site: Site) -> None:
    worker = site.person("intake-one")
    case = open_case(worker)
    assert worker.post("/language/fr", {}).status_code == 303
    assert worker.fill_in(f"{case}/questions/ri-01/case", circumstances("REF") | {"code": "neither"}).status_code == 303
    worker.get(f"{case}/questions/wd-10/a-to-b")
    with worker.client.session_transaction() as held:
        assert {"open", "talk", "token"} <= set(held), "something of the case is held"
        assert not any(sign in str(dict(held)) for sign in ("questions", "wd-10", case.rpartition("/")[2]))
        held["after"], token = f"{case}/tasks", held["token"]
    worker.get("/sign-in")
    with worker.client.session_transaction() as held:
        assert held["token"] == token, "a session that goes on keeps what it holds"
        assert "talk" in held
    sign_out(site.service, token)
    worker.get("/sign-in")
    with worker.client.session_transaction() as held:
        assert set(held) <= {"language", "csrf_token"}
        assert held["language"] == "fr"


def test_in_a_new_session_the_button_leads_to_the_question_after_the_last_answer(site: Site, worker: Person) -> None:
    case = open_case(worker)
    address = f"{case}/questions/wd-10/a-to-b"
    following = worker.fill_in(address, circumstances("POL") | {"code": "contact"}).location
    again = site.person("intake-one")
    assert button(again.get(case).text) == following


def test_after_save_and_leave_the_question_that_was_answered_is_not_opened_again(worker: Person, case: str) -> None:
    address = f"{case}/questions/wd-10/a-to-b"
    worker.get(address)
    worker.fill_in(address, circumstances("POL") | {"code": "contact", "then": "leave"})
    assert button(worker.get(case).text) != address


def test_a_task_is_complete_only_when_nothing_there_is_open(r01: ToldCase) -> None:
    found = states(r01.person("intake-one").get(r01.address).text)
    assert found["c", "a"] == "Complete"
    assert found["f", "a"] == "In progress"
    assert found["g", "a"] == "Not started"
    assert found["c", "a-and-b"] == "In progress"


def test_what_is_missing_is_told_to_those_who_decide_with_a_safe_way_to_it(r01: ToldCase) -> None:
    lead = main_of(r01.person("safety-lead").get(r01.address).text)
    assert "WD-01 · From A towards B" in lead
    assert "the support service of B, on its own side" in lead
    assert "What is missing" not in main_of(r01.person("intake-one").get(r01.address).text)


def test_a_panel_member_without_an_own_view_reads_no_finding_and_is_told_where_danger_is_answered(
    r01: ToldCase,
) -> None:
    page = main_of(r01.person("panel-independent").get(r01.address).text)
    assert "Read them before anything else." in page
    assert "What is missing" not in page
    assert states(page)["c", "a-and-b"] != "Complete"


def test_what_is_taken_back_or_told_unsafely_is_missing_again(worker: Person) -> None:
    case = open_case(worker)
    answered(worker, case, "ri-01/case", "REF", code="neither", tainted="yes")
    page = main_of(worker.get(case).text)
    assert "Told in unsafe conditions only: it counts as possible at most." in page
    found = re.search(r"/answers/([0-9a-f-]{36})/take-back", worker.get(f"{case}/questions/ri-01/case").text)
    assert found
    worker.fill_in(f"{case}/answers/{found[1]}/take-back", {"reason": "Misheard."})
    assert "Taken back, and nothing took its place." in main_of(worker.get(case).text)


def test_what_others_hold_changes_nothing_on_ones_own_home(site: Site, worker: Person, case: str) -> None:
    advocate = site.person("advocate-one")
    letter = re.search(r"You work with (\w)", worker.get(case).text)
    assert letter
    assert advocate.post(f"{case}/take-on", {"person": letter[1]}).status_code == 303
    worker.get(case)
    before = main_of(worker.get(case).text)
    answered(advocate, case, "wd-03/b-to-a", "ISS", non_answer="NK")
    answered(advocate, case, "ri-01/case", "ISS", code="danger_now")
    assert main_of(worker.get(case).text) == before
    assert "Somebody may be in danger now." in advocate.get(case).text


def test_after_the_last_question_the_answer_and_the_home_go_round_to_the_first_that_waits(worker: Person) -> None:
    case = open_case(worker)
    done = worker.fill_in(f"{case}/questions/ri-20/b", circumstances("REF") | {"code": "none"})
    assert done.location == button(worker.get(case).text) == f"{case}/questions/ri-01/case"
