"""What people do on the pages: sign in, open a case, answer, correct, take back, be interrupted, lose nothing."""

import re

import pytest

from tests.web.site import Person, Site, circumstances
from triage.cases.wall import Reason
from triage.web.shared.refusals import SENTENCES

ASK = "/questions/ri-01/case"


def answer(person: Person, case: str, code: str = "neither", **more: str) -> object:
    return person.fill_in(case + ASK, {"code": code, **circumstances("REF"), **more})


def test_a_wrong_password_and_an_unknown_name_read_the_same(site: Site) -> None:
    wrong, unknown = site.stranger(), site.stranger()
    wrong.name, unknown.name = "intake-two", "nobody-at-all"
    one, other = wrong.sign_in("not this"), unknown.sign_in("not this")
    assert one.status_code == other.status_code == 400
    assert re.sub(r"intake-two|nobody-at-all|value=\"[^\"]+\"", "", one.text) == re.sub(
        r"intake-two|nobody-at-all|value=\"[^\"]+\"", "", other.text
    )


def test_the_cookie_is_for_this_site_and_no_script(site: Site) -> None:
    cookie = site.stranger().get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_signing_out_ends_the_session(site: Site) -> None:
    person = site.person("advocate-two")
    assert person.post("/sign-out", {}).status_code == 303
    assert person.get("/cases").status_code == 303


def test_every_answer_tells_the_browser_to_keep_nothing(worker: Person, case: str) -> None:
    response = worker.get(case)
    assert response.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_titles_and_addresses_hold_no_name(worker: Person, case: str) -> None:
    for address in (case, case + ASK, f"{case}/parts/a", f"{case}/findings", f"{case}/start"):
        title = re.search(r"<title>(.*?)</title>", worker.get(address).text)
        assert title
        assert not re.search("Sam|Robin|perpetrator|victim|abuse", title[1] + address, re.IGNORECASE)


def test_an_answer_leads_on_to_the_next_question(worker: Person, case: str) -> None:
    response = answer(worker, case)
    assert response.status_code == 303  # type: ignore[attr-defined]  # a response of the test client
    assert "/questions/" in response.location  # type: ignore[attr-defined]  # likewise


def test_save_and_leave_leads_to_the_tasks(worker: Person, case: str) -> None:
    typed = {"code": "neither", "then": "leave", **circumstances("REF")}
    assert worker.fill_in(case + ASK, typed).location == case


def test_the_circumstances_of_a_conversation_are_typed_once(worker: Person, case: str) -> None:
    answer(worker, case, on="2026-11-03", contact="call 1")
    page = worker.get(case + "/questions/ri-02/case").text
    assert 'value="2026-11-03"' in page
    assert 'value="call 1"' in page


def test_what_is_wrong_is_said_and_what_was_typed_stays(worker: Person, case: str) -> None:
    typed = {"value": "She rang on Sunday <b>evening</b>.", "on": "2027-01-01"}
    response = worker.fill_in(case + "/questions/ri-04/case", typed)
    assert response.status_code == 422
    assert "She rang on Sunday &lt;b&gt;evening&lt;/b&gt;." in response.text
    assert "This day is in the future." in response.text
    assert "Say where this comes from." in response.text
    assert 'href="#source"' in response.text


def test_a_line_is_added_without_losing_what_was_typed(worker: Person, case: str) -> None:
    address = case + "/questions/wd-05/a-and-b"
    response = worker.fill_in(address, {"rows": "1", "row-0-cell-event": "Sunday", "then": "row"})
    assert response.status_code == 200
    assert 'value="Sunday"' in response.text
    assert 'id="row-1-code"' in response.text


def test_several_sources_stand_side_by_side(worker: Person, case: str) -> None:
    answer(worker, case)
    answer(worker, case, code="contact_dangerous", source="SELF")
    page = worker.get(case + ASK).text
    assert page.count('<li class="cairn-answer') == 2


