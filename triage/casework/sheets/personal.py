"""A sheet on paper for one person: with a first name, an appointment and how to reach the service, if that is safe.

What stands on it comes from the form of this worker and from the settings, and from nothing else: no record, note,
answer or finding is read here (the types of `triage.sheets.merging` take typed words alone). Nothing of it is stored.
Source: domain 07, 7.1 and 7.2; ADR 0071.
"""

import datetime as dt
import unicodedata
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from triage.cases.handing import How, NewHanding, unsafe
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused
from triage.casework.limits import name_problem
from triage.casework.service import Service
from triage.casework.sheets.handing import composed
from triage.casework.standing import audit_entry, stand
from triage.sheets.composing import Sheet
from triage.sheets.merging import Merged, Provider, SafeName, TypedHere

PRINT: Final = "print-sheet"
"""What the audit calls it; the wall decides as about handing over."""
LONGEST_NAME: Final = 40
LONGEST_AHEAD: Final = dt.timedelta(days=366)
BAD_NAME, NAME_NOT_SAFE = "first-name", "name-not-safe"
BAD_DAY = "appointment"
NO_NAME: Final = TypedHere("")


@dataclass(frozen=True, slots=True)
class Personal:
    """What a worker types for a sheet of one person; empty where nothing shall stand. `name_is_safe`: they said yes."""

    first_name: TypedHere = NO_NAME
    name_is_safe: bool = False
    appointment: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """The sheet with what was typed for it, to be set for paper."""

    sheet: Sheet


def print_for(
    service: Service, actor: Actor, case_id: UUID | str, new: NewHanding, typed: Personal
) -> Printed | Refused:
    """Make a sheet for the actor's own person, to be printed; the same stands in the way as when it is handed over.

    Input: what is handed over and the answers to the questions; what was typed. Output: the sheet, or `Refused` with
    the sentence of `handing`, or with `BAD_NAME`, `NAME_NOT_SAFE` or `BAD_DAY`. The audit says who made it.
    """
    with service.writing(actor) as work:
        standing = stand(work, actor, case_id, Action.HAND_OUT)
        if isinstance(standing, Refused):
            made: Printed | Refused = standing
        elif problem := _problem(new, typed, work.today):
            made = Refused(Reason.NOT_ACCEPTED, "1.3", (problem,))
        else:
            sheet = composed(service, work, standing, new, merged_from(service, actor, typed))
            made = sheet if isinstance(sheet, Refused) else Printed(sheet)
        case = None if isinstance(standing, Refused) else standing.case.id
        work.audit(replace(audit_entry(actor, Action.HAND_OUT, case, made), act=PRINT))
    return made


def merged_from(service: Service, actor: Actor, typed: Personal) -> Merged:
    """Give what is merged into a sheet: from what a worker typed, and from the settings."""
    settings = service.settings
    name = SafeName(typed.first_name, actor.name) if typed.first_name else None
    return Merged(name, typed.appointment, Provider(phone=settings.service_phone, mail=settings.service_mail))


def _problem(new: NewHanding, typed: Personal, today: dt.date) -> str:
    """Give what is wrong with what was typed, or an empty text."""
    name = typed.first_name
    if name and (len(name) > LONGEST_NAME or name_problem("name", name) or not _is_a_name(name)):
        return BAD_NAME
    if name and not (typed.name_is_safe and not unsafe(How.PAPER, new.said)):
        return NAME_NOT_SAFE
    if typed.appointment and not today <= typed.appointment.date() <= today + LONGEST_AHEAD:
        return BAD_DAY
    return ""


def _is_a_name(text: str) -> bool:
    """Whether a text is one name of letters, or several of one person: no figures, no sentence."""
    return len(text.split()) <= 3 and all(sign.isalpha() or sign in " -'’·" or _joins(sign) for sign in text)


def _joins(sign: str) -> bool:
    """Whether a sign belongs to the letter before it, as vowel signs do."""
    return unicodedata.category(sign) in {"Mn", "Mc"}
