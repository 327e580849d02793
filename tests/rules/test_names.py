"""Names say what a thing is: no file or class is called by a word that fits everything."""

import ast
import re
from pathlib import Path

from tests.rules.house import ROOT, modules, shown, write

BANNED = {
    "base", "common", "data", "handler", "handlers", "helper", "helpers", "info", "lib", "libs", "manager", "managers",
    "misc", "processor", "processors", "stuff", "util", "utils",
}  # fmt: skip
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

# Names that others gave, each with its reason.
ALLOWED: dict[str, str] = {}


def vague_names(root: Path) -> list[str]:
    """The modules, folders and classes of the package that carry a banned word."""
    return sorted(set(_vague_paths(root)) | set(_vague_classes(root)))


def _vague_paths(root: Path) -> list[str]:
    found = []
    for path in modules(root):
        for part in path.relative_to(root).with_suffix("").parts:
            last = re.split(r"[_\-]", part)
            if part in BANNED or last[-1] in BANNED - {"data", "base", "info"}:
                found.append(shown(root, path))
    return found


def _vague_classes(root: Path) -> list[str]:
    return [
        f"{shown(root, path)}:{node.name}"
        for path in modules(root, "triage")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and _last_word(node.name) in BANNED
    ]


def _last_word(name: str) -> str:
    words = WORD.findall(name)
    return words[-1].lower() if words else ""


def test_no_file_and_no_class_has_a_vague_name() -> None:
    assert vague_names(ROOT) == sorted(ALLOWED)


def test_vague_names_are_found(tmp_path: Path) -> None:
    write(tmp_path, "triage/attic/utils.py", '"""Things."""\n')
    write(tmp_path, "triage/attic/case_helpers.py", '"""Things."""\n')
    write(tmp_path, "triage/attic/dust.py", '"""Dust."""\n\n\nclass CaseManager:\n    """All."""\n')
    assert vague_names(tmp_path) == [
        "triage/attic/case_helpers.py",
        "triage/attic/dust.py:CaseManager",
        "triage/attic/utils.py",
    ]


def test_a_word_of_the_field_is_not_vague(tmp_path: Path) -> None:
    write(tmp_path, "triage/attic/data_keys.py", '"""Keys."""\n\n\nclass DataKey:\n    """A key."""\n')
    assert vague_names(tmp_path) == []
