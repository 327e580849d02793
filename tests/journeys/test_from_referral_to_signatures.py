"""Four cases from the referral to two signatures and the routes, one of them in French, in a real browser.

The answers are those of `flows/vignettes`. In one journey the decisive forty or so are clicked and typed on their pages
by the worker who would type them; in the others the first of each worker and kind of question. The rest go through the
same forms, sent by the same browsers without drawing each page. Referral, acts, own views and signatures are all done
on their pages. In R16 an intake worker hears one side, and an advocate brings nearly all that the other side says.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from tests.journeys.answering import INTAKE, Item, who_types
from tests.journeys.browser import photograph
from tests.journeys.people import People
from tests.web.published import publish_anew
from tests.web.site import ROOT, Site
from triage.cli.files.documents import read_file
from triage.flow.model import Question
from triage.web.forms.questions import has_grid, has_rows

BEFORE_A_DETERMINATION = frozenset("abcdg")
DECISIVE = frozenset(
    {"RI-01", "RI-03", "RI-06", "DR-26", "DR-01", "DR-22", "WD-01", "WD-02", "WD-03", "WD-04", "WD-05", "WD-08"}
    | {"WD-14", "WD-18", "WD-19", "RV-01", "RV-09", "RV-10", "RD-05", "RD-06", "RD-11"}
)
IN_FULL = ("R01", "en-GB")
"""The journey in which every decisive answer is clicked."""
Desks = Callable[[str], People]


@pytest.fixture(scope="module")
def desks(browser: Browser, shared_site: Site, shared_address: str) -> Iterator[Desks]:
    """Everybody signed in, once for each language."""
    found: dict[str, People] = {}
    with ExitStack() as stack:

        def at(language: str) -> People:
            if language not in found:
                rulebook = shared_site.service.rules.rulebook
                found[language] = People(browser, shared_address, language, rulebook)
                found[language].sign_in(stack)
            return found[language]

        yield at


def early(question: Question) -> bool:
    """Whether a question is asked before the determination."""
    return bool({question.flow, *question.also_in} & BEFORE_A_DETERMINATION)


def clicked(people: People, answers: list[Item], *, in_full: bool) -> list[Item]:
    """The answers that are clicked and typed on their pages."""
    if in_full:
        return [item for item in answers if item["question"] in DECISIVE]
    first: dict[tuple[object, ...], Item] = {}
    for item in answers:
        question = people.rulebook.questions[item["question"]]
        first.setdefault((who_types(item), question.kind, has_grid(question), has_rows(question)), item)
    return list(first.values())


def answer_all(people: People, sheet: dict[str, Any], chosen: list[Item], *, before: bool) -> None:
    for item in sheet["answers"]:
        if early(people.rulebook.questions[item["question"]]) is before:
            (people.type_answer if item in chosen else people.post_answer)(item)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "language"),
    [("R01", "en-GB"), ("R16", "en-GB"), ("R03", "fr-FR")],
)
def test_a_case_goes_from_referral_to_two_signatures(desks: Desks, shared_site: Site, name: str, language: str) -> None:
    sheet: Any = read_file(str(ROOT / "flows" / "vignettes" / f"{name}.yml"))
    people = desks(language)
    chosen = clicked(people, sheet["answers"], in_full=(name, language) == IN_FULL)
    people.open_case(sheet["persons"])
    answer_all(people, sheet, chosen, before=True)
    for act in sheet["acts"]:
        if act["act"] != "W-SIGN":
            people.sign_act(act)
    people.determine(next(act["value"] for act in sheet["acts"] if act["act"] == "W-SIGN"))
    answer_all(people, sheet, chosen, before=False)
    for reader in ("panel-support", "safety-lead"):
        assert people.routes(reader) == expected(sheet), reader
    photograph(people.pages["panel-support"], f"routes-{name}-{language}")
    publish_anew(shared_site.service, UUID(people.case.rsplit("/", 1)[1]))
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
