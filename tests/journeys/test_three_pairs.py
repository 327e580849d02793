"""R04 in one case in a real browser: a programme worker, two advocates and a panel, three people, three pairs.

The people, the pairs, what is opened to both sides, and the own views and signatures of mother and daughter
are done on their pages; the some 480 answers, the acts and the signatures of the other two pairs go
through the service, at the desk of whoever gave them.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from tests.casework.test_three_pairs import BIRTHS, R04, TURNED, Told
from tests.journeys.browser import opened, photograph
from tests.journeys.desk import sign_in
from tests.journeys.serving import served
from tests.vignettes.told import assessed, told
from tests.web.people.staged import actor_of
from tests.web.published import publish_anew
from tests.web.site import Site, site_in
from triage.cases.compartments import result_for
from triage.cases.members import pair_of
from triage.casework.assessments import read
from triage.web.shared.places import slug_of

WORKERS = {"F": "intake-one", "D": "advocate-one", "M": "advocate-two"}
PANEL = ("panel-support", "panel-independent")


class InABrowser(Told):
    """The case of the vignette, opened and filled with people by those who click."""

    def __init__(self, site: Site, pages: dict[str, Page], address: str) -> None:
        self.file, self.service, self.pages, self.address = told(R04), site.service, pages, address
        self.letters: dict[str, str] = {}
        self.versions = {}
        self.worker, self.of_d, self.of_m = (actor_of(site, WORKERS[one]) for one in "FDM")
        self.lead = actor_of(site, "safety-lead")
        self.panel = (actor_of(site, PANEL[0]), actor_of(site, PANEL[1]))

    def open_with_two(self) -> None:
        page = self.pages["intake-one"]
        page.goto(f"{self.address}/referrals/new")
        for key, name in (("one", "F"), ("two", "D")):
            page.fill(f"#called-{key}", name * 3)
            page.fill(f"#birth-{key}", BIRTHS[name].isoformat())
        page.check("input[name=said][value=unsaid]")
        page.check("input[name=sees][value=one]")
        page.fill("#received_from", "A voluntary agency")
        page.locator("main form button[type=submit]").click()
        page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}$"))
        self.case, self.id = page.url, page.url.rsplit("/", 1)[1]
        own = read(self.service, self.worker, self.id).own_person
        self.letters = {"F": own, "D": "AB".replace(own, "")}

    def add_the_mother(self) -> None:
        """The worker adds her as his partner, then opens her pair with the daughter from the relationships."""
        page = self.pages["intake-one"]
        page.goto(f"{self.case}/people")
        page.get_by_role("button", name="Add a person").click()
        page.fill("#called", "MMM")
        page.fill("#birth", BIRTHS["M"].isoformat())
        page.check(f"input[name=to][value={self.letters['F']}]")
        page.check("input[name=relation][value=partner]")
        page.check("input[name=assessed]")
        page.locator("#form button.govuk-button").click()
        page.wait_for_url("**/people")
        heading = page.locator("h2:has(bdi:text-is('MMM'))").inner_text()
        self.letters["M"] = heading[0]
        pair = pair_of(self.letters["M"], self.letters["D"])
        page.goto(f"{self.case}/relationships")
        photograph(page, "relationships-of-three")
        page.locator(f"#pair-{slug_of(pair.undirected)} a").first.click()
        page.check(f"input[name=relation][value={'parent' if pair.a == self.letters['M'] else 'child'}]")
        page.check("input[name=assessed]")
        page.locator("#form button.govuk-button").click()
        page.wait_for_url("**/relationships")
        assert "Being assessed" in page.locator(f"#pair-{slug_of(pair.undirected)}").inner_text()

    def take_on(self) -> None:
        """Each advocate takes on her own person; the daughter's knows nothing of the third person yet."""
        for person in "DM":
            page = self.pages[WORKERS[person]]
            page.goto(f"{self.address}/cases")
            form = f"form[action='/cases/{self.id}/take-on']:has(input[value='{self.letters[person]}'])"
            page.locator(f"{form} button").click()
            page.wait_for_url(self.case)
        daughters = self.pages["advocate-one"]
        daughters.goto(f"{self.case}/people")
        assert "MMM" not in daughters.locator("main").inner_text()

    def open_to_both_sides(self) -> None:
        page, pair = self.pages["panel-support"], pair_of(self.letters["M"], self.letters["D"])
        page.goto(f"{self.case}/relationships")
        page.locator(f"#pair-{slug_of(pair.undirected)} a[href$='/open']").click()
        page.fill("#reason", "Both were asked through their own advocates.")
        page.locator("#form button.govuk-button").click()
        page.wait_for_url("**/relationships")
        daughters = self.pages["advocate-one"]
        daughters.goto(f"{self.case}/relationships")
        assert daughters.locator(f"#pair-{slug_of(pair.undirected)}").count() == 1

    def determine(self, persons: list[str], value: str) -> str:
        """Two members write their own view of a pair on its page, and sign it; the pair."""
        pair, is_turned = self.place("-".join(persons))
        result = TURNED[value] if is_turned else value
        for name in PANEL:
            page = self.pages[name]
            page.goto(f"{self.case}/pairs/{slug_of(pair)}")
            page.check(f"input[name=result][value={result}]")
            page.fill("#grounds", "Control and fear in one direction.")
            page.locator("#form button.govuk-button").click()
            page.wait_for_selector("#contrary")
        for name in reversed(PANEL):
            page = self.pages[name]
            if name == PANEL[0]:
                page.reload()  # the other one has signed meanwhile
            page.check(f"input[name=result][value={result}]")
            page.fill("#contrary", "Little.")
            page.fill("#would_change", "Much.")
            page.fill("#review_on", "2027-01-10")
            with page.expect_navigation(wait_until="commit"):
                page.locator("#form button.govuk-button").click()
        page.wait_for_url("**/routes")
        return pair

    def routes(self, pair: str) -> Page:
        page = self.pages["panel-support"]
        page.goto(f"{self.case}/pairs/{slug_of(pair)}/routes")
        return page


