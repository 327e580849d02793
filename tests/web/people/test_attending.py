"""The pages of interpreters and co-facilitators: named, listed at one desk, refused without a reason, ended."""

import re
from uuid import uuid4

import pytest

from tests.web.people.families import Family, family
from tests.web.people.test_pages import main_of
from tests.web.site import NOW, Person, Site

DANA = {"kind": "interpreter", "known": "outside", "name": "Dana Haddad", "number": "LA-0412", "since": "2026-11-20"}
TODAY = NOW.date().isoformat()


@pytest.fixture(scope="module")
def three(site: Site) -> Family:
    return family(site)


@pytest.fixture(scope="module")
def advocate(site: Site, three: Family) -> Person:
    """The advocate of the person with whom the worker of the case does not work."""
    person = site.person("advocate-one")
    assert person.post(f"{three.address}/take-on", {"person": three.other}).status_code == 303
    return person


def test_somebody_is_named_listed_and_attends_no_more(three: Family) -> None:
    page = f"{three.address}/attending"
    assert "Nobody was named here." in main_of(three.worker.get(page).text)
    assert 'href="/cases/' in three.worker.get(three.address).text.split("Also in this case")[1]
    named = {"kind": "co-facilitator", "known": "outside", "name": "Noor Amari", "since": "2026-11-20"}
    assert three.worker.fill_in(f"{page}/new", named).status_code == 303
    told = main_of(three.worker.get(page).text)
    assert "Noor Amari Co-facilitator · from outside Since 20 Nov 2026 They attend no more" in told
    (end,) = re.findall(rf'href="({three.address}/attending/[0-9a-f-]+/end)"', three.worker.get(page).text)
    for day in ("", "2026-11-19", "2027-01-01", "٢٠٢٦-١١-٢٠"):
        assert three.worker.fill_in(end, {"until": day}).status_code == 422, day
    assert three.worker.fill_in(end, {"until": "2026-11-21"}).status_code == 303
    told = main_of(three.worker.get(page).text)
    assert "Attends no more From 20 Nov 2026 to 21 Nov 2026" in told
    assert three.worker.get(end).status_code == 404, "the end is said once"


def test_what_lacks_is_said_at_its_field(three: Family) -> None:
    page = f"{three.address}/attending/new"
    assert f'value="{TODAY}"' in three.worker.get(page).text
    wrong = three.worker.fill_in(
        page, {"kind": "boss", "known": "", "name": " ", "number": "x" * 201, "since": "2030-01-01"}
    )
    assert wrong.status_code == 422
    for field in ("kind", "known", "name", "number", "since"):
        assert f'href="#{field}"' in wrong.text, field
    assert three.worker.fill_in(page, DANA | {"known": "account"}).status_code == 422, "an account has no number"


def test_who_stands_elsewhere_is_on_hold_in_the_bytes_of_every_hold(three: Family, advocate: Person) -> None:
    """The same page for somebody of the other desk, a colleague of the other side, and an account that is not there."""
    assert advocate.fill_in(f"{three.address}/attending/new", DANA).status_code == 303
    assert three.worker.get(f"{three.address}/attending").text.count("Dana Haddad") == 0
    start = main_of(three.worker.post(f"{three.address}/start", {}).text).partition(" If someone")[0]
    assert "On hold; contact the safety lead." in start
    answers = set()
    for known, name in (
        ("outside", "HADDAD  Dana"), ("outside", "Haddad, Dana"), ("account", "advocate-two"), ("account", "nobody"),
    ):  # fmt: skip
        typed = DANA | {"known": known, "name": name, "number": ""}
        refused = three.worker.fill_in(f"{three.address}/attending/new", typed)
        assert refused.status_code == 423
        told = main_of(refused.text)
        assert told.startswith(start)
        answers.add(told.replace(re.sub(r"\s+", " ", name), "NAME").replace(known, "KNOWN"))
    assert len(answers) == 1, answers


def test_another_desk_has_no_such_page(three: Family, advocate: Person) -> None:
    (end,) = re.findall(r"/attending/[0-9a-f-]+/end", advocate.get(f"{three.address}/attending").text)
    gone = three.worker.get(f"{three.address}/attending/{uuid4()}/end")
    seen = three.worker.get(three.address + end)
    assert (seen.status_code, seen.data) == (404, gone.data)
    assert three.worker.post(three.address + end, {"until": TODAY}).status_code == 404
    for name in ("panel-support", "safety-lead"):
        assert three.site.person(name).get(f"{three.address}/attending").status_code == 404


def test_a_half_filled_form_comes_back_from_danger_and_from_a_change(three: Family) -> None:
    page = f"{three.address}/attending/new"
    typed = DANA | {"name": "Half a name"}
    assert "999" in three.worker.post(page, typed | {"then": "danger"}).text
    assert 'value="Half a name"' in three.worker.post(page, typed | {"then": "return"}).text
    stale = three.worker.post(page, typed | {"version": "0"})
    assert stale.status_code == 409
    assert 'value="Half a name"' in stale.text


def test_the_same_form_sent_twice_names_once(three: Family) -> None:
    page = f"{three.address}/attending"
    typed = DANA | {"name": "Twice Named", "key": "one press"}
    version = re.search(r'name="version" value="(\d+)"', three.worker.get(f"{page}/new").text)
    assert version
    sent = typed | {"version": version[1]}
    assert [three.worker.post(f"{page}/new", sent).status_code for _ in range(2)] == [303, 303]
    assert three.worker.get(page).text.count("<bdi>Twice Named</bdi>") == 1
