"""One question of a referral on a page: the same form as in an interview, without its circumstances."""

from dataclasses import dataclass, replace
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.agency.lifecycle import State
from triage.cases.agency.referral import AgencyReferral, ReferredAnswer
from triage.cases.compartments import SAFE_CONTACT_QUESTION
from triage.cases.model import Raw
from triage.cases.roles import Actor
from triage.casework.agencies.fitting import asked_of_agencies
from triage.casework.agencies.own import OwnReferral, read_own
from triage.casework.agencies.sending import save_draft
from triage.flow.model import Kind, Question
from triage.web.agency.places import answer_at, next_unanswered, places_of
from triage.web.agency.views import blueprint, save_errors, version_of
from triage.web.danger.keeping import keeps_form
from triage.web.forms.entry import FormError, value_said
from triage.web.forms.fields import Choice, Layout, choices
from triage.web.forms.prefill import typed_again
from triage.web.forms.questions import has_grid, has_rows, layout_of, row_labels
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.language import current_words
from triage.web.shared.places import about_of, slug_of
from triage.web.shared.posted import Typed
from triage.web.shared.replies import given, see_other
from triage.web.shared.said import about_in_words, named_words


@dataclass(frozen=True, slots=True)
class Page:
    """What the template of a question shows; the names are those of the page in an interview."""

    question: Question
    about_words: str
    ask: str
    guidance: str
    layout: Layout
    non_answers: tuple[Choice, ...]
    non_answers_in_list: bool
    errors: tuple[FormError, ...]
    is_proposal: bool = False

    def error_at(self, name: str) -> str:
        """Give the sentence that belongs under a field."""
        return next((error.text for error in self.errors if error.field == name), "")


@blueprint.get("/<uuid:referral_id>/questions/<question>/<about>")
@reads("agency-referral", "ask")
def ask(actor: Actor, referral_id: UUID, question: str, about: str) -> ResponseReturnValue:
    """Show one question of a draft, with what was answered."""
    own, asked, place = _at(actor, referral_id, question, about)
    answer = answer_at(own.referral, asked, place)
    typed = typed_again(asked, answer) if answer else Typed()
    return _shown(own, asked, place, typed | {"version": str(own.version)})


@blueprint.post("/<uuid:referral_id>/questions/<question>/<about>")
@writes("agency-referral", "answer")
@keeps_form(lambda actor, typed, **place: _shown(*_at(actor, **place), typed))
def answer(actor: Actor, referral_id: UUID, question: str, about: str) -> ResponseReturnValue:
    """Save an answer in the draft, and go on to the next question that nobody answered."""
    own, asked, place = _at(actor, referral_id, question, about)
    typed = Typed(request.form)
    if typed.get("then") == "row":
        typed["rows"] = str(len(layout_of(asked, typed, lambda text_id: text_id).rows) + 1)
        return _shown(own, asked, place, typed)
    value, errors = value_said(asked, typed, service().clock().date())
    if errors:
        return _shown(own, asked, place, typed, errors), 422
    changed = with_answer(own.referral, asked.id, place, value)
    saved = save_draft(service(), actor, changed, own.id, version_of(typed))
    if wrong := save_errors(saved):
        found = tuple(FormError("form", one["text"]) for one in wrong)
        return _shown(own, asked, place, typed, found), 422
    return see_other(_onward(own.id, changed, asked.id, place, leaves=typed.get("then") == "leave"))


def with_answer(referral: AgencyReferral, question: str, about: str, value: Raw) -> AgencyReferral:
    """Give a draft with one answer put in the place of an earlier one to the same question about the same."""
    kept = tuple(one for one in referral.answers if (one.question, one.about) != (question, about))
    return replace(referral, answers=(*kept, ReferredAnswer(question, about, value)))


def _at(actor: Actor, referral_id: UUID, question: str, about: str) -> tuple[OwnReferral, Question, str]:
    """Find a question of a draft and its place by an address, or end with the constant 404."""
    own, place = given(read_own(service(), actor, referral_id)), about_of(about)
    asked = next((one for one in asked_of_agencies(service().rules) if one.id.lower() == question), None)
    if asked is None or own.state.state is not State.DRAFT or place not in places_of(own.referral, asked):
        abort(404)
    columns = tuple(column for column in asked.columns if not column.support_only)
    return own, replace(asked, columns=columns), place or ""


def _shown(own: OwnReferral, question: Question, about: str, typed: Typed, errors: tuple[FormError, ...] = ()) -> str:
    words = current_words()
    in_list = question.kind in {Kind.ONE, Kind.MANY} and not has_grid(question) and not has_rows(question)
    chosen = frozenset(typed.getlist("code" if in_list else "non_answer"))

    def text(text_id: str) -> str:
        return row_labels(text_id) or named_words(words, text_id, about)

    page = Page(
        question=question, about_words=about_in_words(about), ask=text(f"{question.id}.ask"),
        guidance=text(f"{question.id}.guidance"), layout=layout_of(question, typed, text),
        non_answers=choices(("NK", "DEC", "NSA"), words, "non_answer.", chosen), non_answers_in_list=in_list,
        errors=errors, is_proposal=question.id == SAFE_CONTACT_QUESTION,
    )  # fmt: skip
    listed = [{"text": one.text, "href": f"#{one.field}"} for one in errors]
    return render_template("agency/question.html", own=own, page=page, typed=typed, errors=listed)


def _onward(referral_id: UUID, referral: AgencyReferral, question: str, about: str, *, leaves: bool) -> str:
    if question == "RI-01" and not referral.persons:
        return url_for("agency.people", referral_id=referral_id)
    following = None if leaves else next_unanswered(referral, question, about)
    if following is None:
        return url_for("agency.referral", referral_id=referral_id)
    place = slug_of(following.about)
    return url_for("agency.ask", referral_id=referral_id, question=following.question.id.lower(), about=place)
