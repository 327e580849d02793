"""`triage work` sends what is due and ends when it is told to; `triage mailbox` and `triage webhook` say where to."""

import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from tests.casework.agencies.sent import COMPLETE, HELD, Post
from tests.casework.messages.conftest import with_mail
from tests.casework.messages.servers import certificate_in, mail_server
from triage.cases.agency.referral import ReferredAnswer
from triage.casework.agencies.clients import add_client
from triage.casework.service import RULES
from triage.cli import main
from triage.settings import Transport
from triage.store.agency.referrals import unmarked_referrals
from triage.store.agency.tables import agency_referrals
from triage.store.outbox.posts import State


@pytest.fixture
def post(engine: str, tmp_path: Path) -> Post:
    made = Post(tmp_path)
    made.outside("clerk")
    return made


@pytest.fixture
def environment(post: Post) -> dict[str, str]:
    settings = post.service.settings
    return {"TRIAGE_DATABASE_URL": settings.database_url, "TRIAGE_KEYS": str(settings.keys)}


def test_mailboxes_and_webhooks_are_made_turned_and_taken_away(post: Post, environment: dict[str, str]) -> None:
    def run(*words: str) -> tuple[int, list[str]]:
        done = CliRunner().invoke(main, words, env=environment)
        return done.exit_code, done.output.split()

    agency, client = (
        str(post.agencies["Probation North"]),
        add_client(post.service, post.agencies["Probation North"], "x"),
    )
    post.staff("Ines")
    assert run("mailbox", "agency", agency, "duty@agency.example.org") == (0, [agency])
    assert run("mailbox", "agency", agency, "duty") == (1, run("mailbox", "agency", agency, "duty")[1])
    assert run("mailbox", "staff", "Ines", "ines@desk.example.org")[0] == 0
    assert run("mailbox", "staff", "Nobody", "ines@desk.example.org")[0] == 1
    code, (webhook, key) = run("webhook", "add", str(client), "https://hooks.example.org/events")
    assert (code, key[:5]) == (0, "whpk_")
    assert run("webhook", "add", str(client), "https://10.0.0.1/")[0] == 1
    code, (_again, older, newer) = run("webhook", "key", webhook)
    assert (code, older) == (0, key)
    assert run("webhook", "retire-key", webhook) == (0, [webhook, newer])
    assert run("webhook", "retire-key", webhook)[0] == 1, "the last key stays"
    assert run("webhook", "retire", webhook) == (0, [])
    assert run("webhook", "retire", webhook)[0] == 1


def test_a_process_sends_what_waits_and_ends_when_it_is_told_to(
    post: Post, environment: dict[str, str], tmp_path: Path
) -> None:
    certificate = certificate_in(tmp_path)
    agency = post.agencies["Probation North"]
    CliRunner().invoke(main, ["mailbox", "agency", str(agency), "duty@agency.example.org"], env=environment)
    post.now = datetime.now(UTC) - timedelta(minutes=10)
    far = {**HELD, "next_review_on": (post.now + timedelta(days=300)).date().isoformat()}
    answers = (*(one for one in COMPLETE.answers if one.question != "RI-09"), ReferredAnswer("RI-09", "", far))
    post.arrives(post.outside("other"), replace(COMPLETE, answers=answers), "key-one-x")
    with mail_server(Transport.STARTTLS, certificate) as (mail, inbox):
        with_mail(post, mail)
        told = {
            **os.environ, **environment, "SSL_CERT_FILE": str(certificate),
            "TRIAGE_MAIL_SERVER": f"smtp://localhost:{mail.port}", "TRIAGE_MAIL_FROM": mail.sender,
        }  # fmt: skip
        command = [sys.executable, "-c", "from triage.cli import main; main()", "work", "--every", "1"]
        with subprocess.Popen(command, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as working:
            assert working.stdout is not None
            assert working.stdout.readline() == "sent 1\n"
            working.send_signal(signal.SIGTERM)
            assert working.wait(10) == 0
        assert [one["To"] for one in inbox.messages] == ["duty@agency.example.org"]


def test_a_look_that_fails_ends_nothing(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []

    def look(_service: object) -> Counter[State]:
        looks.append(1)
        if len(looks) == 1:
            raise ZeroDivisionError
        os.kill(os.getpid(), signal.SIGTERM)
        return Counter({State.SENT: 1})

    monkeypatch.setattr("triage.cli.messages.working.deliver_due", look)
    before = [(one, signal.getsignal(one)) for one in (signal.SIGTERM, signal.SIGINT)]
    try:
        done = CliRunner().invoke(main, ["work", "--every", "1"], env=environment)
    finally:
        for one, handler in before:
            signal.signal(one, handler)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "sent 1\n", "ZeroDivisionError\n")


def test_a_weak_mail_server_ends_it_before_it_begins(environment: dict[str, str]) -> None:
    weak = {"TRIAGE_MAIL_SERVER": "plain://mail.example.org:25", "TRIAGE_MAIL_FROM": "post@example.org"}
    done = CliRunner().invoke(main, ["work", "--once"], env=environment | weak)
    assert done.exit_code == 1
    assert "mail-unencrypted" in done.output
    assert CliRunner().invoke(main, ["work", "--once"], env=environment).exit_code == 0


@pytest.mark.parametrize("words", [("work", "--once"), ("serve",)])
def test_what_was_sent_before_there_were_marks_is_marked(
    post: Post, environment: dict[str, str], words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("triage.cli.serve.reasons_not_to_serve", lambda *_said: ())  # fewer people than it needs
    monkeypatch.setattr("triage.cli.serve._become_the_server", lambda _settings: None)
    post.arrives(post.outside("other"), COMPLETE, "key-one-x")
    with post.service.writing(RULES) as work:
        work.is_no_act()
        work.connection.execute(update(agency_referrals).values(danger_mark=None, review_index=None))
    done = CliRunner().invoke(main, words, env=environment)
    assert done.exit_code == 0, done.output
    with post.service.reading(RULES) as work:
        assert unmarked_referrals(work, 1) == ()
