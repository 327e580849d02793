"""What is due is said once, however many say it; what cannot be said is tried again, and then parked in sight."""

import base64
import json
import time
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.casework.agencies.sent import COMPLETE, Post
from tests.casework.messages.conftest import AGENCY_ADDRESS, INTAKE_ADDRESS, with_mail
from tests.casework.messages.servers import mail_server, receiver
from triage.cases.roles import Actor
from triage.casework.agencies import answering
from triage.casework.agencies.clients import add_client, retire_client
from triage.casework.messages import delivering
from triage.casework.messages.delivering import WAITS, deliver_due
from triage.casework.messages.hooks import send_event
from triage.casework.messages.kinds import Kind, is_mail, texts
from triage.casework.messages.registering import (
    Registered,
    add_webhook_key,
    register_webhook,
    retire_webhook,
    retire_webhook_key,
    staff_mailbox,
)
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.settings import Transport
from triage.store.outbox.posts import Delivery, State, insert_posts, posts_in, take_due
from triage.store.outbox.posts import Post as Waiting
from triage.store.outbox.webhooks import confirm_webhook


def in_state(post: Post, state: State) -> tuple[Delivery, ...]:
    with post.service.reading(RULES) as work:
        return posts_in(work, state)


def registered(post: Post, url: str, *, confirmed: bool = True) -> Registered:
    """A webhook of a client of the agency."""
    client = add_client(post.service, post.agencies["Probation North"], "Case system")
    assert isinstance(client, UUID)
    made = register_webhook(post.service, client, url)
    assert isinstance(made, Registered), made
    if confirmed:
        with post.service.writing(RULES) as work:
            assert confirm_webhook(work, made.id)
            work.is_no_act()
    return made


def keep(post: Post, *posts: Waiting) -> None:
    with post.service.writing(RULES) as work:
        insert_posts(work, posts)
        work.is_no_act()


@pytest.mark.parametrize("transport", Transport)
def test_e_mails_reach_a_real_server_and_name_nobody(
    post: Post, lead: Actor, intake: Actor, trusted: Path, transport: Transport
) -> None:
    (post.service.settings.keys / "mail.secret").write_text("a password for mail\n")
    password = "" if transport is Transport.PLAIN else "a password for mail"
    with mail_server(transport, trusted, password=password) as (settings, inbox):
        with_mail(post, settings)
        sent = post.arrives(lead, COMPLETE, "key-one-x")
        assert deliver_due(post.service) == Counter(), "nothing is due before five minutes have run"
        post.wait(minutes=5)
        assert deliver_due(post.service) == {State.SENT: 2}
        assert deliver_due(post.service) == Counter()
    assert {one["To"] for one in inbox.messages} == {AGENCY_ADDRESS, INTAKE_ADDRESS}
    assert inbox.signed_in == (2 if password else 0)
    assert set(inbox.peers) == {"desk.example.org"}, "the greeting names our domain, not this machine"
    for one in inbox.messages:
        whole = one.as_string() + str(one.get_payload(decode=True), "utf-8")
        assert one["From"] == "post@desk.example.org"
        assert one["Auto-Submitted"] == "auto-generated"
        for told in ("Nadia", "Omar", "Probation", "PN-1", str(sent), "http", "Cairn", "abuse", "localhost", "Python"):
            assert told.casefold() not in whole.casefold().replace("received: from localhost", ""), told


def test_every_mail_has_one_subject_and_both_languages() -> None:
    assert set(texts()) == {kind for kind in Kind if is_mail(kind)}
    assert {text.subject for text in texts().values()} == {"A message for you / Un message pour vous"}
    assert len({text.body for text in texts().values()}) == len(texts())
    for text in texts().values():
        assert "Please sign in" in text.body
        assert "Veuillez vous connecter" in text.body


