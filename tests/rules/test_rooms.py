"""Every room says three things at its door: what it holds, whom it may import, what to read first."""

import ast
from pathlib import Path

from tests.rules.house import ROOT, modules, shown, write

LINES = ("Holds:", "May import:", "Read first:")


def rooms_that_say_too_little(root: Path) -> list[str]:
    """The rooms whose docstring lacks one of the three lines."""
    doors = sorted((root / "triage").glob("*/__init__.py"))
    return [f"{shown(root, door)}: no line {line!r}" for door in doors for line in LINES if not _says(door, line)]


def modules_that_do_not_begin_with_their_job(root: Path) -> list[str]:
    """The modules whose first line is not a docstring that says something."""
    return [
        shown(root, path) for path in modules(root) if not path.read_text(encoding="utf-8").startswith(('"""', 'r"""'))
    ]


def _says(door: Path, line: str) -> bool:
    docstring = ast.get_docstring(ast.parse(door.read_text(encoding="utf-8"))) or ""
    return any(written.startswith(line) and written != line for written in docstring.splitlines())


def test_every_room_says_what_it_holds_whom_it_imports_and_what_to_read_first() -> None:
    assert rooms_that_say_too_little(ROOT) == []


def test_every_room_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "triage").glob("*/*.py")}
    assert [shown(ROOT, folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_the_first_line_of_every_module_is_its_docstring() -> None:
    assert modules_that_do_not_begin_with_their_job(ROOT) == []


def test_a_room_that_says_nothing_is_found(tmp_path: Path) -> None:
    write(tmp_path, "triage/attic/__init__.py", '"""The attic.\n\nHolds: dust.\nMay import:\n"""\n')
    assert rooms_that_say_too_little(tmp_path) == [
        "triage/attic/__init__.py: no line 'May import:'",
        "triage/attic/__init__.py: no line 'Read first:'",
    ]


def test_a_module_that_begins_with_an_import_is_found(tmp_path: Path) -> None:
    write(tmp_path, "triage/attic/dust.py", "import os\n")
    assert modules_that_do_not_begin_with_their_job(tmp_path) == ["triage/attic/dust.py"]
