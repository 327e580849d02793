"""Who may open which page, as data: every endpoint with its roles. What is not listed here does not exist."""

from collections.abc import Mapping
from types import MappingProxyType

from triage.cases.roles import Role

ANYONE: frozenset[Role] = frozenset()
"""The mark of the few pages that need no sign-in."""

EVERY_ROLE = frozenset(Role)
INTERVIEWERS = frozenset({Role.INTAKE_WORKER, Role.SUPPORT_ADVOCATE})
INTAKE = frozenset({Role.INTAKE_WORKER})
SUPPORT = frozenset({Role.SUPPORT_ADVOCATE})
SECOND_NAMES = frozenset({Role.SUPPORT_ADVOCATE, Role.PANEL_MEMBER, Role.SAFETY_LEAD})
DETERMINATION_ROOM = frozenset({Role.PANEL_MEMBER, Role.SAFETY_LEAD})

ACCESS: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        "static": ANYONE,
        "door.sign_in": ANYONE,
        "door.sign_in_post": ANYONE,
        "door.sign_out": EVERY_ROLE,
        "door.language": ANYONE,
        "door.danger": ANYONE,
        "door.home": EVERY_ROLE,
        "interview.cases": EVERY_ROLE,
        "interview.take_on": INTERVIEWERS,
        "interview.tasks": EVERY_ROLE,
        "interview.flow": EVERY_ROLE,
        "interview.ask": EVERY_ROLE,
        "interview.answer": INTERVIEWERS,
        "interview.correct": INTERVIEWERS,
        "interview.correct_post": INTERVIEWERS,
        "interview.withdraw": INTERVIEWERS,
        "interview.withdraw_post": INTERVIEWERS,
        "interview.acts": EVERY_ROLE,
        "interview.act": EVERY_ROLE,
        "interview.act_post": EVERY_ROLE,
        "interview.awaited": SECOND_NAMES,
        "interview.awaited_post": SECOND_NAMES,
        "interview.findings": EVERY_ROLE,
        "interview.danger": EVERY_ROLE,
        "intake.referral": INTAKE,
        "intake.referral_post": INTAKE,
        "intake.position": INTAKE,
        "support.position": SUPPORT,
        "panel.pair": DETERMINATION_ROOM,
        "panel.own_view": DETERMINATION_ROOM,
        "panel.sign": DETERMINATION_ROOM,
        "panel.routes": DETERMINATION_ROOM,
    }
)
"""Endpoint to roles. Start-up compares it with the guards in the code: a page is opened wider only in both places."""
