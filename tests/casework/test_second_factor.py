"""Codes that count once, recovery codes, and what a changed factor ends."""

from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest

from tests.casework.small_service import PASSWORD, House
from tests.databases.engines import bytes_kept
from triage.cases.wall import Reason, Refused
from triage.casework.access.matrix import Stage
from triage.casework.accounts.second_factor import (
    STEP_SECONDS,
    Enrolled,
    enrol,
    factors_of,
    new_recovery_codes,
    offer,
    prove,
)
from triage.casework.accounts.sessions import visit_of
from triage.casework.accounts.signing_in import sign_in
from triage.casework.results import SignedIn

REFUSED = Refused(Reason.CODE_REFUSED)


class Telephone:
    """An authenticator of somebody, set up from what the program offered."""

    def __init__(self, house: House, name: str = "Ines") -> None:
        self.house, self.name = house, name
        self.token = begun(house, name).token
        self.secret = offer(house.service, self.token, name).secret
        enrolled = enrol(house.service, self.token, self.code())
        assert isinstance(enrolled, Enrolled), enrolled
        self.token, self.codes = enrolled.token, enrolled.codes

    def code(self, steps: int = 0) -> str:
        """The code that it shows now, or so many steps from now."""
        step = int(self.house.clock().timestamp()) // STEP_SECONDS + steps
        return pyotp.TOTP(self.secret).generate_otp(step)


def begun(house: House, name: str = "Ines") -> SignedIn:
    done = sign_in(house.service, name, PASSWORD)
    assert isinstance(done, SignedIn), done
    return done


@pytest.fixture
def telephone(house: House) -> Telephone:
    house.intake()
    return Telephone(house)


def stage(house: House, token: str) -> Stage | None:
    visit = visit_of(house.service, token)
    return visit.stage if visit else None


def test_the_first_sign_in_opens_the_enrolment_alone(house: House) -> None:
    house.intake()
    assert begun(house).stage is Stage.ENROL
    assert stage(house, begun(house).token) is Stage.ENROL


def test_codes_are_those_of_rfc_6238() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the key of appendix B, its codes cut to six digits
    given = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
    assert {at: pyotp.TOTP(secret).generate_otp(at // STEP_SECONDS) for at in given} == given


def test_a_code_completes_the_sign_in_under_a_new_token(house: House, telephone: Telephone) -> None:
    house.clock.wait(seconds=60)
    held = begun(house)
    assert held.stage is Stage.FACTOR
    done = prove(house.service, held.token, telephone.code())
    assert isinstance(done, SignedIn)
    assert stage(house, done.token) is Stage.FULL
    assert stage(house, held.token) is None


@pytest.mark.parametrize("spelled", ["{}", " {}", "{} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", "{}\t"])
def test_a_code_is_used_once_however_it_is_typed(house: House, telephone: Telephone, spelled: str) -> None:
    house.clock.wait(seconds=60)
    code = telephone.code()
    assert isinstance(prove(house.service, begun(house).token, code), SignedIn)
    assert prove(house.service, begun(house).token, spelled.format(code)) == REFUSED


def test_the_code_that_enrolled_does_not_sign_in(house: House, telephone: Telephone) -> None:
    assert prove(house.service, begun(house).token, telephone.code()) == REFUSED


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_one_step_before_and_after_is_accepted(house: House, telephone: Telephone, steps: int, *, fits: bool) -> None:
    house.clock.wait(minutes=5)
    done = prove(house.service, begun(house).token, telephone.code(steps))
    assert isinstance(done, SignedIn) is fits


def test_a_code_of_an_earlier_step_is_refused_after_a_later_one(house: House, telephone: Telephone) -> None:
    house.clock.wait(minutes=5)
    assert isinstance(prove(house.service, begun(house).token, telephone.code(1)), SignedIn)
    assert prove(house.service, begun(house).token, telephone.code(0)) == REFUSED


def test_many_at_once_with_one_code_are_one(house: House, telephone: Telephone) -> None:
    house.clock.wait(minutes=5)
    tokens, code = [begun(house).token for _time in range(3)], telephone.code()
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda number: prove(house.service, tokens[number % 3], code), range(24)))
    assert sum(isinstance(one, SignedIn) for one in done) == 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "٠٠٠٠٠٠", "abcdef", "x" * 5000, "\x00", "000000 000000"])
def test_what_is_no_code_is_refused(house: House, telephone: Telephone, typed: str) -> None:
    assert prove(house.service, begun(house).token, typed) == REFUSED