@pytest.fixture
def case(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InABrowser]:
    site = site_in(tmp_path_factory.mktemp("three"))
    with served(site.app) as address, ExitStack() as stack:
        pages = {}
        for name in (*WORKERS.values(), *PANEL):
            pages[name] = stack.enter_context(opened(browser))
            sign_in(pages[name], address, name)
        yield InABrowser(site, pages, address)


def codes(page: Page, where: str, what: str) -> list[str]:
    found = page.locator(f"{where} [data-{what}]").all()
    return sorted(str(one.get_attribute(f"data-{what}")) for one in found)


@pytest.mark.browser
def test_three_pairs_of_one_case_end_as_by_the_command(case: InABrowser) -> None:
    """Over two seconds: five people click, and some 480 answers are written at the desks where they were given."""
    case.open_with_two()
    case.add_the_mother()
    case.take_on()
    case.open_to_both_sides()
    for who in (case.worker, case.of_d, case.of_m):
        case.versions[who] = read(case.service, who, case.id).version
    case.record_everything()
    case.record_acts()
    *others, added = case.file["pairs"]
    pairs = [*(case.signed(persons, "W_A") for persons in others), case.determine(added, "W_A")]
    told_by_the_command = assessed(case.file)["pairs"]
    for pair, persons, wanted in zip(pairs, case.file["pairs"], told_by_the_command, strict=True):
        page = case.routes(pair)
        letters = [case.letters[one] for one in persons]
        harms = letters["AB".index(wanted["result"][-1])]
        assert page.locator("[data-result]").get_attribute("data-result") == result_for(harms, pair), persons
        for role, letter in zip("AB", letters, strict=True):
            route = f"section[aria-labelledby=route-{letter}]"
            assert codes(page, f"{route} >", "outcome") == wanted[role], (persons, role)
            starts = page.locator(route).get_attribute("data-effective") == "yes"
            assert starts is wanted["effective"][role], (persons, role)
        assert codes(page, "#gates", "outcome") == wanted["case"], persons
        assert codes(page, "#alerts", "alert") == wanted["alerts"], persons
    photograph(page, "routes-of-a-third-pair")
    publish_anew(case.service, UUID(str(case.id)))
    start = case.pages["intake-one"]
    start.goto(f"{case.case}/start")
    assert "Not starting" not in start.locator("main").inner_text(), "in each of his pairs the result says the same"
    for name, one in case.pages.items():
        assert one.complaints == [], name  # type: ignore[attr-defined]  # the fixture's own note on the page
