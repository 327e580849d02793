"""Contact points in one form each: phone, e-mail and address, so that two spellings of one are seen to be one."""

import re
import unicodedata

import phonenumbers

from triage.cases.matching.identity import Address
from triage.cases.matching.names import STREET_WORDS, parts, sound_keys

_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
"""Where dots in the name before the at sign mean nothing; `googlemail.com` is the same post as `gmail.com`."""
_INSIDE_THE_HOUSE = re.compile(r"\b(?:flat|apt|apartment|unit|room|app|appartement|etage|floor|bat|batiment)\W*\w+")
_LONGEST = 200


def phone_key(text: str, region: str) -> str:
    """Give a phone number in E.164 (`+33612345678`), or an empty text when it is none.

    Inputs: the number as typed, in the digits of any script; the region (`GB`) of a number without a country code.
    """
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", text)[:_LONGEST], region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email_key(text: str) -> str:
    """Give an e-mail address without case, tag (`+x`) and meaningless dots, or an empty text when it is none."""
    name, at, domain = unicodedata.normalize("NFKC", text).strip().casefold()[:_LONGEST].rpartition("@")
    domain = "gmail.com" if domain in _DOTLESS else domain.rstrip(".")
    name = name.partition("+")[0]
    name = name.replace(".", "") if domain in _DOTLESS else name
    return f"{name}@{domain}" if at and name and "." in domain and not re.search(r"\s", name + domain) else ""


def address_key(address: Address) -> str:
    """Give postcode, house number and how the street sounds (`LS14AP 12 RTNT`); empty when one of them is missing."""
    postcode = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", address.postcode).upper())
    street = _INSIDE_THE_HOUSE.sub(" ", unicodedata.normalize("NFKC", address.street).casefold()[:_LONGEST])
    number = re.search(r"\d+", street)
    words = [word for word in parts(street) if word not in STREET_WORDS]
    sounds = sorted(min(sound_keys(word)) for word in words if len(word) > 1)
    return f"{postcode} {int(number[0])} {'-'.join(sounds)}" if postcode and number and sounds else ""
