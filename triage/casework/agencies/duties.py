"""What every duty about accounts and addresses of agencies asks first, its right, and writes last, the audit."""

from uuid import UUID

from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.access.matrix import access_matrix
from triage.store.audit import Entry
from triage.store.work import Work


def may(actor: Actor, method: str, resource: str, action: str) -> Refused | None:
    """Ask the matrix once more: a duty is refused even where a page forgot its guard."""
    allowed = access_matrix().allows(actor.role, method, resource, action)
    return None if allowed else Refused(Reason.NOT_YOUR_ROLE, "6.5")


def audit(work: Work, actor: Actor, act: str, about: UUID | None, *, done: bool) -> None:
    """Write the act down in its own transaction, refused ones too."""
    work.audit(Entry(act, "recorded" if done else "refused", actor.id, about, actor.side.value))
