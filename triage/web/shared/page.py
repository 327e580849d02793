"""What every page shows around its content: whose desk it is, who is signed in, whether this is the demonstration."""

from collections.abc import Mapping
from typing import Final

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as _

from triage.cases.roles import Actor, Side
from triage.web.shared.guards import signed_in

AUDIENCE_OF: Final[Mapping[Side, str]] = {
    Side.PROGRAMME: "intake",
    Side.SUPPORT: "support",
    Side.INDEPENDENT: "office",
    Side.AGENCY: "agency",
}
_DESKS: Final[Mapping[str, object]] = {
    "intake-worker": _("Intake, programme side"),
    "support-advocate": _("Support side"),
    "panel-member": _("Panel"),
    "safety-lead": _("Safety lead"),
    "manager": _("Office"),
    "administrator": _("Office"),
    "data-protection-officer": _("Office"),
    "auditor": _("Office"),
    "author": _("Flows"),
    "reviewer": _("Flows"),
    "translator": _("Translations"),
    "agency-clerk": _("Referring agency"),
    "agency-lead": _("Referring agency"),
}


def audience_of(actor: Actor) -> str:
    """Give the colour of the frame: one for each audience."""
    return "panel" if actor.role == "panel-member" else AUDIENCE_OF[actor.side]


def prepare_pages(app: Flask, *, demonstration: bool) -> None:
    """Give every template the frame of its page."""

    @app.context_processor
    def frame() -> dict[str, object]:
        actor = signed_in()
        if actor is None:
            return {"demonstration": demonstration}
        case_id = (request.view_args or {}).get("case_id")
        return {
            "danger_address": _danger_address(case_id),
            "demonstration": demonstration,
            "signed_in_as": actor.name,
            "audience": audience_of(actor),
            "audience_name": _DESKS[actor.role],
        }


def _danger_address(case_id: object) -> str:
    """Give the address of the danger page, from which one comes back to the page that is open."""
    endpoint = "interview.danger" if case_id else "door.danger"
    opened_by_address = request.method == "GET" and request.endpoint not in {"interview.danger", "door.danger"}
    return url_for(endpoint, case_id=case_id, back=request.path if opened_by_address else None)
