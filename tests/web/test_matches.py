"""The pages of matches: for the panel alone, in both languages; and for everybody else the same bytes as without."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.web.site import Person, Site, site_in
from triage.casework import referrals

COUPLE = {
    "called-one": "Samir", "family-one": "Ben Mansour", "birth-one": "1984-03-09", "phone-one": "07700 900123",
    "called-two": "Claire", "family-two": "Fontaine", "birth-two": "1987-11-02", "sees": "one",
    "received_from": "Early help", "said": "one",
}  # fmt: skip
AGAIN = {
    "called-one": "Clare", "family-one": "Ben Mansour", "other-names-one": "Fontaine", "birth-one": "1987-11-02",
    "called-two": "سمير", "family-two": "Mansour", "birth-two": "1984-09-03", "sees": "one",
    "received_from": "A lawyer", "said": "one",
}  # fmt: skip
OTHERS = {
    "called-one": "Tomasz", "family-one": "Wolski", "birth-one": "1991-01-30", "called-two": "Ngozi",
    "family-two": "Okonkwo", "birth-two": "1990-07-21", "sees": "one", "received_from": "Early help", "said": "one",
}  # fmt: skip


def refer(person: Person, typed: dict[str, str]) -> str:
    response = person.post("/referrals/new", typed)
    assert response.status_code == 303, response.text
    return str(response.location)


@pytest.fixture
def met(site: Site) -> tuple[str, str]:
    """A pair referred in one role, then in the other."""
    return refer(site.person("intake-one"), COUPLE), refer(site.person("intake-two"), AGAIN)


@pytest.fixture
def site(engine: str, tmp_path: Path) -> Site:
    return site_in(tmp_path)


def match_address(person: Person) -> str:
    found = re.search(r'href="(/matches/[^"]+)"', person.get("/matches").text)
    assert found
    return found[1]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_panel_sees_what_agrees_and_no_value(site: Site, met: tuple[str, str], language: str) -> None:
    person = site.person("panel-support")
    person.post(f"/language/{language}", {})
    page = person.get(match_address(person)).text
    assert {"en": "day and month the other way round", "fr": "jour et mois inversés"}[language] in page
    for value in ("Samir", "سمير", "Mansour", "Fontaine", "1984", "1987", "900123", "lawyer"):
        assert value not in page


def test_the_determination_is_reopened_on_its_page_and_the_alert_is_given(site: Site, met: tuple[str, str]) -> None:
    person = site.person("panel-independent")
    for case in met:
        page = person.get(f"{case}/pairs/a-and-b").text
        assert 'id="reopened"' in page
        person.post(f"{case}/pairs/a-and-b/own-view", {"result": "W_INSUFF", "grounds": "Little is known."})
        assert 'data-alert="AL-COUNTER"' in person.get(f"{case}/pairs/a-and-b/routes").text


def test_two_say_that_these_are_others_and_it_holds_nothing(site: Site, met: tuple[str, str]) -> None:
    address = match_address(site.person("panel-support"))
    for name in ("panel-support", "panel-independent"):
        person = site.person(name)
        assert person.post(f"{address}/review", {"same": "no"}).status_code == 422
        assert person.post(f"{address}/review", {"same": "no", "reason": "A cousin."}).status_code == 303
    assert 'id="reopened"' not in person.get(f"{met[0]}/pairs/a-and-b").text


def test_who_else_somebody_could_be_is_asked_by_a_form(site: Site, met: tuple[str, str]) -> None:
    person = site.person("panel-support")
    page = person.post(f"{met[0]}/persons/a", {})
    assert page.status_code == 200
    assert met[1] in page.text
    assert person.post(f"{met[0]}/persons/q", {}).status_code == 404


def test_a_case_that_was_not_searched_is_listed_and_can_be_searched_again(site: Site) -> None:
    case = refer(site.person("intake-one"), {"called-one": "S", "called-two": "C", "sees": "one", "received_from": "X"})
    person = site.person("safety-lead")
    assert case in person.get("/matches").text.split('id="unsearched"')[1]
    assert person.post(f"{case}/search", {}).status_code == 303
    assert 'id="not-searched"' in person.get(f"{case}/pairs/a-and-b").text


@pytest.mark.parametrize("name", ["intake-one", "intake-two", "advocate-one"])
def test_to_everybody_else_there_is_no_such_page(site: Site, met: tuple[str, str], name: str) -> None:
    address = match_address(site.person("panel-support"))
    person = site.person(name)
    for asked in ("/matches", address):
        assert person.get(asked).status_code == 404
    for asked in (f"{address}/review", f"{met[0]}/search", f"{met[0]}/persons/a"):
        assert person.post(asked, {"same": "no", "reason": "Others."}).status_code == 404
    assert "/matches" not in person.get("/cases").text


def pages_of(site: Site, name: str, case: str) -> dict[str, str]:
    """Every page that a worker of the later case can open, what is drawn by lot made equal."""
    person, found, asked = site.person(name), {}, ["/cases", case]
    while asked:
        address = asked.pop()
        response = person.get(address)
        text = response.text
        found[address.replace(case, "/CASE")] = (
            f"{response.status_code} {dict(response.headers).get('Location', '')} {text}"
        )
        links = set(re.findall(rf'href="({re.escape(case)}[^"#?]*)"', text)) if "questions" not in address else ()
        asked += [one for one in links if one.replace(case, "/CASE") not in found and one not in asked]
    reference = re.search(r'cairn-ltr">([0-9A-Z]{8})<', person.get(case).text)
    assert reference
    hidden = re.compile(rf'{re.escape(case)}|{reference[1]}|name="csrf_token" value="[^"]+"|name="key" value="[^"]+"')
    return {address: hidden.sub("*", text) for address, text in found.items()}


@pytest.mark.parametrize("before", [OTHERS, COUPLE, {**COUPLE, "said": "two"}, {**COUPLE, "said": "unsaid"}])
def test_every_page_of_the_worker_who_refers_is_the_same_in_two_worlds(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: dict[str, str]
) -> None:
    monkeypatch.setattr(referrals.secrets, "SystemRandom", lambda: SimpleNamespace(shuffle=lambda _keys: None))
    worlds = []
    for number, first in enumerate((OTHERS, before)):
        (tmp_path / str(number)).mkdir()
        site = site_in(tmp_path / str(number))
        worker = site.person("intake-one")
        refer(worker, first)
        case = refer(site.person("intake-two"), AGAIN)
        pages = pages_of(site, "intake-two", case)
        del pages["/cases"]  # the list also names the earlier case, by a reference that is drawn by lot
        assert len(pages) > 20
        worlds.append(pages)
    assert worlds[0] == worlds[1]
