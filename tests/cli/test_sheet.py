"""`triage sheet`: what there is, one sheet as a page or a PDF, and why one is not given."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.sheets.small import copied, edit, say
from triage.cli import main

BC = ("using-harm", "O-BC", "--country", "uk", "--lang")
DAY = ("--on", "2026-11-27")


def sheet(*words: str) -> Result:
    return CliRunner().invoke(main, ["sheet", *words])


def test_the_list_has_every_combination_with_its_state() -> None:
    listed = json.loads(sheet("list", "--json").stdout)
    keys = ("audience", "pathway", "country", "language", "form")
    combinations = {tuple(one[key] for key in keys) for one in listed}
    assert len(combinations) == len(listed)
    assert {one["state"] for one in listed if one["language"] in {"en", "fr"}} == {"source"}
    assert {one["form"] for one in listed} == {"standard", "easy", "large"}
    assert {one["country"] for one in listed} == {"uk", "fr"}
    assert not [one for one in listed if one["printable"] and one["state"] not in {"source", "approved"}]


def test_the_list_in_words_is_one_line_for_each(tmp_path: Path) -> None:
    flows, locales = copied(tmp_path)
    locales.rename(flows / "locales")
    say(flows / "locales", "fr", "sheet.yours.fault", "")
    lines = sheet("list", "--lang", "fr", "--flows", str(flows)).stdout.splitlines()
    assert "victim-survivor O-VS uk fr standard: missing (1 texts)" in lines
    assert "using-harm O-BC uk fr standard: source" in lines


@pytest.mark.parametrize("form", ["standard", "easy", "large"])
@pytest.mark.parametrize(("file_format", "begins"), [("html", b"<!doctype html>"), ("pdf", b"%PDF-")])
def test_a_sheet_is_written_whole(tmp_path: Path, form: str, file_format: str, begins: bytes) -> None:
    path = tmp_path / "sheet"
    told = sheet("render", *BC, "fr", "--form", form, "--format", file_format, "-o", str(path), *DAY)
    assert (told.exit_code, told.output) == (0, "")
    assert path.read_bytes().startswith(begins)
    assert [one.name for one in tmp_path.iterdir()] == ["sheet"]
    assert path.stat().st_mode & 0o111 == 0


def test_a_sheet_is_asked_for_by_an_outcome_too(tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    told = sheet("render", "using-harm", "o-bc-grp", "--lang", "en", "--country", "UK", "-o", str(path), *DAY)
    assert told.exit_code == 0
    assert "Working on how I behave" in path.read_text(encoding="utf-8")


def test_a_draft_is_a_marked_page_and_no_pdf_unless_it_is_asked_for(tmp_path: Path) -> None:
    page, paper = tmp_path / "page", tmp_path / "paper"
    told = sheet("render", *BC, "ar", "-o", str(page), *DAY)
    assert (told.exit_code, "two people have not read it" in told.stderr) == (0, True)
    assert 'class="sheet-draft"' in page.read_text(encoding="utf-8")
    refused = sheet("render", *BC, "ar", "--format", "pdf", "-o", str(paper), *DAY)
    assert (refused.exit_code, paper.exists(), "--draft" in refused.stderr) == (1, False, True)
    marked = sheet("render", *BC, "ar", "--format", "pdf", "-o", str(paper), "--draft", *DAY)
    assert (marked.exit_code, paper.exists()) == (0, True)


def test_a_sheet_that_is_not_whole_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "sheet"
    told = sheet("render", *BC, "ar", "--form", "easy", "-o", str(path), *DAY)
    assert (told.exit_code, path.exists()) == (1, False)
    assert "The sheet is not complete in `ar`" in told.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("using-harms", "O-BC", "--country", "uk", "--lang", "en"), "Did you mean `using-harm`?"),
        (("using-harm", "O-BC-GRQ", "--country", "uk", "--lang", "en"), "Did you mean `O-BC-GRP`?"),
        ((*BC, "xx"), "There is no language `xx`"),
        ((*BC, "../../fr"), "There is no language"),
        (("using-harm", "O-BC", "--country", "de", "--lang", "en"), "is not one of 'uk', 'fr'"),
        ((*BC, "en", "--format", "docx"), "is not one of 'html', 'pdf'"),
    ],
)
def test_a_wrong_word_is_bad_usage_with_what_is_near(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    path = tmp_path / "sheet"
    found = sheet("render", *words, "-o", str(path))
    assert (found.exit_code, path.exists()) == (2, False)
    assert told in found.stderr


def test_sheets_with_a_problem_are_not_rendered(tmp_path: Path) -> None:
    flows, locales = copied(tmp_path)
    locales.rename(flows / "locales")
    edit(flows / "sheets" / "helplines.yml", "side: harm, kind: change", "side: affected, kind: change")
    told = sheet("render", *BC, "en", "--flows", str(flows), "-o", str(tmp_path / "sheet"))
    assert told.exit_code == 2
    assert "T003" in told.stderr


GOOD = 'msgstr "Appelez le {emergency}."'
BAD_TEXTS = {
    "another placeholder": ("Appelez le {urgence}.", 1, "`sheet.danger.call`: `{emergency}` is missing."),
    "a number": ("Appelez le 18 {emergency}.", 1, "`sheet.danger.call`: the numbers are 18; in the source none."),
    "markup": ("Appelez <b>le</b> {emergency}.", 1, "`sheet.danger.call`: `<b` looks like markup"),
    "a hidden sign": ("Appelez \u202e{emergency}.", 1, "`sheet.danger.call`: it holds the sign U+202E"),
    "nothing": ("", 1, "The first is `sheet.danger.call`."),
    "a megabyte": ("A" * 1_000_000 + "{emergency}", 2, "The entry at `sheet.danger.call` is too long"),
}


@pytest.mark.parametrize("kind", BAD_TEXTS)
def test_a_bad_text_refuses_the_sheet_with_the_text_and_the_reason(tmp_path: Path, kind: str) -> None:
    words, code, reason = BAD_TEXTS[kind]
    flows, locales = copied(tmp_path)
    edit(locales / "fr" / "LC_MESSAGES" / "sheets.po", GOOD, f'msgstr "{words}"')
    locales.rename(flows / "locales")
    path = tmp_path / "sheet"
    told = sheet("render", *BC, "fr", "--format", "pdf", "--flows", str(flows), "-o", str(path))
    assert (told.exit_code, path.exists()) == (code, False)
    assert reason in told.stderr


def test_staff_are_told_which_lines_to_check(tmp_path: Path) -> None:
    words = ("victim-survivor", "O-VS", "--country", "uk", "--lang", "en", "-o", str(tmp_path / "sheet"))
    assert "Check before publication, left out here: 0808 802 1414, " in sheet("render", *words, *DAY).stderr
    later = sheet("render", *words, "--on", "2027-06-30")
    assert later.exit_code == 0
    assert "0808 2000 247" in later.stderr
    assert "0808 2000 247" not in (tmp_path / "sheet").read_text(encoding="utf-8")


def test_what_stood_in_a_file_stays_when_the_new_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sheet"
    path.write_text("before", encoding="utf-8")
    path.chmod(0o640)
    assert sheet("render", *BC, "ar", "--form", "easy", "-o", str(path)).exit_code == 1
    assert path.read_text(encoding="utf-8") == "before"
    assert sheet("render", *BC, "en", "-o", str(path), *DAY).exit_code == 0
    assert path.stat().st_mode & 0o777 == 0o640
