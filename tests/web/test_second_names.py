"""Acts of two names on their pages: proposed, awaited, signed as the second person or declined; and what starts."""

import re

import pytest

from tests.web.site import Person, Site, circumstances, open_case
from triage.casework.publishing.starting import instruction
from triage.casework.results import NOT_STARTING, START, Instruction
from triage.web.intake import views as intake
from triage.web.interview.home import page as case_pages

PROPOSED = {"on": "2026-11-20", "reason": "Nobody can ask her alone before spring."}
NEUTRAL = "Not starting; contact the safety lead."
AWAITED = re.compile(r'href="(/cases/[0-9a-f-]{36}/awaited/[0-9a-f-]{36})"')


@pytest.fixture(scope="module")
def lead(site: Site) -> Person:
    return site.person("safety-lead")


@pytest.fixture(scope="module")
def support(site: Site) -> Person:
    return site.person("panel-support")


def own_view(person: Person, case: str) -> None:
    typed = {"result": "W_REVIEW", "grounds": "Too little is known."}
    assert person.post(f"{case}/pairs/a-and-b/own-view", typed).status_code == 303


def proposed(person: Person, case: str, markers: list[str]) -> None:
    done = person.fill_in(f"{case}/acts/risk-reasoned/case", PROPOSED | {"value": markers})
    assert done.status_code == 303, done.text


def awaited(person: Person, case: str) -> list[str]:
    return AWAITED.findall(person.get(f"{case}/acts").text)


def test_one_proposes_and_another_signs(site: Site, lead: Person, support: Person, case: str) -> None:
    form = lead.get(f"{case}/acts/risk-reasoned/case").text
    assert form.count('name="value"') == len(site.service.rules.markers)
    assert "Belief of B that A may kill or gravely harm" in form
    assert 'name="with_names"' not in form
    proposed(lead, case, ["BDREAD_AB", "SUIC_A"])
    page = support.get(f"{case}/acts").text
    assert "Waiting for a second name" in page
    assert PROPOSED["reason"] not in page  # the own view comes first
    assert "Record your own view" in support.get(awaited(support, case)[0]).text
    own_view(support, case)
    (address,) = awaited(support, case)
    shown = support.get(address).text
    assert "Belief of B that A may kill or gravely harm" in shown
    assert "Suicidal thoughts or acts of A" in shown
    assert PROPOSED["reason"] in shown
    done = support.fill_in(address, {"reply": "confirm", "reason": "I spoke with her."})
    assert done.status_code == 303
    signed = lead.get(f"{case}/acts").text
    assert "Waiting for a second name" not in signed
    assert "<bdi>safety-lead</bdi>, <bdi>panel-support</bdi>" in signed
    assert support.get(address).status_code == 404


def test_a_declined_proposal_is_shown_with_its_reason(lead: Person, support: Person, case: str) -> None:
    proposed(lead, case, ["BDREAD_BA"])
    own_view(support, case)
    (address,) = awaited(support, case)
    assert support.fill_in(address, {"reply": "decline", "reason": "Ask on Monday."}).status_code == 303
    page = lead.get(f"{case}/acts").text
    assert "Declined by" in page
    assert "Ask on Monday." in page
    assert awaited(lead, case) == []


def test_who_proposed_is_offered_to_take_it_back_and_nothing_else(lead: Person, case: str) -> None:
    proposed(lead, case, ["BDREAD_BA"])
    (address,) = awaited(lead, case)
    assert 'value="confirm"' not in lead.get(address).text
    assert lead.fill_in(address, {"reply": "confirm", "reason": "Also me."}).status_code == 422
    assert lead.fill_in(address, {"reply": "decline", "reason": "Too early."}).status_code == 303


@pytest.mark.parametrize("typed", [{"reply": "confirm"}, {"reason": "Why."}, {"reply": "perhaps", "reason": "Why."}])
def test_a_reply_that_lacks_something_is_shown_again(
    lead: Person, support: Person, case: str, typed: dict[str, str]
) -> None:
    proposed(lead, case, ["BDREAD_BA"])
    own_view(support, case)
    (address,) = awaited(support, case)
    again = support.fill_in(address, typed)
    assert again.status_code == 422
    assert "govuk-error-summary" in again.text


