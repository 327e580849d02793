"""Roles and sides of those who work here, and how long ago something was, in the reader's language."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from flask_babel import format_timedelta
from flask_babel import lazy_gettext as _

from triage.cases.roles import Role, Side
from triage.web.shared.guards import service

_ROLES: Final[Mapping[Role, object]] = {
    Role.INTAKE_WORKER: _("Intake worker"),
    Role.SUPPORT_ADVOCATE: _("Support advocate"),
    Role.PANEL_MEMBER: _("Panel member"),
    Role.SAFETY_LEAD: _("Safety lead"),
    Role.MANAGER: _("Service manager"),
    Role.ADMINISTRATOR: _("Administrator of accounts"),
    Role.DATA_PROTECTION_OFFICER: _("Data protection officer"),
    Role.AUDITOR: _("Auditor"),
    Role.AUTHOR: _("Author of flows"),
    Role.REVIEWER: _("Second reviewer of flows and translations"),
    Role.TRANSLATOR: _("Translator"),
    Role.AGENCY_CLERK: _("Clerk of an agency"),
    Role.AGENCY_LEAD: _("Lead of an agency"),
}
_SIDES: Final[Mapping[Side, object]] = {
    Side.SUPPORT: _("support side"),
    Side.PROGRAMME: _("programme side"),
    Side.INDEPENDENT: _("neither side"),
}


_NOW: Final = 60


def standing_in_words(role: str, side: str) -> str:
    """Say a role, and the side where the role has several."""
    said = str(_ROLES[Role(role)])
    if Role(role) is not Role.PANEL_MEMBER:
        return said
    return f"{said}, {_SIDES[Side(side)]}"


def when_in_words(seconds: int) -> str:
    """Say how long ago a time (in seconds) was, or how far ahead it lies."""
    ahead = seconds - int(service().clock().timestamp())
    if abs(ahead) < _NOW:
        return str(_("just now"))
    return str(format_timedelta(timedelta(seconds=ahead), add_direction=True, threshold=1.2))
