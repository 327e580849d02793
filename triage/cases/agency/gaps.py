"""What a referral that may be sent still leaves open, for whoever takes it: asked first, and never read as a "no"."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from triage.cases.agency.referral import DANGER_QUESTION, FACTS_QUESTION, AgencyReferral, ReferredPerson
from triage.cases.record import NON_ANSWERS


class Gap(StrEnum):
    """What is not said."""

    DANGER = "danger"
    FACTS = "facts"
    BIRTH = "birth"
    SAFE_CONTACT = "safe-contact"


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that is not said; `letter` says of whom, empty for the whole referral."""

    gap: Gap
    letter: str = ""


def gaps_of(referral: AgencyReferral) -> tuple[Open, ...]:
    """List what a referral leaves open, danger first; "not known" leaves it open."""
    return tuple(_gaps(referral))


def _gaps(referral: AgencyReferral) -> Iterator[Open]:
    for question, gap in ((DANGER_QUESTION, Gap.DANGER), (FACTS_QUESTION, Gap.FACTS)):
        if referral.value_of(question) in (None, "", *NON_ANSWERS):
            yield Open(gap)
    reached = referral.safe_contacts
    for one in referral.persons:
        if not _has_an_age(one):
            yield Open(Gap.BIRTH, one.letter)
        if one.letter not in reached:
            yield Open(Gap.SAFE_CONTACT, one.letter)


def _has_an_age(person: ReferredPerson) -> bool:
    return bool(person.birth or person.known.birth or person.known.birth_year)
