"""Take steps in the translators' room: type, review, put back into English, approve, send back."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.cases.wall import Refused
from triage.casework.results import Recorded
from triage.casework.sheets.translating import MovedOn, NewStep, room_of, take_step
from triage.sheets.room.revisions import Step
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.posted import Typed, number_of, text_of
from triage.web.shared.replies import refuse, see_other
from triage.web.shared.translation import translated as _
from triage.web.translations.blueprint import blueprint
from triage.web.translations.reading import shown_to, spoken, text_page
from triage.web.translations.words import sentences


@blueprint.post("/<code>/texts/<text>/words")
@writes("translation", "write")
def write(actor: Actor, code: str, text: str) -> ResponseReturnValue:
    """Keep a translation, or say what the checks refuse; what was typed stays on the page."""
    return _taken(actor, code, text, Step.WORDS)


@blueprint.post("/<code>/texts/<text>/review")
@writes("translation", "review")
def review(actor: Actor, code: str, text: str) -> ResponseReturnValue:
    """Note that somebody else than the writer read a translation and finds it right."""
    return _taken(actor, code, text, Step.REVIEWED)


@blueprint.post("/<code>/texts/<text>/approve")
@writes("translation", "approve")
def approve(actor: Actor, code: str, text: str) -> ResponseReturnValue:
    """Approve a translation as the second person."""
    return _taken(actor, code, text, Step.APPROVED)


@blueprint.post("/<code>/texts/<text>/send-back")
@writes("translation", "send-back")
def send_back(actor: Actor, code: str, text: str) -> ResponseReturnValue:
    """Send a translation back: at once it is a draft again."""
    return _taken(actor, code, text, Step.SENT_BACK)


@blueprint.get("/<code>/texts/<text>/put-back")
@reads("translation", "put-back")
def put_back(actor: Actor, code: str, text: str) -> ResponseReturnValue:
    """Show a translation without its source."""
    return _put_back_page(actor, code, text, Typed(), ())


@blueprint.post("/<code>/texts/<text>/put-back")
@writes("translation", "put-back")
def put_back_post(actor: Actor, code: str, text: str) -> ResponseReturnValue:
    """Keep what a translation says in English, in the words of somebody who did not look at the source."""
    return _taken(actor, code, text, Step.PUT_BACK)


def _taken(actor: Actor, code: str, text: str, step: Step) -> ResponseReturnValue:
    typed = Typed(request.form)
    seen = number_of(text_of(typed, "seen"))
    new = NewStep(
        code, text, step, -1 if seen is None else seen, " ".join(text_of(typed, "words").split("\n")),
        text_of(typed, "reason"),
    )  # fmt: skip
    result = take_step(service(), actor, new)
    if isinstance(result, Refused):
        refuse(result)
    if isinstance(result, Recorded):
        return see_other(url_for("translations.text", code=code, text=text))
    moved_on = ((_("Somebody changed this text meanwhile. Read it again, then send."), ""),)
    told = moved_on if isinstance(result, MovedOn) else sentences(result)
    if isinstance(result, MovedOn):
        typed.pop("seen", None)
    page = _put_back_page if step is Step.PUT_BACK else text_page
    return page(actor, code, text, typed, told), 409 if isinstance(result, MovedOn) else 422


def _put_back_page(actor: Actor, code: str, text: str, typed: Typed, told: tuple[tuple[str, str], ...]) -> str:
    room = room_of(service())
    of, shown = spoken(room, code), shown_to(room, actor, code, text)
    if not shown.standing.latest.words:
        abort(404)
    return render_template(
        "translations/put_back.html", spoken=of, shown=shown, typed=typed, may=Step.PUT_BACK in shown.may,
        errors=[{"text": sentence, "href": "#words"} for sentence, _exactly in told],
    )  # fmt: skip
