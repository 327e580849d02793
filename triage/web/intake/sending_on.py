"""Send a referral on to another service: the form of its ground, and the file that is handed over."""

from collections.abc import Mapping
from io import BytesIO
from typing import Final
from uuid import UUID

from flask import abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from triage.cases.agency.transfer import Ground, Transfer
from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.incoming import Incoming, read_incoming
from triage.casework.agencies.transferring import file_handed_over, transfer
from triage.web.danger.keeping import keeps_form
from triage.web.intake.incoming import blueprint
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.posted import Typed, text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.translation import translated as _

GROUNDS: Final[Mapping[Ground, object]] = {
    Ground.AGREED: lazy_gettext("Everybody named agreed, each talked to alone"),
    Ground.CHILD_AT_RISK: lazy_gettext("Without agreement: a child is at risk of harm"),
    Ground.ADULT_AT_RISK: lazy_gettext("Without agreement: an adult who cannot protect themselves is at risk"),
    Ground.LIFE_AT_RISK: lazy_gettext("Without agreement: a life is in danger"),
}


@blueprint.get("/<uuid:incoming_id>/send-on")
@reads("incoming", "transfer")
def transfer_form(actor: Actor, incoming_id: UUID) -> ResponseReturnValue:
    """Show the form, or what was recorded when the referral was sent on."""
    return _page(_readable(actor, incoming_id), Typed())


@blueprint.post("/<uuid:incoming_id>/send-on")
@writes("incoming", "transfer")
@keeps_form(lambda actor, typed, incoming_id: _page(_readable(actor, incoming_id), typed))
def transfer_post(actor: Actor, incoming_id: UUID) -> ResponseReturnValue:
    """Record that the referral is sent on; then its file is there."""
    found, typed = _readable(actor, incoming_id), Typed(request.form)
    letters = [one.letter for one in found.referral.persons]
    agreed = {one: day for one in letters if (day := text_of(typed, f"agreed-{one}"))}
    said = Transfer(text_of(typed, "ground"), text_of(typed, "service"), agreed, text_of(typed, "words"))
    result = transfer(service(), actor, incoming_id, said)
    if isinstance(result, Refused):
        errors = [{"text": _wrong(field), "href": f"#{field}"} for field in result.details]
        return _page(found, typed, errors or [{"text": reason_in_words(result.reason), "href": "#main-content"}]), 422
    return see_other(url_for("incoming.transfer_form", incoming_id=incoming_id))


@blueprint.post("/<uuid:incoming_id>/send-on/file")
@writes("incoming", "hand-over")
def hand_over(actor: Actor, incoming_id: UUID) -> ResponseReturnValue:
    """Give the file to be handed over; its name tells nothing."""
    content = file_handed_over(service(), actor, incoming_id)
    if isinstance(content, Refused):
        if content.reason in {Reason.NOT_NOW, Reason.DANGER_FIRST}:
            errors = [{"text": reason_in_words(content.reason), "href": "#main-content"}]
            return _page(_readable(actor, incoming_id), Typed(), errors), 422
        return given(content)
    return send_file(BytesIO(content), "application/json", as_attachment=True, download_name="referral.json")


def _readable(actor: Actor, incoming_id: UUID) -> Incoming:
    """Give a referral that somebody reads; one that a colleague answered has no such page."""
    found = given(read_incoming(service(), actor, incoming_id))
    return found if found.referral.persons else abort(404)


def _page(found: Incoming, typed: Typed, errors: list[dict[str, str]] | None = None) -> str:
    called = {person.letter: person.called for person in found.referral.persons}
    return render_template(
        "intake/send_on.html", found=found, line=found.line, called=called, typed=typed, errors=errors or [],
        grounds=GROUNDS,
    )  # fmt: skip


def _wrong(field: str) -> str:
    """Say what to put right in a field."""
    if field.startswith("agreed-"):
        letter = field.removeprefix("agreed-")
        return _("Give the day within a year on which %(letter)s agreed. Silence is no agreement.", letter=letter)
    return {
        "ground": _("Choose the ground on which this is sent on."),
        "service": _("Name the other service, in at most 150 characters."),
        "words": _("Say in at most 2000 characters what makes it necessary without agreement."),
    }[field]
