"""Who interprets for one's person or co-facilitates: whom one's desk named, naming somebody, and saying until when."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from triage.cases.attending import Attendant, AttendantKind, NewAttendant
from triage.cases.roles import Actor
from triage.casework.attending.ending import end_attendant
from triage.casework.attending.naming import attendants_of, name_attendant
from triage.casework.limits import CODE, EARLIEST
from triage.web.danger.keeping import keeps_form
from triage.web.forms.entry import FormError
from triage.web.forms.fields import Choice, Field
from triage.web.people.blueprint import blueprint
from triage.web.people.forms import LONGEST_NAME, Errors, answered, form_page, seen_version
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.opened import opened
from triage.web.shared.posted import Typed, date_of, text_of
from triage.web.shared.replies import given
from triage.web.shared.translation import translated as _

ACCOUNT: Final = "account"
OUTSIDE: Final = "outside"
_KINDS: Final[Mapping[AttendantKind, object]] = MappingProxyType(
    {
        AttendantKind.INTERPRETER: lazy_gettext("Interpreter"),
        AttendantKind.CO_FACILITATOR: lazy_gettext("Co-facilitator"),
    }
)


def _page(actor: Actor, typed: Typed, case_id: UUID, errors: Errors = (), changed: object = ()) -> str:
    given(attendants_of(service(), actor, case_id))
    return form_page("people/attendant.html", opened(actor, case_id), typed, _fields(typed), errors, changed)


def _end_page(
    actor: Actor, typed: Typed, case_id: UUID, attendant_id: UUID, errors: Errors = (), changed: object = ()
) -> str:
    one = _attending(actor, case_id, attendant_id)
    fields = (Field("until", "date", _("Their last day"), typed.get("until", _today().isoformat())),)
    case = opened(actor, case_id)
    return form_page(
        "people/attendant_end.html", case, typed, fields, errors, changed, one=one, kind=str(_KINDS[one.kind])
    )


@blueprint.get("/cases/<uuid:case_id>/attending")
@reads("attendant", "list")
def attending(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """List whom one's own desk named."""
    case, named = opened(actor, case_id), given(attendants_of(service(), actor, case_id))
    return render_template("people/attending.html", case=case, named=named, kinds=_KINDS)


@blueprint.get("/cases/<uuid:case_id>/attending/new")
@reads("attendant", "name")
def attendant(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Show the form that names somebody."""
    return _page(actor, Typed({"since": _today().isoformat()}), case_id)


@blueprint.post("/cases/<uuid:case_id>/attending/new")
@writes("attendant", "name")
@keeps_form(_page)
def attendant_post(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Name somebody; whoever may not attend here is refused in the words of every hold."""
    typed = Typed(request.form)
    if errors := _problems(typed):
        return _page(actor, typed, case_id, errors), 422
    result = name_attendant(service(), actor, case_id, seen_version(typed), _new(typed), text_of(typed, "key"))
    onward = url_for("people.attending", case_id=case_id)
    return answered(result, typed, "name", lambda again, *what: _page(actor, again, case_id, *what), onward)


@blueprint.get("/cases/<uuid:case_id>/attending/<uuid:attendant_id>/end")
@reads("attendant", "end")
def attendant_end(actor: Actor, case_id: UUID, attendant_id: UUID) -> ResponseReturnValue:
    """Show the form that says until when somebody attended."""
    return _end_page(actor, Typed(), case_id, attendant_id)


@blueprint.post("/cases/<uuid:case_id>/attending/<uuid:attendant_id>/end")
@writes("attendant", "end")
@keeps_form(_end_page)
def attendant_end_post(actor: Actor, case_id: UUID, attendant_id: UUID) -> ResponseReturnValue:
    """Say until when somebody attended."""
    typed, one = Typed(request.form), _attending(actor, case_id, attendant_id)
    until = date_of(text_of(typed, "until"))
    if until is None or not one.since <= until <= _today():
        errors = (FormError("until", _("Give a day from their first day to today.")),)
        return _end_page(actor, typed, case_id, attendant_id, errors), 422
    result = end_attendant(service(), actor, case_id, seen_version(typed), attendant_id, until)
    onward = url_for("people.attending", case_id=case_id)
    return answered(
        result, typed, "until", lambda again, *what: _end_page(actor, again, case_id, attendant_id, *what), onward
    )


def _attending(actor: Actor, case_id: UUID, attendant_id: UUID) -> Attendant:
    """Find somebody who attends and whom this desk named, or end with the constant 404."""
    named = given(attendants_of(service(), actor, case_id))
    return next((one for one in named if one.id == attendant_id and one.until is None), None) or abort(404)


def _fields(typed: Typed) -> tuple[Field, ...]:
    kinds = tuple(Choice(one, str(text), typed.get("kind") == one) for one, text in _KINDS.items())
    known = typed.get("known", "")
    ways = (
        Choice(ACCOUNT, _("They have an account here"), known == ACCOUNT),
        Choice(OUTSIDE, _("They come from outside, such as from an agency of interpreters"), known == OUTSIDE),
    )
    name_hint = _("The name of the account; or their full name, in any script.")
    number_hint = _("Of somebody from outside. Without a number they are taken for everybody of that name.")
    return (
        Field("kind", "radios", _("What do they do?"), "", kinds),
        Field("known", "radios", _("Who are they to the service?"), "", ways),
        Field("name", "text", _("Their name"), typed.get("name", ""), (), name_hint),
        Field("number", "text", _("Their number at the agency"), typed.get("number", ""), (), number_hint),
        Field("since", "date", _("From which day on?"), typed.get("since", "")),
    )


def _problems(typed: Typed) -> Errors:
    name, number, since = (text_of(typed, one) for one in ("name", "number", "since"))
    day, known = date_of(since), text_of(typed, "known")
    wrong = {
        "kind": (text_of(typed, "kind") not in set(AttendantKind), _("Say what they do.")),
        "known": (known not in {ACCOUNT, OUTSIDE}, _("Say whether they have an account here.")),
        "name": (not (0 < len(name) <= LONGEST_NAME and name.isprintable()), _("Give a name, in at most 200 signs.")),
        "number": (
            len(number) > CODE or not number.isprintable() or (known == ACCOUNT and bool(number)),
            _("An account has no number, and a number has at most 200 signs."),
        ),
        "since": (day is None or not EARLIEST <= day <= _today(), _("Give a day that is not in the future.")),
    }
    return tuple(FormError(field, text) for field, (holds, text) in wrong.items() if holds)


def _new(typed: Typed) -> NewAttendant:
    name, since = text_of(typed, "name"), date_of(text_of(typed, "since")) or _today()
    kind = AttendantKind(text_of(typed, "kind"))
    if text_of(typed, "known") == ACCOUNT:
        return NewAttendant(kind, since, account=name)
    return NewAttendant(kind, since, name=name, number=text_of(typed, "number"))


def _today() -> date:
    return service().clock().date()
