"""A contact point has one form, however it was typed."""

import pytest

from triage.cases.matching.contacts import address_key, email_key, phone_key
from triage.cases.matching.identity import Address


@pytest.mark.parametrize("typed", [
    "07700 900123", "+44 7700 900123", "0044 7700900123", "(07700) 900-123", "٠٧٧٠٠٩٠٠١٢٣", "+44 (0)7700 900 123",
])  # fmt: skip
def test_a_phone_number_has_one_form(typed: str) -> None:
    assert phone_key(typed, "GB") == "+447700900123"


@pytest.mark.parametrize("typed", ["", "12", "none", "0" * 500, "\x00", "+999 1"])
def test_what_is_no_phone_number_gives_nothing(typed: str) -> None:
    assert phone_key(typed, "GB") == ""


@pytest.mark.parametrize(("typed", "form"), [
    ("Sam.Doe+court@GMail.com", "samdoe@gmail.com"), ("sam.doe@googlemail.com", "samdoe@gmail.com"),
    (" Sam.Doe+x@example.org ", "sam.doe@example.org"), ("ｓａｍ＠example.org", "sam@example.org"),
    ("nobody", ""), ("@example.org", ""), ("a b@example.org", ""), ("a@b", ""), ("+x@gmail.com", ""),
])  # fmt: skip
def test_an_e_mail_address_has_one_form(typed: str, form: str) -> None:
    assert email_key(typed) == form


def test_an_address_has_one_form() -> None:
    spellings = [
        Address("12 Station Road", "LS1 4AP"), Address("12, station rd.", "ls14ap"),
        Address("Flat 3, 12 Station Road", "LS1 4AP"), Address("Station Road 12", "LS1  4AP"),
    ]  # fmt: skip
    assert {address_key(one) for one in spellings} == {address_key(spellings[0])} != {""}
    assert address_key(Address("12 rue de la Paix", "75002")) == address_key(Address("12 bis, r. de la paix", "75 002"))


@pytest.mark.parametrize("address", [
    Address("", "LS1 4AP"), Address("Station Road", "LS1 4AP"), Address("12 Station Road", ""), Address("12", "L1 4A"),
])  # fmt: skip
def test_an_address_that_is_not_whole_gives_nothing(address: Address) -> None:
    assert address_key(address) == ""
