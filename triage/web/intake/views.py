"""Open a case from a referral; and the one neutral word on whether work may start."""

from collections.abc import Iterator
from uuid import UUID, uuid4

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.model import PersonDetails, Referral
from triage.cases.roles import Actor
from triage.cases.wall import Refused
from triage.casework.publishing.starting import ask_to_start, instruction
from triage.casework.referrals import open_case
from triage.web.danger.keeping import keeps_form
from triage.web.forms.identities import SAID, identity_faults, identity_fields, identity_typed
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.opened import opened
from triage.web.shared.posted import Typed, date_of, text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.translation import translated as _

blueprint = Blueprint("intake", __name__)
_KEYS = ("one", "two")


@blueprint.get("/referrals/new")
@reads("referral", "new")
def referral(_actor: Actor) -> ResponseReturnValue:
    """Show the form of a referral."""
    return _referral_page(Typed())


def _referral_page(typed: Typed, errors: list[dict[str, str]] | None = None) -> str:
    return render_template(
        "intake/referral.html",
        typed=typed,
        key=typed.get("key") or str(uuid4()),
        errors=errors or [],
        keys=_KEYS,
        identity_fields=identity_fields(),
    )


def _problems(typed: Typed) -> Iterator[dict[str, str]]:
    """Say what is missing, in the reader's language."""
    for key, who in zip(_KEYS, (_("the first person"), _("the second person")), strict=True):
        called, birth = text_of(typed, f"called-{key}"), text_of(typed, f"birth-{key}")
        if not 0 < len(called) <= 100:
            yield {"text": _("Say what to call %(who)s, in at most 100 characters.", who=who), "href": f"#called-{key}"}
        if birth and (date_of(birth) or service().clock().date()) >= service().clock().date():
            text = _("Give the birth date of %(who)s as a real day, or leave it empty.", who=who)
            yield {"text": text, "href": f"#birth-{key}"}
        yield from identity_faults(typed, key, who)
    if (text_of(typed, "said") or "unsaid") not in SAID:
        yield {"text": _("Say what the referral says about who harms."), "href": "#said"}
    if text_of(typed, "sees") not in _KEYS:
        yield {"text": _("Say which of the two you will talk to."), "href": "#sees"}
    if not 0 < len(text_of(typed, "received_from")) <= 200:
        yield {"text": _("Say who sent the referral."), "href": "#received_from"}
    if len(text_of(typed, "facts")) > 4000:
        yield {"text": _("Keep the facts to 4000 characters."), "href": "#facts"}


@blueprint.post("/referrals/new")
@writes("referral", "new")
@keeps_form(lambda _actor, typed: _referral_page(typed))
def referral_post(actor: Actor) -> ResponseReturnValue:
    """Open the case; which of the two is A is drawn by lot."""
    typed = Typed(request.form)
    if errors := list(_problems(typed)):
        return _referral_page(typed, errors), 422
    people = {key: _person(typed, key) for key in _KEYS}
    sent = Referral(
        people, text_of(typed, "sees"), text_of(typed, "received_from"), text_of(typed, "facts"),
        SAID[text_of(typed, "said") or "unsaid"],
    )  # fmt: skip
    result = open_case(service(), actor, sent, text_of(typed, "key"))
    if isinstance(result, Refused):
        return _referral_page(typed, [{"text": reason_in_words(result.reason), "href": "#called-one"}]), 422
    return see_other(url_for("interview.tasks", case_id=result))


def _person(typed: Typed, key: str) -> PersonDetails:
    birth = date_of(text_of(typed, f"birth-{key}"))
    return PersonDetails(text_of(typed, f"called-{key}"), birth, identity_typed(typed, key))


@blueprint.get("/cases/<uuid:case_id>/start")
@reads("instruction", "read")
def position(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Say whether work with one's own person may start: what starts, or one code whatever the reason (domain 0.5)."""
    return _position_page(actor, case_id)


@blueprint.post("/cases/<uuid:case_id>/start")
@writes("instruction", "ask")
def ask(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Answer, before anything starts, whether it may start now; a hold answers as every hold does (ADR 0065)."""
    given(ask_to_start(service(), actor, case_id))
    return _position_page(actor, case_id, may_start=True)


def _position_page(actor: Actor, case_id: UUID, *, may_start: bool = False) -> str:
    return render_template(
        "intake/position.html", case=opened(actor, case_id), may_start=may_start,
        instruction=given(instruction(service(), actor, case_id)),
    )  # fmt: skip
