"""The events of one referral carry a timestamp that only grows, so that a receiver knows which of two is the later."""

import json
from datetime import timedelta
from pathlib import Path

from tests.casework.agencies.sent import COMPLETE, Post
from tests.casework.messages.conftest import with_mail
from tests.casework.messages.servers import receiver
from tests.casework.messages.test_delivering import in_state, registered
from triage.cases.roles import Actor
from triage.casework.agencies.answering import ask
from triage.casework.agencies.sending import reply
from triage.casework.agencies.taking import Taking, take
from triage.casework.messages.delivering import deliver_due
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.store.outbox.posts import State, decide_parked


def test_what_was_parked_and_comes_late_has_the_earlier_timestamp(
    post: Post, lead: Actor, intake: Actor, trusted: Path
) -> None:
    with receiver(trusted) as there:
        with_mail(post, None, demonstration=True)
        registered(post, there.url)
        there.answer = 500
        sent = post.arrives(lead, COMPLETE, "key-in-order")
        for _try in range(60):
            post.wait(hours=1)
            deliver_due(post.service)
            if parked := [one for one in in_state(post, State.PARKED) if one.post.reference == sent]:
                break
        assert len(parked) == 1
        there.answer = 204
        there.arrived.clear()
        assert isinstance(ask(post.service, intake, sent, "Since when?"), Recorded)
        post.wait(days=1)
        deliver_due(post.service)
        assert isinstance(reply(post.service, lead, sent, "Since May."), Recorded)
        assert isinstance(take(post.service, intake, sent, Taking("A-B", "B")), Recorded)
        post.wait(days=1)
        with post.service.writing(RULES) as work:
            assert decide_parked(work, parked[0].post.id, State.WAITING)
            work.is_no_act()
        deliver_due(post.service)
        bodies = [json.loads(body) for headers, body in there.arrived]
        assert {one["data"]["id"] for one in bodies} == {str(sent)}
        times = [one["timestamp"] for one in bodies]
        assert len(times) == len(set(times)) == 3, "one for each publication that changed something"
        assert {one[10:] for one in times} == {"T04:00:00Z"}
        parked_first = (parked[0].post.due).strftime("%Y-%m-%dT%H:%M:%SZ")
        asked, answered = (one for one in times if one != parked_first)
        assert parked_first < asked < answered
        assert times.index(parked_first) > times.index(asked), "the office sent it again after a later one"


def test_two_acts_before_one_publication_are_one_event(post: Post, lead: Actor, intake: Actor, trusted: Path) -> None:
    with receiver(trusted) as there:
        with_mail(post, None, demonstration=True)
        registered(post, there.url)
        sent = post.arrives(lead, COMPLETE, "key-one-event")
        ask(post.service, intake, sent, "Since when?")
        post.now += timedelta(days=1)
        deliver_due(post.service)
        assert len(there.arrived) == 1
