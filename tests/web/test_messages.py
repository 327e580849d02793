"""Those who run the service see what was not delivered, and nothing of whom it is about; and decide about it."""

from uuid import UUID

import pytest

from tests.casework.messages.kept import parked, unconfirmed
from tests.web.site import Person, Site
from triage.casework.service import RULES
from triage.store.outbox.posts import State, posts_in
from triage.store.outbox.webhooks import find_webhook


@pytest.fixture
def administrator(site: Site) -> Person:
    return site.person("administrator")


def states(site: Site) -> dict[UUID, tuple[State, int]]:
    with site.service.reading(RULES) as work:
        return {one.post.id: (one.state, one.tries) for state in State for one in posts_in(work, state)}


def test_a_message_that_was_not_delivered_is_tried_again_or_given_up(site: Site, administrator: Person) -> None:
    again, never = parked(site.service), parked(site.service)
    page = administrator.get("/office/messages").text
    assert "No mail server is set up" in page
    assert "There was no answer in time." in page
    assert "&lt;span" not in page
    for one in (again, never):
        assert str(one) in page
    assert administrator.post(f"/office/messages/{again}/decide", {"reply": "again"}).status_code == 303
    assert administrator.post(f"/office/messages/{never}/decide", {"reply": "drop"}).status_code == 303
    assert states(site)[again] == (State.WAITING, 0)
    assert states(site)[never] == (State.DROPPED, 1)
    assert administrator.post(f"/office/messages/{never}/decide", {"reply": "again"}).status_code == 303
    assert states(site)[never] == (State.DROPPED, 1), "what was given up stays so"
    assert administrator.post(f"/office/messages/{again}/decide", {"reply": "perhaps"}).status_code == 400


def test_a_webhook_is_used_once_somebody_confirmed_it_on_the_page(site: Site) -> None:
    manager, webhook = site.person("manager"), unconfirmed(site.service, "https://hooks.example.org/one?a=b")
    assert "https://hooks.example.org/one?a=b" in manager.get("/office/messages").text
    assert manager.post(f"/office/webhooks/{webhook}/confirm", {}).status_code == 303
    with site.service.reading(RULES) as work:
        found = find_webhook(work, webhook)
    assert found is not None
    assert found.confirmed
    assert "In use" in manager.get("/office/messages").text


def test_a_manager_sees_messages_and_decides_nothing_about_them(site: Site) -> None:
    waits, manager = parked(site.service), site.person("manager")
    assert "Try again" not in manager.get("/office/messages").text
    assert manager.post(f"/office/messages/{waits}/decide", {"reply": "drop"}).status_code == 404
    assert states(site)[waits] == (State.PARKED, 1)
