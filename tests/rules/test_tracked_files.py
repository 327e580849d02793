"""What git keeps names no machine, no account and no download address, and holds no secret."""

import re
from pathlib import Path

from tests.rules.house import ROOT, shown, tracked_files, write

# Written in pieces, so that this file does not find itself.
PRIVATE = {
    "a path of one machine": re.compile("/" + r"(?:work|root|home/\w+|Users/\w+)/[\w.]|\b[A-Z]:" + r"\\Users\\"),
    "a folder of one session": re.compile("/" + r"tmp/(?:bash|pytest|tmp)\w*"),
    "a download address": re.compile(
        r"https?://(?:\w+\.)?(?:" + "|".join(["py" + "pi", "files.python" + "hosted", "registry.np" + "mjs"]) + r")\b"
    ),
    "an option naming an index": re.compile("--" + r"(?:extra-)?index-url\s+\S"),
    "a private key": re.compile("-----" + "BEGIN (?:[A-Z]+ )?PRIVATE KEY"),
}
LARGEST = 3_000_000


def private_things(root: Path, files: list[Path]) -> list[str]:
    """The lines of the files that tell something private."""
    return [
        f"{shown(root, path)}:{number}: {what}"
        for path in files
        for number, line in enumerate(_text(path).splitlines(), start=1)
        for what, pattern in PRIVATE.items()
        if pattern.search(line)
    ]


def _text(path: Path) -> str:
    content = path.read_bytes()
    return "" if b"\0" in content[:8000] else content.decode("utf-8")


def test_no_tracked_file_tells_something_private() -> None:
    assert private_things(ROOT, tracked_files(ROOT)) == []


def test_no_tracked_file_is_huge() -> None:
    assert [shown(ROOT, path) for path in tracked_files(ROOT) if path.stat().st_size > LARGEST] == []


def test_nothing_that_setup_or_running_makes_is_tracked() -> None:
    made = re.compile(r"(^|/)(\.venv|node_modules|__pycache__|instance)/|\.(pyc|mo|sqlite3?|db|key)$")
    assert [shown(ROOT, path) for path in tracked_files(ROOT) if made.search(shown(ROOT, path))] == []


def test_private_things_are_found(tmp_path: Path) -> None:
    home = "/" + "home/noor/cairn"
    address = "https://" + "py" + "pi.org/simple"
    path = write(tmp_path, "notes.md", f"kept in {home}\nfrom {address}\nat /sign-out\n")
    assert private_things(tmp_path, [path]) == [
        "notes.md:1: a path of one machine",
        "notes.md:2: a download address",
    ]
