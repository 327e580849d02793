"""An agency writes a referral page by page and sends it; intake takes it into a case; each sees its own side alone."""

import re
from html import unescape

import pytest

from tests.web.site import Person, Site

HELD = {
    "code": "stays_open", "cell-agency": "Probation", "cell-named_worker": "R. Example", "cell-contact": "0100 555",
    "cell-next_review_on": "2026-12-10",
}  # fmt: skip
PEOPLE = {
    "people": "2", "called-a": "Nadia Benali", "given-a": "Nadia", "family-a": "Benali", "called-b": "Omar Haddad",
    "birth-b": "1988-04-02", "phone-b": "07700 900111", "opinion": "Very suitable, take him.", "number": "PX-7",
}  # fmt: skip


@pytest.fixture(scope="module")
def clerk(site: Site) -> Person:
    return site.person("agency-clerk")


def begun(clerk: Person) -> str:
    """The address of a new draft."""
    response = clerk.post("/agency/referrals", {})
    assert response.status_code == 303
    return str(response.location).split("/questions/")[0]


def test_a_clerk_writes_saves_resumes_and_sends(site: Site, clerk: Person, worker: Person) -> None:
    assert clerk.get("/").location == "/agency/referrals"
    draft = begun(clerk)
    first = clerk.fill_in(f"{draft}/questions/ri-01/case", {"code": "danger_now"})
    assert str(first.location).endswith("/people"), "danger is asked first, then who"
    assert clerk.post(f"{draft}/send", {}).status_code == 422
    assert clerk.fill_in(f"{draft}/people", PEOPLE).status_code == 303
    closing = HELD | {"code": "closing"}
    assert clerk.fill_in(f"{draft}/questions/ri-09/case", closing).status_code == 303
    refused = clerk.post(f"{draft}/send", {})
    assert refused.status_code == 422
    assert "not a reason to close a case" in refused.text
    assert clerk.fill_in(f"{draft}/questions/ri-09/case", HELD).status_code == 303
    assert clerk.fill_in(f"{draft}/questions/ri-21/a-and-b", {"code": "b"}).status_code == 303
    again = site.person("agency-clerk")
    assert "R. Example" in again.get(f"{draft}/questions/ri-09/case").text
    assert 'value="1988-04-02"' in again.get(f"{draft}/people").text
    sent = clerk.post(f"{draft}/send", {})
    assert (sent.status_code, sent.location) == (303, draft)
    page = clerk.get(draft).text
    assert "Received" in page
    assert clerk.get(f"{draft}/people").status_code == 404
    _taken(worker, draft)


def _taken(worker: Person, draft: str) -> None:
    incoming = "/incoming/" + draft.rsplit("/", 1)[1]
    listed = worker.get("/incoming").text
    assert "Danger now, says the agency" in listed
    page = worker.get(incoming).text
    assert "It weighs nothing in any result" in page
    assert 'name="reason"' not in page, "danger is not declined"
    taken = worker.post(f"{incoming}/take", {"pair": "A-B", "sees": "B", "case": ""})
    assert taken.status_code == 303, taken.text
    case = worker.get(str(taken.location)).text
    assert "Omar Haddad" in case
    assert "Very suitable" not in case
    assert worker.post(f"{incoming}/take", {"pair": "A-B", "sees": "B", "case": ""}).location == taken.location


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_question_of_a_referral_opens_and_keeps_what_was_typed(clerk: Person, language: str) -> None:
    clerk.post(f"/language/{language}", {})
    draft = begun(clerk)
    assert clerk.fill_in(f"{draft}/people", PEOPLE | {"number": language}).status_code == 303
    addresses = set(re.findall(rf'href="({draft}/questions/[^"]+)"', clerk.get(draft).text))
    assert len(addresses) > 20
    for address in sorted(addresses):
        page = clerk.get(address)
        assert page.status_code == 200, address
        assert re.search(r"\bRI-\d\d\.\w+", page.text) is None, address
        nothing = clerk.fill_in(address, {})
        assert nothing.status_code == 422, address
        back = clerk.fill_in(address, {"then": "danger"})
        assert back.status_code == 200, address
    clerk.post("/language/en", {})


def test_an_agency_finds_the_sheet_that_says_what_is_asked_of_it(site: Site, clerk: Person) -> None:
    found = re.search(r'href="(/s/[^"]+)"', clerk.get("/agency/referrals").text)
    assert found
    sheet = site.stranger().get(found[1]).text
    assert "You stay responsible for the people you refer." in sheet
    assert "0808" not in sheet, "no helpline of either side"