def test_what_waits_already_is_not_proposed_again(lead: Person, support: Person, case: str) -> None:
    proposed(lead, case, ["BDREAD_BA"])
    own_view(support, case)
    again = support.fill_in(f"{case}/acts/risk-reasoned/case", PROPOSED | {"value": ["BDREAD_AB"]})
    assert again.status_code == 422
    assert "already waits for a second name" in again.text


def test_with_nothing_to_name_there_is_no_form(lead: Person, case: str) -> None:
    page = lead.get(f"{case}/acts/gate-reassessed/a-and-b").text
    assert 'name="value"' not in page
    assert "can name only what is open today" in page
    typed = PROPOSED | {"value": ["O-EMERG"]}
    assert lead.fill_in(f"{case}/acts/gate-reassessed/a-and-b", typed).status_code == 422


def test_a_gate_in_force_can_be_named(lead: Person, worker: Person, case: str) -> None:
    typed = {"code": "danger_now", **circumstances("REF")}
    assert worker.fill_in(f"{case}/questions/ri-01/case", typed).status_code == 303
    page = lead.get(f"{case}/acts/gate-reassessed/a-and-b").text
    assert 'value="O-EMERG"' in page


def test_two_of_the_panel_sign_joint_work(site: Site, support: Person, case: str) -> None:
    independent = site.person("panel-independent")
    typed = PROPOSED | {"value": "signed"}
    assert independent.fill_in(f"{case}/acts/joint-sign/a-and-b", typed).status_code == 303
    (address,) = awaited(support, case)
    assert support.fill_in(address, {"reply": "confirm", "reason": "Every condition holds."}).status_code == 303
    assert "<bdi>panel-independent</bdi>, <bdi>panel-support</bdi>" in support.get(f"{case}/acts").text


def test_for_workers_none_of_it_exists(site: Site, lead: Person, worker: Person, case: str) -> None:
    proposed(lead, case, ["BDREAD_BA"])
    (address,) = awaited(lead, case)
    assert worker.get(address).status_code == 404
    assert worker.post(address, {"reply": "confirm", "reason": "Me."}).status_code == 404
    assert worker.get(f"{case}/acts/risk-reasoned/case").status_code == 404
    assert "second name" not in worker.get(f"{case}/acts").text


def test_the_safety_lead_records_an_own_view_and_sees_the_proposal(lead: Person, case: str) -> None:
    assert f"{case}/pairs/a-and-b" in lead.get(case).text
    assert 'name="contrary"' not in lead.get(f"{case}/pairs/a-and-b").text
    own_view(lead, case)
    assert 'name="contrary"' in lead.get(f"{case}/pairs/a-and-b").text


def test_the_worker_reads_one_neutral_sentence_on_the_page_of_the_case(worker: Person, lead: Person, case: str) -> None:
    assert worker.get(case).text.count(NEUTRAL) == 1
    assert worker.get(f"{case}/start").text.count(NEUTRAL) == 1
    assert NEUTRAL not in lead.get(case).text


def test_the_worker_reads_what_may_start(worker: Person, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"now": Instruction(START, ("O-BC-GRP",), ("O-BC-LANG",))}
    for page in (case_pages, intake):
        assert page.instruction is instruction
        monkeypatch.setattr(page, "instruction", lambda *_who: told["now"])
    for address in (case, f"{case}/start"):
        text = worker.get(address).text
        assert "may start:" in text
        assert "Behaviour-change group" in text
        assert NEUTRAL not in text
    told["now"] = Instruction(NOT_STARTING)
    assert worker.get(case).text.count(NEUTRAL) == 1


def test_each_worker_is_told_of_their_own_person_only(site: Site) -> None:
    second = site.person("intake-two")
    case = open_case(second)
    assert second.get(case).text.count(NEUTRAL) == 1
