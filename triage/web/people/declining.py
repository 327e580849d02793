"""Say why somebody whom an answer names is not added: a coded reason, and words."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.naming import Declining
from triage.cases.roles import Actor
from triage.casework.members.naming import decline_named
from triage.web.danger.keeping import keeps_form
from triage.web.forms.entry import FormError
from triage.web.forms.fields import Choice, Field
from triage.web.people.blueprint import blueprint
from triage.web.people.forms import Errors, answered, form_page, reason_field, reason_problem, seen_version
from triage.web.people.listed import named_under
from triage.web.people.words import declining_in_words, option_in_words
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.opened import opened
from triage.web.shared.posted import Typed, text_of
from triage.web.shared.translation import translated as _


def _page(actor: Actor, typed: Typed, case_id: UUID, mark: str, errors: Errors = (), changed: object = ()) -> str:
    named, case = named_under(actor, case_id, mark), opened(actor, case_id)
    reasons = tuple(Choice(one, declining_in_words(one), typed.get("why") == one) for one in Declining)
    fields = (
        Field("why", "radios", _("Why are they not added?"), "", reasons),
        reason_field(typed, _("How do you know?")),
    )
    return form_page(
        "people/decline.html", case, typed, fields, errors, changed, named=named, mark=mark,
        option=option_in_words(named.option),
    )  # fmt: skip


@blueprint.get("/cases/<uuid:case_id>/named/<mark>")
@reads("people", "decline")
def decline(actor: Actor, case_id: UUID, mark: str) -> ResponseReturnValue:
    """Show the form that declines somebody whom an answer names."""
    return _page(actor, Typed(), case_id, mark)


@blueprint.post("/cases/<uuid:case_id>/named/<mark>")
@writes("people", "decline")
@keeps_form(_page)
def decline_post(actor: Actor, case_id: UUID, mark: str) -> ResponseReturnValue:
    """Decline somebody whom an answer names."""
    named, typed = named_under(actor, case_id, mark), Typed(request.form)
    why = text_of(typed, "why")
    missing = () if why in set(Declining) else (FormError("why", _("Choose a reason.")),)
    if errors := (*missing, *reason_problem(typed)):
        return _page(actor, typed, case_id, mark, errors), 422
    result = decline_named(service(), actor, case_id, seen_version(typed), named.key, why, text_of(typed, "reason"))
    onward = url_for("people.people", case_id=case_id)
    return answered(result, typed, "why", lambda again, *what: _page(actor, again, case_id, mark, *what), onward)
