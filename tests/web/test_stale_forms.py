"""A form that somebody overtook: mine beside what is recorded now, a choice for each field, and nothing lost (R8)."""

import re
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.site import Person, Site, circumstances

ASK = "/questions/ri-01/case"
ROWS = "/questions/wd-05/a-and-b"
ANSWER = re.compile(r'<li class="cairn-answer( cairn-answer--gone)?">(.*?)</li>', re.DOTALL)
NAMED = re.compile(r'<input type="hidden" name="(mine|recorded|csrf_token)" value="([^"]*)">')


def choices(page: TestResponse) -> dict[str, tuple[str, str]]:
    """The fields that differ: mine and what is recorded, in words."""
    found = re.findall(
        r'name="pick-([^"]+)" type="radio" value="(?:mine|recorded)"[^>]*>\s*<label[^>]*>(.*?)</label>',
        page.text,
        re.DOTALL,
    )
    said: dict[str, list[str]] = {}
    for name, label in found:
        said.setdefault(unescape(name), []).append(unescape(re.sub(r"\s+", " ", label)).strip())
    return {
        name: (one.removeprefix("Mine: "), other.removeprefix("Recorded now: ")) for name, (one, other) in said.items()
    }


def choose(person: Person, page: TestResponse, *recorded: str, then: str = "merged") -> TestResponse:
    """Take what is recorded for some fields, one's own for the others."""
    action = re.search(r'<form method="post" action="([^"]+)" id="form"', page.text)
    assert action
    hidden = {name: unescape(value) for name, value in NAMED.findall(page.text)}
    return person.client.post(
        unescape(action[1]), data=hidden | {"then": then} | {f"pick-{one}": "recorded" for one in recorded}
    )


def form_of(page: TestResponse) -> tuple[str, dict[str, Any]]:
    """Where the form of a page is sent, and everything that stands in it."""
    form = page.text.split('id="form"', 1)
    action = re.search(r'action="([^"]+)"[^>]*$', form[0])
    body, typed = form[1].split("</form>", 1)[0], {}
    for tag in re.findall(r"<input[^>]+>", body):
        name, value = (re.search(rf'\b{one}="([^"]*)"', tag) for one in ("name", "value"))
        if name and ("checked" in tag or not re.search('type="(radio|checkbox)"', tag)):
            typed.setdefault(unescape(name[1]), []).append(unescape(value[1]) if value else "")
    for name, inner in re.findall(r'<select[^>]+name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        typed[name] = [unescape(one) for one in re.findall(r'<option value="([^"]*)" selected', inner)] or [""]
    for name, inner in re.findall(r'<textarea[^>]+name="([^"]+)"[^>]*>(.*?)</textarea>', body, re.DOTALL):
        typed[name] = [unescape(inner)]
    return unescape(action[1]) if action else page.request.path, typed


def saved(person: Person, page: TestResponse, **more: str) -> TestResponse:
    address, typed = form_of(page)
    return person.client.post(address, data=typed | more)


def standing(person: Person, address: str) -> list[str]:
    """The answers to a question that stand, as text."""
    return [re.sub(r"<[^>]+>|\s+", " ", text) for gone, text in ANSWER.findall(person.get(address).text) if not gone]


def test_another_answer_to_the_same_question_is_laid_beside_mine(worker: Person, case: str) -> None:
    first = {"code": "neither", **circumstances("REF")}
    worker.fill_in(case + ASK, first)
    own = "A" if "You work with A" in worker.get(case).text else "B"
    said = circumstances("SELF", own) | {"contact": "2", "hearsay": "yes"}
    mine = {"version": "0", "key": "k", "code": "contact_dangerous"} | said
    page = worker.post(case + ASK, mine)
    assert page.status_code == 409
    found = choices(page)
    assert set(found) == {"code", "source", "by", "contact", "hearsay"}
    assert found["contact"] == ("2", "1")
    assert found["hearsay"] == ("Yes", "nothing")
    form = choose(worker, page, "contact", "hearsay")
    assert form.status_code == 200
    _address, typed = form_of(form)
    assert (typed["code"], typed["source"], typed["contact"]) == (["contact_dangerous"], ["SELF"], ["1"])
    assert "hearsay" not in typed
    assert len(standing(worker, case + ASK)) == 1  # choosing records nothing
    assert saved(worker, form).status_code == 303
    assert len(standing(worker, case + ASK)) == 2  # nothing was overwritten


def test_rows_are_laid_side_by_side_one_field_at_a_time(worker: Person, case: str) -> None:
    theirs = {
        "rows": "2",
        "row-0-cell-event": "Sunday",
        "row-1-cell-event": "Monday",
        "non_answer": "",
        **circumstances("REF"),
    }
    code = re.search(r'<option value="(\w+)"', worker.get(case + ROWS).text.split('id="row-0-code"')[1])
    assert code
    theirs |= {"row-0-code": code[1], "row-1-code": code[1]}
    assert worker.fill_in(case + ROWS, theirs).status_code == 303
    mine = {"rows": "1", "row-0-code": code[1], "row-0-cell-event": "Tuesday", "version": "0", **circumstances("REF")}
    page = worker.post(case + ROWS, mine)
    assert choices(page)["row-0-cell-event"] == ("Tuesday", "Sunday")
    assert choices(page)["row-1-cell-event"] == ("nothing", "Monday")
    _address, typed = form_of(choose(worker, page, "row-1-cell-event", "row-1-code"))
    assert [typed[f"row-{one}-cell-event"] for one in (0, 1)] == [["Tuesday"], ["Monday"]]


