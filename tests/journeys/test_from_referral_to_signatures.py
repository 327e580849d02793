"""Three cases from the referral to two signatures and the routes, one of them in both languages, in a real browser.

The answers are those of `flows/vignettes`. The decisive forty or so are clicked and typed on their pages by the worker
who would type them; the rest go through the same forms, sent by the same browsers without drawing each page. Referral,
acts, own views and signatures are all done on their pages.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.answering import INTAKE
from tests.journeys.browser import photograph
from tests.journeys.people import People
from tests.journeys.serving import served
from tests.web.site import ROOT, Site, site_in
from triage.cli.files.documents import read_file
from triage.flow.model import Question

BEFORE_A_DETERMINATION = frozenset("abcdg")
DECISIVE = frozenset(
    {"RI-01", "RI-03", "RI-06", "DR-26", "DR-01", "DR-22", "WD-01", "WD-02", "WD-03", "WD-04", "WD-05", "WD-08"}
    | {"WD-14", "WD-18", "WD-19", "RV-01", "RV-09", "RV-10", "RD-05", "RD-06", "RD-11"}
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_in(tmp_path_factory.mktemp("journey"))


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site.app) as found:
        yield found


def early(question: Question) -> bool:
    """Whether a question is asked before the determination."""
    return bool({question.flow, *question.also_in} & BEFORE_A_DETERMINATION)


def answer_all(people: People, sheet: dict[str, Any], *, before: bool) -> None:
    for item in sheet["answers"]:
        if early(people.rulebook.questions[item["question"]]) is before:
            if item["question"] in DECISIVE:
                people.type_answer(item)
            else:
                people.post_answer(item)


@pytest.mark.browser
@pytest.mark.parametrize(("name", "language"), [("R01", "en-GB"), ("R01", "fr-FR"), ("R03", "fr-FR"), ("R14", "en-GB")])
def test_a_case_goes_from_referral_to_two_signatures(
    browser: Browser, site: Site, address: str, name: str, language: str
) -> None:
    sheet: Any = read_file(str(ROOT / "flows" / "vignettes" / f"{name}.yml"))
    people = People(browser, address, language, site.service.rules.rulebook)
    with ExitStack() as stack:
        people.sign_in(stack)
        people.open_case(sheet["persons"])
        answer_all(people, sheet, before=True)
        for act in sheet["acts"]:
            if act["act"] != "W-SIGN":
                people.sign_act(act)
        people.determine(next(act["value"] for act in sheet["acts"] if act["act"] == "W-SIGN"))
        answer_all(people, sheet, before=False)
        for reader in ("panel-support", "safety-lead"):
            assert people.routes(reader) == expected(sheet), reader
        photograph(people.pages["panel-support"], f"routes-{name}-{language}")
        see_what_each_side_sees(people, language, sheet["expect"][0]["effective"])


def expected(sheet: dict[str, Any]) -> dict[str, Any]:
    told = sheet["expect"][0]
    lists = {key: sorted(told[key]) for key in ("A", "B", "case", "alerts")}
    return {"result": told["result"], **lists, "effective": told["effective"]}


def see_what_each_side_sees(people: People, language: str, starts: dict[str, bool]) -> None:
    """The programme side reads what starts or one neutral sentence; every page is in the language; no complaints."""
    neutral = {"en": "Not starting; contact the safety lead.", "fr": "Pas de démarrage ; contacter"}[language[:2]]
    for letter, name in INTAKE.items():
        page = people.pages[name]
        page.goto(f"{people.case}/start")
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert (neutral in page.locator("main").inner_text()) is not starts[letter], name
    for name, one in people.pages.items():
        assert one.complaints == [], name  # type: ignore[attr-defined]  # the fixture's own note on the page
