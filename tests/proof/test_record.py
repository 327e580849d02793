"""The record of the shipped flows is fresh and complete, and the same flows always give the same record."""

import json
from pathlib import Path

import pytest

from tests.proof.broken_flows import CLOSING, STRANGULATION, changed_flows, recorded
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.proof.record import FILE, LATEST, digest_of, read_record
from triage.proof.sheets.laws_of_answers.reading_laws import AnswerLaw, read_answer_laws
from triage.routing.assessment import assess
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

RENEW = "triage prove --write flows/proofs.json"


def test_the_record_of_the_shipped_flows_is_fresh_and_nothing_in_it_is_broken() -> None:
    record = read_record(FLOWS / FILE)
    assert record is not None, RENEW
    assert record.digest == digest_of(FLOWS), f"The flows changed: {RENEW}"
    assert record.relations
    assert record.answers
    assert {entry["status"] for entry in record.entries} == {"proved", "tested"}


def test_the_record_holds_every_invariant_relation_and_law_over_answers() -> None:
    record, loaded = read_record(FLOWS / FILE), load(FLOWS)
    assert record is not None
    assert isinstance(loaded, Loaded)
    rules = loaded.decider.rules
    assert [entry["id"] for entry in record.entries] == [one.id for one in rules.invariants]
    asked = [(entry["id"], part) for entry in record.entries for part in entry["parts"]]
    laws = [one for one in read_answer_laws(FLOWS, loaded.book.rulebook, rules) if isinstance(one, AnswerLaw)]
    assert len(laws) > 30
    assert {(one.invariant, f"answers {one.id}") for one in laws} <= set(asked)
    assert {(one.invariant, f"relation {one.id}") for one in rules.relations} <= set(asked)
    assert {(one.id, "law") for one in rules.invariants if one.law is not None} <= set(asked)


def test_the_digest_changes_with_any_file_that_is_read_and_with_its_name(tmp_path: Path) -> None:
    flows = changed_flows(tmp_path)
    before = digest_of(flows)
    assert before == digest_of(FLOWS)
    (flows / FILE).write_text("{}", encoding="utf-8")
    assert digest_of(flows) == before
    (flows / "sources.yml").rename(flows / "source.yml")
    assert digest_of(flows) != before
    (flows / "source.yml").rename(flows / "sources.yml")
    with (flows / "answer-laws.yml").open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    assert digest_of(flows) != before


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return changed_flows(tmp_path_factory.mktemp("broken"), STRANGULATION, CLOSING)


def test_the_same_flows_give_the_same_bytes_without_any_time(broken: Path) -> None:
    recorded(broken)
    first = (broken / FILE).read_bytes()
    recorded(broken)
    assert (broken / FILE).read_bytes() == first
    assert b"seconds" not in first


def test_what_an_example_leads_to_is_what_assessing_and_deciding_it_gives(broken: Path) -> None:
    recorded(broken)
    loaded, record = load(broken), read_record(broken / FILE)
    assert isinstance(loaded, Loaded)
    assert record is not None
    entries = {entry["id"]: entry for entry in record.entries}
    case = read_case(entries["INV-34"]["example"], loaded.book.rulebook, LATEST)
    assert isinstance(case, CaseRecord)
    (pair,) = assess(case, loaded.book, loaded.decider).pairs
    (led,) = entries["INV-34"]["leads_to"]
    decided = loaded.decider.written(pair.decision, {"A": "A", "B": "B"})
    assert {key: led[key] for key in decided} == json.loads(json.dumps(decided))
    assert 1 in {led["findings"].get("NFS_AB"), led["findings"].get("NFS_BA")}
    before, after = entries["INV-42"]["leads_to"]
    primary = before["result"].removeprefix("W_")
    assert "O-CASE-HOLD" in before[primary]
    assert "O-CASE-HOLD" not in after[primary]
    assert entries["INV-10"]["leads_to"] == []
