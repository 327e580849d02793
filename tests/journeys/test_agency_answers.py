"""From the sign-in of a clerk to the answer, and the desk of intake with what agencies sent, over several days.

The clock of the installation is moved to the next morning, as the publication has it; sessions end meanwhile, so
everybody signs in again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.casework.agencies.sent import COMPLETE
from tests.journeys.browser import TELEPHONE, View, opened, photograph
from tests.journeys.desk import sign_in
from tests.journeys.serving import served
from tests.journeys.test_accessibility import too_wide, turn, violations
from tests.web.site import NOW, opened_service
from triage.cases.agency.referral import AgencyReferral
from triage.cases.matching.identity import Identity
from triage.cases.model import PersonDetails, Referral
from triage.cases.roles import Actor, Role, Side
from triage.casework import referrals
from triage.casework.agencies.sending import send_whole
from triage.casework.results import Recorded
from triage.casework.service import RULES, Service
from triage.store.staff.accounts import find_account
from triage.web.factory import create_app

OTHER_PARTY = re.compile(r"other (party|person)|already known|match|autre (partie|personne)|déjà connu", re.IGNORECASE)

MISPLACED = """() => [...document.querySelectorAll('bdi')].filter(name => {
  const before = name.previousSibling;
  if (!before || !/ = $/.test(before.textContent || '')) return false;
  const range = document.createRange();
  range.selectNodeContents(before);
  return range.getBoundingClientRect().left > name.getBoundingClientRect().left;
}).map(name => name.textContent)"""
"""Names that do not stand after their letter where a page runs from right to left: "Sami = A = Nadia"."""


@dataclass
class Town:
    """An installation, its clock, and where it is served."""

    folder: Path
    now: datetime = NOW
    service: Service = field(init=False)
    address: str = ""

    def __post_init__(self) -> None:
        self.service = replace(opened_service(self.folder), clock=lambda: self.now)

    def next_morning(self) -> None:
        """Past the next publication."""
        self.now = datetime.combine(self.now.date() + timedelta(days=1), datetime.min.time(), UTC).replace(hour=5)

    def actor(self, name: str) -> Actor:
        with self.service.reading(RULES) as work:
            found = find_account(work, name)
        assert found
        return Actor(found.id, found.name, Role(found.role), Side(found.side))

    def arrives(self, number: str, referral: AgencyReferral = COMPLETE) -> str:
        """A referral of the clerk; its address at the desk of intake."""
        sent = send_whole(
            self.service, self.actor("agency-clerk"), replace(referral, external_reference=number), number
        )
        assert isinstance(sent, Recorded), sent
        return f"{self.address}/incoming/{sent.id}"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    made = Town(tmp_path_factory.mktemp("town"))
    with served(create_app(made.service.settings, made.service)) as made.address:
        yield made


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def press_next(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main button[name=then][value=next]").click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def look(page: Page, name: str) -> None:
    """Read a page as axe does, in either direction and on a telephone."""
    photograph(page, f"agency-answers-{name}")
    assert violations(page) == [], name
    turn(page, "rtl")
    assert page.evaluate(MISPLACED) == [], name
    photograph(page, f"agency-answers-{name}-from-right-to-left")
    assert too_wide(page) == [], name
    turn(page, "ltr")
    page.set_viewport_size({"width": TELEPHONE[0], "height": TELEPHONE[1]})
    photograph(page, f"agency-answers-{name}-telephone")
    page.set_viewport_size({"width": 1280, "height": 900})
    complaints = page.complaints  # type: ignore[attr-defined]  # our own note on Playwright's object
    assert [one for one in complaints if "422" not in one] == [], name  # a form that is refused is part of the journey


def held_by(page: Page, option: str, day: str) -> None:
    """Answer who stays responsible."""
    page.check(f"input[name=code][value={option}]")
    for name, value in {"named_worker": "R. Example", "contact": "0100 555", "next_review_on": day}.items():
        page.fill(f"#cell-{name}", value)
    press(page, "Save and leave")


def states(page: Page) -> list[str]:
    return page.locator("#states li").all_inner_texts()


@pytest.mark.browser
def test_a_clerk_refers_three_people_is_refused_resumes_and_is_answered(browser: Browser, town: Town) -> None:
    with opened(browser) as clerk, opened(browser) as worker:
        draft = begun(clerk, town)
        refused_for_closing(clerk)
        press(clerk, "Sign out")
        sign_in(clerk, town.address, "agency-clerk")
        follow(clerk, re.compile("Draft, not sent"))
        assert clerk.url == draft, "what was saved is resumed"
        reads_in_french(clerk)
        sent(clerk, draft)
        asked(worker, town)
        clerk.reload()
        assert "Which court" not in clerk.inner_text("main"), "what happens here is not seen before the morning"
        town.next_morning()
        replied(clerk, town)
        taken(worker, town)
        clerk.reload()
        assert "Answered" not in clerk.inner_text("#states")
        town.next_morning()
        sign_in(clerk, town.address, "agency-clerk")
        follow(clerk, re.compile("Sent on"))
        told = states(clerk)
        assert [one.split(" · ")[0] for one in told] == ["Sent", "Received", "Being considered", "Answered"]
        assert "24" in told[-1]
        assert "We have it. Your own duties go on." in clerk.inner_text("main")
        look(clerk, "answered")


def begun(clerk: Page, town: Town) -> str:
    """A draft about three people in two pairs, danger first; its address."""
    sign_in(clerk, town.address, "agency-clerk")
    assert "A referral closes nothing." in clerk.inner_text("main")
    press(clerk, "Begin a referral")
    assert clerk.url.endswith("/questions/ri-01/case"), "danger is asked first"
    clerk.check("input[name=code][value=neither]")
    press_next(clerk)
    press(clerk, "Add a person")
    for letter, called in (("a", "Nadia"), ("b", "Omar"), ("c", "Sami")):
        clerk.fill(f"#called-{letter}", called)
    clerk.check("input[name=pair][value=A-B]")
    clerk.check("input[name=pair][value=A-C]")
    press_next(clerk)
    return clerk.url


def refused_for_closing(clerk: Page) -> None:
    """Whoever refers in order to close is told why not, on the draft and when they send."""
    follow(clerk, re.compile("Which agency stays responsible"))
    held_by(clerk, "closing", "2026-12-10")
    assert "A referral is not a reason to close a case." in clerk.inner_text("main")
    press(clerk, "Send the referral")
    assert "A referral is not a reason to close a case." in clerk.inner_text(".govuk-error-summary")


def reads_in_french(clerk: Page) -> None:
    press(clerk, "Français")
    assert clerk.get_attribute("html", "lang") == "fr"
    for words in ("Une orientation ne clôt rien.", "Les documents ne sont pas acceptés ici."):
        assert words in clerk.inner_text("main")
    press(clerk, "English")


def sent(clerk: Page, draft: str) -> None:
    """Who stays responsible is put right, how one person is safely reached is proposed, and the draft is sent."""
    clerk.goto(f"{draft}/questions/ri-09/case")
    held_by(clerk, "stays_open", "2026-12-10")
    clerk.goto(f"{draft}/questions/ri-06/a")
    clerk.check("input[name=code][value=phone]")
    look(clerk, "safe-contact")
    press(clerk, "Save and leave")
    look(clerk, "draft")
    press(clerk, "Send the referral")
    assert [one.split(" · ")[0] for one in states(clerk)] == ["Sent", "Received"]
    assert "Documents are not taken here." in clerk.inner_text("main")


def asked(worker: Page, town: Town) -> None:
    """Intake reads who, when, holder and what is missing in its list, and asks the agency something."""
    sign_in(worker, town.address, "intake-one")
    assert "1 waits." in worker.inner_text("main"), "the first page tells what waits"
    follow(worker, "Incoming referrals")
    line = worker.locator(".cairn-answer").first.inner_text()
    for words in ("A = Nadia, B = Omar, C = Sami", "R. Example", "Not said:", "birth of A", "safely"):
        assert words in line
    look(worker, "incoming")
    worker.locator(".cairn-answer a").first.click()
    worker.wait_for_url("**/incoming/*-*")
    worker.fill("#question", "Which court gave the order?")
    press(worker, "Ask")
    assert "We asked" in worker.inner_text("main")


def replied(clerk: Page, town: Town) -> None:
    sign_in(clerk, town.address, "agency-clerk")
    assert "We ask you something" in clerk.locator(".cairn-answer").first.inner_text()
    follow(clerk, re.compile("Sent on"))
    assert [one.split(" · ")[0] for one in states(clerk)] == ["Sent", "Received", "Being considered"]
    clerk.fill("#reply", "The county court, in May.")
    look(clerk, "asked")
    press(clerk, "Send the reply")


def taken(worker: Page, town: Town) -> None:
    """Intake reads the reply and takes the first pair into a case."""
    sign_in(worker, town.address, "intake-one")
    follow(worker, "Incoming referrals")
    follow(worker, re.compile("Probation"))
    assert "The county court, in May." in worker.inner_text("main")
    worker.locator("input[name=sees][value=B]").first.check()
    worker.get_by_role("button", name="Take it").first.click()
    worker.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}$"))


@pytest.mark.browser
def test_intake_puts_danger_first_declines_by_a_code_and_sends_on(browser: Browser, town: Town) -> None:
    answers = tuple(replace(one, value="danger_now") if one.question == "RI-01" else one for one in COMPLETE.answers)
    far, agreed, at_risk = (town.arrives(number) for number in ("far", "agreed", "at risk"))
    town.now += timedelta(minutes=1)
    danger = town.arrives("danger", replace(COMPLETE, answers=answers))
    with opened(browser, View(scheme="dark")) as worker, opened(browser) as clerk:
        sign_in(worker, town.address, "intake-two")
        follow(worker, "Incoming referrals")
        first = worker.locator(".cairn-answer").first
        assert "Danger now, says the agency" in first.inner_text()
        photograph(worker, "agency-answers-list-dark")
        first.locator("a").click()
        worker.wait_for_url(danger)
        assert worker.get_by_role("button", name="Decline").count() == 0, "danger is not declined"
        declined(worker, far)
        sent_on_by_agreement(worker, agreed)
        sent_on_for_a_child(worker, at_risk)
        town.next_morning()
        sign_in(clerk, town.address, "agency-clerk")
        shown = clerk.inner_text("main")
        assert shown.count("We passed what you wrote on to another service.") == 2
        assert "Outside the area we serve, by what you wrote." in shown
        for hidden in ("Children’s services", "Women’s aid", "baby", "intake-two"):
            assert hidden not in shown


def declined(worker: Page, referral: str) -> None:
    """One of four coded reasons, none of which is about somebody else."""
    worker.goto(referral)
    choices = worker.locator("input[name=reason]").all()
    labels = [worker.locator(f"label[for={one.get_attribute('id')}]").inner_text() for one in choices]
    assert len(labels) == 4
    assert not [one for one in labels if OTHER_PARTY.search(one)], labels
    assert "Started by: B" in worker.inner_text("main"), "who went to court is B, of whomever it is said"
    look(worker, "one")
    worker.check("input[name=reason][value=outside-area]")
    press(worker, "Decline")
    assert "Answered" in worker.inner_text("main")


def sent_on_by_agreement(worker: Page, referral: str) -> None:
    """Everybody whom it names agreed; the file that is handed over reaches nobody."""
    worker.goto(referral)
    follow(worker, "Send it on to another service")
    worker.fill("#service", "Women’s aid of the next county")
    worker.check("input[name=ground][value=agreed]")
    worker.fill("#agreed-A", "2026-11-20")
    press(worker, "Send it on")
    assert "B agreed" in worker.inner_text(".govuk-error-summary"), "one agreement sends nobody else’s details"
    worker.fill("#agreed-B", "2026-11-21")
    look(worker, "send-on")
    press(worker, "Send it on")
    with worker.expect_download() as got:
        worker.get_by_role("button", name="Download the file").click()
    assert got.value.suggested_filename == "referral.json"
    file = got.value.path().read_text(encoding="utf-8")
    assert "07700900111" not in file
    assert "omar@example.org" not in file


def sent_on_for_a_child(worker: Page, referral: str) -> None:
    """A ground of safeguarding needs its reason in words, which stays here."""
    worker.goto(f"{referral}/send-on")
    worker.fill("#service", "Children’s services")
    worker.check("input[name=ground][value=child-at-risk]")
    press(worker, "Send it on")
    assert worker.locator(".govuk-error-summary").count() == 1
    worker.fill("#words", "The baby was in the room each time.")
    press(worker, "Send it on")
    for words in ("Children’s services", "The baby was in the room"):
        assert words in worker.inner_text("main")


@pytest.mark.browser
def test_the_office_invites_a_lead_who_invites_a_clerk_and_their_address_takes_two(
    browser: Browser, town: Town
) -> None:
    password = "three large apples fell"
    with opened(browser) as office, opened(browser) as lead, opened(browser) as clerk:
        sign_in(office, town.address, "administrator")
        follow(office, "Agencies")
        look(office, "agencies")
        office.fill("#name", "Court of the county")
        press(office, "Add the agency")
        page = office.url
        office.fill("#name", "Lena of the court")
        office.check("input[name=role][value=agency-lead]")
        look(office, "agency")
        press(office, "Make the code")
        joins(lead, town.address, office.locator(".cairn-key").inner_text(), password)
        follow(lead, "Colleagues and your address")
        lead.fill("#name", "Cleo")
        press(lead, "Make the code")
        joins(clerk, town.address, lead.locator(".cairn-key").inner_text(), password)
        assert clerk.get_by_role("link", name="Colleagues and your address").count() == 0
        assert clerk.goto(f"{town.address}/agency/referrals/colleagues").status == 404
        lead.goto(f"{town.address}/agency/referrals/colleagues")
        assert re.search(r"Cleo \d{4}", lead.inner_text("main"))
        lead.fill("#address", "duty@court.example.org")
        press(lead, "Propose it")
        look(lead, "colleagues")
        office.goto(page)
        assert "duty@court.example.org" in office.inner_text("main")
        press(office, "The address is right: use it")
        assert "In use: duty@court.example.org" in office.inner_text("main")
    people = {
        "A": PersonDetails("Nadia", known=Identity(given="Nadia")),
        "B": PersonDetails("Omar", known=Identity(given="Omar", emails=("duty@court.example.org",))),
    }
    referrals.open_case(town.service, town.actor("intake-one"), Referral(people, "B", "Police"))
    with opened(browser) as safety, opened(browser) as manager:
        sign_in(manager, town.address, "manager")
        manager.goto(page)
        assert "Omar" not in manager.inner_text("main")
        sign_in(safety, town.address, "safety-lead")
        follow(safety, "Addresses to be checked")
        assert "Court of the county" in safety.inner_text("main")
        assert "Omar" not in safety.inner_text("main")
        look(safety, "addresses")
        with safety.expect_navigation():
            safety.get_by_role("button", name=re.compile("It is the agency’s own")).click()
        assert "let it be used" in safety.inner_text("main")


def joins(page: Page, address: str, code: str, password: str) -> None:
    """Use the code of an invitation."""
    page.goto(f"{address}/invitation")
    page.fill("#code", code)
    page.fill("#password", password)
    page.fill("#repeated_password", password)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/agency/referrals")
