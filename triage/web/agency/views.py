"""The pages of a referring agency: what it sent, a draft with its people and questions, sending, and what we ask."""

from typing import Final
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.agency.lifecycle import State
from triage.cases.agency.problems import Missing, missing_from
from triage.cases.agency.referral import HOLDER_QUESTION, AgencyReferral
from triage.cases.roles import Actor, Role
from triage.cases.wall import Refused
from triage.casework.agencies.closing import holder_closes
from triage.casework.agencies.own import OwnReferral, agency_name, list_own, read_own
from triage.casework.agencies.sending import Incomplete, reply, save_draft, send
from triage.casework.results import Recorded
from triage.casework.sheets.library import country_of, library_of
from triage.sheets.library import SOURCE
from triage.sheets.model import Form
from triage.web.agency.people import faults, letters_of, pairs_of, referral_with, typed_from
from triage.web.agency.places import asked
from triage.web.agency.words import CODES, STATES, missing_in_words
from triage.web.danger.keeping import keeps_form
from triage.web.forms.identities import identity_fields
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.language import current_language
from triage.web.shared.places import slug_of
from triage.web.shared.posted import Typed, number_of, text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.translation import translated as _

blueprint = Blueprint("agency", __name__, url_prefix="/agency/referrals")
_LONGEST_NOTE: Final = 2000


@blueprint.get("")
@reads("agency-referral", "list")
def referrals(actor: Actor) -> ResponseReturnValue:
    """List a page of the referrals of one's agency: what waits, drafts, then what was sent."""
    after = request.args.get("after", "")
    return render_template(
        "agency/referrals.html", page=given(list_own(service(), actor, after)), states=STATES, codes=CODES,
        agency=agency_name(service(), actor), begins=not after, leads=actor.role is Role.AGENCY_LEAD,
        information=_information(),
    )  # fmt: skip


def _information() -> str:
    """Give the address of the sheet that says what is asked of an agency, in the language of the screen."""
    library = library_of(service())
    sheet = library.sheet("referrer", "working-together")
    return url_for(
        "reader.sheet", address=sheet.address, country=country_of(service()), form=Form.STANDARD,
        language=current_language() if current_language() in library.catalogue.written_in else SOURCE,
    )  # fmt: skip


@blueprint.post("")
@writes("agency-referral", "begin")
def begin(actor: Actor) -> ResponseReturnValue:
    """Begin a draft; danger is asked first."""
    begun = save_draft(service(), actor, AgencyReferral())
    if not isinstance(begun, Recorded):
        abort(404)
    return see_other(url_for("agency.ask", referral_id=begun.id, question="ri-01", about="case"))


@blueprint.get("/<uuid:referral_id>")
@reads("agency-referral", "read")
def referral(actor: Actor, referral_id: UUID) -> ResponseReturnValue:
    """Show a draft as a list of what it asks, or a referral that was sent with its state."""
    return _page(given(read_own(service(), actor, referral_id)))


def _page(own: OwnReferral, errors: list[dict[str, str]] | None = None) -> str:
    if own.state.state is not State.DRAFT:
        return render_template(
            "agency/sent.html", own=own, questions=tuple(asked(own.referral)), states=STATES, codes=CODES,
            errors=errors or [], typed=request.form,
        )  # fmt: skip
    missing = missing_from(own.referral, service().clock().date())
    lines = tuple(asked(own.referral))
    return render_template(
        "agency/draft.html", own=own, questions=lines, slug_of=slug_of, errors=errors or [],
        missing=[{"text": missing_in_words(one), "href": _where(own.id, one)} for one in missing],
    )  # fmt: skip


def _where(referral_id: UUID, missing: Missing) -> str:
    """Give the address of the page on which something is put right."""
    question = missing.field.split(".")[0]
    if question in {HOLDER_QUESTION, "RI-01"}:
        return url_for("agency.ask", referral_id=referral_id, question=question.lower(), about="case")
    return url_for("agency.people", referral_id=referral_id)


@blueprint.get("/<uuid:referral_id>/people")
@reads("agency-referral", "people")
def people(actor: Actor, referral_id: UUID) -> ResponseReturnValue:
    """Show the form of the people and pairs of a draft."""
    own = _draft(actor, referral_id)
    return _people_page(own, typed_from(own.referral) | {"version": str(own.version)})


