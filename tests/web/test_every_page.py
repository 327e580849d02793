"""Every page of a case opens for whoever may see it, in both languages, with all its texts and no label on anyone."""

import re

import pytest

from tests.web.site import NOW, Person, Site, open_case
from triage.cases.record import CaseRecord, Pair
from triage.checks.wording import forbidden_in
from triage.web.shared.places import places, slug_of

RAW_ID = re.compile(
    r"\b(?:[A-Z]{2}-\d\d|flow|finding|act|source|outcome|alert|rule|owner|deadline)\.[\w-]+\.\w+|question\.row"
)
PAGES = ("", "/parts/a", "/parts/c", "/parts/k", "/findings", "/acts", "/danger")
OF_ROLES = {
    "intake-one": (*PAGES, "/start"),
    "advocate-one": (*PAGES, "/standing", "/acts/resx-sign/a", "/acts/iss-status/{own}"),
    "panel-support": (*PAGES, "/pairs/a-and-b", "/pairs/a-and-b/routes", "/acts/cross-search/a-and-b"),
    "safety-lead": (*PAGES, "/pairs/a-and-b/routes", "/acts/riskplan-adopt/case"),
}  # fmt: skip


@pytest.fixture(scope="module")
def case(site: Site, worker: Person) -> str:
    return open_case(worker)


def shown(page: str) -> str:
    """The words of a page, without its tags."""
    return re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1])


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", OF_ROLES)
def test_no_page_before_a_determination_puts_a_label_on_anyone(site: Site, case: str, name: str, language: str) -> None:
    person = site.person(name)
    person.post(f"/language/{language}", {})
    own = "a"
    if name == "advocate-one":
        free = re.search(r'name="person" value="([AB])"', person.get("/cases").text)
        own = free[1].lower() if free else "a"
        person.post(f"{case}/take-on", {"person": own.upper()})
    for page in OF_ROLES[name]:
        response = person.get(case + page.format(own=own))
        assert response.status_code == 200, page
        words = shown(response.text)
        assert list(forbidden_in(words, language)) == [], page
        assert RAW_ID.search(words) is None, page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_question_opens_at_every_place_with_all_its_texts(
    site: Site, worker: Person, case: str, language: str
) -> None:
    worker.post(f"/language/{language}", {})
    record = CaseRecord("case", NOW.date(), {"A": "", "B": ""}, (Pair("A", "B"),))
    opened = 0
    for question in site.service.rules.rulebook.questions.values():
        for about in places(record, question.about):
            page = worker.get(f"{case}/questions/{question.id.lower()}/{slug_of(about)}")
            assert page.status_code == 200, question.id
            assert RAW_ID.search(shown(page.text)) is None, (question.id, RAW_ID.search(shown(page.text)))
            opened += 1
    worker.post("/language/en", {})
    assert opened > 200
