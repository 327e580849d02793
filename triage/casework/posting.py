"""How something is added to a case: once per key, on the version that was seen, in one transaction with its audit."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from triage.cases.record import Act, Answer
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused, Situation
from triage.casework.limits import KEY, as_id, text_problem
from triage.casework.results import Conflict, Recorded
from triage.casework.service import Service
from triage.casework.standing import Standing, audit_entry, stand
from triage.casework.views import visible_acts, visible_answers
from triage.store.cases import next_sequence, raise_version
from triage.store.items import Item
from triage.store.posts import find_post, keep_post
from triage.store.work import Work

Write = Callable[[Item], None]
"""What a duty does once everything is checked; it is given the clear part of the new row."""


@dataclass(frozen=True, slots=True)
class Post:
    """Something sent: by whom, for which case, on which version, under which key, with what content.

    `new_id` is the id of what will be recorded.
    """

    actor: Actor
    action: Action
    case_id: object
    version: int
    key: str
    content: str
    new_id: UUID


def carry_out(
    service: Service,
    post: Post,
    situate: Callable[[str], Situation],
    duty: Callable[[Work, Standing], Write | Refused],
) -> Recorded | Refused | Conflict:
    """Check a post and record it, or return why not; in every case one audit line, and never a half of it.

    Inputs: the post; `situate` makes the wall's situation; `duty` checks what only the stored case can tell and
    returns what is to be written.
    """
    if wrong := text_problem("key", post.key, KEY):
        return Refused(Reason.NOT_ACCEPTED, details=wrong)
    with service.writing(post.actor) as work:
        result = _attempt(work, post, situate, duty)
        work.audit(audit_entry(post.actor, post.action, as_id(post.case_id), result))
    return result


def _attempt(
    work: Work,
    post: Post,
    situate: Callable[[str], Situation],
    duty: Callable[[Work, Standing], Write | Refused],
) -> Recorded | Refused | Conflict:
    standing = stand(work, post.actor, post.case_id, post.action, situate)
    if isinstance(standing, Refused):
        return standing
    content = f"{post.action}|{standing.case.id}|{post.content}"
    if post.key and (earlier := find_post(work, post.actor.id, post.key, content)):
        same = Recorded(earlier.version, earlier.result_id)
        return same if earlier.same_content else Refused(Reason.KEY_USED, "7.1")
    if post.version != standing.version:
        return conflict(work, standing, post.version)
    write = duty(work, standing)
    if isinstance(write, Refused):
        return write
    if not raise_version(work, standing.case.id, standing.desk, standing.versions[standing.desk]):
        return conflict(work, standing, post.version)
    write(new_item(work, standing, post.new_id))
    recorded = Recorded(standing.version + 1, post.new_id)
    if post.key:
        keep_post(work, post.actor.id, post.key, content, version=recorded.version, result_id=recorded.id)
    return recorded


def new_item(work: Work, standing: Standing, new_id: UUID) -> Item:
    """The clear part of the next row of a case, at the actor's desk."""
    sequence = next_sequence(work, standing.case.id)
    return Item(new_id, standing.case.id, sequence, standing.desk, standing.actor.id, work.today)


def conflict(work: Work, standing: Standing, seen: int) -> Conflict:
    """The current version, and what this actor may read of what was added since the one they saw."""
    events: list[tuple[int, Answer | Act]] = [
        *((kept.sequence, kept.answer) for kept in visible_answers(work, standing)),
        *((sequence, act) for sequence, act in visible_acts(work, standing)),
    ]
    added = max(standing.version - seen, 0)
    latest = sorted({sequence for sequence, _event in events})[-added:] if added else []
    changed = tuple(event for sequence, event in sorted(events, key=lambda one: one[0]) if sequence in latest)
    return Conflict(standing.version, changed)