def test_five_wrong_codes_make_the_factor_wait_and_nobody_else(house: House, telephone: Telephone) -> None:
    house.intake("Ivo")
    other = Telephone(house, "Ivo")
    house.clock.wait(minutes=5)
    held = begun(house).token
    for _time in range(5):
        assert prove(house.service, held, "000000", "10.0.0.1") == REFUSED
    assert prove(house.service, held, telephone.code(), "10.0.0.1") == REFUSED
    assert isinstance(prove(house.service, begun(house, "Ivo").token, other.code(), "10.0.0.1"), SignedIn)
    assert isinstance(prove(house.service, begun(house).token, telephone.code(), "10.0.0.2"), SignedIn)


def test_a_recovery_code_counts_once_and_belongs_to_one_person(house: House, telephone: Telephone) -> None:
    house.intake("Ivo")
    Telephone(house, "Ivo")
    assert len(set(telephone.codes)) == 10
    code = telephone.codes[0]
    assert prove(house.service, begun(house, "Ivo").token, code) == REFUSED
    done = prove(house.service, begun(house).token, code.lower().replace("-", " "))
    assert isinstance(done, SignedIn)
    assert prove(house.service, begun(house).token, code) == REFUSED
    visit = visit_of(house.service, done.token)
    assert visit
    assert factors_of(house.service, visit.actor.id).recovery_codes == 9


def test_new_recovery_codes_end_the_old_ones_and_every_other_session(house: House, telephone: Telephone) -> None:
    renewed = new_recovery_codes(house.service, telephone.token)
    assert isinstance(renewed, Enrolled)
    assert not set(renewed.codes) & set(telephone.codes)
    assert prove(house.service, begun(house).token, telephone.codes[0]) == REFUSED
    assert stage(house, telephone.token) is None
    assert isinstance(prove(house.service, begun(house).token, renewed.codes[0]), SignedIn)


def test_another_authenticator_ends_the_earlier_one_and_every_other_session(house: House, telephone: Telephone) -> None:
    house.clock.wait(minutes=5)
    elsewhere = prove(house.service, begun(house).token, telephone.code())
    assert isinstance(elsewhere, SignedIn)
    secret = offer(house.service, telephone.token, "Ines").secret
    assert secret != telephone.secret
    house.clock.wait(minutes=5)
    old = telephone.code(1)
    telephone.secret = secret
    assert isinstance(enrol(house.service, telephone.token, telephone.code()), Enrolled)
    assert stage(house, elsewhere.token) is None
    assert prove(house.service, begun(house).token, old) == REFUSED


def test_a_wrong_code_enrols_nothing(house: House) -> None:
    house.intake()
    held = begun(house).token
    assert enrol(house.service, held, "000000") == REFUSED
    assert begun(house).stage is Stage.ENROL


def test_a_session_that_awaits_a_factor_cannot_enrol_another(house: House, telephone: Telephone) -> None:
    held = begun(house).token
    secret = offer(house.service, held, "Ines").secret
    step = int(house.clock().timestamp()) // STEP_SECONDS
    assert enrol(house.service, held, pyotp.TOTP(secret).generate_otp(step)) == REFUSED


def test_a_sign_in_that_awaits_its_factor_ends_after_five_minutes(house: House, telephone: Telephone) -> None:
    held = begun(house).token
    house.clock.wait(seconds=299)
    assert stage(house, held) is Stage.FACTOR
    house.clock.wait(seconds=1)
    assert prove(house.service, held, telephone.code()) == REFUSED


def test_a_factor_is_fresh_for_five_minutes_and_again_after_another_code(house: House, telephone: Telephone) -> None:
    def is_fresh(token: str) -> bool:
        visit = visit_of(house.service, token)
        assert visit
        return visit.is_fresh

    assert is_fresh(telephone.token)
    house.clock.wait(seconds=301)
    assert not is_fresh(telephone.token)
    again = prove(house.service, telephone.token, telephone.code())
    assert isinstance(again, SignedIn)
    assert is_fresh(again.token)
    assert stage(house, telephone.token) is None


def test_no_secret_and_no_code_stands_in_the_file(house: House, telephone: Telephone) -> None:
    house.service.database.close()
    content = bytes_kept(house.folder)
    for secret in (telephone.secret, *telephone.codes, telephone.codes[0].replace("-", "")):
        assert secret.encode() not in content
