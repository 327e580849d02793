"""The pages of the flows: open to everyone who works here, complete in both languages, every link alive, made once."""

import re
import subprocess
import sys

import pytest

from tests.web.site import ROOT, Person, Site
from tests.web.test_every_page import RAW_ID, shown
from triage.casework.demonstration import DEMONSTRATION_ACCOUNTS
from triage.web.flows.gallery import MOST_KEPT, gallery_of
from triage.web.shared.language import LANGUAGES

LINK = re.compile(r'href="(/flows[^"#]*)"')
UNSAID = re.compile(r"phrase\.\w+|\{\w+\}")


def links(page: str) -> set[str]:
    return set(LINK.findall(page))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_reached_by_links_and_complete(worker: Person, language: str) -> None:
    worker.post(f"/language/{language}", {})
    waiting, seen = ["/flows"], {"/flows"}
    while waiting:
        address = waiting.pop()
        response = worker.get(address)
        assert response.status_code == 200, address
        words = shown(response.text)
        assert UNSAID.search(response.text.split("<main", 1)[1]) is None, address
        assert RAW_ID.search(words) is None, (address, RAW_ID.search(words))
        assert " style=" not in response.text
        waiting += links(response.text) - seen
        seen |= links(response.text)
    worker.post("/language/en", {})
    kinds = [address.split("/")[2] for address in seen if address.count("/") > 2]
    assert {kind: kinds.count(kind) for kind in set(kinds)}.keys() == {
        "parts",
        "rules",
        "findings",
        "outcomes",
        "questions",
    }
    assert kinds.count("parts") == 11
    assert kinds.count("findings") > 90
    assert kinds.count("questions") > 140


@pytest.mark.parametrize("name", [name for name, *_ in DEMONSTRATION_ACCOUNTS if name.endswith("one")])
def test_everybody_who_works_here_reads_how_it_is_decided(site: Site, name: str) -> None:
    assert site.person(name).get("/flows/rules/determination").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["parts/z", "parts/C", "rules/nothing", "findings/CTRL", "findings/xyz", "outcomes/o-nothing", "questions/zz-99",
     "questions/WD-01", "parts/%00", "nothing/c"],
)  # fmt: skip
def test_an_unknown_name_is_a_page_that_does_not_exist(worker: Person, address: str) -> None:
    assert worker.get(f"/flows/{address}").status_code == 404


def test_a_stranger_is_sent_to_the_door(site: Site) -> None:
    assert site.stranger().get("/flows/parts/c").status_code == 303


def test_titles_name_no_person_side_or_outcome(worker: Person) -> None:
    for address in ("/flows", "/flows/outcomes/o-bc-grp", "/flows/findings/ctrl", "/flows/questions/wd-01"):
        title = re.search(r"<title>(.*?)</title>", worker.get(address).text)
        assert title
        assert re.search("perpetrator|victim|abuse|control|group", title[1], re.IGNORECASE) is None


def test_a_drawing_is_made_once_and_few_are_kept(site: Site) -> None:
    rules = site.service.rules.rulebook
    gallery = gallery_of(site.service.settings.flows, rules, ROOT / "locales", "en")
    assert gallery_of(site.service.settings.flows, rules, ROOT / "locales", "en") is gallery
    assert gallery.shown("parts", "c", "/flows/") is gallery.shown("parts", "c", "/flows/")
    assert gallery.shown.cache_info().maxsize == MOST_KEPT


def test_the_language_of_a_drawing_is_that_of_its_page(worker: Person) -> None:
    worker.post("/language/fr", {})
    page = worker.get("/flows/parts/c").text
    worker.post("/language/en", {})
    assert "Volet c : Qui fait quoi à qui" in page
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="drawing"' in page
    assert 'lang="fr"' in page.split("<svg", 1)[1][:400]


def test_the_program_starts_without_graphs_solvers_and_columns() -> None:
    """What the pages of the flows need is light: no networkx, z3 or numpy in a web worker."""
    told = (
        "import sys, triage.web.factory; print([m for m in ('networkx', 'z3', 'numpy', 'polars') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
