"""Posts that are settled end after ninety days; what waits or is parked never does, and the database refuses it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Table, delete, func, select
from sqlalchemy.exc import DBAPIError

from tests.casework.agencies.sent import Post
from tests.casework.messages.test_delivering import keep
from tests.databases.engines import at_the_database
from triage.cases.roles import Actor, Role, Side
from triage.casework.accounts import office
from triage.casework.accounts.office import Invited
from triage.casework.messages.forgetting import KEPT_FOR, forget_settled
from triage.casework.messages.kinds import Kind
from triage.casework.service import RULES
from triage.store.outbox import posts
from triage.store.outbox.posts import Post as Waiting
from triage.store.outbox.posts import State, settle, take_due
from triage.store.outbox.tables import deliveries, outbox
from triage.store.tables import invitations

SETTLED = (State.SENT, State.VOID, State.DROPPED)


def posted(post: Post, state: State) -> None:
    """A post that came as far as that today."""
    keep(post, Waiting(Kind.CARD, uuid4(), uuid4(), post.now))
    with post.service.writing(RULES) as work:
        work.is_no_act()
        for one in take_due(work, 1) if state is not State.WAITING else ():
            assert settle(work, one, state)


def left(post: Post) -> list[str]:
    with at_the_database(post.folder) as connection:
        told = sorted(connection.execute(select(deliveries.c.state)).scalars())
        assert connection.execute(select(func.count()).select_from(outbox)).scalar_one() == len(told)
        return told


def test_what_is_settled_is_forgotten_after_ninety_days_and_nothing_else(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posts, "_FORGOTTEN_AT_ONCE", 2)
    for state in (*SETTLED, State.PARKED, State.WAITING):
        posted(post, state)
    post.now += KEPT_FOR
    assert (forget_settled(post.service), len(left(post))) == (0, 5)
    post.wait(seconds=1)
    assert forget_settled(post.service) == 3
    assert left(post) == ["parked", "waiting"]
    post.wait(days=4000)
    assert forget_settled(post.service) == 0


@pytest.mark.parametrize("table", [deliveries, outbox], ids=str)
def test_the_database_refuses_to_forget_what_is_not_settled(post: Post, table: Table) -> None:
    for state in (State.WAITING, State.PARKED):
        posted(post, state)
    with post.service.writing(RULES) as work:
        work.is_no_act()
        all_of_it = delete(table)
        with pytest.raises(DBAPIError):
            work.connection.execute(all_of_it)
    assert len(left(post)) == 2


def test_the_name_of_an_invitation_that_ended_is_gone(post: Post) -> None:
    administrator: Actor = post.staff("Abe", Role.ADMINISTRATOR, Side.INDEPENDENT)
    for days, count in ((2, 1), (2, 0)):
        if days and count:
            made = office.invite(post.service, administrator, "Iris", Role.INTAKE_WORKER, Side.PROGRAMME)
            assert isinstance(made, Invited)
        post.now += timedelta(days=days)
        forget_settled(post.service)
        with at_the_database(post.folder) as connection:
            assert connection.execute(select(func.count()).select_from(invitations)).scalar_one() == count