def test_a_server_that_does_not_encrypt_or_prove_its_name_is_told_nothing(
    post: Post, lead: Actor, trusted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server(Transport.PLAIN, trusted) as (plain, inbox):
        with_mail(post, replace(plain, transport=Transport.STARTTLS))
        post.arrives(lead, COMPLETE, "key-one-x")
        post.wait(minutes=5)
        assert deliver_due(post.service) == {State.WAITING: 1}
        assert not inbox.messages
    monkeypatch.delenv("SSL_CERT_FILE")
    with mail_server(Transport.TLS, trusted) as (unknown, inbox):
        with_mail(post, unknown)
        post.wait(minutes=5)
        assert deliver_due(post.service) == {State.WAITING: 1}
        assert not inbox.messages
    assert in_state(post, State.WAITING)[0].fault == "not-delivered", "the log alone says why"


def test_what_fails_waits_longer_each_time_and_is_parked_within_a_day(post: Post, lead: Actor, trusted: Path) -> None:
    with mail_server(Transport.TLS, trusted) as (settings, inbox):
        with_mail(post, settings)
        inbox.refusal = "451 come back later"
        post.arrives(lead, COMPLETE, "key-one-x")
        began = post.now
        post.wait(minutes=5)
        waits = []
        while deliver_due(post.service)[State.WAITING]:
            waiting = next(one for one in in_state(post, State.WAITING) if one.tries)
            assert waiting.fault == "not-delivered"
            waits.append(waiting.next_at - post.now)
            post.now = waiting.next_at - timedelta(seconds=1)
            assert deliver_due(post.service) == Counter(), "not before its time"
            post.now = waiting.next_at + timedelta(seconds=1)
        for waited, whole in zip(waits, WAITS, strict=True):
            assert whole * 0.79 <= waited <= whole
        assert timedelta(hours=18) < post.now - began < timedelta(hours=24, minutes=10)
        (parked,) = in_state(post, State.PARKED)
        assert (parked.post.kind, parked.tries) == (Kind.RECEIVED, 8)
        assert not inbox.messages


def test_a_mailbox_that_does_not_exist_is_parked_at_once(post: Post, lead: Actor, trusted: Path) -> None:
    with mail_server(Transport.TLS, trusted) as (settings, inbox):
        with_mail(post, settings)
        inbox.refusal = "550 no such mailbox"
        post.arrives(lead, COMPLETE, "key-one-x")
        post.wait(minutes=5)
        assert deliver_due(post.service) == {State.PARKED: 1}


def test_without_a_mail_server_e_mails_are_parked_and_acts_go_on(post: Post, lead: Actor, intake: Actor) -> None:
    post.arrives(lead, COMPLETE, "key-one-x")
    post.wait(minutes=5)
    assert deliver_due(post.service) == {State.PARKED: 2}
    assert {one.fault for one in in_state(post, State.PARKED)} == {"no-mail-server"}
    assert intake.name == "Ines"


def test_a_reminder_is_sent_when_a_review_is_near_and_the_referral_still_open(
    post: Post, lead: Actor, intake: Actor, trusted: Path
) -> None:
    assert staff_mailbox(post.service, "Ines", "") == intake.id
    with mail_server(Transport.TLS, trusted) as (settings, inbox):
        with_mail(post, settings)
        sent = post.arrives(lead, COMPLETE, "key-one-x")
        post.wait(minutes=5)
        deliver_due(post.service)
        agency = post.agencies["Probation North"]
        keep(post, Waiting(Kind.REVIEW, agency, agency, post.now))
        assert deliver_due(post.service) == {State.VOID: 1}, "no review is near"
        post.now = datetime.fromisoformat("2026-12-03T04:00:01+00:00")
        assert deliver_due(post.service) == {State.SENT: 1}
        assert isinstance(answering.decline(post.service, intake, sent, "outside-area"), Recorded)
        assert isinstance(answering.close(post.service, intake, sent), Recorded)
        post.wait(days=1)
        keep(post, Waiting(Kind.REVIEW, agency, agency, post.now))
        assert deliver_due(post.service) == {State.SENT: 1, State.VOID: 1}, "the answer is sent, the reminder is not"
        assert len(inbox.messages) == 3


def _verified(headers: dict[str, str], body: bytes, key: str) -> bool:
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.removeprefix("whpk_")))
    for one in headers["webhook-signature"].split():
        try:
            public.verify(base64.b64decode(one.removeprefix("v1a,")), said)
        except InvalidSignature:
            continue
        return True
    return False