def corrected(worker: Person, case: str) -> str:
    """An answer, corrected once in another window; the address of what is gone."""
    worker.fill_in(case + ASK, {"code": "neither", **circumstances("REF")})
    gone = re.search(r"/answers/[0-9a-f-]{36}", worker.get(case + ASK).text)
    assert gone
    typed = {"code": "contact_dangerous", **circumstances("REF"), "reason": "Misheard."}
    assert worker.fill_in(f"{case}{gone[0]}/correct", typed).status_code == 303
    return case + gone[0]


def test_a_correction_that_comes_second_corrects_what_stands_now(worker: Person, case: str) -> None:
    gone = corrected(worker, case)
    mine = {"code": "danger_now", **circumstances("REF"), "reason": "They said so again.", "version": "1"}
    page = worker.post(f"{gone}/correct", mine)
    assert page.status_code == 409
    assert set(choices(page)) == {"code"}
    form = choose(worker, page)
    assert "They said so again." in form.text
    assert saved(worker, form).status_code == 303
    left = standing(worker, case + ASK)
    assert len(left) == 1
    assert "at this moment" in left[0]


def test_a_correction_of_what_was_taken_back_becomes_a_new_answer(worker: Person, case: str) -> None:
    worker.fill_in(case + ASK, {"code": "neither", **circumstances("REF")})
    gone = re.search(r"/answers/[0-9a-f-]{36}", worker.get(case + ASK).text)
    assert gone
    worker.fill_in(f"{case}{gone[0]}/take-back", {"reason": "Another case."})
    mine = {"code": "contact_dangerous", **circumstances("REF"), "reason": "Misheard.", "version": "1"}
    page = worker.post(f"{case}{gone[0]}/correct", mine)
    assert page.status_code == 409
    assert "Another case." in page.text
    assert saved(worker, page).status_code == 303
    assert len(standing(worker, case + ASK)) == 1


def test_taking_back_what_was_corrected_meanwhile_asks_again(worker: Person, case: str) -> None:
    gone = corrected(worker, case)
    page = worker.post(f"{gone}/take-back", {"reason": "Not about them.", "version": "1"})
    assert page.status_code == 409
    assert "was corrected meanwhile" in page.text
    assert len(standing(worker, case + ASK)) == 1
    assert saved(worker, page).status_code == 303
    assert standing(worker, case + ASK) == []


def test_taking_back_what_is_taken_back_shows_both_reasons(worker: Person, case: str) -> None:
    worker.fill_in(case + ASK, {"code": "neither", **circumstances("REF")})
    gone = re.search(r"/answers/[0-9a-f-]{36}", worker.get(case + ASK).text)
    assert gone
    address = f"{case}{gone[0]}/take-back"
    assert worker.fill_in(address, {"reason": "Another case."}).status_code == 303
    assert worker.post(address, {"reason": "Another case.", "version": "1"}).status_code == 303  # sent twice
    page = worker.post(address, {"reason": "Said in anger.", "version": "1"})
    assert page.status_code == 409
    assert "Another case." in page.text
    assert "Said in anger." in page.text


def test_the_same_correction_sent_twice_is_one_correction(worker: Person, case: str) -> None:
    gone = corrected(worker, case)
    typed = {"code": "contact_dangerous", **circumstances("REF"), "reason": "Misheard.", "version": "1"}
    assert worker.post(f"{gone}/correct", typed).status_code == 303
    assert len(standing(worker, case + ASK)) == 1


def test_an_act_signed_by_a_colleague_is_laid_beside_mine(site: Site, case: str) -> None:
    first, second = site.person("panel-support"), site.person("panel-independent")
    address = f"{case}/acts/cross-search/a-and-b"
    opened = second.get(address)
    act = {"value": "none", "on": "2026-11-20", "reason": "Three registers."}
    assert first.fill_in(address, act).status_code == 303
    _address, typed = form_of(opened)
    page = second.client.post(
        address, data=typed | {"value": "match", "on": "2026-11-21", "reason": "One more register."}
    )
    assert page.status_code == 409
    assert set(choices(page)) == {"value", "on", "reason"}
    form = choose(second, page, "on")
    _address, typed = form_of(form)
    assert (typed["on"], typed["reason"], typed["value"]) == (["2026-11-20"], ["One more register."], ["match"])
    assert saved(second, form).status_code == 303


@pytest.mark.parametrize("then", ["row", "words", "return"])
def test_a_stale_form_that_is_shown_again_stays_stale(worker: Person, case: str, then: str) -> None:
    asked = f"{case}/questions/ri-04/case"
    old = form_of(worker.get(asked))[1]
    worker.fill_in(case + ASK, {"code": "neither", **circumstances("REF")})
    again = worker.client.post(asked, data=old | {"value": "As told.", **circumstances("REF"), "then": then})
    assert again.status_code == 200
    assert saved(worker, again).status_code == 409


def test_a_form_of_choices_keeps_through_danger(worker: Person, case: str) -> None:
    worker.fill_in(case + ASK, {"code": "neither", **circumstances("REF")})
    page = worker.post(
        case + ASK, {"version": "0", "code": "contact_dangerous", **circumstances("REF"), "contact": "7"}
    )
    assert "999" in choose(worker, page, then="danger").text
    _address, typed = form_of(choose(worker, page, then="return"))
    assert typed["contact"] == ["7"]


def test_broken_choices_are_no_fault(worker: Person, case: str) -> None:
    worker.fill_in(case + ASK, {"code": "neither", **circumstances("REF")})
    for broken in (
        {"mine": "%" * 50},
        {"mine": "a=1&" * 2000},
        {"mine": "code=contact", "recorded": "x", "pick-code": "recorded"},
    ):
        assert worker.post(case + ASK, broken | {"then": "merged"}).status_code == 200
