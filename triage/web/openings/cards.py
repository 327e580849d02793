"""Open the card of a person in imminent danger, read it for half an hour, close it; look at opened cards afterwards."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from triage.cases.compartments import LETTERS
from triage.cases.openings import Danger
from triage.cases.roles import Actor, Role
from triage.cases.wall import Reason, Refused
from triage.casework.openings.opening import close_card, open_card, read_card
from triage.casework.openings.overseeing import openings, review_opening
from triage.casework.publishing.asking import asked_often
from triage.web.danger.keeping import keeps_form
from triage.web.forms.fields import Choice, Field
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.language import current_words
from triage.web.shared.opened import rulebook
from triage.web.shared.posted import LONGEST_TEXT, Typed, text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.said import answer_lines
from triage.web.shared.translation import translated as _

blueprint = Blueprint("openings", __name__)
DANGERS: Final[Mapping[Danger, object]] = {
    Danger.LIFE: lazy_gettext("Somebody’s life is in danger now"),
    Danger.CHILD: lazy_gettext("A child is in danger now"),
    Danger.MISSING: lazy_gettext("The person is missing"),
    Danger.EMERGENCY_SERVICE: lazy_gettext("An emergency service asks how to reach the person"),
}


@blueprint.get("/openings/new")
@reads("opening", "new")
def new(_actor: Actor) -> ResponseReturnValue:
    """Show the form that opens a card."""
    return _form(Typed(), {})


@blueprint.post("/openings/new")
@writes("opening", "open")
@keeps_form(lambda _actor, typed: _form(typed, {}))
def new_post(actor: Actor) -> ResponseReturnValue:
    """Open a card."""
    typed = Typed(request.form)
    said = {name: text_of(typed, name) for name in ("reference", "letter", "danger", "words")}
    errors = {
        name: text
        for name, text, wrong in (
            ("reference", _("Type the number of the case."), not 0 < len(said["reference"]) <= 16),
            ("letter", _("Type the letter of the person."), said["letter"].upper() not in LETTERS),
            ("danger", _("Say what the danger is."), said["danger"] not in set(Danger)),
            (
                "words",
                _("Say what is happening, in at most 4000 characters."),
                not 0 < len(said["words"]) <= LONGEST_TEXT,
            ),
        )
        if wrong
    }
    if errors:
        return _form(typed, errors), 422
    done = open_card(service(), actor, *said.values())
    if isinstance(done, Refused):
        status = 429 if done.reason is Reason.TOO_OFTEN else 422
        return _form(typed, {"reference": reason_in_words(done.reason)}), status
    return see_other(url_for("openings.card", opening_id=done.id))


@blueprint.get("/openings/<uuid:opening_id>")
@reads("opening", "read")
def card(actor: Actor, opening_id: UUID) -> ResponseReturnValue:
    """Show a card that is open."""
    seen, words = given(read_card(service(), actor, opening_id)), current_words()
    answers = [
        (words(f"{one.question}.ask", one.about), answer_lines(rulebook().questions[one.question], one, words), one.on)
        for one in seen.answers
    ]
    return render_template("openings/card.html", card=seen, answers=answers)


@blueprint.post("/openings/<uuid:opening_id>/close")
@writes("opening", "close")
def close(actor: Actor, opening_id: UUID) -> ResponseReturnValue:
    """Close a card before its time."""
    given(close_card(service(), actor, opening_id))
    return see_other(url_for("interview.cases"))


@blueprint.get("/openings")
@reads("opening", "list")
def opened(actor: Actor) -> ResponseReturnValue:
    """List the cards that were opened."""
    return _list(actor, None, {})


@blueprint.post("/openings/<uuid:opening_id>/review")
@writes("opening", "review")
@keeps_form(lambda actor, _typed, opening_id: _list(actor, opening_id, {}))
def review(actor: Actor, opening_id: UUID) -> ResponseReturnValue:
    """Say whether it was right to open a card."""
    right, said = text_of(request.form, "right"), text_of(request.form, "said")
    if not any(one.id == opening_id for one in given(openings(service(), actor))):
        abort(404)
    errors = {}
    if right not in {"yes", "no"}:
        errors["right"] = _("Say whether it was right.")
    if not 0 < len(said) <= LONGEST_TEXT:
        errors["said"] = _("Say why, in at most 4000 characters.")
    if errors:
        return _list(actor, opening_id, errors), 422
    given(review_opening(service(), actor, opening_id, right=right == "yes", said=said))
    return see_other(url_for("openings.opened"))


def _form(typed: Typed, errors: Mapping[str, str]) -> str:
    dangers = tuple(Choice(one, str(text), typed.get("danger") == one) for one, text in DANGERS.items())
    fields = (
        Field("reference", "text", _("Number of the case"), typed.get("reference", "")),
        Field("letter", "text", _("Whose card?"), typed.get("letter", ""), (), _("The letter of the person: A, B…")),
        Field("danger", "radios", _("What is the danger?"), "", dangers),
        Field("words", "area", _("What is happening?"), typed.get("words", "")),
    )
    summary = [{"text": text, "href": f"#{name}"} for name, text in errors.items()]
    return render_template("openings/new.html", fields=fields, at=errors, errors=summary)


def _list(actor: Actor, failed: UUID | None, errors: Mapping[str, str]) -> str:
    found = given(openings(service(), actor))
    number = next((at for at, one in enumerate(found) if one.id == failed), 0)
    leads = actor.role is Role.SAFETY_LEAD
    return render_template(
        "openings/list.html", openings=found, dangers=DANGERS, reviews=leads, failed=failed, at=errors,
        typed=request.form, asked=given(asked_often(service(), actor)) if leads else (),
        errors=[{"text": text, "href": f"#{name}-{number}"} for name, text in errors.items()],
    )  # fmt: skip