def test_a_webhook_is_told_an_opaque_id_signed_by_every_open_key(post: Post, lead: Actor, trusted: Path) -> None:
    with receiver(trusted) as there:
        with_mail(post, None, demonstration=True)
        first = registered(post, there.url)
        both = add_webhook_key(post.service, first.id)
        assert isinstance(both, Registered)
        assert not isinstance(add_webhook_key(post.service, first.id), Registered), "two keys at most"
        sent = post.arrives(lead, COMPLETE, "key-one-x")
        post.wait(days=1)
        assert deliver_due(post.service)[State.SENT] == 1
        ((headers, body),) = there.arrived
        assert json.loads(body) == {
            "type": "referral.updated",
            "timestamp": "2026-11-23T04:00:00Z",
            "data": {"id": str(sent)},
        }
        assert [_verified(headers, body, key) for key in both.keys] == [True, True]
        assert not _verified(headers, body + b" ", both.keys[0])
        assert not _verified({**headers, "webhook-timestamp": "1"}, body, both.keys[0])
        assert int(headers["webhook-timestamp"]) == int(post.now.timestamp())
        assert "user-agent" not in headers
        left = retire_webhook_key(post.service, first.id)
        assert isinstance(left, Registered)
        assert left.keys == both.keys[1:]


@pytest.mark.parametrize(
    ("answer", "ends", "fault"),
    [(302, State.WAITING, "refused"), (500, State.WAITING, "refused"), (410, State.PARKED, "gone")],
)
def test_a_redirect_is_not_followed_and_gone_is_not_tried_again(
    post: Post, lead: Actor, trusted: Path, answer: int, ends: State, fault: str
) -> None:
    with receiver(trusted) as there:
        with_mail(post, None, demonstration=True)
        registered(post, there.url)
        there.answer = answer
        keep(post, Waiting(Kind.UPDATED, _only_webhook(post), uuid4(), post.now))
        assert deliver_due(post.service) == {ends: 1}
        assert len(there.arrived) == 1
    assert in_state(post, ends)[0].fault == fault


