"""The page of the proofs: what is proved in words, the case that breaks something, a record that is stale or none."""

import json
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from tests.proof.broken_flows import CLOSING, STRANGULATION, changed_flows, recorded
from tests.web.site import ROOT, Person, Site, site_in
from tests.web.test_every_page import RAW_ID, shown
from triage.web.flows import proof_page
from triage.web.shared.language import LANGUAGES


@pytest.fixture(scope="module")
def flows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = changed_flows(tmp_path_factory.mktemp("broken"), STRANGULATION, CLOSING)
    recorded(found)
    return found


@pytest.fixture(scope="module")
def author(flows: Path, tmp_path_factory: pytest.TempPathFactory) -> Person:
    return site_in(tmp_path_factory.mktemp("site-of-broken"), flows).person("author")


def words_of(person: Person, language: str = "en") -> str:
    person.post(f"/language/{language}", {})
    response = person.get("/flows/proof")
    person.post("/language/en", {})
    assert response.status_code == 200
    assert " style=" not in response.text
    return unescape(shown(response.text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_flows_are_shown_proved_in_words_alone(worker: Person, language: str) -> None:
    words = words_of(worker, language)
    assert RAW_ID.search(words) is None, RAW_ID.search(words)
    assert {"en": "Broken", "fr": "Enfreint"}[language] not in words
    assert words.count("INV-") >= 44
    for said in ("invariant.", "relation.", "answer_law.", "%("):
        assert said not in words


def test_each_law_over_answers_is_said_under_its_invariant(worker: Person) -> None:
    page = worker.get("/flows/proof").text
    of_strangulation = page.split('<li id="inv-34">')[1].split('<li id="inv-')[0]
    assert "Pressure on the neck, told by whoever lived it, opens the multi-agency gate" in of_strangulation
    assert "Its own law, of every set of facts that there can be" in of_strangulation


def test_a_law_that_answers_break_is_shown_as_a_case_with_its_question(author: Person) -> None:
    words = words_of(author)
    case = words.split("Broken: Strangulation")[1].split("Everything that must hold")[0]
    assert "What breaks: Pressure on the neck, told by whoever lived it," in case
    for said in ("'s neck, or stopped ", "DR-01", "2 Nov 2026", "What it leads to", "Nothing starts.", "finding"):
        assert said in case, said
    assert "possible (1)" in case


def test_the_case_reads_in_french_too(author: Person) -> None:
    words = words_of(author, "fr")
    assert "Ce qui est enfreint : Une pression sur le cou, dite par qui l'a vécue," in words.replace("’", "'")
    assert "Un cas qui l’enfreint" in words


def test_facts_and_a_change_of_facts_are_shown_where_there_are_no_answers(author: Person) -> None:
    words = words_of(author)
    assert "This case is given as findings: no answers that lead to them were found." in words
    assert "Two cases, before and after a change of findings." in words
    assert "Case-holding agency closing, closed or not named: first indicated (2), then taken back" in words


def test_each_status_has_a_sign_and_words(author: Person) -> None:
    words = words_of(author)
    counted = {"✗ 3 Broken", "◐ 1 Proved; something else that it says is not built yet", "○ 1 Not built yet"}
    assert {one for one in counted if one in " ".join(words.split())} == counted


def test_flows_that_changed_after_the_record_say_so(tmp_path: Path, flows: Path) -> None:
    stale = changed_flows(tmp_path, CLOSING)
    (stale / "proofs.json").write_bytes((flows / "proofs.json").read_bytes())
    words = words_of(site_in(tmp_path, stale).person("author"))
    assert "The flows changed after this was recorded." in words


@pytest.mark.parametrize("content", [None, "{", "[]", '{"flows": "", "proofs": [{}]}'])
def test_flows_without_a_record_say_how_to_make_one(tmp_path: Path, content: str | None) -> None:
    flows = changed_flows(tmp_path)
    if content is not None:
        (flows / "proofs.json").write_text(content, encoding="utf-8")
    words = words_of(site_in(tmp_path, flows).person("author"))
    assert "Nothing is recorded for these flows." in words
    assert "triage prove DIRECTORY --write DIRECTORY/proofs.json" in words


def test_a_sheet_that_was_not_replayed_is_marked(tmp_path: Path, flows: Path) -> None:
    doubtful = changed_flows(tmp_path, STRANGULATION, CLOSING)
    record = json.loads((flows / "proofs.json").read_text(encoding="utf-8"))
    for entry in record["proofs"]:
        entry["replayed"] = False if entry["read_by"] == "assess" else entry["replayed"]
    (doubtful / "proofs.json").write_text(json.dumps(record), encoding="utf-8")
    words = words_of(site_in(tmp_path, doubtful).person("author"))
    assert "It is not proved, and the prover itself may be at fault." in words


def test_a_case_that_the_flows_in_force_cannot_read_is_said(tmp_path: Path, flows: Path) -> None:
    renamed = changed_flows(tmp_path, STRANGULATION, CLOSING)
    text = (flows / "proofs.json").read_text(encoding="utf-8").replace('"DR-01"', '"DR-99"')
    (renamed / "proofs.json").write_text(text, encoding="utf-8")
    words = words_of(site_in(tmp_path, renamed).person("author"))
    assert "The flows in force cannot read the answers of this case any more." in words


def test_a_stranger_is_sent_to_the_door(site: Site) -> None:
    assert site.stranger().get("/flows/proof").status_code == 303


def test_the_page_needs_no_solver_and_no_graphs() -> None:
    told = (
        "import sys, triage.web.flows.proof_page; print([m for m in ('networkx', 'z3', 'pysat') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_record_is_read_once(site: Site, worker: Person) -> None:
    proof_page._recorded.cache_clear()
    worker.get("/flows/proof")
    worker.get("/flows/proof")
    assert proof_page._recorded.cache_info().misses == 1
