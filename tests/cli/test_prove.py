"""`triage prove` prints the fixed format, and what it gives as an example is read by `triage decide`."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.cli import main
from triage.proof import proving
from triage.proof.engines import MakeEngine, NotInstalled
from triage.settings import FLOWS

KEYS = {"id", "clauses", "status", "seconds", "example", "parts", "tests", "awaits"}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["prove", *map(str, words)])


def spoiled(folder: Path, old: str, new: str) -> Path:
    """The shipped flows with one line of `routing.yml` changed."""
    flows = folder / "flows"
    shutil.copytree(FLOWS, flows, ignore=shutil.ignore_patterns("vignettes", "schema"))
    routing = flows / "routing.yml"
    text = routing.read_text(encoding="utf-8")
    assert text.count(old) == 1
    routing.write_text(text.replace(old, new), encoding="utf-8")
    return flows


def test_the_shipped_flows_are_proved_in_the_fixed_format() -> None:
    result = run("--json")
    proofs = json.loads(result.stdout)
    assert result.exit_code == 0
    assert len(proofs) == 44
    assert all(set(proof) == KEYS for proof in proofs)
    assert {proof["status"] for proof in proofs} == {"proved", "tested"}
    assert all(proof["example"] is None and proof["seconds"] >= 0 and proof["clauses"] for proof in proofs)


def test_people_read_each_invariant_in_words_and_how_long_it_took() -> None:
    result = run("--only", "INV-01, INV-08,INV-23,INV-33")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("INV")] == ["INV-01", "INV-08", "INV-23", "INV-33"]
    assert "Whoever used, or may have used, force" in lines[0]
    assert lines[-1].startswith("1 proved, 1 tested in part, 1 proved in part, 1 not built yet; ")
    assert lines[-1].endswith(" s of processor time")


def test_a_broken_law_is_shown_in_words_and_exits_with_one(tmp_path: Path) -> None:
    result = run(spoiled(tmp_path, "when: poss(CASECLOSE)", "when: ind(CASECLOSE)"), "--only", "INV-14")
    assert result.exit_code == 1
    assert "INV-14  broken" in result.stdout
    assert "Force used by B: ruled out (0)" in result.stdout
    assert "Nothing else is known. Proposed: primary perpetrator in this pair: " in result.stdout
    assert "1 broken; " in result.stdout


def test_the_example_is_a_file_that_decide_reads_to_the_same_result(tmp_path: Path) -> None:
    flows, examples = spoiled(tmp_path, "when: poss(CASECLOSE)", "when: ind(CASECLOSE)"), tmp_path / "examples"
    result = run(flows, "--json", "--only", "INV-14,INV-15,INV-42", "--example-dir", examples)
    assert result.exit_code == 1
    assert [proof["status"] for proof in json.loads(result.stdout)] == ["counterexample", "tested", "counterexample"]
    assert sorted(path.name for path in examples.iterdir()) == ["INV-14.json", "INV-42.json"]
    decide = ["decide", str(examples / "INV-14.json"), str(examples / "INV-42.json"), "--json", "--flows", str(flows)]
    decided = CliRunner().invoke(main, decide)
    assert decided.exit_code == 0
    (alone, before, after) = (item["pairs"][0] for item in json.loads(decided.stdout))
    assert "O-CASE-HOLD" not in alone[alone["result"].removeprefix("W_")]
    primary = before["result"].removeprefix("W_")
    assert after["result"] == before["result"]
    assert "O-CASE-HOLD" in before[primary]
    assert "O-CASE-HOLD" not in after[primary]


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
    unreadable = run(spoiled(tmp_path, "when: poss(CASECLOSE)", "when: poss(CASECLOZE)"))
    assert (unreadable.exit_code, unreadable.stdout) == (2, "")
    assert "CASECLOZE" in unreadable.stderr