def test_whoever_answers_one_sign_at_a_time_is_not_waited_for(trusted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.casework.messages.hooks.SECONDS", 0.5)
    ended: list[float] = []

    def slowly(request: Any) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")  # so that what was read looks like an answer
        for sign in b"slowly: " + b"a" * 40:
            try:
                request.wfile.write(bytes([sign]))
            except OSError:
                return
            time.sleep(0.1)

    with receiver(trusted) as there:
        there.answer = slowly
        began = time.monotonic()
        failed = send_event(there.url, {}, b"{}", loopback=True)
        ended.append(time.monotonic() - began)
    assert failed is not None
    assert failed.fault == "no-answer"
    assert ended[0] < 1.5


def test_a_name_that_leads_home_or_proves_nothing_is_told_nothing(
    trusted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        """The first answer is public, every later one is this machine."""
        asked.append(host)
        return ["127.0.0.1"] if len(asked) > 1 else ["192.52.193.1"]

    with receiver(trusted) as there:
        failed = send_event(there.url, {}, b"{}")
        assert failed is not None
        assert failed.fault == "forbidden-address", "outside a demonstration this machine is no receiver"
        monkeypatch.setattr("triage.casework.messages.hooks.SECONDS", 0.2)
        failed = send_event("https://hooks.example.org/", {}, b"{}", resolve=rebinding)
        assert failed is not None
        assert asked == ["hooks.example.org"], "a name is asked for once: what was looked at is connected to"
        monkeypatch.delenv("SSL_CERT_FILE")
        failed = send_event(there.url, {}, b"{}", loopback=True)
        assert failed is not None
        assert failed.fault == "certificate"
        assert there.arrived == []


def test_the_address_that_was_looked_at_is_connected_to_whatever_the_name_leads_to_by_then(trusted: Path) -> None:
    with receiver(trusted) as there:
        failed = send_event(there.url, {}, b"{}", loopback=True, resolve=lambda _host, _port: ["127.0.0.2"])
        assert failed is not None
        assert failed.fault == "no-answer"
        assert there.arrived == []


def test_nothing_goes_to_a_webhook_before_it_is_confirmed_or_after_it_or_its_client_is_retired(
    post: Post, lead: Actor, trusted: Path
) -> None:
    with receiver(trusted) as there:
        with_mail(post, None, demonstration=True)
        waits = registered(post, there.url, confirmed=False)
        keep(post, Waiting(Kind.UPDATED, waits.id, uuid4(), post.now))
        assert deliver_due(post.service) == {State.VOID: 1}
        kept, other = registered(post, there.url), registered(post, there.url)
        keep(post, *(Waiting(Kind.UPDATED, one.id, uuid4(), post.now) for one in (kept, other)))
        assert retire_webhook(post.service, kept.id)
        assert retire_client(post.service, _client(post, other))
        assert deliver_due(post.service) == {State.VOID: 2}
        assert there.arrived == []


def test_many_processes_say_everything_once(post: Post, lead: Actor, trusted: Path) -> None:
    with receiver(trusted) as there:
        with_mail(post, None, demonstration=True)
        kept = registered(post, there.url)
        keep(post, *(Waiting(Kind.UPDATED, kept.id, uuid4(), post.now) for _number in range(60)))
        workers = [Thread(target=deliver_due, args=(post.service,)) for _worker in range(4)]
        for one in workers:
            one.start()
        for one in workers:
            one.join(60)
        assert len({headers["webhook-id"] for headers, _body in there.arrived}) == 60
        assert len(there.arrived) == 60
    assert not in_state(post, State.WAITING)


def test_what_a_process_took_when_it_was_killed_is_said_by_another_ten_minutes_later(
    post: Post, lead: Actor, trusted: Path
) -> None:
    with receiver(trusted) as there:
        with_mail(post, None, demonstration=True)
        kept = registered(post, there.url)
        keep(post, Waiting(Kind.UPDATED, kept.id, uuid4(), post.now))
        with post.service.writing(RULES) as work:
            work.is_no_act()
            (taken,) = take_due(work, 10)
        post.wait(minutes=9)
        assert deliver_due(post.service) == Counter()
        post.wait(minutes=2)
        assert deliver_due(post.service) == {State.SENT: 1}
        with post.service.writing(RULES) as work:
            work.is_no_act()
            assert not delivering.settle(work, taken, State.PARKED), "the first one comes too late to change it"


def test_a_page_that_is_not_public_is_not_registered(post: Post, lead: Actor) -> None:
    client = add_client(post.service, post.agencies["Probation North"], "Case system")
    assert isinstance(client, UUID)
    for url in ("http://hooks.example.org/", "https://127.0.0.1/", "https://localhost:9000/"):
        assert not isinstance(register_webhook(post.service, client, url), Registered)
    assert not isinstance(register_webhook(post.service, uuid4(), "https://hooks.example.org/"), Registered)


def _only_webhook(post: Post) -> UUID:
    from triage.store.outbox.webhooks import open_webhooks

    with post.service.reading(RULES) as work:
        return open_webhooks(work)[0].id


def _client(post: Post, kept: Registered) -> UUID:
    from triage.store.outbox.webhooks import find_webhook

    with post.service.reading(RULES) as work:
        found = find_webhook(work, kept.id)
    assert found is not None
    return found.client_id
