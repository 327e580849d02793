"""A referral sent on to another service: on which recorded ground, and what of it goes.

With the agreement of everybody whom it names, each talked to alone; or, without, on a ground of safeguarding with the
reason in words. No ground is about another case or the other party. What goes is what the agency sent, less what lies
on the safety board and less every channel by which somebody could be reached. Source: clauses 1.1, 2.4; ADR 0072.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from triage.cases.agency.referral import AgencyReferral
from triage.cases.compartments import SAFE_CONTACT_QUESTION
from triage.cases.matching.identity import Identity

LONGEST_NAME: Final = 150
EARLIEST: Final = 366
"""Days after which an agreement is asked for again."""


class Ground(StrEnum):
    """Why a referral may be sent on."""

    AGREED = "agreed"
    CHILD_AT_RISK = "child-at-risk"
    ADULT_AT_RISK = "adult-at-risk"
    LIFE_AT_RISK = "life-at-risk"


@dataclass(frozen=True, slots=True)
class Transfer:
    """What is recorded of it: the ground, the other service, by letter the day each agreed, the reason in words."""

    ground: str
    service: str
    agreed: Mapping[str, str] = field(default_factory=dict)
    words: str = ""


def transfer_problems(said: Transfer, referral: AgencyReferral, today: date) -> Iterator[str]:
    """Name the fields that are missing or wrong: `ground`, `service`, `agreed-A`, `words`."""
    if said.ground not in set(Ground):
        yield "ground"
    if not 0 < len(said.service.strip()) <= LONGEST_NAME or not said.service.isprintable():
        yield "service"
    if said.ground == Ground.AGREED:
        yield from (f"agreed-{one.letter}" for one in referral.persons if not _agreed(said, one.letter, today))
    elif said.ground in set(Ground) and not said.words.strip():
        yield "words"


def _agreed(said: Transfer, letter: str, today: date) -> bool:
    """Whether somebody agreed, lately; nothing said is never an agreement."""
    try:
        return 0 <= (today - date.fromisoformat(said.agreed.get(letter, ""))).days < EARLIEST
    except ValueError:
        return False


def spelled(said: Transfer) -> str:
    """Write a transfer as it is kept, sealed; `spelled_out` reads it again."""
    return json.dumps(asdict(said), ensure_ascii=False, sort_keys=True)


def spelled_out(text: str) -> Transfer:
    """Read what `spelled` wrote."""
    return Transfer(**json.loads(text))


def part_that_goes(referral: AgencyReferral) -> AgencyReferral:
    """Give what may be handed over: names and birth, pairs, and the answers but those of the safety board.

    The opinion on suitability stays (INV-16). The other service asks the named holder how anybody is safely reached.
    """
    persons = tuple(
        replace(one, known=Identity(given=one.known.given, family=one.known.family, birth_year=one.known.birth_year))
        for one in referral.persons
    )
    answers = tuple(one for one in referral.answers if one.question != SAFE_CONTACT_QUESTION)
    return AgencyReferral(persons, referral.pairs, answers, referral.external_reference or "1")
