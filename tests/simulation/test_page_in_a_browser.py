"""The page of a simulation in a real browser: nothing runs over, nothing complains, every example can be reached."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import DESKTOP, TELEPHONE, View, opened, overflow, photograph
from tests.simulation.test_reports import of_chance, of_hostile_names
from triage.simulation.reports.page import page
from triage.simulation.reports.wording import Wording

pytestmark = pytest.mark.browser
CONTRASTS = """() => {
  const light = colour => {
    const parts = colour.match(/[\\d.]+/g).map(Number);
    const linear = parts.slice(0, 3).map(part => part / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const behind = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (colour !== 'rgba(0, 0, 0, 0)') return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('body *')]
    .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(element => {
      const both = [light(getComputedStyle(element).color), light(behind(element))].sort((one, other) => other - one);
      return (both[0] + 0.05) / (both[1] + 0.05);
    });
}"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder, found = tmp_path_factory.mktemp("pages"), {}
    for language in ("en", "fr"):
        for name, told in (("chance", of_chance()), ("hostile", of_hostile_names())):
            path = found[f"{name} {language}"] = folder / f"{name}-{language}.html"
            path.write_text(page(told, Wording(language)), encoding="utf-8")
    return found


@pytest.mark.parametrize("size", [DESKTOP, TELEPHONE, (320, 640)])
@pytest.mark.parametrize("name", ["chance en", "chance fr", "hostile en"])
def test_nothing_runs_over_and_nothing_complains(
    browser: Browser, pages: dict[str, Path], name: str, size: tuple[int, int]
) -> None:
    with opened(browser, View(size)) as shown:
        shown.goto(pages[name].as_uri())
        assert overflow(shown) == 0
        assert shown.complaints == []  # type: ignore[attr-defined]  # our own note on Playwright's object
        photograph(shown, f"simulation {name} {size[0]}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(browser: Browser, pages: dict[str, Path], scheme: str) -> None:
    with opened(browser, View(scheme=scheme)) as shown:  # type: ignore[arg-type]  # the two words above
        shown.goto(pages["chance en"].as_uri())
        contrasts = shown.evaluate(CONTRASTS)
        assert len(contrasts) > 100
        assert min(contrasts) >= 4.5, "the least that WCAG 2.2 AA asks of plain text"
        photograph(shown, f"simulation {scheme}")


def test_tables_stay_tables_for_a_screen_reader_on_a_telephone(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, View(TELEPHONE)) as shown:
        shown.goto(pages["chance en"].as_uri())
        tables = shown.get_by_role("table")
        assert tables.count() > 3
        assert tables.first.get_by_role("columnheader").count() == 4
        assert tables.first.get_by_role("row").count() > 4


def test_an_example_leads_to_its_case(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser) as shown:
        shown.goto(pages["chance en"].as_uri())
        shown.locator("tr.alarm a").first.click()
        assert shown.locator("article:target h3").inner_text().startswith("Case case-")


def test_the_keyboard_reaches_the_figures_first(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser) as shown:
        shown.goto(pages["chance en"].as_uri())
        shown.keyboard.press("Tab")
        assert shown.locator(":focus").inner_text() == "Skip to the figures"
