"""From where somebody tries: an address of IPv4 however it is written, and the /64 that one owner of IPv6 has whole."""

import pytest

from tests.casework.small_service import PASSWORD, House
from tests.casework.test_passkeys import ORIGIN
from tests.casework.test_second_factor import Telephone, begun
from triage.cases.wall import Reason, Refused
from triage.casework.accounts.invitations import accept
from triage.casework.accounts.passkeys import prove_with_passkey
from triage.casework.accounts.second_factor import prove, throttle_subject
from triage.casework.accounts.signing_in import sign_in
from triage.casework.accounts.throttling import is_throttled, network_of
from triage.casework.results import SignedIn
from triage.casework.service import RULES
from triage.store.staff.accounts import find_account

REFUSED = Refused(Reason.SIGN_IN_REFUSED)


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:0:1:ffff::1", "2001:db8:0:1::/64"),
        ("2001:DB8:0:1::", "2001:db8:0:1::/64"), ("fe80::1%eth0", "fe80::/64"), ("", ""), ("somewhere", "somewhere"),
    ],
)  # fmt: skip
def test_a_place_is_what_one_owner_has(source: str, place: str) -> None:
    assert network_of(source) == place


@pytest.mark.parametrize(
    ("places", "same", "other"),
    [
        ([f"2001:db8:0:1::{turn:x}" for turn in range(5)], "2001:db8:0:1:ffff::1", "2001:db8:0:2::1"),
        (["10.0.0.1", "::ffff:10.0.0.1"] * 3, "::ffff:a00:1", "10.0.0.2"),
    ],
)  # fmt: skip
def test_another_address_of_the_same_place_gives_no_further_guess(
    house: House, places: list[str], same: str, other: str
) -> None:
    house.intake()
    for place in places:
        sign_in(house.service, "Ines", "wrong", place)
    assert sign_in(house.service, "Ines", PASSWORD, same) == REFUSED
    assert isinstance(sign_in(house.service, "Ines", PASSWORD, other), SignedIn)


def test_factors_and_invitations_are_counted_by_place_too(house: House) -> None:
    house.intake()
    telephone, held = Telephone(house), begun(house).token
    house.clock.wait(minutes=1)
    for turn in range(5):
        prove(house.service, held, "000000", f"2001:db8:0:1::{turn:x}")
        prove_with_passkey(house.service, held, ORIGIN, "{}", f"2001:db8:0:3::{turn:x}")
        accept(house.service, "no such code", PASSWORD, f"2001:db8:0:4::{turn:x}")
    with house.service.reading(RULES) as work:
        account = find_account(work, "Ines")
        assert account is not None
        factor = throttle_subject(account)
        counted = ((factor, "2001:db8:0:1::/64"), (factor, "2001:db8:0:3::/64"))
        for subject, place in (*counted, ("invitation2001:db8:0:4::/64", "2001:db8:0:4::/64")):
            assert is_throttled(work, subject, place), place
        assert not is_throttled(work, factor, "2001:db8:0:2::/64")
    assert isinstance(prove(house.service, held, telephone.code(), "2001:db8:0:2::1"), SignedIn)
