"""What the vignettes visit is told exactly, and the file that the drawings read is the one they would write today."""

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from click.testing import CliRunner

from tests.vignettes.told import shipped
from triage.cases.record import CaseRecord
from triage.checks.coverage_marks import Coverage
from triage.cli import main
from triage.cli.coverage import does_visit, read_cases, written
from triage.settings import FLOWS
from triage.simulation.coverage import as_data, everything, from_data, unvisited, visited

VIGNETTES = FLOWS / "vignettes"


@lru_cache(maxsize=1)
def cases() -> tuple[CaseRecord, ...]:
    return tuple(read_cases(VIGNETTES, shipped()))


@lru_cache(maxsize=1)
def seen() -> Coverage:
    return visited(cases(), shipped())


def test_the_file_for_the_drawings_is_fresh() -> None:
    """`triage coverage --write flows/vignettes/coverage.json` makes it again."""
    assert (VIGNETTES / "coverage.json").read_text(encoding="utf-8") == written(seen())


def test_every_vignette_counts_twice_and_what_one_visits_all_visit() -> None:
    assert len(cases()) == 60
    one = visited(cases()[:1], shipped())
    assert ("RI-21", "b") in one.options
    assert {"result-4-primary", "route-17-group", "AL-RTK"} <= one.rules
    assert one.questions < seen().questions
    assert one.options < seen().options


def test_an_edge_is_visited_only_when_its_question_was_answered_and_its_condition_holds() -> None:
    rulebook = shipped().book.rulebook
    queued = rulebook.flows["c"].edges[0]
    assert queued.source == "WD-18"
    told = cases()[0]
    assert "c.edge.1" in visited((told,), shipped()).edges
    silent = replace(told, answers=tuple(answer for answer in told.answers if answer.question != "WD-18"))
    assert "c.edge.1" not in visited((silent,), shipped()).edges


def test_nothing_visits_nothing_and_an_answer_set_aside_visits_nothing() -> None:
    assert visited((), shipped()) == Coverage()
    whole = everything(shipped())
    assert unvisited(whole, Coverage()) == whole
    assert unvisited(whole, whole) == Coverage()
    assert seen().rules <= whole.rules | {"start-effective"}
    assert seen().edges <= whole.edges


def test_coverage_survives_its_file() -> None:
    assert from_data(json.loads(written(seen()))) == seen()


NOT_FOUND = {"rules gate-joint-permitted": "it needs more than two answers to one question; tests/assess reaches it"}


def test_everything_not_visited_has_a_sheet_that_visits_it() -> None:
    """`triage coverage --sheets flows/vignettes/shortest.jsonl` finds them again."""
    lines = (VIGNETTES / "shortest.jsonl").read_text(encoding="utf-8").splitlines()
    sheets = {one["visits"]: one["sheet"] for one in map(json.loads, lines)}
    left = as_data(unvisited(everything(shipped()), seen()))
    assert set(sheets) == {
        f"{kind} {' '.join(one) if isinstance(one, list) else one}" for kind, names in left.items() for one in names
    }
    assert {what for what, sheet in sheets.items() if sheet is None} == set(NOT_FOUND)
    assert [what for what, sheet in sheets.items() if sheet and not does_visit(what, sheet, shipped())] == []


def test_a_sheet_that_visits_something_else_is_noticed() -> None:
    sheet = {"id": "one", "on": "2026-11-22", "persons": {"A": {}, "B": {}}, "pairs": [["A", "B"]]}
    answers = [{"id": "a", "question": "RI-01", "value": "neither", "source": "REF", "on": "2026-11-20"}]
    assert does_visit("options RI-01 neither", sheet | {"answers": answers}, shipped())
    assert not does_visit("options RI-01 danger_now", sheet | {"answers": answers}, shipped())
    assert not does_visit("options RI-01 neither", sheet, shipped())
    assert not does_visit("options RI-01 neither", {"answers": 3}, shipped())


def test_the_command_tells_what_no_vignette_visits(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["coverage", "--json", "--write", str(tmp_path / "seen.json")])
    assert ran.exit_code == 0
    told = json.loads(ran.output)
    assert told["unvisited"] == as_data(unvisited(everything(shipped()), seen()))
    assert (tmp_path / "seen.json").read_text(encoding="utf-8") == written(seen())


def test_a_place_that_cannot_be_written_is_bad_usage(tmp_path: Path) -> None:
    place = tmp_path / "nowhere" / "seen.json"
    ran = CliRunner().invoke(main, ["coverage", "--summary", "--write", str(place)])
    assert ran.exit_code == 2
    assert f"'{place}' cannot be written: there is no folder '{place.parent}'." in ran.stderr


def test_the_summary_counts_and_the_long_form_names() -> None:
    left = unvisited(everything(shipped()), seen())
    short = CliRunner().invoke(main, ["coverage", "--summary"]).output.splitlines()
    long = CliRunner().invoke(main, ["coverage"]).output.splitlines()
    assert len(short) == 4
    assert short[2].startswith(f"edges: {40 - len(left.edges)} of 40 visited")
    assert long[:4] == short
    assert len(long) == 4 + sum(map(len, as_data(left).values()))
    assert "not visited, questions: RC-01" in long


def test_a_vignette_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "R01.yml").write_text("answers: [{", encoding="utf-8")
    ran = CliRunner().invoke(main, ["coverage", "--vignettes", str(tmp_path)])
    assert ran.exit_code == 2
    (tmp_path / "R01.yml").write_text(
        "{id: R01, on: 2026-01-01, persons: {}, pairs: [], answers: [{}]}", encoding="utf-8"
    )
    ran = CliRunner().invoke(main, ["coverage", "--vignettes", str(tmp_path)])
    assert ran.exit_code == 2
    assert "C00" in ran.output


def test_a_folder_without_vignettes_is_bad_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["coverage", "--vignettes", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"{tmp_path}: there is no vignette here (a file such as R01.yml).\n"
