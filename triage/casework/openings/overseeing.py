"""Look at opened cards afterwards: those who oversee see each at once, the safety lead says whether it was right.

The manager and the data protection officer see who, when and whether it was looked at in time, and no word of a case.
Source: security page 3.4.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from triage.cases.openings import OVERSEERS, review_due
from triage.cases.roles import Actor, Role
from triage.cases.wall import Reason, Refused
from triage.casework.limits import REASON, as_id, text_problem
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.standing import noted_lately
from triage.store import wall
from triage.store.audit import Entry
from triage.store.cases import find_case
from triage.store.openings.openings import Step, StoredOpening, all_openings, event_of, find_opening, insert_event
from triage.store.staff.accounts import all_accounts
from triage.store.work import Work

LIST, REVIEW = "list-openings", "review-opening"


@dataclass(frozen=True, slots=True)
class Opening:
    """An opened card as those who oversee see it; what is of a case is empty for all but the safety lead.

    `right`: what the safety lead said of it, None while nobody did; `overdue`: it was to be looked at before today.
    """

    id: UUID
    by: str
    role: Role
    at: datetime
    due: date
    overdue: bool
    right: bool | None
    reference: str = ""
    letter: str = ""
    danger: str = ""
    words: str = ""
    said: str = ""


def openings(service: Service, actor: Actor) -> tuple[Opening, ...] | Refused:
    """List every opened card, those not yet looked at first, the longest waiting first."""
    with service.reading(actor) as work:
        found: tuple[Opening, ...] | Refused
        if actor.role not in OVERSEERS:
            found = Refused(Reason.NOT_YOUR_ROLE, "1.2")
        else:
            with work.by_rules():  # every opening; what is of a case is kept for the safety lead
                names = {one.id: (one.name, Role(one.role)) for one in all_accounts(work)}
                shown = [_shown(work, actor, one, *names[one.user_id]) for one in all_openings(work)]
            found = tuple(sorted(shown, key=lambda one: (one.right is not None, one.at)))
    said = "refused" if isinstance(found, Refused) else "read"
    entry = Entry(LIST, said, actor.id, None, actor.side.value)
    if isinstance(found, Refused) or not noted_lately(service, actor, entry):
        with service.writing(actor) as work:
            work.audit(entry)
    return found


def review_opening(
    service: Service, actor: Actor, opening_id: UUID | str, *, right: bool, said: str
) -> Recorded | Refused:
    """Say, as the safety lead, whether it was right to open a card. Once: the first word stands."""
    if wrong := text_problem("said", said, REASON, required=True):
        return Refused(Reason.NOT_ACCEPTED, "1.2", wrong)
    known_id = as_id(opening_id)
    with service.writing(actor) as work:
        with work.by_rules():  # the row of an opening is read and written by the program alone
            opening = find_opening(work, known_id) if known_id else None
            done = _review(work, actor, opening, {"right": right, "said": said})
        told = "recorded" if isinstance(done, Recorded) else f"refused {done.reason.name.lower()}"
        work.audit(Entry(REVIEW, told, actor.id, known_id, actor.side.value))
    return done


def _review(work: Work, actor: Actor, opening: StoredOpening | None, content: dict[str, object]) -> Recorded | Refused:
    if actor.role is not Role.SAFETY_LEAD or opening is None or not wall.is_free(work, opening.case_id, actor.id):
        return Refused(Reason.NO_SUCH_CASE, "1.2")
    if event_of(work, opening, Step.REVIEWED) is None:
        insert_event(work, opening, Step.REVIEWED, actor.id, content)
    return Recorded(0, opening.id)


def _shown(work: Work, actor: Actor, one: StoredOpening, name: str, role: Role) -> Opening:
    review = event_of(work, one, Step.REVIEWED)
    due = review_due(one.at.date())
    right = bool(review.content["right"]) if review else None
    overdue = right is None and work.today > due
    plain = Opening(one.id, name, role, one.at, due, overdue, right)
    if actor.role is not Role.SAFETY_LEAD or not wall.is_free(work, one.case_id, actor.id):
        return plain
    case = find_case(work, one.case_id)
    return replace(
        plain,
        reference=case.reference if case else "",
        letter=one.letter,
        danger=one.danger,
        words=one.words,
        said=str(review.content["said"]) if review else "",
    )
