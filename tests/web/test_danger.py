"""Danger: whom to call by country, from every page, with the form that was open kept and given back (ADR 0044)."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.web.site import Person, Site, circumstances, token_in
from tests.web.test_agencies import HELD, PEOPLE, begun
from triage.settings import BadSetting, settings_from
from triage.web.danger.numbers import LISTS, emergency_numbers
from triage.web.factory import create_app

ASK = "/questions/ri-01/case"
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')

ROOMS = {"interview", "intake", "support", "panel", "matches", "people", "incoming", "agency", "office", "openings"}
NO_FORM_OF_A_CASE = {
    "interview.take_on": "a button", "interview.still_answering": "sent by a script",
    "interview.typed": "sent by a script", "matches.search": "a button",
    "matches.others": "a button", "intake.ask": "a button",
    "matches.choose": "a choice in a list, nothing is typed",
    "incoming.take_post": "the same", "incoming.decline_post": "the same", "incoming.close_post": "a button",
    "incoming.hand_over": "a button",
    "agency.begin": "a button", "agency.send_post": "a button", "agency.file_post": "a file, nothing is typed",
    "agency.file_withdraw": "a button", "agency.colleague_taken_back": "a button", "agency.colleague_closed": "a box",
    **dict.fromkeys(("agency.colleague_invited", "office.agency_invited", "office.agency_added"), "a name of staff"),
    **dict.fromkeys(("agency.colleague_address", "office.agency_address"), "an address, of no case"),
    "office.agency_confirmed": "a button", "openings.address_allowed": "a button", "office.take_back": "a button",
    "office.answer": "a button",
    "office.close": "a box to tick, nothing is typed", "office.ask": "a choice in a list, nothing is typed",
    "office.decide_message": "a button", "office.confirm_webhook": "a button", "openings.close": "a button",
}  # fmt: skip
WORDS = "Half a sentence, <b>not</b> finished"


def fields_sent_back(page: str) -> dict[str, str]:
    """The hidden fields of the form that gives the interrupted one back."""
    form = page.split('name="then" value="return"', 1)[0] if 'value="return"' in page else page
    form = re.split(r"<form ", re.sub(r'<button[^>]*value="return".*', "", page, flags=re.DOTALL))[-1]
    return {unescape(name): unescape(value) for name, value in FIELD.findall(form)}


def recorded(worker: Person, case: str, source: str = "REF") -> str:
    """An answer on record; the address of its pages."""
    worker.fill_in(case + ASK, {"code": "neither", **circumstances(source)})
    found = re.search(r"/answers/[0-9a-f-]{36}", worker.get(case + ASK).text)
    assert found
    return case + found[0]


# --- whom to call ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "first", "others"), [("GB", "999", ("18000", "112")), ("FR", "17", ("114", "15", "112", "119"))]
)
@pytest.mark.parametrize(("language", "hours"), [("en", "Day and night"), ("fr", "Jour et nuit")])
def test_the_numbers_are_those_of_the_country_in_the_language_of_the_reader(
    site: Site, country: str, first: str, others: tuple[str, ...], language: str, hours: str
) -> None:
    app = create_app(replace(site.service.settings, country=country), site.service)
    page = app.test_client().get("/danger", headers={"Accept-Language": language}).text
    shown = re.findall(r'cairn-ltr" href="(?:tel|sms):[0-9]+">([0-9 ]+)</a>', page)
    assert shown[0] == first
    assert set(others) < set(shown)
    assert ("17" in shown) is (country == "FR")
    assert hours in page


def test_the_program_does_not_start_without_numbers_or_with_a_gap(site: Site, tmp_path: Path) -> None:
    assert settings_from({"TRIAGE_COUNTRY": "FR"}).country == "FR"
    with pytest.raises(BadSetting, match="TRIAGE_COUNTRY must be two capital letters"):
        settings_from({"TRIAGE_COUNTRY": "France"})
    with pytest.raises(BadSetting, match="TRIAGE_COUNTRY must be one of FR, GB"):
        create_app(replace(site.service.settings, country="DE"), site.service)
    whole = LISTS.read_text(encoding="utf-8")
    for old, new, told in (
        ('hours.fr = "Jour et nuit, gratuit"', "", "999: hours is missing in fr"),
        ('what.en = "Police, ambulance', 'what.en = ""\nwhat.de = "Police, ambulance', "999: what is missing in en"),
        ('number = "999"', 'number = "nine"', "nine is no number to dial"),
        ('by = "call"', 'by = "fax"', "999: by must be call or text"),
    ):
        gap = tmp_path / "numbers.toml"
        gap.write_text(whole.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(BadSetting, match=told):
            emergency_numbers("GB", gap)


# --- from every page, with what was typed ----------------------------------------------------------------------------


def test_danger_is_one_step_away_from_every_page_and_leads_back(worker: Person, case: str) -> None:
    for address in ("/cases", case, f"{case}/parts/a", "/flows"):
        way = re.search(r'class="cairn-header__danger" href="([^"]*/danger\?back=[^"]+)"', worker.get(address).text)
        assert way, address
        assert f'href="{address}"' in worker.get(unescape(way[1])).text
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert "evil.example" not in worker.get("/danger", query_string={"back": elsewhere}).text.split("<main")[1]


def test_every_page_that_takes_a_form_of_a_case_can_be_left_for_danger(site: Site) -> None:
    for rule in site.app.url_map.iter_rules():
        room = rule.endpoint.partition(".")[0]
        if "POST" not in (rule.methods or ()) or room not in ROOMS:
            continue
        keeps = getattr(site.app.view_functions[rule.endpoint], "keeps_form", False)
        assert keeps is (rule.endpoint not in NO_FORM_OF_A_CASE), rule.endpoint


def kept_and_given_back(person: Person, page: str, sent_to: str, typed: dict[str, Any]) -> None:
    """A page offers the danger button; its half-filled form comes back from it, and nothing was recorded."""
    assert re.search(r'class="cairn-header__danger" type="submit" form="form"', person.get(page).text), page
    assert person.get(page).text.count('id="form"') == 1, page
    danger = person.post(sent_to, typed | {"then": "danger"})
    assert danger.status_code == 200, page
    assert "999" in danger.text
    kept = fields_sent_back(danger.text)
    assert kept | typed == kept, page
    back = person.client.post(sent_to, data=kept | {"then": "return"})
    assert back.status_code == 200, page
    assert "Half a sentence, &lt;b&gt;not&lt;/b&gt; finished" in back.text, page
    assert 'name="then" value="return"' not in back.text


def test_the_forms_of_a_worker_are_kept(worker: Person, case: str) -> None:
    kept_and_given_back(worker, "/referrals/new", "/referrals/new", {"facts": WORDS})
    asked = f"{case}/questions/ri-04/case"
    kept_and_given_back(worker, asked, asked, {"value": WORDS, "contact": "12 é", "source": "REF", "code": "x"})
    assert "cairn-answer " not in worker.get(asked).text
    one = recorded(worker, case)
    for page in (f"{one}/correct", f"{one}/take-back"):
        kept_and_given_back(worker, page, page, {"reason": WORDS})
    own = re.search(rf"{case}/acts/litindep-sign/[ab]", worker.get(f"{case}/acts").text)
    assert own
    kept_and_given_back(worker, own[0], own[0], {"reason": WORDS, "value": "signed"})


def test_the_forms_of_the_panel_are_kept(site: Site, case: str) -> None:
    member, pair = site.person("panel-support"), f"{case}/pairs/a-and-b"
    kept_and_given_back(member, pair, f"{pair}/own-view", {"grounds": WORDS, "result": "W_A"})
    member.post(f"{pair}/own-view", {"grounds": "As told.", "result": "W_INSUFF"})
    kept_and_given_back(member, pair, f"{pair}/sign", {"contrary": WORDS, "review_on": "2026-12-01"})
    proposed = f"{case}/acts/joint-sign/a-and-b"
    kept_and_given_back(member, proposed, proposed, {"reason": WORDS})


def test_the_forms_between_an_agency_and_intake_are_kept(site: Site, worker: Person) -> None:
    clerk = site.person("agency-clerk")
    draft = begun(clerk)
    kept_and_given_back(clerk, f"{draft}/people", f"{draft}/people", {"people": "2", "opinion": WORDS})
    for page, typed in (
        ("questions/ri-01/case", {"code": "neither"}), ("people", PEOPLE | {"number": "DANGER-1"}),
        ("questions/ri-09/case", HELD), ("questions/ri-21/a-and-b", {"code": "b"}),
    ):  # fmt: skip
        assert clerk.fill_in(f"{draft}/{page}", typed).status_code == 303
    assert clerk.post(f"{draft}/send", {}).status_code == 303
    incoming = "/incoming/" + draft.rsplit("/", 1)[1]
    kept_and_given_back(worker, incoming, f"{incoming}/ask", {"question": WORDS})
    kept_and_given_back(clerk, draft, f"{draft}/holder", {"holder": WORDS})
    assert clerk.post(f"{draft}/holder", {"holder": "Closed on Monday."}).status_code == 303
    assert "Half a sentence" not in clerk.get(draft).text + worker.get(incoming).text


def test_the_forms_of_the_office_and_of_cards_are_kept(site: Site) -> None:
    administrator = site.person("administrator")
    kept_and_given_back(administrator, "/office/accounts/invite", "/office/accounts/invite", {"name": WORDS})
    assert "Half a sentence" not in administrator.get("/office/accounts").text
    worker = site.person("intake-one")
    kept_and_given_back(worker, "/openings/new", "/openings/new", {"words": WORDS, "letter": "A"})


def test_danger_about_a_case_of_others_is_no_page(site: Site, case: str) -> None:
    stranger = site.person("advocate-two")
    assert stranger.post(case + ASK, {"then": "danger"}).status_code == 404


# --- recorded from there, and back ------------------------------------------------------------------------------------


def test_the_danger_is_recorded_and_leads_back_to_the_page(worker: Person, case: str) -> None:
    page = worker.get(f"{case}/danger", query_string={"back": f"{case}/parts/c"}).text
    ask = re.search(rf'href="({case}/questions/dr-26/case\?back=[^"]+)"', page)
    assert ask
    form = worker.get(unescape(ask[1])).text
    assert f'name="back" value="{case}/parts/c"' in form
    typed = {"rows": "1", "row-0-code": "attack_now", "back": f"{case}/parts/c", **circumstances("REF")}
    after = worker.fill_in(unescape(ask[1]), typed)
    assert after.status_code == 303
    if "/effects" in str(after.location):
        assert f'href="{case}/parts/c"' in worker.get(str(after.location)).text
    else:
        assert after.location == f"{case}/parts/c"


def test_the_danger_is_recorded_and_the_form_comes_back_as_new_as_it_was(worker: Person, case: str) -> None:
    asked, danger = f"{case}/questions/ri-04/case", f"{case}/questions/dr-26/case"
    half = {"value": WORDS * 3, "version": "0", "key": "one", **circumstances("REF")}
    page = worker.post(asked, half | {"then": "danger"}).text
    kept = {
        name: unescape(value) for name, value in FIELD.findall(page.split(f'action="{danger}"')[1].split("</form")[0])
    }
    question = worker.client.post(danger, data=kept | {"then": "open"})
    assert question.status_code == 200
    hidden = {name: unescape(value) for name, value in FIELD.findall(question.text.split('id="form"')[1])}
    assert hidden["back"] == asked
    typed = hidden | {"rows": "1", "row-0-code": "attack_now"} | circumstances("REF")
    done = worker.client.post(danger, data=typed)
    assert done.status_code == 200
    assert "The danger is recorded in this case" in done.text
    assert worker.client.post(danger, data=typed).status_code == 200  # sent twice: one danger
    assert worker.get(danger).text.count('<li class="cairn-answer') == 1
    given_back = fields_sent_back(done.text)
    assert given_back["version"] == "1"  # what this worker recorded themselves is no news to their form
    again = worker.client.post(asked, data=given_back | {"then": "return"})
    assert "Half a sentence" in again.text
    assert worker.client.post(asked, data=given_back).status_code == 303


def test_whoever_cannot_record_a_danger_is_told_who_can(site: Site, case: str) -> None:
    page = site.person("panel-support").get(f"{case}/danger").text
    assert "tell a worker of this case" in page
    assert "dr-26" not in page


# --- the session ended meanwhile --------------------------------------------------------------------------------------


def test_a_form_of_somebody_signed_out_meanwhile_comes_back_after_signing_in(site: Site) -> None:
    person = site.person("intake-two")
    case = str(person.post("/referrals/new", {
        "called-one": "Sam", "called-two": "Robin", "sees": "one", "received_from": "Early help", "said": "unsaid",
    }).location)  # fmt: skip
    asked = f"{case}/questions/ri-04/case"
    with person.client.session_transaction() as session:
        session["token"] = "over"
    ended = person.post(asked, {"value": WORDS, "version": "0", "key": "k", **circumstances("REF")})
    assert ended.status_code == 401
    assert "Half a sentence, &lt;b&gt;not&lt;/b&gt; finished" in ended.text
    kept = fields_sent_back(ended.text)
    assert token_in(person.get("/sign-in"))
    assert person.sign_in().status_code == 303
    first = person.client.post(asked, data=kept | {"then": "return"})  # the token of the old session
    assert first.status_code == 403
    assert "bring the form back" in first.text
    form = person.client.post(asked, data=fields_sent_back(first.text) | {"then": "return"})
    assert form.status_code == 200
    assert "Half a sentence, &lt;b&gt;not&lt;/b&gt; finished" in form.text
    assert "cairn-answer " not in person.get(asked).text


def test_a_password_never_comes_back(site: Site) -> None:
    refused = site.stranger().client.post("/sign-in", data={"name": "intake-one", "password": "not this one"})
    assert refused.status_code == 403
    assert "not this one" not in refused.text
    assert 'value="return"' not in refused.text
