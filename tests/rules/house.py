"""What the rules of the house look at: modules, functions, templates and tracked files."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS_OF_CODE = ("triage", "tests", "bench", "locales")
UNWRITTEN = "triage/store/migrations/versions"  # Alembic's, each kept for ever as it was released


@dataclass(frozen=True)
class Function:
    """A function, where it stands and how long it is."""

    module: str
    name: str
    lines: int


def modules(root: Path, *folders: str) -> list[Path]:
    """Every Python module below the folders, and app.py."""
    found = [path for folder in folders or FOLDERS_OF_CODE for path in (root / folder).rglob("*.py")]
    if (root / "app.py").exists():
        found.append(root / "app.py")
    return sorted(path for path in found if not shown(root, path).startswith(UNWRITTEN))


def shown(root: Path, path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(root).as_posix()


def functions(root: Path, path: Path) -> Iterator[Function]:
    """Every function of a module with its length, its decorators and docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            described = ast.get_docstring(node, clean=False) is not None
            start = node.body[0].end_lineno if described else node.lineno
            yield Function(shown(root, path), node.name, (node.end_lineno or 0) - (start or 0))


def templates(root: Path, folder: str = "") -> list[Path]:
    """Every template, or those of one folder."""
    return sorted((root / "templates" / folder).rglob("*.html"))


def tracked_files(root: Path) -> list[Path]:
    """Every file that git keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := root / name).is_file()]


def write(root: Path, name: str, text: str) -> Path:
    """A file of an invented house, to see that a rule bites."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
