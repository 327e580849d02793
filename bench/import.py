"""Measure an import of 20,000 rows beside a portal in use: real SQLite, real processes, every row counted afterwards.

One process imports with `triage import`; gunicorn serves another agency, whose clerk goes on saving drafts. Their waits
are measured before and while the file is sent.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from _timing import tell

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.casework.agencies.sent import COMPLETE, HELD
from tests.interchange.drafts import questions
from tests.resilience.served import Browser, Served, prepare, served, settings_of
from triage.cases.agency.referral import ReferredAnswer
from triage.casework.agencies.organisations import add_agency
from triage.casework.service import RULES
from triage.interchange.writing import as_csv, as_xlsx, table_of

REFERRALS = 10_000
"""Of two people, and so 20,000 rows."""
QUIET = 10.0
"""Seconds for which the portal is measured before."""


def file_of(folder: Path, kind: str) -> Path:
    """A file of the largest size that is taken."""
    soon = (datetime.now(UTC).date() + timedelta(days=14)).isoformat()
    held = ReferredAnswer("RI-09", "", {**HELD, "next_review_on": soon})
    one = replace(COMPLETE, answers=(*(said for said in COMPLETE.answers if said.question != "RI-09"), held))
    table = table_of([replace(one, external_reference=f"B-{kind}-{n}") for n in range(REFERRALS)], questions())
    assert len(table) == 2 * REFERRALS + 1
    path = folder / f"referrals.{kind}"
    path.write_bytes(as_csv(table) if kind == "csv" else as_xlsx({"Referrals": table}))
    return path


def one_draft(clerk: Browser) -> float:
    """Begin a draft and answer whether somebody is in danger: two writes and two pages. Output: seconds."""
    start = time.perf_counter()
    begun = clerk.send("/agency/referrals", clerk.form("/agency/referrals"))
    place = begun.headers["Location"]
    answered = clerk.send(place, clerk.form(place) | {"code": "neither", "then": "next"})
    assert answered.status_code == 303, answered.text
    return time.perf_counter() - start


def command(running: Served, file: Path) -> subprocess.Popen[bytes]:
    """The import as a process of its own."""
    settings = settings_of(running.folder)
    environment = {"TRIAGE_DATABASE_URL": settings.database_url, "TRIAGE_KEYS": str(settings.keys)}
    words = [str(Path(sys.executable).with_name("triage")), "import", str(file), "--agency", "Bulk North", "--json"]
    return subprocess.Popen(words, env=os.environ | environment, stdout=subprocess.PIPE)


def kept(running: Served) -> int:
    """How many referrals were sent."""
    service = running.service()
    with service.reading(RULES) as work:
        found = work.connection.exec_driver_sql("SELECT count(*) FROM agency_referrals WHERE sent IS NOT NULL")
        count = int(found.scalar_one())
    service.database.close()
    return count


def main() -> None:
    """Time both kinds of file in turn."""
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        with served(Path(name), workers=2) as running:
            measure(running, Path(name))


def measure(running: Served, folder: Path) -> None:
    """Send a file of either kind while a clerk of another agency works."""
    service = running.service()
    add_agency(service, "Bulk North")
    service.database.close()
    clerk = running.browser("agency-clerk")
    for number, kind in enumerate(("csv", "xlsx"), 1):
        file = file_of(folder, kind)
        end = time.perf_counter() + QUIET
        quiet: list[float] = []
        while time.perf_counter() < end:
            quiet.append(one_draft(clerk))
        start = time.perf_counter()
        importing = command(running, file)
        busy: list[float] = []
        while importing.poll() is None:
            busy.append(one_draft(clerk))
        seconds = time.perf_counter() - start
        assert importing.returncode == 0
        assert kept(running) == number * REFERRALS
        tell(
            f"import_{kind}",
            rows=2 * REFERRALS,
            seconds=round(seconds, 1),
            target=60,
            draft_quiet_median=round(statistics.median(quiet), 3),
            draft_quiet_worst=round(max(quiet), 3),
            draft_busy_median=round(statistics.median(busy), 3),
            draft_busy_worst=round(max(busy), 3),
            drafts_meanwhile=len(busy),
        )


if __name__ == "__main__":
    main()
