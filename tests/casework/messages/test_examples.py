"""The examples of docs/messages.md believe what we send, and nothing else."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from triage.casework.messages.hooks import event_body, new_seed, public_half, signed

PAGE = Path(__file__).resolve().parents[3] / "docs" / "messages.md"
EXAMPLES = dict(re.findall(r"^```(python|sh)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))
COMMANDS = {"python": [sys.executable, "-c"], "sh": ["/bin/sh", "-c"]}


def answer(example: str, headers: dict[str, str], body: bytes, key: str, folder: Path) -> str:
    """Run an example over an event: what it prints."""
    (folder / "body").write_bytes(body)
    said = {name.upper().replace("-", "_"): value for name, value in headers.items()}
    environment = {**os.environ, **said, "KEY": key, "BODY": str(folder / "body")}
    command = [*COMMANDS[example], EXAMPLES[example]]
    done = subprocess.run(command, env=environment, input=body, capture_output=True, check=True, timeout=30)
    return done.stdout.decode().strip()


@pytest.mark.parametrize("example", sorted(COMMANDS))
def test_an_example_believes_an_event_signed_by_either_key_and_no_other(example: str, tmp_path: Path) -> None:
    now, older, newer = datetime.now(UTC), new_seed(), new_seed()
    body = event_body("referral.updated", uuid4(), now)
    headers = signed(uuid4(), body, now, (older, newer))
    for key, sent, said, believed in (
        (older, body, headers, "ours"),
        (newer, body, headers, "ours"),
        (new_seed(), body, headers, "not ours"),
        (newer, body.replace(b"updated", b"updatec"), headers, "not ours"),
        (newer, body, {**headers, "webhook-id": str(uuid4())}, "not ours"),
    ):
        assert answer(example, said, sent, public_half(key), tmp_path) == believed


def test_the_example_in_python_refuses_what_was_signed_long_ago(tmp_path: Path) -> None:
    long_ago, seed = datetime.now(UTC) - timedelta(minutes=6), new_seed()
    assert answer("python", signed(uuid4(), b"{}", long_ago, (seed,)), b"{}", public_half(seed), tmp_path) == "not ours"
