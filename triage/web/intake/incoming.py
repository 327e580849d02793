"""What agencies sent, for intake: the list with danger first, one referral, and taking, asking, declining, closing."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from triage.assess.reading.values import Value, value_or_problem
from triage.cases.agency.gaps import Gap
from triage.cases.agency.lifecycle import DECLINING, Answered, State, Step
from triage.cases.agency.referral import DANGER_NOW, AgencyReferral
from triage.cases.record import Answer, Pair
from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.answering import ask, close, decline
from triage.casework.agencies.incoming import Incoming, list_incoming, read_incoming
from triage.casework.agencies.taking import Taking, take
from triage.casework.referrals import list_cases
from triage.web.danger.keeping import keeps_form
from triage.web.intake.joining import forms_of_joining, place_of
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.language import current_words
from triage.web.shared.opened import rulebook
from triage.web.shared.posted import text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.said import about_in_words, answer_lines
from triage.web.shared.translation import translated as _

blueprint = Blueprint("incoming", __name__, url_prefix="/incoming")
STATES: Final[Mapping[State, object]] = {
    State.SENT: lazy_gettext("To be taken"),
    State.RECEIVED: lazy_gettext("To be taken"),
    State.CONSIDERED: lazy_gettext("To be taken"),
    State.ANSWERED: lazy_gettext("Answered"),
    State.CLOSED: lazy_gettext("Closed"),
}
REASONS: Final[Mapping[str, object]] = {
    Answered.OUTSIDE_AREA: lazy_gettext("Outside the area we serve"),
    Answered.OUTSIDE_REMIT: lazy_gettext("Outside what we do"),
    Answered.NOT_ENOUGH: lazy_gettext("Too little is said to begin"),
    Answered.WITHDRAWN: lazy_gettext("The agency asked us not to go on"),
}
STEPS: Final[Mapping[Step, object]] = {
    Step.ASK: lazy_gettext("We asked"),
    Step.REPLY: lazy_gettext("The agency replied"),
    Step.HOLDER_CLOSES: lazy_gettext("The agency says that its holder closes"),
}

GAPS: Final[Mapping[Gap, object]] = {
    Gap.DANGER: lazy_gettext("whether somebody is in danger"),
    Gap.FACTS: lazy_gettext("what happened"),
    Gap.BIRTH: lazy_gettext("birth of %(letter)s"),
    Gap.SAFE_CONTACT: lazy_gettext("how to reach %(letter)s safely"),
}
"""What a referral leaves open, in words that go on."""


@blueprint.get("")
@reads("incoming", "list")
def listed(actor: Actor) -> ResponseReturnValue:
    """List a page of what agencies sent."""
    after = request.args.get("after", "")
    page = given(list_incoming(service(), actor, after))
    return render_template(
        "intake/incoming.html", page=page, states=STATES, danger_now=DANGER_NOW, gaps=GAPS, begins=not after
    )


@blueprint.get("/<uuid:incoming_id>")
@reads("incoming", "read")
def one(actor: Actor, incoming_id: UUID) -> ResponseReturnValue:
    """Show one referral."""
    return _page(actor, given(read_incoming(service(), actor, incoming_id)))


def _page(actor: Actor, found: Incoming, errors: list[dict[str, str]] | None = None) -> str:
    called = {person.letter: person.called for person in found.referral.persons}
    own = [case for case in list_cases(service(), actor) if case.own_person]
    mine = {case.id: case for case in own}
    return render_template(
        "intake/incoming_one.html", found=found, line=found.line, called=called, states=STATES, reasons=REASONS,
        steps=STEPS, said=_said(found.referral), own_cases=own, errors=errors or [], danger_now=DANGER_NOW,
        waits=found.line.state is not State.CLOSED, text=text_of(request.form, "question")[:4000],
        pairs=[pair for pair in found.referral.pairs if pair.undirected not in found.taken],
        own_by_id=mine, joining=forms_of_joining(actor, found, mine),
    )  # fmt: skip


def _said(referral: AgencyReferral) -> list[tuple[str, str, tuple[str, ...]]]:
    """Put every answer of a referral into words: the question, about whom, the lines of the answer."""
    words, found = current_words(), []
    for answer in referral.answers:
        question = rulebook().questions.get(answer.question)
        value = value_or_problem(question, answer.value) if question else None
        if question is None or not isinstance(value, Value):
            continue
        kept = Answer(
            id="", question=question.id, about=answer.about, source="REF", on=service().clock().date(),
            rows=value.rows, text=value.text, number=value.number, day=value.day, non_answer=value.non_answer,
        )  # fmt: skip
        ask_words = words(f"{question.id}.ask", answer.about)
        found.append((ask_words, about_in_words(answer.about), answer_lines(question, kept, words)))
    return found


@blueprint.post("/<uuid:incoming_id>/take")
@writes("incoming", "take")
def take_post(actor: Actor, incoming_id: UUID) -> ResponseReturnValue:
    """Take a pair into a new case, or into one of one's own."""
    found = given(read_incoming(service(), actor, incoming_id))
    pair = next((one for one in found.referral.pairs if one.undirected == text_of(request.form, "pair")), None)
    sees, case_id, meant = (text_of(request.form, name) for name in ("sees", "case", "meant"))
    joins = pair is not None and case_id in map(str, found.joins.get(pair.undirected, ()))
    if pair is None or (sees not in {pair.a, pair.b} and not joins):
        errors = [{"text": _("Say which of the two you will talk to."), "href": "#sees"}]
        return _page(actor, found, errors), 422
    letters = _letters(actor, pair, sees, case_id) if case_id and not joins else None
    result = take(service(), actor, incoming_id, Taking(pair.undirected, sees, case_id, letters, meant))
    if isinstance(result, Refused):
        asked = place_of(pair.undirected, case_id) if result.reason is Reason.WHO_IS_MEANT else "take"
        return _page(actor, found, [{"text": reason_in_words(result.reason), "href": f"#{asked}"}]), 422
    return see_other(url_for("interview.tasks", case_id=result.id))