def test_pages_of_others_do_not_exist(site: Site, clerk: Person, worker: Person) -> None:
    draft = begun(clerk)
    own, nowhere = draft.rsplit("/", 1)[1], clerk.get("/nowhere").text
    for who, address in (
        (worker, draft), (worker, "/agency/referrals"), (worker, f"/incoming/{own}"), (clerk, "/incoming"),
        (clerk, f"/incoming/{own}"), (clerk, "/cases"), (clerk, "/flows"), (site.person("agency-lead"), "/incoming"),
    ):  # fmt: skip
        response = who.get(address)
        assert (response.status_code, len(response.text) > 0) == (404, True), address
    assert site.person("agency-lead").get(draft).status_code == 200
    assert clerk.get(f"{draft}/questions/wd-01/a-to-b").text == nowhere
    assert clerk.get(f"{draft}/questions/ri-17/a").status_code == 404


def test_a_third_person_needs_a_pair(clerk: Person) -> None:
    draft = begun(clerk)
    grown = clerk.fill_in(f"{draft}/people", PEOPLE | {"number": "third", "then": "row"})
    assert 'id="called-c"' in grown.text
    three = PEOPLE | {"number": "third", "people": "3", "called-c": "Kim"}
    assert clerk.fill_in(f"{draft}/people", three | {"pair": ["A-B", "B-C"]}).status_code == 303
    assert "ri-21/b-and-c" in clerk.get(draft).text
    gap = PEOPLE | {"people": "3", "called-b": "", "birth-b": "", "phone-b": "", "called-c": "Kim"}
    assert clerk.fill_in(f"{draft}/people", gap).status_code == 422


def test_a_new_person_of_a_further_pair_may_be_somebody_whom_the_worker_added(clerk: Person, worker: Person) -> None:
    draft = begun(clerk)
    three = PEOPLE | {"number": "joins", "people": "3", "called-c": "Lina Haddad", "pair": ["A-B", "B-C"]}
    for page, typed in (
        ("questions/ri-01/case", {"code": "neither"}), ("people", three), ("questions/ri-09/case", HELD),
        ("questions/ri-21/a-and-b", {"code": "b"}), ("questions/ri-21/b-and-c", {"code": "b"}),
    ):  # fmt: skip
        assert clerk.fill_in(f"{draft}/{page}", typed).status_code == 303
    assert clerk.post(f"{draft}/send", {}).status_code == 303
    incoming = "/incoming/" + draft.rsplit("/", 1)[1]
    taken = worker.post(f"{incoming}/take", {"pair": "A-B", "sees": "B", "case": ""})
    case = re.findall(r"/cases/([0-9a-f-]{36})", str(taken.location))[0]
    assert 'name="meant"' not in worker.get(incoming).text, "nobody is there but whom the referral brought"

    omar = re.search(r"You work with (\w)", worker.get(f"/cases/{case}").text)
    assert omar
    added = {"called": "Lina <H>", "to": omar[1], "relation": "partner", "assessed": "yes"}
    assert worker.fill_in(f"/cases/{case}/people/new", added).status_code == 303
    page = worker.get(incoming).text
    (letter,) = re.findall(r'name="meant"[^>]* value="([A-Z])"', page)
    assert f"{letter} = Lina &lt;H&gt;" in page
    assert not re.search(r'name="meant"[^>]* checked', page), "nothing is chosen beforehand"
    joins = {"pair": "B-C", "case": case}
    for wrong in ({}, {"meant": "?"}):
        asked = worker.post(f"{incoming}/take", joins | wrong)
        assert asked.status_code == 422
        assert f'href="#meant-b-c-{case}"' in asked.text
        assert f'id="meant-b-c-{case}"' in asked.text
    worker.post("/language/fr", {})
    assert "Quelqu’un de nouveau dans ce dossier" in unescape(worker.get(incoming).text)
    worker.post("/language/en", {})
    assert worker.post(f"{incoming}/take", joins | {"meant": letter}).status_code == 303
    people = worker.get(f"/cases/{case}/people").text
    assert people.count("Lina &lt;H&gt;") > 0
    assert "Lina Haddad" not in people


def test_a_name_that_is_too_long_is_told_and_stays_as_it_was_typed(site: Site) -> None:
    lead = site.person("agency-lead")
    name = "Noor " * 41
    answer = lead.post("/agency/referrals/colleagues/invite", {"name": name})
    assert answer.status_code == 422
    assert name.strip() in answer.text
