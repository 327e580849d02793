"""What would this mean: to whom it is shown, when, and in which words."""

import re
from uuid import uuid4

import pytest

from tests.web.site import Site
from tests.web.told_case import ToldCase, told
from triage.cases.roles import SIDES_OF, Actor, Role
from triage.cases.wall import Reason, Refused
from triage.casework.decisions import proposal
from triage.casework.telling.meaning import what_it_means
from triage.checks.wording import forbidden_in

CODE = re.compile(r"\b([A-Z][A-Z0-9_]{3,}?)(?:_AB|_BA|_A|_B)?\b")
HIDDEN = "The proposal stays hidden until you have written your own view."


@pytest.fixture(scope="module")
def full(site: Site) -> ToldCase:
    return told(site, "R14")


@pytest.fixture(scope="module")
def partial(site: Site) -> ToldCase:
    """The same case while nobody has told of fear in one direction."""
    return told(site, "R14", without=frozenset({"WD-02", "DR-22"}))


def main_of(page: str) -> str:
    return page.split("<main", 1)[1].split("</main", 1)[0]


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main_of(page)))


def page_of(case: ToldCase, name: str, language: str = "en") -> str:
    person = case.person(name)
    person.post(f"/language/{language}", {})
    response = person.get(f"{case.address}/pairs/a-and-b/meaning")
    assert response.status_code == 200
    return response.text


def test_it_is_hidden_until_ones_own_view_is_recorded(full: ToldCase) -> None:
    before = page_of(full, "panel-support")
    assert HIDDEN in before
    assert 'id="reachable"' not in before
    full.own_view("panel-support")
    assert 'id="reachable"' in page_of(full, "panel-support")
    assert HIDDEN in page_of(full, "panel-independent")  # the view of another opens nothing


@pytest.mark.parametrize("name", ["intake-one", "intake-two", "advocate-one", "advocate-two"])
def test_nobody_who_works_with_a_person_is_shown_it(full: ToldCase, name: str) -> None:
    full.own_view("panel-support")
    person = full.person(name)
    assert person.get(f"{full.address}/pairs/a-and-b/meaning").status_code == 404
    assert "/meaning" not in person.get(full.address).text


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.PANEL_MEMBER, Role.SAFETY_LEAD}])
def test_the_duty_itself_refuses_whom_it_refuses_the_proposal(full: ToldCase, role: Role) -> None:
    """The page is guarded twice: by the matrix, and by the wall."""
    actor = Actor(uuid4(), "nobody", role, min(SIDES_OF[role]))
    case = full.address.rsplit("/", 1)[1]
    asked = what_it_means(full.site.service, actor, case, "A-B")
    assert isinstance(asked, Refused)
    assert asked.reason is Reason.NOT_YOUR_ROLE
    assert asked == proposal(full.site.service, actor, case, "A-B")


def test_a_pair_that_is_not_there_has_no_page(full: ToldCase) -> None:
    assert full.person("panel-support").get(f"{full.address}/pairs/a-and-c/meaning").status_code == 404


def test_a_settled_case_says_what_it_rests_on_and_how_little_would_change_it(full: ToldCase) -> None:
    full.own_view("panel-support")
    words = words_of(page_of(full, "panel-support"))
    assert "As things stand: The harm goes from A to B" in words
    assert "What the result rests on" in words
    assert "Somebody here is under 16" in words.split("How little would change it")[1]


def test_what_is_missing_is_asked_of_the_safest_source_first(partial: ToldCase) -> None:
    partial.own_view("panel-support", "W_INSUFF")
    page = page_of(partial, "panel-support")
    asked = main_of(page).split('id="ask"', 1)[1].split("</ol>", 1)[0]
    assert "/questions/wd-02/" in asked
    assert "the support service of B" in asked
    assert "the support service of A" in asked  # the other direction is asked just as safely
    assert not re.search(r"Ask first:\s*<strong>[AB], seen alone", asked)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_in_the_readers_language_and_puts_no_label_on_anyone(
    full: ToldCase, partial: ToldCase, language: str
) -> None:
    for case in (full, partial):
        case.own_view("panel-support")
        words = words_of(page_of(case, "panel-support", language))
        assert list(forbidden_in(words, language)) == []
        assert ("What to ask next" in words) is (language == "en")
        assert not {code for code in CODE.findall(words) if code in findings(case)}
    case.person("panel-support").post("/language/en", {})


def findings(case: ToldCase) -> frozenset[str]:
    return frozenset(case.site.service.rules.rulebook.findings)