def _letters(actor: Actor, pair: Pair, sees: str, case_id: str) -> dict[str, str]:
    """Give the letters of an existing case: whom the worker will talk to is the one they work with there."""
    own = next((one.own_person for one in list_cases(service(), actor) if str(one.id) == case_id), "")
    other = pair.b if sees == pair.a else pair.a
    return {sees: own, other: "B" if own == "A" else "A"}


@blueprint.post("/<uuid:incoming_id>/ask")
@writes("incoming", "ask")
@keeps_form(lambda actor, _typed, incoming_id: _page(actor, given(read_incoming(service(), actor, incoming_id))))
def ask_post(actor: Actor, incoming_id: UUID) -> ResponseReturnValue:
    """Ask the agency something."""
    found, text = given(read_incoming(service(), actor, incoming_id)), text_of(request.form, "question")
    if not 0 < len(text) <= 2000:
        errors = [{"text": _("Write something, in at most 2000 characters."), "href": "#question"}]
        return _page(actor, found, errors), 422
    return _done(actor, found, ask(service(), actor, incoming_id, text))


@blueprint.post("/<uuid:incoming_id>/decline")
@writes("incoming", "decline")
def decline_post(actor: Actor, incoming_id: UUID) -> ResponseReturnValue:
    """Decline a referral for one of the coded reasons."""
    found, code = given(read_incoming(service(), actor, incoming_id)), text_of(request.form, "reason")
    if code not in DECLINING:
        return _page(actor, found, [{"text": _("Choose a reason."), "href": "#reason"}]), 422
    return _done(actor, found, decline(service(), actor, incoming_id, code))


@blueprint.post("/<uuid:incoming_id>/close")
@writes("incoming", "close")
def close_post(actor: Actor, incoming_id: UUID) -> ResponseReturnValue:
    """Close a referral that was answered."""
    found = given(read_incoming(service(), actor, incoming_id))
    return _done(actor, found, close(service(), actor, incoming_id))


def _done(actor: Actor, found: Incoming, result: object) -> ResponseReturnValue:
    if isinstance(result, Refused):
        return _page(actor, found, [{"text": reason_in_words(result.reason), "href": "#main-content"}]), 422
    return see_other(url_for("incoming.one", incoming_id=found.line.id))
