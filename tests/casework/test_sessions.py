"""Sessions that are listed, few, and end in the transaction that changes what somebody may do."""

import pytest

from tests.casework.small_service import PASSWORD, House
from tests.casework.test_second_factor import Telephone, begun, stage
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.access.matrix import Stage
from triage.casework.accounts import office
from triage.casework.accounts.second_factor import prove
from triage.casework.accounts.sessions import end_other_sessions, end_session, list_sessions, visit_of
from triage.casework.accounts.signing_in import change_password, sign_in
from triage.casework.results import SignedIn

ANOTHER = "seven lanterns under a quiet bridge"


@pytest.fixture
def telephone(house: House) -> Telephone:
    house.intake()
    return Telephone(house)


def full(house: House, telephone: Telephone) -> str:
    """One more complete session, half an hour later than the last code."""
    house.clock.wait(minutes=1)
    done = prove(house.service, begun(house, telephone.name).token, telephone.code())
    assert isinstance(done, SignedIn)
    return done.token


def test_a_fourth_session_ends_the_one_that_was_used_longest_ago(house: House, telephone: Telephone) -> None:
    tokens = [telephone.token, *(full(house, telephone) for _time in range(3))]
    assert [stage(house, token) for token in tokens] == [None, Stage.FULL, Stage.FULL, Stage.FULL]


def test_a_password_alone_ends_no_session_of_its_owner(house: House, telephone: Telephone) -> None:
    for _time in range(5):
        house.clock.wait(minutes=1)
        begun(house)
    assert stage(house, telephone.token) is Stage.FULL


def test_sessions_are_listed_and_ended_one_by_one_or_all_others(house: House, telephone: Telephone) -> None:
    second, third = full(house, telephone), full(house, telephone)
    visit = visit_of(house.service, third)
    assert visit
    lines = list_sessions(house.service, visit)
    assert [line.is_this for line in lines] == [True, False, False]
    assert end_session(house.service, visit, lines[1].id)
    assert not end_session(house.service, visit, lines[1].id)
    assert stage(house, second) is None
    assert stage(house, telephone.token) is Stage.FULL
    end_other_sessions(house.service, visit)
    assert stage(house, telephone.token) is None
    assert stage(house, third) is Stage.FULL


def test_nobody_ends_the_session_of_another(house: House, telephone: Telephone) -> None:
    house.intake("Ivo")
    ivo = visit_of(house.service, Telephone(house, "Ivo").token)
    ines = visit_of(house.service, telephone.token)
    assert ivo
    assert ines
    assert not end_session(house.service, ivo, ines.session_id)
    assert stage(house, telephone.token) is Stage.FULL


def test_another_password_ends_every_other_session(house: House, telephone: Telephone) -> None:
    second = full(house, telephone)
    changed = change_password(house.service, second, PASSWORD, ANOTHER)
    assert isinstance(changed, SignedIn)
    assert [stage(house, token) for token in (telephone.token, second, changed.token)] == [None, None, Stage.FULL]
    assert sign_in(house.service, "Ines", PASSWORD) == Refused(Reason.SIGN_IN_REFUSED)
    assert isinstance(sign_in(house.service, "Ines", ANOTHER), SignedIn)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("wrong", ANOTHER),
        (PASSWORD, "too short"),
        (PASSWORD, "passwordpassword"),
        (PASSWORD, "aaaaaaaaaaaaaaaaaaaa"),
        (PASSWORD, "qwertyuiopasdfghjkl"),
        (PASSWORD, "cairn cairn cairn"),
        (PASSWORD, "Ines Ines Ines Ines"),
        (PASSWORD, "x" * 257),
        (PASSWORD, "\x00" * 20),
    ],
)
def test_a_bad_password_changes_nothing(house: House, telephone: Telephone, old: str, new: str) -> None:
    assert isinstance(change_password(house.service, telephone.token, old, new), Refused)
    assert stage(house, telephone.token) is Stage.FULL


def test_there_is_no_rule_on_kinds_of_signs(house: House, telephone: Telephone) -> None:
    assert isinstance(change_password(house.service, telephone.token, PASSWORD, "lantern bridge otter"), SignedIn)


def running(house: House, role: Role, name: str) -> Actor:
    return house.hire(name, role, Side.INDEPENDENT)


def test_closing_an_account_ends_its_sessions_and_its_sign_in(house: House, telephone: Telephone) -> None:
    administrator, visit = running(house, Role.ADMINISTRATOR, "Adi"), visit_of(house.service, telephone.token)
    assert visit
    assert not isinstance(office.close(house.service, administrator, visit.actor.id), Refused)
    assert stage(house, telephone.token) is None
    assert sign_in(house.service, "Ines", PASSWORD) == Refused(Reason.SIGN_IN_REFUSED)


def test_another_role_ends_every_session(house: House, telephone: Telephone) -> None:
    manager, officer = running(house, Role.MANAGER, "Mo"), running(house, Role.DATA_PROTECTION_OFFICER, "Dee")
    visit = visit_of(house.service, telephone.token)
    assert visit
    wanted = (Role.SUPPORT_ADVOCATE, Side.SUPPORT)
    asked = office.ask(house.service, manager, visit.actor.id, office.CHANGE, wanted)
    assert not isinstance(asked, Refused)
    assert stage(house, telephone.token) is Stage.FULL
    assert not isinstance(office.answer(house.service, officer, asked.id, confirms=True), Refused)
    assert stage(house, telephone.token) is None
    again = visit_of(house.service, full(house, telephone))
    assert again
    assert (again.actor.role, again.actor.side) == wanted
