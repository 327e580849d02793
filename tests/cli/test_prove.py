"""`triage prove` prints the fixed format, and what it gives as an example is read by `triage assess` or `decide`."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.proof.broken_flows import CLOSING, STRANGULATION, changed_flows
from triage.cli import main
from triage.proof import proving
from triage.proof.engines import MakeEngine, NotInstalled
from triage.proof.sheets.laws_of_answers.replaying import Replayer

FIXED = {"id", "clauses", "status", "seconds", "example"}
FURTHER = {"parts", "tests", "awaits", "broken", "read_by", "replayed", "catalogue_lacks", "bounds"}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["prove", *map(str, words)])


def cli(*words: str | Path) -> Any:
    """What another command prints as JSON."""
    result = CliRunner().invoke(main, [*map(str, words)])
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_the_shipped_flows_are_proved_in_the_fixed_format() -> None:
    result = run("--json")
    proofs = json.loads(result.stdout)
    assert result.exit_code == 0
    assert len(proofs) == 44
    assert all(set(proof) == FIXED | FURTHER for proof in proofs)
    assert {proof["status"] for proof in proofs} == {"proved", "tested"}
    assert all(proof["example"] is None and proof["seconds"] >= 0 and proof["clauses"] for proof in proofs)


def test_people_read_each_invariant_in_words_and_how_long_it_took() -> None:
    result = run("--only", "INV-01, INV-08,INV-23,INV-33")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("INV")] == ["INV-01", "INV-08", "INV-23", "INV-33"]
    assert "Whoever used, or may have used, force" in lines[0]
    assert lines[-1].startswith("1 proved, 1 tested, 1 proved in part, 1 not built yet; ")
    closing = r"; (\S+) s of processor time \(laws over answers: (\S+) s; without the laws of two cases: (\S+) s\)$"
    found = re.search(closing, lines[-1])
    assert found
    all_of_it, of_answers, of_one_case = map(float, found.groups())
    assert 0 < of_answers < of_one_case <= all_of_it
    assert lines[-2].startswith("Bounds: none for what is said of facts; laws over answers: 3 accounts, 3 days")


def test_a_broken_law_is_shown_as_facts_when_answers_are_left_out(tmp_path: Path) -> None:
    result = run(changed_flows(tmp_path, CLOSING), "--only", "INV-14", "--without-answers")
    assert result.exit_code == 1
    assert "INV-14  broken" in result.stdout
    assert "Force used by B: ruled out (0)" in result.stdout
    assert "Nothing else is known." in result.stdout
    assert "Proposed: primary perpetrator in this pair: " in result.stdout
    assert "answers" not in result.stdout.split("Bounds: ")[0]


def test_the_example_of_broken_facts_is_an_answer_file_that_assess_reads_to_the_same_result(tmp_path: Path) -> None:
    flows, examples = changed_flows(tmp_path, CLOSING), tmp_path / "examples"
    result = run(flows, "--json", "--only", "INV-14,INV-15,INV-42", "--example-dir", examples)
    assert result.exit_code == 1
    closing, _, change = proofs = json.loads(result.stdout)
    assert [proof["status"] for proof in proofs] == ["counterexample", "tested", "counterexample"]
    assert [proof["read_by"] for proof in proofs] == ["assess", None, "decide"]
    assert [proof["replayed"] for proof in proofs] == [True, None, True]
    assert [proof["broken"] for proof in proofs] == ["INV-14", None, "INV-42 withdrawn"]
    assert sorted(path.name for path in examples.iterdir()) == ["INV-14.json", "INV-42.json"]
    assert json.loads((examples / "INV-14.json").read_text(encoding="utf-8")) == closing["example"]
    (pair,) = cli("assess", examples / "INV-14.json", "--json", "--flows", flows)["pairs"]
    primary = pair["result"].removeprefix("W_")
    assert primary in {"A", "B"}
    assert "O-CASE-HOLD" not in pair[primary]
    (kept,) = cli("assess", examples / "INV-14.json", "--json")["pairs"]
    assert "O-CASE-HOLD" in kept[primary]
    before, after = (item["pairs"][0] for item in cli("decide", examples / "INV-42.json", "--json", "--flows", flows))
    assert "O-CASE-HOLD" in before[before["result"].removeprefix("W_")]
    assert "O-CASE-HOLD" not in after[after["result"].removeprefix("W_")]
    assert [item["pairs"][0]["findings"].get("CASECLOSE") for item in change["example"]] == [2, "was 2"]


def test_a_law_that_only_answers_break_is_shown_as_the_answers_that_break_it(tmp_path: Path) -> None:
    flows = changed_flows(tmp_path, STRANGULATION)
    result = run(flows, "--only", "INV-34")
    assert result.exit_code == 1
    assert "Broken: ANS-34-answered Pressure on the neck, told by whoever lived it," in result.stdout
    assert "    = " in result.stdout
    assert "Pressure on the neck or airway of" in result.stdout.split("It leads to:")[1]
    assert "Gates: none" in result.stdout
    (proof,) = json.loads(run(flows, "--only", "INV-34", "--json").stdout)
    assert (proof["broken"], proof["read_by"], proof["replayed"]) == ("ANS-34-answered", "assess", True)
    assert [answer["question"] for answer in proof["example"]["answers"]] == ["DR-01"]


def test_a_law_over_answers_that_an_invariant_demands_and_that_is_gone_is_told(tmp_path: Path) -> None:
    flows = changed_flows(tmp_path)
    (flows / "answer-laws.yml").unlink()
    result = run(flows, "--only", "INV-07,INV-34", "--without-relations")
    assert result.exit_code == 1
    assert "        There is no law over answers `ANS-34-answered`.\n" in result.stdout
    assert result.stderr == "There is no answer-laws.yml here: what is said of answers alone was not proved.\n"
    (proof,) = json.loads(run(flows, "--json", "--only", "INV-34").stdout)
    assert (proof["status"], proof["bounds"]["answers"]) == ("counterexample", None)
    assert run(flows, "--only", "INV-34", "--without-answers").exit_code == 0


def test_laws_over_answers_with_problems_end_the_command_and_fail_the_check(tmp_path: Path) -> None:
    wrong = ("told(RISK_JUDG, 2) or", "told(RISK_JUDGE, 2) or"), ("act(RISKPLAN-ADOPT)", "act(RISKPLAN-ADAPT)")
    flows = changed_flows(tmp_path, *(("answer-laws.yml", old, new) for old, new in wrong))
    result = run(flows)
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert [line.split()[1] for line in lines] == ["F007", "F013"]
    checked = CliRunner().invoke(main, ["check", str(flows)])
    assert checked.exit_code == 1
    assert set(lines) <= set(checked.stdout.splitlines())


def test_without_python_sat_the_part_that_is_not_proved_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysat.solvers", None)
    for module in ("triage.proof.second", "triage.proof.sheets.laws_of_answers.asking"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    result = run("--only", "INV-11")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("python-sat is not installed, so that no law over answers can be proved: `pip")
    assert run("--only", "INV-11", "--without-answers").exit_code == 0


def test_a_law_that_only_sheets_that_do_not_replay_break_is_never_called_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Replayer, "breaks", lambda *_: False)
    result = run(flows := changed_flows(tmp_path, STRANGULATION), "--only", "INV-34")
    assert result.exit_code == 1
    assert "the assessment of the sheet below does not: the law is not proved" in result.stdout.replace("\n", " ")
    (proof,) = json.loads(run(flows, "--only", "INV-34", "--json").stdout)
    assert (proof["status"], proof["read_by"], proof["replayed"]) == ("counterexample", "assess", False)
    assert proof["example"]["answers"]
    told = run(flows, "--only", "INV-34", "--example-dir", tmp_path / "examples")
    assert told.stderr == "INV-34: no file, for the sheet that was found did not replay.\n"
    assert list((tmp_path / "examples").iterdir()) == []


def test_the_second_engine_says_the_same() -> None:
    first, second = (json.loads(run("--json", *words).stdout) for words in ((), ("--second-engine",)))
    assert [(one["id"], one["status"]) for one in first] == [(one["id"], one["status"]) for one in second]


def test_a_second_engine_that_is_not_installed_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> MakeEngine:
        raise NotInstalled("The second engine is not installed: `pip install python-sat`.")

    monkeypatch.setattr("triage.cli.prove.second_engine", missing)
    result = run("--second-engine")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "The second engine is not installed: `pip install python-sat`.\n"
    assert proving.second_engine()


def test_an_invariant_that_there_is_not_and_flows_that_cannot_be_read_exit_with_two(tmp_path: Path) -> None:
    result = run("--only", "INV-1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("There is no invariant `INV-1`. Did you mean `INV-")
    assert run("--only", "inv-01").stderr == "There is no invariant `inv-01`. Did you mean `INV-01`?\n"
    unreadable = run(changed_flows(tmp_path, ("routing.yml", "when: poss(CASECLOSE)", "when: poss(CASECLOZE)")))
    assert (unreadable.exit_code, unreadable.stdout) == (2, "")
    assert "CASECLOZE" in unreadable.stderr
