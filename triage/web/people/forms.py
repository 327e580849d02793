"""The forms about people: what is typed, what it lacks, and what becomes of a form that was sent."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import uuid4

from flask import render_template
from flask.typing import ResponseReturnValue

from triage.cases.model import CaseView
from triage.cases.wall import Reason, Refused
from triage.casework.limits import EARLIEST, REASON
from triage.casework.results import Conflict, Recorded
from triage.web.forms.entry import FormError
from triage.web.forms.fields import Field
from triage.web.shared.opened import changes
from triage.web.shared.posted import Typed, date_of, number_of, text_of, version_seen
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.translation import translated as _

LONGEST_NAME: Final = 200
_SAID_IN_THE_FORM: Final = frozenset(
    {
        Reason.NOT_ACCEPTED, Reason.STILL_NEEDED, Reason.TOO_MANY_PERSONS, Reason.KEY_USED, Reason.TOO_OFTEN,
        Reason.MATCHER_DOWN,
    }
)  # fmt: skip
"""Refusals that are told above the form, with what was typed; every other one is the constant page of a refusal."""
_STATUS: Final[Mapping[Reason, int]] = {Reason.TOO_OFTEN: 429, Reason.MATCHER_DOWN: 503}

Errors = tuple[FormError, ...]


def form_page(
    template: str,
    case: CaseView,
    typed: Typed,
    fields: tuple[Field, ...],
    errors: Errors,
    changed: object,
    **more: object,
) -> str:
    """Draw the page of a form with its fields, what is wrong, and what was recorded meanwhile."""
    return render_template(
        template, case=case, fields=fields, typed=typed, changed=changed, version=version_seen(typed, case.version),
        key=typed.get("key", "")[:100] or str(uuid4()), at={one.field: one.text for one in errors},
        errors=[{"text": one.text, "href": f"#{one.field}"} for one in errors], **more,
    )  # fmt: skip


def seen_version(typed: Typed) -> int:
    """Give the version over which a form was filled in; a form that says none is of no version."""
    seen = number_of(text_of(typed, "version"))
    return -1 if seen is None else seen


def answered(
    result: Recorded | Refused | Conflict,
    typed: Typed,
    field: str,
    show: Callable[[Typed, Errors, object], str],
    onward: str,
) -> ResponseReturnValue:
    """Lead on after a form, or show it again with everything that was typed; `field` is where a refusal is told."""
    if isinstance(result, Conflict):
        for name in ("key", "version"):
            typed.poplist(name)
        return show(typed, (), changes(result)), 409
    if isinstance(result, Refused) and result.reason in _SAID_IN_THE_FORM:
        status = _STATUS.get(result.reason, 422)
        return show(typed, (FormError(field, reason_in_words(result.reason)),), ()), status
    given(result)
    return see_other(onward)


def birth_typed(typed: Typed) -> date | None:
    """Read the day of birth; None when none was typed, or none that is a day."""
    return date_of(text_of(typed, "birth"))


def person_problems(typed: Typed, today: date) -> Errors:
    """Say what the name and the day of birth of a person lack."""
    called, birth = text_of(typed, "called"), birth_typed(typed)
    no_day = bool(text_of(typed, "birth")) and birth is None
    outside = birth is not None and not EARLIEST <= birth <= today
    fits = 0 < len(called) <= LONGEST_NAME and called.isprintable()
    wrong = {
        "called": (not fits, _("Say what to call them, in at most 200 characters.")),
        "birth": (no_day or outside, _("Give a birth date that is not in the future, or leave it empty.")),
    }
    return tuple(FormError(field, text) for field, (holds, text) in wrong.items() if holds)


def reason_problem(typed: Typed) -> Errors:
    """Say that a reason lacks."""
    if 0 < len(text_of(typed, "reason")) <= REASON:
        return ()
    return (FormError("reason", _("Say why, in at most 4000 characters.")),)


def person_fields(typed: Typed) -> tuple[Field, ...]:
    """Make the fields of every person: what to call them, and the day of birth."""
    called_hint, birth_hint = (
        _("A first name or an agreed name is enough."),
        _("Leave it empty when it is not known. A missing age is never taken as adult."),
    )
    return (
        Field("called", "text", _("What to call them"), typed.get("called", ""), (), called_hint),
        Field("birth", "date", _("Birth date"), typed.get("birth", ""), (), birth_hint),
    )


def reason_field(typed: Typed, label: str, hint: str = "") -> Field:
    """Make the field of a reason."""
    return Field("reason", "area", label, typed.get("reason", ""), (), hint)
