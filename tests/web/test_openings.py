"""The pages of opened cards: a form, a card for half an hour, and the list of those who oversee."""

import re

import pytest

from tests.web.site import Person, Site, open_case, site_in
from tests.web.test_offered_sheets import actor_of
from triage.cases.matching.identity import Identity
from triage.cases.model import PersonDetails, Referral
from triage.cases.wall import Refused
from triage.casework import referrals
from triage.casework.agencies.organisations import list_agencies
from triage.casework.service import RULES
from triage.store.outbox.mailboxes import replace_mailbox

TYPED = {"danger": "life", "words": "Her sister rings: he is at the door."}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_in(tmp_path_factory.mktemp("openings"))


@pytest.fixture(scope="module")
def case(site: Site) -> tuple[str, str]:
    """A case of somebody else: its address, and its number."""
    worker = site.person("intake-one")
    address = open_case(worker)
    found = re.search(rf'href="{address}"[^>]*><span class="cairn-ltr">(\w+)<', worker.get("/cases").text)
    assert found
    return address, found[1]


def form_of(number: str, letter: str = "A") -> dict[str, str]:
    return TYPED | {"reference": number, "letter": letter}


@pytest.fixture(scope="module")
def colleague(site: Site) -> Person:
    return site.person("intake-two")


def test_a_card_is_opened_read_closed_and_judged(site: Site, case: tuple[str, str], colleague: Person) -> None:
    assert 'href="/openings/new"' in colleague.get("/cases").text
    done = colleague.post("/openings/new", form_of(case[1]))
    assert done.status_code == 303, done.text
    page = colleague.get(str(done.location)).text
    assert re.search("<bdi>(Sam|Robin)</bdi>", page)
    assert not ("Sam" in page and "Robin" in page), "one person alone"
    assert "09:30 (UTC)" in page
    assert colleague.get(case[0]).status_code == 404
    assert site.person("intake-one").get(str(done.location)).status_code == 404
    assert colleague.post(f"{done.location}/close", {}).status_code == 303
    assert colleague.get(str(done.location)).status_code == 404
    for name in ("manager", "data-protection", "safety-lead"):
        overseer = site.person(name)
        seen = overseer.get("/openings").text
        assert "intake-two" in seen
        assert ("at the door" in seen) == (case[1] in seen) == (name == "safety-lead"), "no word of a case"
    lead = site.person("safety-lead")
    (address,) = re.findall(r'action="(/openings/[^"]+/review)"', lead.get("/openings").text)
    assert lead.post(address, {"right": "yes"}).status_code == 422
    assert 'id="form"' in lead.get("/openings").text
    half = {"right": "no", "said": "Half a sentence"}
    assert "999" in lead.post(address, half | {"then": "danger"}).text
    assert "Half a sentence" in lead.post(address, half | {"then": "return"}).text
    assert lead.post(address, {"right": "no", "said": "She could wait."}).status_code == 303
    assert "It was not right" in lead.get("/openings").text


def test_what_cannot_be_opened_is_refused_in_the_same_words(
    case: tuple[str, str], site: Site, colleague: Person
) -> None:
    own = site.person("intake-one")
    told = []
    for person, typed in (
        (colleague, form_of("BCDFGHJK")),
        (own, form_of(case[1])),
        (colleague, form_of(case[1], "B")),
    ):
        answered = person.post("/openings/new", typed)
        assert answered.status_code == 422
        assert TYPED["words"] in answered.text, "nothing typed is lost"
        told += [one.strip() for one in re.findall(r"This card is not yours to open[^<]*", answered.text)]
    assert len(set(told)) == 1


def test_a_form_says_everything_that_it_lacks(colleague: Person) -> None:
    answered = colleague.post("/openings/new", {})
    assert answered.status_code == 422
    for name in ("reference", "letter", "danger", "words"):
        assert f'href="#{name}"' in answered.text


def test_the_safety_lead_lets_the_address_that_was_on_the_page_and_no_other(site: Site) -> None:
    shared = "duty@agency.example.org"
    people = {
        "A": PersonDetails("Nadia", known=Identity(given="Nadia", family="Benali")),
        "B": PersonDetails("Omar", known=Identity(given="Omar", family="Haddad", emails=(shared, "team@example.org"))),
    }
    opened = referrals.open_case(site.service, actor_of(site, "intake-one"), Referral(people, "B", "Police"))
    assert not isinstance(opened, Refused)
    (agency,) = list_agencies(site.service)
    lead = site.person("safety-lead")

    def use(address: str) -> None:
        with site.service.writing(RULES) as work:
            work.is_no_act()
            replace_mailbox(work, agency.id, address)

    use(shared)
    seen = lead.get("/openings/addresses").text
    assert "Address confirmed by the office on 22 Nov 2026" in seen
    assert shared not in seen
    action = f"/openings/addresses/{agency.id}/allow"
    assert action in seen
    (mark,) = re.findall(r'name="mark" value="([0-9a-f]{64})"', seen)
    use("team@example.org")
    answered = lead.post(action, {"mark": mark})
    assert answered.status_code == 422
    assert "Nothing was allowed" in answered.text
    assert "for ninety days" not in answered.text
    assert "Rien n’a été autorisé" in lead.post(action, {"mark": mark}, headers={"Accept-Language": "fr"}).text
    (mark,) = re.findall(r'name="mark" value="([0-9a-f]{64})"', answered.text)
    assert lead.post(action, {"mark": mark}).status_code == 303
    assert "for ninety days" in lead.get("/openings/addresses").text
