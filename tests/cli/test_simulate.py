"""`triage simulate` reads both formats of cases, says what is wrong with them, and tells what would change."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from triage.cli import main
from triage.cli.files.documents import read_file
from triage.cli.files.simulated_cases import either, read_cases
from triage.routing.loading import Loaded, load
from triage.routing.reading import shipped_rules
from triage.settings import FLOWS

VIGNETTES = FLOWS.parent / "tests" / "routing" / "vignettes.yaml"
ANSWERS = FLOWS / "vignettes"
STARTS = (
    "SUFF: 2, CTRL_AB: 3, FEAR_AB: 3, SPACE_AB: 2, ECON_AB: 3, TPEV_AB: 3, FORCE_A: 3, RESX_A: 0, ISS_OK: 2, "
    "READY_A: 2, GRPFIT_A: 2"
)


def run(new: Path, *words: str | Path, old: Path = FLOWS) -> Result:
    return CliRunner().invoke(main, ["simulate", "--old", str(old), "--new", str(new), *map(str, words)])


def figures(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    """The shipped flows with one text of one file changed."""
    directory = folder / "flows"
    shutil.copytree(FLOWS, directory)
    path = directory / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return directory


@pytest.fixture
def unsafe(tmp_path: Path) -> Path:
    """Flows that no longer ask whether resistance was examined."""
    return changed(
        tmp_path,
        "routing.yml",
        "poss(FORCE_x) and (not ind(RESX_x) or unk(RES_x) or ind(RES_x))",
        "poss(FORCE_x) and (unk(RES_x) or ind(RES_x))",
    )


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def fact_sets(folder: Path, findings: str = STARTS, name: str = "facts.yaml") -> Path:
    return write(folder, name, f"- id: one\n  pairs:\n  - persons: {{A: A, B: B}}\n    findings: {{{findings}}}\n")


def problems(result: Result) -> list[str]:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return result.stderr.splitlines()


def test_synthetic_cases_are_made_again_by_their_seed(unsafe: Path) -> None:
    one = run(unsafe, "--synthetic", "3000", "--seed", "4", "--json")
    assert one.stdout == run(unsafe, "--synthetic", "3000", "--seed", "4", "--json").stdout
    assert one.stdout != run(unsafe, "--synthetic", "3000", "--seed", "5", "--json").stdout
    found = figures(one)
    assert found["cases"] == 3000
    assert found["checked"] >= 2000
    assert found["origin"] == {"kind": "synthetic", "seed": "4"}


def test_a_start_gained_is_told_first_and_fails_when_asked_to(unsafe: Path, tmp_path: Path) -> None:
    path = fact_sets(tmp_path)
    result = run(unsafe, "--cases", path, "--unlisted", "zero")
    assert result.exit_code == 0
    assert "1 person would start who does not start now  (one A)" in result.stdout
    assert "INV-01" in result.stdout
    assert run(unsafe, "--cases", path, "--unlisted", "zero", "--fail-on-start").exit_code == 1
    assert run(FLOWS, "--cases", path, "--unlisted", "zero", "--fail-on-start").exit_code == 0
    assert run(FLOWS, "--cases", path, "--unlisted", "zero", "--fail-on-start", old=unsafe).exit_code == 0


def test_a_start_gained_is_red_in_a_terminal(unsafe: Path, tmp_path: Path) -> None:
    words = ["simulate", "--old", str(FLOWS), "--new", str(unsafe), "--cases", str(fact_sets(tmp_path))]
    shown = CliRunner().invoke(main, [*words, "--unlisted", "zero"], color=True).stdout
    assert "\x1b[31m\x1b[1m1 person would start" in shown


def test_what_a_fact_set_does_not_list_was_not_asked(unsafe: Path, tmp_path: Path) -> None:
    found = figures(run(unsafe, "--cases", fact_sets(tmp_path), "--json"))
    assert (found["starts"]["gained"], found["cases"]) == (0, 1)


def test_the_vignettes_move_nobody_between_a_version_and_itself() -> None:
    found = figures(run(FLOWS, "--cases", VIGNETTES, "--unlisted", "zero", "--json"))
    assert (found["changed"], found["moves"], found["names"]) == (0, [], {})


def test_answers_are_assessed_by_each_version(tmp_path: Path) -> None:
    """A finding needs more under the new flows: the same answers give another strength, and another route."""
    new = changed(tmp_path, "findings.yml", '{strength: 2, when: "measure(resp', '{strength: 1, when: "measure(resp')
    found = figures(run(new, "--cases", ANSWERS / "R20.yml", "--json"))
    assert found["origin"]["kind"] == "answers"
    assert (found["cases"], found["checked"], found["starts"]["old"]) == (1, 1, 1)
    (move,) = found["moves"]
    assert (move["from"]["outcomes"], move["to"]["outcomes"]) == (["O-BC-GRP"], ["O-PREP"])
    (example,) = found["examples"]
    assert (example["facts"]["READY_A"], example["facts_new"]) == (2, {"READY_A": 1})


def test_answers_keep_the_source_classes_of_their_findings(tmp_path: Path) -> None:
    """Every shipped vignette of answers: columns say what the compiled decision says, classes and all."""
    cases = [read_file(str(path)) for path in sorted(ANSWERS.glob("R*.yml"))]
    path = write(tmp_path, "all.jsonl", "\n".join(json.dumps(case, default=str) for case in cases))
    found = figures(run(FLOWS, "--cases", path, "--json"))
    assert found["cases"] == found["checked"] >= len(cases)
    assert (found["changed"], found["unread"]) == (0, [])


def test_answers_of_one_source_class_support_as_one(tmp_path: Path) -> None:
    """Without what health services said, all that supports R20 comes from one class: columns must see that."""
    case = read_file(str(ANSWERS / "R20.yml"))
    assert isinstance(case, dict)
    case["answers"] = [answer for answer in case["answers"] if answer["source"] != "HLT"]
    path = write(tmp_path, "one-class.json", json.dumps(case, default=str))
    loaded = load(FLOWS)
    assert isinstance(loaded, Loaded)
    found, _ = read_cases(path, loaded, loaded, "unknown", iter).source.both(0)
    assert loaded.decider.decide(found.facts, found.latched, found.classes).result == "W_REVIEW"
    assert loaded.decider.decide(found.facts, found.latched).result == "W_A"
    assert figures(run(FLOWS, "--cases", path, "--json"))["results"] == []


def test_lists_and_lines_of_answers_are_read(tmp_path: Path) -> None:
    cases = [
        {"id": f"case-{number}", "persons": {"A": {}, "B": {}}, "pairs": [["A", "B"]], "answers": []}
        for number in range(3)
    ]
    whole = write(tmp_path, "list.json", json.dumps(cases))
    by_line = write(tmp_path, "lines.jsonl", "\n".join(json.dumps(case) for case in cases) + "\n\n")
    for path in (whole, by_line):
        found = figures(run(FLOWS, "--cases", path, "--json"))
        assert (found["cases"], found["origin"]) == (3, {"kind": "answers", "file": str(path)})


def test_a_case_that_one_version_cannot_read_is_told_and_not_counted(tmp_path: Path) -> None:
    new = tmp_path / "flows"
    shutil.copytree(FLOWS, new)
    text = (new / "a-referral.yml").read_text(encoding="utf-8")
    (new / "a-referral.yml").write_text(text.replace("not_free", "overheard"), encoding="utf-8")
    case = {
        "id": "old-answer", "persons": {"A": {}, "B": {}}, "pairs": [["A", "B"]],
        "answers": [{"id": "x", "question": "RI-17", "about": "A", "value": "not_free", "source": "SELF", "by": "A",
                     "on": "2026-10-01"}],
    }  # fmt: skip
    other = {**case, "id": "fine", "answers": []}
    path = write(tmp_path, "two.json", json.dumps([case, other]))
    result = run(new, "--cases", path, "--json")
    found = figures(result)
    assert (found["cases"], found["starts"]["gained"]) == (1, 0)
    assert [line.split(":")[0] for line in found["unread"]] == ["old-answer, new"]
    assert run(new, "--cases", path, "--fail-on-start").exit_code == 1, "it is not known that it gains no start"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- id: one\n  pairs:\n  - persons: {A: A, B: B}\n    findings: {CTRL_AC: 2}\n", "D006"),
        ("- id: one\n  pairs:\n  - persons: {A: A, B: B}\n    findings: {CTRL_AB: 7}\n", "D007"),
        ("- [1, 2", "D001"),
        ("{id: one, persons: {A: {}, B: {}}, pairs: [[A, C]], answers: []}", "C006"),
        ("just words", "C001"),
        ('{"answers": []}\n{"answers": \n', "C001"),
        ("", "C001"),
        ("[]", "no case in it"),
    ],
)
def test_what_is_wrong_with_the_cases_is_said(tmp_path: Path, text: str, code: str) -> None:
    told = problems(run(FLOWS, "--cases", write(tmp_path, "cases.yml", text)))
    assert any(code in line for line in told), told


def test_a_file_that_is_not_there_and_one_that_is_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "bytes.yml").write_bytes(b"\xff\xfe\x00")
    assert problems(run(FLOWS, "--cases", tmp_path / "none.yml"))
    assert problems(run(FLOWS, "--cases", tmp_path / "bytes.yml"))


def test_a_version_with_problems_is_not_simulated(tmp_path: Path) -> None:
    new = changed(tmp_path, "routing.yml", "poss(FORCE_x)", "poss(FARCE_x)")
    assert "FARCE_x" in "\n".join(problems(run(new, "--synthetic", "10", "--seed", "1")))


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--synthetic", "10"],
        ["--seed", "1"],
        ["--synthetic", "10", "--seed", "1", "--cases", "x.yml"],
        ["--cases", "x.yml", "--seed", "1"],
        ["--synthetic", "0", "--seed", "1"],
        ["--synthetic", "-5", "--seed", "1"],
        ["--synthetic", "10", "--seed", "-1"],
        ["--synthetic", "ten", "--seed", "1"],
        ["--synthetic", "1000000000", "--seed", "1"],
        ["--synthetic", "10", "--seed", "1", "--language", "xx"],
    ],
)
def test_bad_usage_exits_with_two(words: list[str]) -> None:
    assert run(FLOWS, *words).exit_code == 2


def test_a_directory_that_is_not_there_exits_with_two(tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere", "--synthetic", "10", "--seed", "1").exit_code == 2


def test_the_files_are_written(unsafe: Path, tmp_path: Path) -> None:
    sheet, page = tmp_path / "moves.csv", tmp_path / "moves.html"
    words = ["--synthetic", "2000", "--seed", "1", "--csv", sheet, "--html", page, "--language", "fr"]
    assert run(unsafe, *words).exit_code == 0
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbfkind,name,from,to,number,examples\r\n")
    assert '<html lang="fr"' in page.read_text(encoding="utf-8")
    assert "personnes commenceraient" in page.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_exits_with_two(tmp_path: Path) -> None:
    result = run(FLOWS, "--synthetic", "100", "--seed", "1", "--csv", tmp_path / "none" / "moves.csv")
    assert "none" in "\n".join(problems(result))


def test_a_fact_set_may_use_the_names_of_either_version() -> None:
    rules = shipped_rules()
    older = replace(rules, facts=rules.facts - {"JWREQ"}, gates=rules.gates[1:], computed=rules.computed | {"JWREQ"})
    for both in (either(older, rules), either(rules, older)):
        assert both.facts == rules.facts
        assert set(both.gate_names) == set(rules.gate_names)
        assert both.computed == rules.computed, "what one version takes as a fact may be entered"


def test_new_names_are_told(tmp_path: Path) -> None:
    new = changed(tmp_path, "routing.yml", "id: route-8-resistance-not-examined", "id: route-8-not-examined")
    names = figures(run(new, "--synthetic", "100", "--seed", "1", "--json"))["names"]
    assert names == {"rules": {"removed": ["route-8-resistance-not-examined"], "added": ["route-8-not-examined"]}}


def test_every_option_is_documented() -> None:
    written = (FLOWS.parent / "docs" / "simulation.md").read_text(encoding="utf-8")
    command = main.get_command(click.Context(main), "simulate")
    assert command is not None
    options = [option for one in command.params for option in one.opts]
    assert [option for option in options if f"{option}" not in written] == []


def test_without_numpy_the_command_says_what_to_install() -> None:
    result = without_numpy("simulate", "--old", "x")
    assert result.returncode == 2
    assert "triage[simulation]" in result.stderr
    assert without_numpy("--help").returncode == 0


def without_numpy(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program where numpy cannot be imported, in a process of its own."""
    code = "import sys; sys.modules['numpy'] = None; from triage.cli import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)
