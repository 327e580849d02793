"""Every page against WCAG 2.2 AA with axe-core, in English, French and from right to left; and how it fits a telephone.

axe-core is kept in `axe/` with its licence (MPL-2.0); it is run in the pages of the tests and shipped to nobody.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser import DESKTOP, TELEPHONE, opened, overflow, photograph
from tests.journeys.desk import answer, new_case, sign_in
from tests.web.people.staged import opened_with_people
from tests.web.site import Site

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
EXCEPTIONS = {
    "aria-allowed-attr": "aria-expanded on a radio that opens a field: GOV.UK Frontend sets it, screen readers say it",
}
ANYBODY = ("/sign-in", "/danger", "/invitation")
PEOPLE = (
    "/people", "/people/new", "/people/a", "/relationships", "/relationships/a-and-b", "/attending", "/attending/new",
)  # fmt: skip
CASE = ("", "/acts", "/check", "/danger", "/findings", "/parts/a", "/parts/c", "/parts/k")
ASKED = (
    "ri-01/case",
    "ri-06/a",
    "ri-16/a",
    "dr-26/case",
    "wd-01/a-to-b",
    "wd-05/a-and-b",
    "wd-10/a-to-b",
    "rd-11/a-and-b",
)
OF_CASES = {
    "intake-one": (
        *CASE, *PEOPLE, "/record", "/start", "/sheets", "/sheets/first-contact/en/standard",
        *(f"/questions/{one}" for one in ASKED),
    ),
    "advocate-one": (*CASE, "/record", "/standing", "/sheets", *(f"/questions/{one}" for one in ASKED)),
    "panel-support": (
        "", "/acts", "/acts/cross-search/a-and-b",
        *(f"/pairs/a-and-b{one}" for one in ("", "/directions", "/meaning", "/routes")),
    ),
    "safety-lead": ("", "/looks", "/pairs/a-and-b", "/pairs/a-and-b/routes", "/acts/riskplan-adopt/case"),
}  # fmt: skip
FLOWS = (
    "/flows", "/flows/parts/a", "/flows/questions/wd-05", "/flows/findings/ctrl", "/flows/proof",
    "/flows/outcomes/o-bc-grp", "/flows/rules/determination",
)  # fmt: skip
OTHERS = {
    "intake-one": ("/cases", "/follow-ups", "/account", "/referrals/new", "/incoming", "/sheets", "/openings/new"),
    "agency-clerk": ("/agency/referrals",),
    "agency-lead": ("/agency/referrals/file", "/agency/referrals/colleagues"),
    "panel-support": ("/matches", "/reassign"),
    "administrator": ("/office/accounts", "/office/messages", "/office/agencies"),
    "manager": ("/openings",),
    "author": FLOWS,
    "translator": tuple(
        f"/translations{one}"
        for one in (
            "",
            "/ar",
            "/ar/waiting/review",
            "/ar/terms",
            "/ar/exchange",
            "/ar/texts/sheet.danger.call",
            "/ar/texts/sheet.danger.call/put-back",
        )
    ),
}
NOT_OPENED = {
    "static": "a file, no page",
    "door.home": "leads on to another page",
    "provider.go_on": "there is no provider of identities in the demonstration",
    "provider.come_home": "there is no provider of identities in the demonstration",
    "own.picture": "a picture",
    "own.add_passkey": "needs a second factor, which the demonstration has not: tests/journeys/test_passkeys.py",
    "own.password": "the same",
    "own.prove": "the same",
    "own.replace": "the same",
    "own.enrol": "the same",
    "office.manage": "the same",
    "office.invite": "the same",
    "office.agency": "opened with an agency: tests/journeys/test_agencies.py",
    "openings.addresses": "opened with an address that is shared: the same",
    "agency.referral": "opened with a draft: tests/journeys/test_agencies.py",
    "agency.people": "the same",
    "agency.ask": "the same",
    "agency.file_template": "a file",
    "incoming.one": "opened with a referral: the same",
    "incoming.transfer_form": "the same",
    "reader.sheet": "read by clients, without the base page: tests/journeys/test_reader.py",
    "sheets.paper": "a file",
    "translations.po": "a file",
    "openings.card": "opened for half an hour with a reason: tests/web/test_openings.py",
    "matches.match": "opened with a match: tests/journeys/test_matches.py",
}
LANGUAGES = ("en", "fr")


@pytest.fixture(scope="module")
def pages(browser: Browser, shared_address: str) -> Iterator[dict[str, Page]]:
    """Everybody signed in, each in a browser of their own; "nobody" is not signed in."""
    with ExitStack() as stack:
        found = {"nobody": stack.enter_context(opened(browser))}
        for name in sorted({*OF_CASES, *OTHERS}):
            page = found[name] = stack.enter_context(opened(browser))
            sign_in(page, shared_address, name)
        yield found


@pytest.fixture(scope="module")
def case(pages: dict[str, Page], shared_address: str) -> str:
    """A case whose people have a worker and an advocate, with an answer and a view of the panel."""
    where = new_case(pages["intake-one"], shared_address)
    pages["advocate-one"].goto(f"{shared_address}/cases")
    pages["advocate-one"].locator(f"form[action='{where.removeprefix(shared_address)}/take-on'] button").first.click()
    for name, source in (("intake-one", "REF"), ("advocate-one", "ISS")):
        answer(pages[name], f"{where}/questions/ri-01/case", "neither", source)
    member = pages["panel-support"]
    member.goto(f"{where}/pairs/a-and-b")
    member.check("input[name=result][value=W_INSUFF]")
    member.fill("#grounds", "Nobody has been asked yet.")
    member.locator("#form button.govuk-button").click()
    member.wait_for_load_state()
    return where


@pytest.fixture(scope="module")
def opened_with(pages: dict[str, Page], case: str, shared_site: Site) -> dict[str, tuple[str, ...]]:
    """The pages that an answer or a proposal has, by who opens them."""
    found = {}
    for name in ("intake-one", "advocate-one"):
        pages[name].goto(f"{case}/questions/ri-01/case")
        link = str(pages[name].locator(".cairn-answer a[href$='/correct']").first.get_attribute("href"))
        one = f"/answers/{link.split('/')[-2]}"
        found[name] = tuple(f"{one}/{page}" for page in ("correct", "take-back", "effects"))
    of_people = opened_with_people(shared_site, UUID(case.rsplit("/", 1)[1]))
    found["intake-one"] += of_people[0]
    member = pages["panel-support"]
    member.goto(f"{case}/acts/joint-sign/a-and-b")  # after the people were added: a proposal lapses with a change
    member.check("input[name=value]")
    member.fill("#reason", "Talked through.")
    member.locator("#form button.govuk-button").click()
    member.wait_for_url("**/acts")
    waiting = member.locator("a[href*='/awaited/']").first.get_attribute("href")
    return found | {"panel-support": (f"/awaited/{str(waiting).rsplit('/', 1)[1]}", *of_people[1])}


def every_page(address: str, case: str, opened_with: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Who opens which address."""
    yield from (("nobody", f"{address}{one}") for one in ANYBODY)
    yield from ((name, f"{address}{one}") for name, some in OTHERS.items() for one in some)
    for pages in (OF_CASES, opened_with):
        yield from ((name, f"{case}{one}") for name, some in pages.items() for one in some)


