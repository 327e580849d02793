"""The people of a journey, each in a browser of their own, who take one case through the pages of a running program."""

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from playwright.sync_api import Browser, Page

from tests.journeys.answering import SIGNERS, Item, address_of, fields_of, who_types
from tests.journeys.browser import View, opened
from tests.journeys.desk import sign_in
from triage.flow.model import Rulebook
from triage.web.shared.places import slug_of

EVERYBODY = (
    "intake-one", "intake-two", "advocate-one", "advocate-two", "panel-support", "panel-independent", "safety-lead",
)  # fmt: skip
VERSION = re.compile(r'name="version" value="(\d+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class People:
    """Everybody signed in, in one language; `versions` is what each desk has seen so far."""

    browser: Browser
    address: str
    language: str
    rulebook: Rulebook
    pages: dict[str, Page] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    case: str = ""

    def sign_in(self, stack: ExitStack) -> None:
        for name in EVERYBODY:
            page = stack.enter_context(opened(self.browser, View(language=self.language)))
            sign_in(page, self.address, name)
            self.pages[name] = page
            self.tokens[name] = page.locator("input[name=csrf_token]").first.input_value()

    def open_case(self, persons: dict[str, Any]) -> None:
        """Open a case until the lot gives the letters of the sheet, then give every person a worker and an advocate."""
        self.versions.clear()
        page = self.pages["intake-one"]
        while True:
            page.goto(f"{self.address}/referrals/new")
            for key, letter in (("one", "A"), ("two", "B")):
                page.fill(f"#called-{key}", f"Person {letter}")
                page.fill(f"#birth-{key}", str(persons[letter].get("birth", "")))
            page.check("input[name=said][value=one]")  # each time the same, so that the cases left over hold nothing
            page.check("input[name=sees][value=one]")
            page.fill("#received_from", "Early help")
            page.fill("#facts", "As told on the telephone.")
            page.locator("main form button[type=submit]").click()
            page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}$"))
            if page.locator("h1").inner_text().startswith("A: Person A"):
                break
        self.case = page.url
        for name, letter in (("intake-two", "B"), ("advocate-one", "A"), ("advocate-two", "B")):
            self.pages[name].goto(f"{self.address}/cases")
            identity = self.case.rsplit("/", 1)[1]
            taking = self.pages[name].locator(f"form[action='/cases/{identity}/take-on']:has(input[value='{letter}'])")
            taking.locator("button").click()
            self.pages[name].wait_for_url(self.case)

    def type_answer(self, item: Item) -> None:
        """Answer a question by clicking and typing on its page."""
        name = who_types(item)
        page = self.pages[name]
        page.goto(f"{self.case}/{address_of(item)}")
        fields = fields_of(self.rulebook.questions[item["question"]], item)
        for _ in range(int(dict(fields).get("rows", "1")) - 1):
            with page.expect_navigation():  # what is typed belongs on the page that comes
                page.locator("button[value=row]").click()
        for key, value in fields:
            self._unfold(page, key)
            self._enter(page, key, value)
        with page.expect_navigation():
            page.locator(".cairn-save button[value=next]").click()
        assert page.locator(".govuk-error-summary").count() == 0, page.locator(".govuk-error-summary").inner_text()
        self.versions[name] = self.versions.get(name, 0) + 1

    def _unfold(self, page: Page, key: str) -> None:
        """Open the part of the page that a field is folded into."""
        if "-cell-" in key or key in {"tainted", "interested", "hearsay", "recording"}:
            folded = page.locator(f"details:not([open]):has([name='{key}']) > summary")
            if folded.count():
                folded.click()

    def _enter(self, page: Page, key: str, value: str) -> None:
        found = page.locator(f"[name='{key}']:not([type=hidden])")
        if found.count() == 0:
            return
        if found.first.get_attribute("type") in {"radio", "checkbox"}:
            page.locator(f"[name='{key}'][value='{value}']").check()
        elif found.first.evaluate("one => one.tagName") == "SELECT":
            found.select_option(value)
        else:
            found.fill(value)

    def post_answer(self, item: Item) -> None:
        """Answer a question by the same form, sent by the browser without drawing the page."""
        name = who_types(item)
        fields = fields_of(self.rulebook.questions[item["question"]], item)
        self._post(name, f"{self.case}/{address_of(item)}", fields)
        self.versions[name] = self.versions.get(name, 0) + 1

    def _post(self, name: str, address: str, fields: list[tuple[str, str]]) -> None:
        version = str(self.versions.get(name, 0))
        hidden = [("csrf_token", self.tokens[name]), ("version", version), ("key", str(uuid4()))]
        request = self.pages[name].request
        answer = request.post(address, data=urlencode([*hidden, *fields]), headers=FORM, max_redirects=0)
        assert answer.status == 303, (address, fields, answer.status)

    def sign_act(self, act: Item) -> None:
        """Sign an act on its page, as whoever signs it."""
        name = SIGNERS[act["act"]][act.get("about", "")]
        page = self.pages[name]
        page.goto(f"{self.case}/acts/{act['act'].lower()}/{slug_of(act.get('about', ''))}")
        page.check(f"input[name=value][value='{act['value']}']")
        page.fill("#on", str(act["on"]))
        page.fill("#reason", act.get("reason") or "As recorded in the file.")
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url("**/acts")
        self.versions[name] = self.versions.get(name, 0) + 1

    def determine(self, value: str) -> None:
        """Two members write their own view, see the proposal, and sign it."""
        for name in ("panel-support", "panel-independent"):
            page = self.pages[name]
            page.goto(f"{self.case}/pairs/a-and-b")
            assert page.locator("#contrary").count() == 0  # nothing is proposed before one's own view
            page.check(f"input[name=result][value={value}]")
            page.fill("#grounds", "Control and fear in one direction, seen by two kinds of source.")
            page.locator("main form button.govuk-button[type=submit]").click()
            page.wait_for_selector("#contrary")
        for name in ("panel-support", "panel-independent"):
            page = self.pages[name]
            page.goto(f"{self.case}/pairs/a-and-b")
            page.check(f"input[name=result][value={value}]")
            page.fill("#contrary", "One account of the other direction.")
            page.fill("#would_change", "A record that shows the other one giving way.")
            page.fill("#review_on", "2027-01-10")
            page.locator("main form button.govuk-button[type=submit]").click()
        page.wait_for_url("**/routes")

    def routes(self, name: str) -> dict[str, Any]:
        """Read the page of the routes, in the form of the answer sheets."""
        page = self.pages[name]
        page.goto(f"{self.case}/pairs/a-and-b/routes")

        def codes(where: str, what: str) -> list[str]:
            found = page.locator(f"{where} [data-{what}]").all()
            return sorted(str(one.get_attribute(f"data-{what}")) for one in found)

        def route(letter: str) -> str:
            return f"section[aria-labelledby=route-{letter}]"

        return {
            "result": page.locator("[data-result]").get_attribute("data-result"),
            "A": codes(f"{route('A')} >", "outcome"),
            "B": codes(f"{route('B')} >", "outcome"),
            "case": codes("#gates", "outcome"),
            "alerts": codes("#alerts", "alert"),
            "effective": {one: page.locator(route(one)).get_attribute("data-effective") == "yes" for one in "AB"},
        }
