"""No bad place, full disk or closed pipe ends a command in a traceback, or is taken for a failed check."""

import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.proof.broken_flows import CLOSING, changed_flows
from triage.cli import COMMANDS, main
from triage.settings import FLOWS

FULL = Path("/dev/full")
FAST_PROOF = ("prove", "--only", "INV-14", "--without-answers", "--without-relations")
SIMULATION = ("simulate", "--old", str(FLOWS), "--new", str(FLOWS), "--synthetic", "5", "--seed", "1")
WRITTEN = {
    "prove --example-dir": (*FAST_PROOF, "--example-dir"),
    "prove --write": ("prove", "--write"),
    "draw -o": ("draw", "c", "-o"),
    "coverage --write": ("coverage", "--write"),
    "coverage --sheets": ("coverage", "--sheets"),
    "sheet render -o": ("sheet", "render", "using-harm", "O-BC", "--lang", "en", "--country", "uk", "-o"),
    "simulate --csv": (*SIMULATION, "--csv"),
    "simulate --html": (*SIMULATION, "--html"),
}
READ = {
    "check": ("check",),
    "prove": ("prove",),
    "draw --flows": ("draw", "c", "--flows"),
    "draw --coverage": ("draw", "c", "--coverage"),
    "coverage --flows": ("coverage", "--flows"),
    "coverage --vignettes": ("coverage", "--vignettes"),
    "decide": ("decide",),
    "decide --flows": ("decide", str(FLOWS / "vignettes" / "R01.yml"), "--flows"),
    "assess": ("assess",),
    "assess --flows": ("assess", str(FLOWS / "vignettes" / "R01.yml"), "--flows"),
    "sheet list --flows": ("sheet", "list", "--flows"),
    "simulate --old": ("simulate", "--new", str(FLOWS), "--synthetic", "5", "--seed", "1", "--old"),
    "simulate --new": ("simulate", "--old", str(FLOWS), "--synthetic", "5", "--seed", "1", "--new"),
    "simulate --cases": ("simulate", "--old", str(FLOWS), "--new", str(FLOWS), "--cases"),
}
"""Every word of a command that names a place, last."""


def program(*words: str, output: Path | int) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own; its output goes to a file, or to a descriptor."""
    command = [sys.executable, "-c", "from triage.cli import main; main()", *words]
    with output.open("wb") if isinstance(output, Path) else nullcontext(output) as stdout:
        return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)


@pytest.mark.parametrize("words", WRITTEN.values(), ids=WRITTEN)
def test_a_place_that_cannot_be_written_is_bad_usage_in_a_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    of_folder = words[-1] == "--example-dir"
    wrong = tmp_path / ("file" if of_folder else "folder")
    for place in (
        tmp_path / "file" / "x",
        wrong,
        tmp_path / ("x" * 300),
        "",
        *(() if of_folder else (tmp_path / "none" / "x",)),
    ):
        result = CliRunner().invoke(main, [*words, str(place)])
        assert (result.exit_code, result.stdout) == (2, ""), place
        assert isinstance(result.exception, SystemExit)
        assert result.stderr.splitlines()[-1].endswith("."), result.stderr


@pytest.mark.parametrize("words", READ.values(), ids=READ)
def test_a_place_that_cannot_be_read_is_bad_usage_in_a_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a word", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    folder = words[-1] in {"check", "prove", "--flows", "--vignettes", "--old", "--new"}
    for place in (tmp_path / "none", tmp_path / "file" / "x", tmp_path / ("file" if folder else "folder"), ""):
        result = CliRunner().invoke(main, [*words, str(place)])
        assert (result.exit_code, result.stdout) == (2, ""), place
        assert isinstance(result.exception, SystemExit)
        assert result.stderr.splitlines()[-1].endswith(".")
        assert len(result.stderr.splitlines()) <= 4, "the usage, and one sentence"


def test_the_folder_of_the_examples_may_have_to_be_made_whole(tmp_path: Path) -> None:
    flows, examples = changed_flows(tmp_path, CLOSING), tmp_path / "a" / "b"
    result = CliRunner().invoke(main, [FAST_PROOF[0], str(flows), *FAST_PROOF[1:], "--example-dir", str(examples)])
    assert result.exit_code == 1, result.stderr
    assert [path.name for path in examples.iterdir()] == ["INV-14.json"]


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize(
    "words",
    [("check", "--help"), ("--help",), ("draw", "c", "--text"), ("decide", str(FLOWS / "vignettes" / "R01.yml"))],
    ids=lambda words: words[0],
)
def test_a_full_disk_is_said_in_a_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    if words[0] == "decide":
        (tmp_path / "facts.json").write_text('[{"id": "a", "pairs": []}]', encoding="utf-8")
        words = ("decide", str(tmp_path / "facts.json"), "--json")
    done = program(*words, output=FULL)
    assert (done.returncode, done.stderr) == (2, "What the command says cannot be written: No space left on device.\n")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize(
    "words", [one for one in WRITTEN.values() if one[0] in {"draw", "simulate"}], ids=lambda x: x[-1]
)
def test_a_full_disk_is_said_with_the_name_of_the_file(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*words, str(FULL)])
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{FULL}: No space left on device.\n")


@pytest.mark.parametrize("words", [("check", "--help"), ("draw", "c", "--text")], ids=lambda words: words[0])
def test_a_reader_that_went_away_is_no_failed_check_and_nothing_is_said(words: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = program(*words, output=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


def test_the_fault_of_any_command_is_told_by_the_same_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in COMMANDS:

        def refused() -> None:
            raise PermissionError(13, "Permission denied", "/a/file")

        command = main.get_command(None, name)  # type: ignore[arg-type]  # ours reads no context
        assert command is not None
        if isinstance(command, click.Group):  # it only hands over to its commands
            continue
        monkeypatch.setattr(command, "callback", refused)
        monkeypatch.setattr(command, "params", [])
        monkeypatch.setitem(COMMANDS, name, lambda command=command: command)  # type: ignore[misc]  # a default in a lambda has no type
        result = CliRunner().invoke(main, [name])
        assert (result.exit_code, result.stderr) == (2, "/a/file: Permission denied.\n"), name
