"""`triage import` says what is wrong by row, sends or sends nothing, and tells it by its exit code."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.casework.agencies.sent import COMPLETE, HELD, Post
from tests.interchange.drafts import questions
from triage.cases.agency.referral import ReferredAnswer
from triage.cases.roles import Role
from triage.casework.agencies.own import list_own
from triage.cli import main
from triage.interchange.writing import as_csv, table_of

pytestmark = pytest.mark.usefixtures("engine")


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return Post(tmp_path)


def run(post: Post, *words: str) -> Result:
    settings = post.service.settings
    environment = {
        "TRIAGE_DATABASE_URL": settings.database_url,
        "TRIAGE_KEYS": str(settings.keys),
        "TRIAGE_FLOWS": str(settings.flows),
    }
    return CliRunner().invoke(main, ["import", *words], env=environment)


def file_of(folder: Path, **held: str) -> str:
    soon = (datetime.now(UTC).date() + timedelta(days=14)).isoformat()
    one = ReferredAnswer("RI-09", "", {**HELD, "next_review_on": soon, **held})
    referral = replace(COMPLETE, answers=(*(said for said in COMPLETE.answers if said.question != "RI-09"), one))
    (folder / "referrals.csv").write_bytes(as_csv(table_of([referral], questions())))
    return str(folder / "referrals.csv")


def test_a_file_is_looked_through_sent_and_sent_again(post: Post, tmp_path: Path) -> None:
    lead = post.outside("Lena", Role.AGENCY_LEAD)
    file = file_of(tmp_path)
    looked = run(post, file, "--agency", "Probation North", "--dry-run")
    assert looked.exit_code == 0, looked.output
    assert "1 referrals may be sent" in looked.output
    assert list_own(post.service, lead).listed == ()
    done = run(post, file, "--agency", "probation north", "--json")
    assert (done.exit_code, json.loads(done.stdout)["sent"]) == (0, 1)
    again = run(post, file, "--agency", "Probation North", "--json")
    assert {key: json.loads(again.stdout)[key] for key in ("sent", "again", "faults")} == {
        "sent": 0, "again": 1, "faults": [],
    }  # fmt: skip


def test_what_is_wrong_is_said_by_row_and_nothing_is_sent(post: Post, tmp_path: Path) -> None:
    lead = post.outside("Lena", Role.AGENCY_LEAD)
    done = run(post, file_of(tmp_path, code="closing"), "--agency", "Probation North")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[0].startswith("row 2, column RI-09: A referral is not a reason to close a case.")
    assert list_own(post.service, lead).listed == ()


def test_what_cannot_be_read_or_is_nobodys_ends_with_2(post: Post, tmp_path: Path) -> None:
    post.outside("Lena", Role.AGENCY_LEAD)
    (tmp_path / "no.csv").write_bytes(b"reference,person\n")
    file = str(tmp_path / "no.csv")
    assert run(post, file, "--agency", "Probation North").exit_code == 2
    wrong = run(post, file, "--agency", "Probation Nort")
    assert (wrong.exit_code, wrong.stderr) == (2, "There is no agency of that name. Did you mean `Probation North`?\n")
    assert run(post, str(tmp_path / "absent.csv"), "--agency", "x").exit_code == 2
    french = run(post, file, "--agency", "Probation North", "--language", "fr")
    assert "Cette colonne est nécessaire." in french.stderr
