"""`triage decide` prints the fixed format, and says everything that is wrong with its files at once."""

import json
import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from triage.cli import main
from triage.settings import FLOWS

VIGNETTES = Path(__file__).parents[1] / "routing" / "vignettes.yaml"
PAIR = "{persons: {A: A, B: B}, findings: {SUFF: 2}}"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["decide", *map(str, words)])


def write(folder: Path, text: str, name: str = "facts.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def one_pair(folder: Path, findings: str, rest: str = "") -> Path:
    return write(folder, f"- id: X\n  pairs:\n  - persons: {{A: A, B: B}}\n    findings: {{{findings}}}\n{rest}")


def problems(result: Result) -> list[str]:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return result.stderr.splitlines()


def test_the_vignettes_come_out_as_one_array_in_the_fixed_format() -> None:
    result = run(VIGNETTES, "--json", "--unlisted", "zero")
    assert result.exit_code == 0
    stories = yaml.safe_load(VIGNETTES.read_text(encoding="utf-8"))
    printed = json.loads(result.stdout)
    assert [item["id"] for item in printed] == [story["id"] for story in stories]
    for item, story in zip(printed, stories, strict=True):
        for pair, told in zip(item["pairs"], story["pairs"], strict=True):
            assert set(pair) == {
                "persons", "result", "A", "B", "case", "alerts", "effective", "adaptations", "reasons",
            }  # fmt: skip
            assert pair["persons"] == told["persons"]
            assert {
                key: sorted(value) if isinstance(value, list) else value for key, value in told["expect"].items()
            } == {key: pair[key] for key in told["expect"]}
            assert all(pair[key] == sorted(pair[key]) for key in ("A", "B", "case", "alerts", "reasons"))


def test_what_a_file_does_not_list_was_not_asked(tmp_path: Path) -> None:
    path = one_pair(tmp_path, "SUFF: 2, CTRL_AB: 3")
    assert json.loads(run(path, "--json").stdout)[0]["pairs"][0]["result"] == "W_INSUFF"
    assert json.loads(run(path, "--json", "--unlisted", "zero").stdout)[0]["pairs"][0]["result"] == "W_REVIEW"


def test_without_json_the_decision_is_readable() -> None:
    result = run(VIGNETTES, "--unlisted", "zero")
    assert result.exit_code == 0
    assert "  A = F, B = D: W_A" in result.stdout
    assert "because route-12-high-risk [7.1, 1.1]: A O-IMAC (NFS_AB was 3)" in result.stdout


def test_several_files_make_one_array(tmp_path: Path) -> None:
    one = write(tmp_path, f"- {{id: 1, pairs: [{PAIR}]}}", "one.yaml")
    two = write(tmp_path, json.dumps([{"id": "two 😀", "pairs": []}]), "two.json")
    assert [item["id"] for item in json.loads(run(one, two, "--json").stdout)] == [1, "two 😀"]


def test_json_and_yaml_say_the_same(tmp_path: Path) -> None:
    stories = yaml.safe_load(VIGNETTES.read_text(encoding="utf-8"))
    as_json = write(tmp_path, json.dumps(stories), "vignettes.json")
    assert run(as_json, "--json").stdout == run(VIGNETTES, "--json").stdout


def test_latched_gates_and_withdrawn_strengths_are_read(tmp_path: Path) -> None:
    path = one_pair(tmp_path, "SUFF: was 2, NFS_AB: was 3", "    latched: [O-EMERG, O-JOINT-GATE]\n")
    assert json.loads(run(path, "--json").stdout)[0]["pairs"][0]["case"] == ["O-EMERG", "O-MARAC"]


def test_findings_that_no_rule_reads_are_accepted(tmp_path: Path) -> None:
    names = "PREG: 2, CATIM_A: 2, NARR_A: 1, APART: 2, MISID_B: 1, SAFE_A: 2, MARKERS_AB: 14, STAFFCONF: 4, KEY1: 0"
    assert run(one_pair(tmp_path, names), "--json").exit_code == 0


def test_every_problem_of_every_file_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    one = one_pair(tmp_path, "CTRLE_AB: 2, FEAR_AB: 5, RISK_HIGH: 2, READY_A: 4", "    latched: [O-MARAK]\n")
    two = write(tmp_path, "- nothing\n- id: Y\n- {id: Z, pairs: [{findings: {}}]}\n", "two.yaml")
    told = problems(run(one, two, tmp_path / "three.yaml"))
    assert [line.removeprefix(f"{tmp_path}/") for line in told] == [
        "facts.yaml:4: D006 In item `X`, pair 1: `CTRLE_AB` is no finding. Did you mean `CTRL_AB`?",
        "facts.yaml:4: D007 In item `X`, pair 1: `FEAR_AB` is 0 to 4, `unknown` or `was N`, not `5`.",
        "facts.yaml:4: D008 In item `X`, pair 1: `RISK_HIGH` is computed, never entered.",
        "facts.yaml:4: D007 In item `X`, pair 1: `READY_A` is 0 to 3, `unknown` or `was N`, not `4`.",
        "facts.yaml:5: D009 In item `X`, pair 1: `O-MARAK` is no gate. Did you mean `O-MARAC`?",
        "two.yaml: D003 Item 1 is not an object with `id` and `pairs`.",
        "two.yaml:2: D004 Item `Y` has no list of `pairs`.",
        "two.yaml:3: D010 In item `Z`, pair 1: `persons` must say who A and B are.",
        "three.yaml: D001 The file cannot be read: No such file or directory.",
    ]


NO_STRENGTHS = ["5", "-1", "2.0", "true", "yes", "~", "was", "was 5", "was -1", "[2]", "{a: 2}", "'²'", "0x2", "2e0"]


@pytest.mark.parametrize("value", [*NO_STRENGTHS, "9" * 5000])
def test_a_value_that_is_no_strength_is_told(tmp_path: Path, value: str) -> None:
    assert "D007" in problems(run(one_pair(tmp_path, f"CTRL_AB: {value}"), "--json"))[0]


@pytest.mark.parametrize("value", ["5", "-1", "2.0", "true", "null", "NaN", '"was 7"', "[2]", "{}", "9" * 5000])
def test_a_value_that_is_no_strength_is_told_in_json_too(tmp_path: Path, value: str) -> None:
    text = f'[{{"id": "X", "pairs": [{{"persons": {{"A": "A", "B": "B"}}, "findings": {{"CTRL_AB": {value}}}}}]}}]'
    assert "D007" in problems(run(write(tmp_path, text, "facts.json"), "--json"))[0]


@pytest.mark.parametrize("value", ["true", "null"])
@pytest.mark.parametrize("name", ["facts.yaml", "facts.json"])
def test_a_value_is_named_as_the_file_names_it(tmp_path: Path, name: str, value: str) -> None:
    text = f'[{{"id": "X", "pairs": [{{"persons": {{"A": "A", "B": "B"}}, "findings": {{"CTRL_AB": {value}}}}}]}}]'
    (told,) = problems(run(write(tmp_path, text, name), "--json"))
    assert told.endswith(f"`unknown` or `was N`, not `{value}`.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "just words",
        "id: X",
        "[",
        "- id: X\n pairs: [",
        "- \x00",
        "--- []\n--- []\n",
        "[" * 100_000,
        '{"a":' * 100_000,
        "- " * 5_000 + "x",
        "".join(" " * depth + "a:\n" for depth in range(500)),
        "- &a [*a]\n" * 2_000,
        "- !!python/object/apply:os.getcwd []",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_what_is_no_list_of_items_is_refused_without_a_trace(tmp_path: Path, text: str) -> None:
    assert problems(run(write(tmp_path, text), "--json"))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    assert "not text" in problems(run(path))[0]
    assert "cannot be read" in problems(run(tmp_path))[0]


@pytest.mark.parametrize(
    "command",
    [["decide"], ["assess"], ["simulate", "--old", str(FLOWS), "--new", str(FLOWS), "--cases"]],
    ids=lambda words: words[0],
)
def test_a_file_without_an_end_is_refused(command: list[str]) -> None:
    result = CliRunner().invoke(main, [*command, "/dev/zero"])
    assert result.exit_code == 2
    assert "larger than 50 MB" in result.stderr


def test_aliases_that_make_a_file_grow_are_refused(tmp_path: Path) -> None:
    layers = "".join(f"- &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 20))
    started = time.perf_counter()
    assert problems(run(write(tmp_path, f"- &l0 [x]\n{layers}")))
    assert time.perf_counter() - started < 2


def test_a_key_written_twice_is_told(tmp_path: Path) -> None:
    assert "D005" in problems(run(one_pair(tmp_path, "CTRL_AB: 0, CTRL_AB: 3")))[0]
    text = '[{"id": "X", "pairs": [{"persons": {"A": "A", "B": "B"}, "findings": {"SUFF": 0, "SUFF": 2}}]}]'
    assert "`SUFF` stands twice" in problems(run(write(tmp_path, text, "facts.json")))[0]


@pytest.mark.parametrize("persons", ["{A: A}", "{A: A, B: A}", "[A, B]", "A", "{A: A, B: {}}", "{A: A, B: ''}"])
def test_both_persons_must_be_named_and_differ(tmp_path: Path, persons: str) -> None:
    path = write(tmp_path, f"- id: X\n  pairs:\n  - {{persons: {persons}, findings: {{}}}}\n")
    assert "D010" in problems(run(path))[0]


@pytest.mark.parametrize("pair", ["7", "[]", "{persons: {A: A, B: B}}", "{persons: {A: A, B: B}, findings: [SUFF]}"])
def test_a_pair_without_findings_is_told(tmp_path: Path, pair: str) -> None:
    assert problems(run(write(tmp_path, f"- id: X\n  pairs: [{pair}]\n")))


def test_keys_that_the_decision_does_not_know_are_ignored(tmp_path: Path) -> None:
    path = one_pair(
        tmp_path, "SUFF: 2", '    expect: {deep: [[[[{a: b}]]]]}\n  facts: "a * b"\n  title: &anchored yes\n'
    )
    assert run(path, "--json").exit_code == 0


def test_no_file_is_bad_usage() -> None:
    assert run("--json").exit_code == 2


def test_rules_with_problems_decide_nothing(tmp_path: Path) -> None:
    told = problems(run(VIGNETTES, "--flows", tmp_path))
    assert len(told) == 7
    assert all("F001" in line for line in told)


def test_three_thousand_pairs_take_less_than_twenty_seconds(tmp_path: Path) -> None:
    stories = VIGNETTES.read_text(encoding="utf-8").partition("\n")[2]
    path = write(tmp_path, stories * 91)
    started = time.perf_counter()
    result = run(path, "--json", "--unlisted", "zero")
    assert time.perf_counter() - started < 20
    assert sum(len(item["pairs"]) for item in json.loads(result.stdout)) >= 3_000
