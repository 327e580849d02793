"""What is wrong with a form is said in the summary and at its field, with what to do; the title begins with it."""

import re
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.site import Person, Site, circumstances, open_case
from triage.cases.record import CaseRecord, Pair
from triage.web.shared.places import places, slug_of

SUMMARY = re.compile(r'<ul class="govuk-list govuk-error-summary__list">(.*?)</ul>', re.DOTALL)
LINK = re.compile(r'<a href="#([^"]+)">(.*?)</a>', re.DOTALL)
AT_A_FIELD = re.compile(r'<p (?:id="[^"]+" )?class="govuk-error-message"(?: id="[^"]+")?>(.*?)</p>', re.DOTALL)
TITLES = {"en": "<title>Error: ", "fr": "<title>Erreur : "}


def words(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))).strip()


def faults_of(page: TestResponse, language: str = "en") -> list[str]:
    """What a page of errors lacks: its title, where a link leads, a sentence that does not stand at the field."""
    summary = SUMMARY.search(page.text)
    if page.status_code != 422 or summary is None:
        return [f"{page.status_code}, no summary"]
    at_fields = [words(one) for one in AT_A_FIELD.findall(page.text)]
    found = [] if TITLES[language] in page.text else ["the title does not begin with the error"]
    if 'data-module="govuk-error-summary"' not in page.text:
        found.append("nothing moves the focus")
    for field, sentence in LINK.findall(summary[1]):
        if f' id="{field}"' not in page.text:
            found.append(f"#{field} leads nowhere")
        if not any(one.endswith(words(sentence)) for one in at_fields):
            found.append(f"not at its field {field}: {words(sentence)}")
    return found


@pytest.fixture(scope="module")
def case(site: Site, worker: Person) -> str:
    return open_case(worker)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_question_says_what_is_wrong_at_the_field_too(
    site: Site, worker: Person, case: str, language: str
) -> None:
    """Nothing typed at all; and a day to come, a wrong contact, no reason of a correction."""
    worker.post(f"/language/{language}", {})
    record, found = CaseRecord("case", site.service.clock().date(), {"A": "", "B": ""}, (Pair("A", "B"),)), []
    bad = {"on": "2031-01-01", "contact": "<>", "by_other": "*" * 41, "alone": "perhaps"}
    for question in site.service.rules.rulebook.questions.values():
        address = f"{case}/questions/{question.id.lower()}/{slug_of(places(record, question.about)[0])}"
        if 'id="form"' not in worker.get(address).text:
            continue
        for typed in ({}, bad):
            found += [f"{question.id}: {one}" for one in faults_of(worker.post(address, typed), language)]
    worker.post("/language/en", {})
    assert found == []


def test_a_text_that_is_too_long_says_so_at_its_field(worker: Person, case: str) -> None:
    typed = {"rows": "1", "row-0-cell-event": "x" * 501, **circumstances("REF")}
    assert faults_of(worker.post(f"{case}/questions/wd-05/a-and-b", typed)) == []
    assert faults_of(worker.post(f"{case}/questions/ri-04/case", {"value": "x" * 4001, **circumstances("REF")})) == []


def test_the_other_forms_say_what_is_wrong_at_the_field_too(site: Site, worker: Person, case: str) -> None:
    member = site.person("panel-support")
    worker.fill_in(f"{case}/questions/ri-01/case", {"code": "neither", **circumstances("REF")})
    answer = re.search(r"/answers/[0-9a-f-]{36}", worker.get(f"{case}/questions/ri-01/case").text)
    assert answer
    own = re.search(rf"{case}/acts/litindep-sign/[ab]", worker.get(f"{case}/acts").text)
    assert own
    forms: list[tuple[Person, str, dict[str, Any]]] = [
        (worker, "/referrals/new", {}),
        (
            worker,
            "/referrals/new",
            {"called-one": "x" * 101, "birth-one": "2031-01-01", "facts": "x" * 4001, "said": "?"},
        ),
        (worker, f"{case}{answer[0]}/correct", {"code": "neither", **circumstances("REF")}),
        (worker, f"{case}{answer[0]}/take-back", {}),
        (worker, own[0], {}),
        (worker, own[0], {"with_names": "x" * 101, "on": "2031-01-01"}),
        (member, f"{case}/pairs/a-and-b/own-view", {}),
    ]
    found = [f"{address}: {one}" for who, address, typed in forms for one in faults_of(who.post(address, typed))]
    member.post(f"{case}/pairs/a-and-b/own-view", {"grounds": "As told.", "result": "W_INSUFF"})
    found += [f"sign: {one}" for one in faults_of(member.post(f"{case}/pairs/a-and-b/sign", {"review_on": "x"}))]
    assert found == []
