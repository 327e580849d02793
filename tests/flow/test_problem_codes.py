"""Every code of a problem is catalogued, documented, and shown by the smallest thing that has it."""

import re
from pathlib import Path

from click.testing import CliRunner

from tests.flow.tiny import tiny_flows
from tests.rules.house import ROOT, modules
from triage.cli import main
from triage.flow.problems import CODES

PAGE = ROOT / "docs/problem-codes.md"
LITERAL = re.compile(r'"([A-Z]\d{3})"')

# Codes shown elsewhere than in a tiny flow or a tiny case, and where.
ELSEWHERE = {
    "F014": ("tests/checks/test_wording.py", "a missing text is a fault of the catalogues, not of a flow"),
    "S010": ("tests/checks/test_deciding.py", "what is too large to decide is no tiny flow"),
    "D002": ("tests/flow/test_problem_codes.py", "below"),
    "W": ("tests/checks/test_wording.py", "the words of the flows stand in the catalogues"),
    "T018": ("tests/sheets/test_room.py", "a file of translations is read by the translators' room"),
    "T": ("tests/sheets/test_problems.py", "the sheets and their translations are read in their own room"),
    "R": ("tests/routing/test_reading.py", "the rules of the decision are read in their own room"),
    "D": ("tests/cli/test_decide.py", "fact sets are read by one command alone"),
}


NO_CODES = frozenset({"S256"})
"""What looks like a code and is none: a way to show that a sign-in comes back to who began it (RFC 7636)."""


def used_in(root: Path) -> set[str]:
    """The codes that stand in the package, the catalogue itself left out."""
    texts = [path.read_text(encoding="utf-8") for path in modules(root, "triage") if path.name != "problems.py"]
    return {code for text in texts for code in LITERAL.findall(text)} - NO_CODES


def shown_by_tiny_files() -> set[str]:
    return {
        one["code"]
        for folder in ("problems", "checks", "cases")
        for tiny in tiny_flows(folder)
        for one in tiny.problems
    }


def test_every_code_in_use_is_catalogued_and_every_catalogued_code_is_in_use() -> None:
    assert used_in(ROOT) == set(CODES)


def test_every_code_is_on_the_page_with_the_same_words() -> None:
    rows = {f"| {code} | {wrong} | {mend} |" for code, (wrong, mend) in CODES.items()}
    page = {line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| [A-Z]\d{3} \|", line)}
    assert page == rows


def test_every_code_says_what_is_wrong_and_how_to_mend_it_in_sentences() -> None:
    sentences = [text for words in CODES.values() for text in words]
    assert [text for text in sentences if not text.endswith(".") or len(text) < 10] == []


def test_every_code_has_a_tiny_file_that_shows_it_or_is_shown_elsewhere() -> None:
    shown = shown_by_tiny_files()
    unseen = []
    for code in CODES.keys() - shown:
        file, _ = ELSEWHERE.get(code) or ELSEWHERE.get(code[0]) or ("", "")
        if not file or code not in (ROOT / file).read_text(encoding="utf-8"):
            unseen.append(code)
    assert sorted(unseen) == []


def test_a_code_that_nobody_catalogued_is_found(tmp_path: Path) -> None:
    (tmp_path / "triage").mkdir()
    (tmp_path / "triage/dust.py").write_text('Problem("F999", "Dust.")\n', encoding="utf-8")
    assert used_in(tmp_path) == {"F999"}


def test_a_file_of_facts_that_holds_no_list_is_told_as_d002(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("id: V-01\n", encoding="utf-8")
    told = CliRunner().invoke(main, ["decide", str(path), "--json"])
    assert (told.exit_code, "D002" in told.stderr) == (2, True)
