"""Who looked at a case: for the support side of the panel and the safety lead, who answer for the safety of a person.

Names, roles, acts and times alone; a worker of the programme side never learns that anybody of the other side looked.
Source: security page 2.2 (I1), 3.2 and 7.14.
"""

from dataclasses import dataclass

from triage.cases.roles import Action, Actor, Role, Side
from triage.cases.wall import Refused
from triage.casework.service import Service
from triage.casework.standing import note_reading, stand
from triage.store.audit_reading import looks_at
from triage.store.staff.accounts import all_accounts


@dataclass(frozen=True, slots=True)
class Look:
    """What one person did with a case: who, in which role now, what, with what result, how often, when (UTC)."""

    name: str
    role: Role
    side: Side
    act: str
    is_refused: bool
    times: int
    first: str
    last: str


def who_looked(service: Service, actor: Actor, case_id: object) -> tuple[Look, ...] | Refused:
    """List who read a case, wrote in it or was refused, the latest first. Output: `Refused` to whom it is not for."""
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_LOOKS)
        found: tuple[Look, ...] | Refused
        if isinstance(standing, Refused):
            found = standing
        else:
            with work.by_rules():  # the audit of everybody, of this case alone
                people = {one.id: one for one in all_accounts(work)}
                looks = looks_at(work, standing.case.id)
            found = tuple(
                Look(
                    people[one.actor].name, Role(people[one.actor].role), Side(people[one.actor].side), one.act,
                    one.result.startswith("refused"), one.times, one.first, one.last,
                )
                for one in looks if one.actor in people
            )  # fmt: skip
    note_reading(service, actor, Action.READ_LOOKS, case_id, found)
    return found