def answer_id(worker: Person, case: str) -> str:
    found = re.search(r"/answers/([0-9a-f-]{36})/correct", worker.get(case + ASK).text)
    assert found
    return found[1]


def test_an_answer_is_corrected_with_a_reason_and_nothing_is_overwritten(worker: Person, case: str) -> None:
    answer(worker, case)
    address = f"{case}/answers/{answer_id(worker, case)}/correct"
    typed = {"code": "contact_dangerous", **circumstances("REF")}
    assert worker.fill_in(address, typed).status_code == 422
    assert worker.fill_in(address, {**typed, "reason": "Heard wrongly."}).status_code == 303
    page = worker.get(case + ASK).text
    assert page.count('<li class="cairn-answer') == 2
    assert worker.get(address).status_code == 404


def test_an_answer_is_taken_back_with_a_reason_and_stays_on_file(worker: Person, case: str) -> None:
    answer(worker, case)
    address = f"{case}/answers/{answer_id(worker, case)}/take-back"
    assert worker.fill_in(address, {"reason": ""}).status_code == 422
    assert worker.fill_in(address, {"reason": "Another case."}).status_code == 303
    assert "Another case." in worker.get(case + "/parts/a").text


def test_somebody_else_was_faster_and_nothing_is_lost(worker: Person, case: str) -> None:
    answer(worker, case)
    stale = {"version": "0", "key": "k", "value": "What I typed.", **circumstances("REF")}
    response = worker.post(case + "/questions/ri-04/case", stale)
    assert response.status_code == 409
    assert "What I typed." in response.text
    assert "This case has changed" in response.text
    assert "No, asked and checked with someone who is safe to ask" in response.text
    version = re.search(r'name="version" value="(\d+)"', response.text)
    assert version
    again = worker.post(case + "/questions/ri-04/case", {**stale, "version": version[1], "key": "l"})
    assert again.status_code == 303


def test_the_same_form_sent_twice_is_one_answer(worker: Person, case: str) -> None:
    typed = {"version": "0", "key": "once", "code": "neither", **circumstances("REF")}
    assert [worker.post(case + ASK, typed).status_code for _ in range(2)] == [303, 303]
    assert worker.get(case + ASK).text.count('<li class="cairn-answer') == 1


def test_a_form_without_its_token_is_refused_and_kept(worker: Person, case: str) -> None:
    response = worker.client.post(case + ASK, data={"code": "neither", "contact": "the first call"})
    assert response.status_code == 403
    assert "the first call" in response.text


def test_words_of_the_other_person_are_refused_in_plain_words(worker: Person, case: str) -> None:
    other = "B" if "You work with A" in worker.get(case).text else "A"
    response = worker.fill_in(case + ASK, {"code": "neither", **circumstances("SELF", other)})
    assert response.status_code == 422
    assert "own worker" in response.text


def test_whoever_may_not_answer_reads_the_question_alone(worker: Person, case: str) -> None:
    page = worker.get(case + "/questions/rd-11/a-and-b").text
    assert "asked by somebody else" in page
    assert 'id="form"' not in page


@pytest.mark.parametrize(("accepts", "language"), [("fr-CH, fr;q=0.9", "fr"), ("de", "en"), ("en-GB", "en")])
def test_the_language_is_first_the_browsers(site: Site, accepts: str, language: str) -> None:
    page = site.stranger().get("/sign-in", headers={"Accept-Language": accepts}).text
    assert f'<html lang="{language}"' in page


def test_the_language_can_be_chosen_and_leads_back(site: Site) -> None:
    person = site.person("panel-support")
    response = person.post("/language/fr", {"back": "/cases"})
    assert response.location == "/cases"
    assert "Mes dossiers" in person.get("/cases").text
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert person.post("/language/en", {"back": elsewhere}).location == "/"


def test_every_refusal_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Reason)
    assert {str(reason.value) for reason in SENTENCES} == {text._args[0] for text in SENTENCES.values()}
