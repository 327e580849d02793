"""`triage draw`: files that a browser shows, the text beside them, and plain words for a name that is not known."""

import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from triage.checks.pictures.graphviz import installed
from triage.cli import main
from triage.cli.draw import WIDEST
from triage.settings import FLOWS


def draw(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["draw", *arguments])


@pytest.mark.parametrize(
    "wanted", [["c"], ["determination"], ["--slice", "O-BC-GRP"], ["--slice", "ctrl"], ["definitions"]]
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_drawing_is_a_file_of_its_own(tmp_path: Path, wanted: list[str], language: str) -> None:
    file = tmp_path / "drawing.svg"
    result = draw(*wanted, "-o", str(file), "--language", language)
    assert (result.exit_code, result.output) == (0, "")
    root = ET.fromstring(file.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    assert root.attrib["lang"] == language
    assert float(root.attrib["width"]) <= WIDEST
    assert "<style>" in file.read_text(encoding="utf-8")
    assert "<a href" not in file.read_text(encoding="utf-8")


def test_links_lead_where_the_pages_are() -> None:
    assert (
        'href="https://cairn.example/flows/questions/wd-01"'
        in draw("c", "--address", "https://cairn.example/flows/").output
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)//",
        "JavaScript:x",
        " javascript:x",
        "java\tscript:x",
        "data:text/html,x",
        "\x01javascript:x",
    ],
)
def test_a_link_that_could_run_something_is_bad_usage(address: str) -> None:
    result = draw("c", "--address", address)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "a link begins with http://, https:// or a relative address" in result.stderr.replace("\n", " ")


@pytest.mark.parametrize("address", ["http://cairn.example/", "/flows/", "../flows/"])
def test_links_may_be_relative(address: str) -> None:
    assert f'href="{address}questions/wd-01"' in draw("c", "--address", address).stdout


def test_the_text_says_the_same_without_a_picture() -> None:
    result = draw("c", "--text", "--language", "fr")
    assert result.exit_code == 0
    assert result.output.startswith("Volet c : Qui fait quoi à qui\n===")
    assert "<" not in result.output


def test_what_vignettes_visit_is_marked() -> None:
    marked = draw("determination", "--coverage", str(FLOWS / "vignettes" / "coverage.json"), "--layout", "rows")
    assert marked.exit_code == 0
    assert "✓" in marked.output
    assert "✓" not in draw("determination", "--layout", "rows").output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["determinaton"], "Did you mean `determination`?"),
        (["--slice", "O-BC-GRB"], "Did you mean `O-BC-GRP`?"),
        (["--slice", "ctr"], "Did you mean `CTRL`?"),
        (["CTRL"], "triage draw --slice CTRL"),
        (["zzzzzz"], "Known: a, b, c"),
        ([], "one of the two"),
        (["c", "--slice", "CTRL"], "one of the two"),
        (["c", "--language", "de"], "'de' is not one of"),
        (["c", "--coverage", __file__], "it does not say what vignettes visit"),
        (["c", "-o", "/nowhere/at/all.svg"], "/nowhere/at/all.svg"),
    ],
)  # fmt: skip
def test_a_wrong_wish_ends_with_2_and_a_sentence(arguments: list[str], sentence: str) -> None:
    result = draw(*arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_flows_with_a_problem_are_not_drawn(tmp_path: Path) -> None:
    result = draw("c", "--flows", str(tmp_path))
    assert result.exit_code == 2
    assert "F001" in result.stderr


def test_without_graphviz_rows_are_drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = draw("c", "--layout", "rows").output
    monkeypatch.setenv("PATH", str(tmp_path))
    assert draw("c").output == rows
    result = draw("c", "--layout", "graphviz")
    assert result.exit_code == 2
    assert "not installed" in result.stderr


@pytest.mark.skipif(installed() is None, reason="Graphviz is not installed here; rows are tested always")
def test_graphviz_draws_what_fits_a_page_and_rows_draw_the_rest() -> None:
    assert os.environ["PATH"]
    assert draw("d").output == draw("d", "--layout", "graphviz").output
    assert draw("c").output == draw("c", "--layout", "rows").output
