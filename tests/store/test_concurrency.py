"""Many writers on one case, in processes of their own, also when they are killed: nothing acknowledged is lost."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

from tests.casework.small_service import TODAY, House, Staffed
from tests.databases.engines import SQLITE
from triage.cases.wall import Refused
from triage.casework.assessments import read
from triage.casework.installation import Verified, verify_audit
from triage.casework.service import RULES

ROOT = Path(__file__).resolve().parents[2]
WRITERS, EACH = 8, 25


def start(house: House, staffed: Staffed, wanted: int, word: str) -> subprocess.Popen[str]:
    worker = staffed.worker
    command = [sys.executable, "-m", "tests.store.many_writers", str(house.folder), str(worker.id), worker.name]
    return subprocess.Popen(
        [*command, str(staffed.id), str(wanted), word],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )


def kept_texts(house: House, staffed: Staffed) -> list[str]:
    view = read(house.service, staffed.worker, staffed.id)
    assert not isinstance(view, Refused)
    return [answer.text for answer in view.record.answers]


def test_eight_writers_lose_nothing_and_see_no_lock(house: House, staffed: Staffed) -> None:
    writers = [start(house, staffed, EACH, f"w{number}") for number in range(WRITERS)]
    told = [writer.communicate(timeout=120) for writer in writers]
    assert [(writer.returncode, errors) for writer, (_out, errors) in zip(writers, told, strict=True)] == [(0, "")] * 8
    texts = kept_texts(house, staffed)
    assert sorted(texts) == sorted(f"w{number}-{place}" for number in range(WRITERS) for place in range(EACH))
    conflicts = sum(int(out.rpartition("conflicts ")[2]) for out, _errors in told)
    assert conflicts > 0, "the writers never met, so this proved nothing"
    assert isinstance(verify_audit(house.service), Verified)


def test_a_writer_killed_in_the_middle_loses_nothing_it_acknowledged(house: House, staffed: Staffed) -> None:
    dice = random.Random(TODAY.isoformat())
    acknowledged: list[str] = []
    for round_number in range(4):
        writers = [start(house, staffed, 10_000, f"r{round_number}w{number}") for number in range(3)]
        acknowledged += [writer.stdout.readline().strip().removeprefix("kept ") for writer in writers]
        sleep(dice.uniform(0.02, 0.4))
        for writer in writers:
            os.kill(writer.pid, signal.SIGKILL)
        for writer in writers:
            out, errors = writer.communicate(timeout=30)
            assert errors == ""
            acknowledged += [line.removeprefix("kept ") for line in out.splitlines() if line.startswith("kept ")]
    texts = kept_texts(house, staffed)
    assert len(acknowledged) >= 12
    assert set(acknowledged) <= set(texts)
    assert len(texts) == len(set(texts))
    with house.service.reading(RULES) as work:
        written = work.connection.exec_driver_sql(
            "SELECT count(*) FROM audit WHERE act = 'record-answer' AND result = 'recorded'"
        ).scalar_one()
        if work.connection.dialect.name == SQLITE:
            assert work.connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    assert written == len(texts)
    assert isinstance(verify_audit(house.service), Verified)
