"""Invitations, closed accounts, and what takes two persons."""

from uuid import uuid4

import pytest

from tests.casework.small_service import PASSWORD, House
from tests.casework.test_second_factor import Telephone, begun, stage
from tests.databases.engines import bytes_kept
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.access.matrix import Stage
from triage.casework.accounts import office
from triage.casework.accounts.invitations import accept
from triage.casework.accounts.office import CHANGE, RESET, Invited, Staff
from triage.casework.accounts.signing_in import sign_in
from triage.casework.results import Recorded, SignedIn
from triage.casework.service import RULES

NEW = (Role.AUDITOR, Side.INDEPENDENT)
CHOSEN = "seven lanterns under a quiet bridge"
GONE = Refused(Reason.INVITATION_REFUSED)


@pytest.fixture
def adi(house: House) -> Actor:
    return house.hire("Adi", Role.ADMINISTRATOR, Side.INDEPENDENT)


@pytest.fixture
def mo(house: House) -> Actor:
    return house.hire("Mo", Role.MANAGER, Side.INDEPENDENT)


def invited(house: House, actor: Actor, name: str = "Nia") -> Invited:
    done = office.invite(house.service, actor, name, *NEW)
    assert isinstance(done, Invited), done
    return done


def test_an_invited_person_chooses_a_password_and_may_only_enrol(house: House, adi: Actor) -> None:
    done = accept(house.service, invited(house, adi).code.lower(), CHOSEN)
    assert isinstance(done, SignedIn)
    assert done.stage is Stage.ENROL
    assert isinstance(sign_in(house.service, "Nia", CHOSEN), SignedIn)


def test_an_invitation_is_used_once(house: House, adi: Actor) -> None:
    code = invited(house, adi).code
    assert isinstance(accept(house.service, code, CHOSEN), SignedIn)
    assert accept(house.service, code, CHOSEN) == GONE


def test_a_bad_password_leaves_the_invitation_open(house: House, adi: Actor) -> None:
    code = invited(house, adi).code
    refused = accept(house.service, code, "passwordpassword")
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_ACCEPTED
    assert isinstance(accept(house.service, code, CHOSEN), SignedIn)


def test_an_invitation_ends_after_three_days(house: House, adi: Actor) -> None:
    code = invited(house, adi).code
    house.clock.wait(days=3)
    assert accept(house.service, code, CHOSEN) == GONE


def test_an_invitation_can_be_taken_back(house: House, adi: Actor) -> None:
    code = invited(house, adi).code
    staff = office.staff_of(house.service, adi)
    assert isinstance(staff, Staff)
    (line,) = staff.invitations
    assert isinstance(office.take_invitation_back(house.service, adi, line.id), Recorded)
    assert accept(house.service, code, CHOSEN) == GONE


@pytest.mark.parametrize("typed", ["", "x", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "\x00", "é" * 24, "x" * 100_000])
def test_what_is_no_code_opens_nothing(house: House, adi: Actor, typed: str) -> None:
    invited(house, adi)
    assert accept(house.service, typed, CHOSEN) == GONE


def test_two_invitations_of_one_name_make_one_account(house: House, adi: Actor) -> None:
    first, second = invited(house, adi), invited(house, adi)
    assert isinstance(accept(house.service, first.code, CHOSEN), SignedIn)
    assert accept(house.service, second.code, CHOSEN) == GONE


@pytest.mark.parametrize(
    ("name", "standing"),
    [("Adi", NEW), ("adi", NEW), ("", NEW), ("Bo\u202e", NEW), ("Bo", (Role.INTAKE_WORKER, Side.SUPPORT))],
)
def test_an_invitation_that_is_not_in_order_is_not_made(
    house: House, adi: Actor, name: str, standing: tuple[Role, Side]
) -> None:
    assert isinstance(office.invite(house.service, adi, name, *standing), Refused)


def test_the_code_is_not_in_the_file(house: House, adi: Actor) -> None:
    code = invited(house, adi).code
    house.service.database.close()
    assert code.encode() not in bytes_kept(house.folder)


def test_a_lost_factor_is_reset_by_two_and_its_owner_begins_again(house: House, adi: Actor, mo: Actor) -> None:
    ines = house.intake()
    telephone = Telephone(house)
    asked = office.ask(house.service, adi, ines.id, RESET, NEW)
    assert isinstance(asked, Recorded)
    assert office.answer(house.service, adi, asked.id, confirms=True) == Refused(Reason.ANOTHER_PERSON, "6.5")
    done = office.answer(house.service, mo, asked.id, confirms=True)
    assert isinstance(done, Invited)
    assert stage(house, telephone.token) is None
    assert sign_in(house.service, "Ines", PASSWORD) == Refused(Reason.SIGN_IN_REFUSED)
    again = accept(house.service, done.code, CHOSEN)
    assert isinstance(again, SignedIn)
    assert again.stage is Stage.ENROL
    assert isinstance(office.answer(house.service, mo, asked.id, confirms=True), Refused)


@pytest.mark.parametrize("kind", [RESET, CHANGE])
def test_nobody_asks_or_answers_about_their_own_account(house: House, adi: Actor, mo: Actor, kind: str) -> None:
    officer = house.hire("Dee", Role.DATA_PROTECTION_OFFICER, Side.INDEPENDENT)
    assert isinstance(office.ask(house.service, mo, mo.id, kind, NEW), Refused)
    subject, asker = (officer, mo) if kind == CHANGE else (adi, mo)
    asked = office.ask(house.service, asker, subject.id, kind, NEW)
    assert isinstance(asked, Recorded)
    assert isinstance(office.answer(house.service, subject, asked.id, confirms=True), Refused)


