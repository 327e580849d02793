"""A message that was not delivered, and a webhook that nobody has confirmed."""

from uuid import UUID, uuid4

from triage.casework.agencies.clients import add_client
from triage.casework.agencies.organisations import add_agency
from triage.casework.messages.kinds import Kind
from triage.casework.messages.registering import Registered, register_webhook
from triage.casework.service import RULES, Service
from triage.store.outbox.posts import Post, State, insert_posts, settle, take_due


def parked(service: Service) -> UUID:
    """The id of a message that was tried and parked."""
    waits = Post(Kind.CARD, uuid4(), uuid4(), service.clock())
    with service.writing(RULES) as work:
        work.is_no_act()
        insert_posts(work, [waits])
        for one in take_due(work, 100):
            settle(work, one, State.PARKED, fault="no-answer")
    return waits.id


def unconfirmed(service: Service, url: str = "https://hooks.example.org/events") -> UUID:
    """The id of a webhook of a client of a new agency."""
    agency = add_agency(service, f"Agency {uuid4().hex[:6]}")
    assert isinstance(agency, UUID)
    client = add_client(service, agency, "Case system")
    assert isinstance(client, UUID)
    made = register_webhook(service, client, url)
    assert isinstance(made, Registered), made
    return made.id