@pytest.mark.browser
def test_every_route_is_opened_here_or_said_to_be_left_out(
    shared_site: Site, shared_address: str, case: str, opened_with: dict[str, tuple[str, ...]]
) -> None:
    app, every = shared_site.app, every_page(shared_address, case, opened_with)
    routes = app.url_map.bind(shared_address.removeprefix("http://"))
    opened_here = {routes.match(where.removeprefix(shared_address))[0] for _name, where in every}
    readable = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert opened_here & set(NOT_OPENED) == set()
    assert readable - opened_here == set(NOT_OPENED)


def turn(page: Page, direction: str) -> None:
    """Lay a page out from right to left, as for Arabic, or back: the direction, and the style sheet made for it."""
    page.evaluate(
        """(direction) => new Promise((done) => {
            document.documentElement.dir = direction;
            const sheet = document.querySelector("link[href$='app.css'], link[href$='app.rtl.css']");
            sheet.onload = done;
            sheet.href = sheet.href.replace(/app(\\.rtl)?\\.css/, direction === "rtl" ? "app.rtl.css" : "app.css");
        })""",
        direction,
    )


def violations(page: Page, *, colours_alone: bool = False) -> list[str]:
    """What axe finds on a page, but for the exceptions above: the rule, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    chosen = {"type": "rule", "values": ["color-contrast"]} if colours_alone else {"type": "tag", "values": list(RULES)}
    options = {"runOnly": chosen, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
        if one["id"] not in EXCEPTIONS
    ]


def choose_language(page: Page, language: str) -> None:
    button = page.locator(f"form[action='/language/{language}'] button")
    if button.count():
        with page.expect_navigation():  # the page that comes is the one that is looked at
            button.click()


def too_wide(page: Page) -> list[str]:
    """Where a page is wider than its window: at 360 pixels, at 1280 with everything doubled, or its text alone."""
    found = []
    for width, text in ((TELEPHONE[0], ""), (DESKTOP[0] // 2, ""), (DESKTOP[0], "200%")):
        page.set_viewport_size({"width": width, "height": TELEPHONE[1]})
        page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", text)
        if over := overflow(page):
            found.append(f"{over} pixels too wide at {width} {text}")
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    return found


def looks(page: Page, language: str) -> Iterator[tuple[str, list[str]]]:
    """What is wrong with an open page, as it is; then in English from right to left, and in dark, where colours differ.

    The direction and the colours change nothing of the words: one opening of the page does for the three.
    """
    yield language, [*violations(page), *too_wide(page)]
    if language == LANGUAGES[0]:
        turn(page, "rtl")
        yield "from right to left", [*violations(page), *too_wide(page)]
        turn(page, "ltr")
        page.emulate_media(color_scheme="dark")
        yield "dark", violations(page, colours_alone=True)
        page.emulate_media(color_scheme="light")


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_breaks_a_rule_of_wcag_or_is_wider_than_its_window(
    pages: dict[str, Page], shared_address: str, case: str, opened_with: dict[str, tuple[str, ...]], language: str
) -> None:
    """About half a second for each page and look."""
    told: list[str] = []
    for name, where in every_page(shared_address, case, opened_with):
        page, short = pages[name], where.removeprefix(case).removeprefix(shared_address)
        response = page.goto(where)
        assert response is not None
        assert response.status == 200, (name, where)
        choose_language(page, language)
        for look, wrong in looks(page, language):
            told += [f"{name} {short} {look}: {one}" for one in wrong]
            photograph(page, f"{look}/{name}-{short.rsplit('/cases/')[-1].replace('/', '_')}")
    assert told == []


@pytest.mark.browser
def test_the_pages_that_only_a_form_leads_to_break_no_rule(pages: dict[str, Page], case: str) -> None:
    """An error, danger with a form kept, the danger recorded, and mine beside what is recorded now."""
    page, question = pages["intake-one"], f"{case}/questions/ri-01/case"
    told: list[str] = []

    def look(name: str) -> None:
        told.extend(f"{name}: {one}" for one in (*violations(page), *too_wide(page)))
        photograph(page, f"forms/{name}")

    page.emulate_media(color_scheme="light")
    page.goto(question)
    choose_language(page, "en")
    stale = page.context.new_page()
    stale.goto(question)
    page.locator(".cairn-save button[value=next]").click()
    page.wait_for_selector(".govuk-error-summary")
    look("error")
    page.locator(".cairn-header__danger").click()
    page.wait_for_selector(".cairn-number")
    look("danger")
    page.locator("main button[value=open]").click()
    page.locator("[name='row-0-code']").select_option("none")
    page.check("input[name=source][value=REF]")
    page.locator(".cairn-save button[value=next]").click()
    page.wait_for_selector("main button[value=return]")
    look("recorded")
    answer(page, question, "neither")
    page = stale
    page.check("input[name=code][value=contact_dangerous]")
    page.check("input[name=source][value=REF]")
    page.fill("#contact", "9")
    page.locator(".cairn-save button[value=next]").click()
    page.wait_for_selector("input[name='pick-code']")
    look("choices")
    page.close()
    assert told == []
