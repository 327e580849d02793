"""Write to the audit that somebody signed in asked for a page that their role does not open."""

from triage.cases.roles import Actor
from triage.casework.access.matrix import Permit
from triage.casework.service import Service
from triage.store.audit import Entry


def note_refused_page(service: Service, actor: Actor, permit: Permit) -> None:
    """Note who was refused which action, each time: asking often is what an auditor looks for (security page 4.5)."""
    with service.writing(actor) as work:
        work.audit(Entry(f"{permit.resource}.{permit.action}", "refused not_your_role", actor.id, None, actor.side))