def _people_page(own: OwnReferral, typed: Typed, errors: list[dict[str, str]] | None = None) -> str:
    letters = letters_of(typed)
    return render_template(
        "agency/people.html", own=own, typed=typed, errors=errors or [], letters=letters, pairs=pairs_of(letters),
        chosen=typed.getlist("pair"), identity_fields=identity_fields(),
    )  # fmt: skip


@blueprint.post("/<uuid:referral_id>/people")
@writes("agency-referral", "people")
@keeps_form(lambda actor, typed, referral_id: _people_page(_draft(actor, referral_id), typed))
def people_post(actor: Actor, referral_id: UUID) -> ResponseReturnValue:
    """Save the people and pairs of a draft, or show one more person's fields and save nothing."""
    own, typed = _draft(actor, referral_id), Typed(request.form)
    if typed.get("then") == "row":
        return _people_page(own, typed)
    if errors := list(faults(typed)):
        return _people_page(own, typed, errors), 422
    saved = save_draft(service(), actor, referral_with(own.referral, typed), own.id, version_of(typed))
    if wrong := save_errors(saved):
        return _people_page(own, typed, wrong), 422
    return see_other(url_for("agency.referral", referral_id=own.id))


@blueprint.post("/<uuid:referral_id>/send")
@writes("agency-referral", "send")
def send_post(actor: Actor, referral_id: UUID) -> ResponseReturnValue:
    """Send a draft, when nothing is missing from it."""
    result = send(service(), actor, referral_id)
    if isinstance(result, Incomplete):
        own = given(read_own(service(), actor, referral_id))
        errors = [{"text": missing_in_words(one), "href": _where(own.id, one)} for one in result.missing]
        return _page(own, errors), 422
    return see_other(url_for("agency.referral", referral_id=given(result).id))


@blueprint.post("/<uuid:referral_id>/reply")
@writes("agency-referral", "reply")
@keeps_form(lambda actor, _typed, referral_id: _page(given(read_own(service(), actor, referral_id))))
def reply_post(actor: Actor, referral_id: UUID) -> ResponseReturnValue:
    """Answer what we asked."""
    return _noted(actor, referral_id, "reply")


@blueprint.post("/<uuid:referral_id>/holder")
@writes("agency-referral", "holder-closes")
@keeps_form(lambda actor, _typed, referral_id: _page(given(read_own(service(), actor, referral_id))))
def holder_post(actor: Actor, referral_id: UUID) -> ResponseReturnValue:
    """Say that who stayed responsible closes their file."""
    return _noted(actor, referral_id, "holder")


def _noted(actor: Actor, referral_id: UUID, field: str) -> ResponseReturnValue:
    own, text = given(read_own(service(), actor, referral_id)), text_of(request.form, field)
    if not 0 < len(text) <= _LONGEST_NOTE:
        errors = [{"text": _("Write something, in at most 2000 characters."), "href": f"#{field}"}]
        return _page(own, errors), 422
    result = (reply if field == "reply" else holder_closes)(service(), actor, referral_id, text)
    if isinstance(result, Refused):
        return _page(own, [{"text": reason_in_words(result.reason), "href": f"#{field}"}]), 422
    return see_other(url_for("agency.referral", referral_id=referral_id))


def _draft(actor: Actor, referral_id: UUID) -> OwnReferral:
    """Give a draft of one's own; what was sent has no such page any more."""
    own = given(read_own(service(), actor, referral_id))
    return own if own.state.state is State.DRAFT else abort(404)


def version_of(typed: Typed) -> int:
    """Give the version that a form was opened with; one that nobody has when it is none."""
    version = number_of(text_of(typed, "version"))
    return -1 if version is None else version


def save_errors(saved: object) -> list[dict[str, str]]:
    """Say why a draft was not saved; nothing when it was."""
    if isinstance(saved, Incomplete):
        return [{"text": missing_in_words(one), "href": "#form"} for one in saved.missing]
    if isinstance(saved, Refused):
        return [{"text": reason_in_words(saved.reason), "href": "#form"}]
    return []