@pytest.mark.parametrize(
    ("kind", "first", "second", "fits"),
    [
        (RESET, Role.ADMINISTRATOR, Role.ADMINISTRATOR, True),
        (RESET, Role.ADMINISTRATOR, Role.MANAGER, True),
        (RESET, Role.MANAGER, Role.DATA_PROTECTION_OFFICER, False),
        (CHANGE, Role.MANAGER, Role.DATA_PROTECTION_OFFICER, True),
        (CHANGE, Role.DATA_PROTECTION_OFFICER, Role.MANAGER, True),
        (CHANGE, Role.MANAGER, Role.MANAGER, False),
        (CHANGE, Role.ADMINISTRATOR, Role.MANAGER, False),
        (RESET, Role.AUDITOR, Role.MANAGER, False),
    ],
)
def test_only_two_that_fit_do_it(house: House, kind: str, first: Role, second: Role, *, fits: bool) -> None:
    ines = house.intake()
    one, two = (house.hire(name, role, Side.INDEPENDENT) for name, role in (("One", first), ("Two", second)))
    asked = office.ask(house.service, one, ines.id, kind, NEW)
    done = office.answer(house.service, two, asked.id, confirms=True) if isinstance(asked, Recorded) else asked
    assert (not isinstance(done, Refused)) is fits


def test_a_request_is_declined_taken_back_or_ends_after_a_week(house: House, adi: Actor, mo: Actor) -> None:
    ines = house.intake()
    for who in (mo, adi):
        asked = office.ask(house.service, adi, ines.id, RESET, NEW)
        assert isinstance(asked, Recorded)
        assert isinstance(office.answer(house.service, who, asked.id, confirms=False), Recorded)
    asked = office.ask(house.service, adi, ines.id, RESET, NEW)
    assert isinstance(asked, Recorded)
    house.clock.wait(days=7)
    assert isinstance(office.answer(house.service, mo, asked.id, confirms=True), Refused)
    assert begun(house).stage is Stage.ENROL


def test_a_confirmation_is_refused_when_who_asked_has_left(house: House, adi: Actor, mo: Actor) -> None:
    ines, other = house.intake(), house.hire("Ada", Role.ADMINISTRATOR, Side.INDEPENDENT)
    asked = office.ask(house.service, other, ines.id, RESET, NEW)
    assert isinstance(asked, Recorded)
    office.close(house.service, adi, other.id)
    assert isinstance(office.answer(house.service, mo, asked.id, confirms=True), Refused)


def test_the_last_administrator_stays(house: House, adi: Actor, mo: Actor) -> None:
    second = house.hire("Ada", Role.ADMINISTRATOR, Side.INDEPENDENT)
    assert isinstance(office.close(house.service, adi, adi.id), Refused)
    assert isinstance(office.close(house.service, adi, second.id), Recorded)
    assert isinstance(office.close(house.service, adi, uuid4()), Refused)
    assert isinstance(office.close(house.service, mo, adi.id), Refused)


def test_a_closed_account_stays_closed_and_its_name_taken(house: House, adi: Actor) -> None:
    ines = house.intake()
    office.close(house.service, adi, ines.id)
    assert isinstance(office.close(house.service, adi, ines.id), Refused)
    assert isinstance(office.ask(house.service, adi, ines.id, RESET, NEW), Refused)
    assert isinstance(office.invite(house.service, adi, "ines", *NEW), Refused)


@pytest.mark.parametrize("role", [Role.INTAKE_WORKER, Role.AUDITOR, Role.AUTHOR])
def test_no_other_role_does_any_of_it(house: House, adi: Actor, role: Role) -> None:
    side = Side.PROGRAMME if role is Role.INTAKE_WORKER else Side.INDEPENDENT
    nosy = house.hire("Nosy", role, side)
    duties = (
        lambda: office.invite(house.service, nosy, "New", *NEW),
        lambda: office.close(house.service, nosy, adi.id),
        lambda: office.ask(house.service, nosy, adi.id, RESET, NEW),
        lambda: office.answer(house.service, nosy, uuid4(), confirms=True),
        lambda: office.take_invitation_back(house.service, nosy, uuid4()),
    )
    assert [duty() for duty in duties] == [Refused(Reason.NOT_YOUR_ROLE, "6.5")] * len(duties)


def test_every_duty_leaves_one_line(house: House, adi: Actor, mo: Actor) -> None:
    ines = house.intake()
    accept(house.service, invited(house, adi).code, CHOSEN)
    asked = office.ask(house.service, adi, ines.id, RESET, NEW)
    assert isinstance(asked, Recorded)
    office.answer(house.service, mo, asked.id, confirms=True)
    office.close(house.service, adi, ines.id)
    with house.service.reading(RULES) as work:
        rows = work.connection.exec_driver_sql("SELECT act, result, actor FROM audit ORDER BY seq").all()
    said = [(row.act, row.result) for row in rows if row.act != "add-account"]
    assert said == [
        ("invite", "recorded auditor"), ("accept-invitation", "recorded"), ("ask-reset-factors", "recorded"),
        ("confirm-reset-factors", "recorded"), ("close-account", "recorded"),
    ]  # fmt: skip
    assert all(row.actor for row in rows if row.act != "add-account")
