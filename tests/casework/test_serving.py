"""`triage serve` serves a demonstration from nothing, and refuses with a named reason what is not in order."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from triage.cli.serve import serve; serve()"]


def start(folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRIAGE_")}
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int, seconds: float) -> bool:
    until = monotonic() + seconds
    while monotonic() < until:
        try:
            with urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
                return page.status == 200
        except OSError:  # not there yet, or slow: the machine may be busy
            sleep(0.3)
    return False


def test_a_demonstration_is_served_from_an_empty_folder(tmp_path: Path) -> None:
    port = free_port()
    server = start(tmp_path, "--demonstration", "--port", str(port))
    try:
        served = answers(port, 120)
    finally:
        server.terminate()
        said, errors = server.communicate(timeout=30)
    assert served, errors
    assert said.count("-demonstration") == 16
    assert (tmp_path / "var/demonstration/cairn.sqlite3").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("environment", "code", "name"),
    [
        ({}, 1, "key-missing"),
        ({"TRIAGE_PORT": "none"}, 2, "TRIAGE_PORT"),
        ({"TRIAGE_DATABASE_URL": "postgresql://db/cairn"}, 2, "TRIAGE_DATABASE_URL"),
        ({"TRIAGE_HOST": "192.0.2.1", "TRIAGE_DEMONSTRATION": "yes"}, 1, "demonstration-exposed"),
    ],
)
def test_what_is_not_in_order_is_refused_by_name(
    tmp_path: Path, environment: dict[str, str], code: int, name: str
) -> None:
    server = start(tmp_path, **environment)
    _said, errors = server.communicate(timeout=60)
    assert (server.returncode, name in errors) == (code, True), errors
