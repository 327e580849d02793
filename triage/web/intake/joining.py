"""The forms by which a further pair of a referral joins a case: who is new may have been added there before."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import request

from triage.cases.roles import Actor
from triage.casework.agencies.incoming import Incoming
from triage.casework.agencies.placing import NEW_PERSON, who_may_be_meant
from triage.web.shared.guards import service
from triage.web.shared.posted import text_of


@dataclass(frozen=True, slots=True)
class FormOfJoining:
    """One form: the pair, the case, the place of its question in the page, and what was chosen before an error.

    `others` gives by letter whom the new person may be in the case; without any, nothing is asked.
    """

    pair: str
    case_id: UUID
    place: str
    others: Mapping[str, str]
    chosen: str
    new: str = NEW_PERSON


def place_of(pair: str, case_id: UUID | str) -> str:
    """Name the place of the question in the page, which an error leads to."""
    return f"meant-{pair.lower()}-{case_id}"


def forms_of_joining(actor: Actor, found: Incoming, mine: Container[UUID]) -> dict[str, list[FormOfJoining]]:
    """Give, by further pair, a form for each of the worker's own cases that it may join."""
    joins = {pair: [one for one in cases if one in mine] for pair, cases in found.joins.items()}
    others = who_may_be_meant(service(), actor, found.line.id, joins) if any(joins.values()) else {}
    sent = tuple(text_of(request.form, name) for name in ("pair", "case"))
    return {
        pair: [
            FormOfJoining(
                pair,
                case_id,
                place_of(pair, case_id),
                others.get((pair, case_id), {}),
                text_of(request.form, "meant") if sent == (pair, str(case_id)) else "",
            )
            for case_id in cases
        ]
        for pair, cases in joins.items()
    }
