"""The acts that wait for a second name: their lines on the page of acts, and the page to sign or decline one."""

from dataclasses import dataclass
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.model import AwaitedAct, CaseView
from triage.cases.roles import Actor, Role
from triage.cases.wall import Reason, Refused
from triage.casework.second_names import awaited_acts, confirm_act, decline_act
from triage.web.danger.keeping import keeps_form
from triage.web.forms.entry import FormError
from triage.web.forms.fields import Choice, Field
from triage.web.interview.blueprint import blueprint
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.language import current_words
from triage.web.shared.opened import opened
from triage.web.shared.posted import LONGEST_TEXT, Typed, text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.said import act_lines
from triage.web.shared.translation import translated as _
from triage.web.shared.words import Words

_SECOND_NAMES = (Role.SUPPORT_ADVOCATE, Role.PANEL_MEMBER, Role.SAFETY_LEAD)
_REPLIES = {"confirm": confirm_act, "decline": decline_act}
_SAID_ON_THE_PAGE = frozenset({Reason.WAITS_NO_MORE, Reason.OWN_VIEW_FIRST, Reason.SECOND_NAME_IS_ANOTHERS})


@dataclass(frozen=True, slots=True)
class AwaitedLine:
    """One act that waits for a second name, or was declined: in words, and as it is kept."""

    text: str
    kept: AwaitedAct

    @property
    def to_answer(self) -> bool:
        """Say whether this person can answer it: give the second name, or take their own proposal back."""
        return not self.kept.declined_by and (self.kept.mine or self.kept.waits_for_me)


def awaited_lines(actor: Actor, case: CaseView, words: Words) -> tuple[AwaitedLine, ...]:
    """Put what waits for a second name into words, as far as this person may know."""
    kept = given(awaited_acts(service(), actor, case.id))
    return tuple(AwaitedLine(act_lines(one.proposed, words), one) for one in kept)


def _waiting(actor: Actor, case: CaseView, proposal_id: UUID) -> AwaitedLine:
    """Find a proposal that this person can answer, or end with the constant 404."""
    for line in awaited_lines(actor, case, current_words()):
        if line.kept.id == proposal_id and line.to_answer:
            return line
    return abort(404)


def _reply_field(line: AwaitedLine, typed: Typed) -> Field:
    """Make the choice: to sign as the second person, to decline, or to take one's own proposal back."""
    said = {"confirm": _("I sign this as the second person"), "decline": _("I decline it")}
    if line.kept.mine:
        said = {"decline": _("I take my proposal back")}
    choices = tuple(Choice(value, text, value == typed.get("reply")) for value, text in said.items())
    return Field("reply", "radios", _("What do you say to it?"), "", choices)


def _page(case: CaseView, line: AwaitedLine, typed: Typed, errors: tuple[FormError, ...] = ()) -> str:
    reason = Field("reason", "area", _("On what grounds?"), typed.get("reason", ""))
    return render_template(
        "interview/awaited.html", case=case, line=line, fields=(_reply_field(line, typed), reason),
        errors=[{"text": error.text, "href": f"#{error.field}"} for error in errors],
        at={error.field: error.text for error in errors},
    )  # fmt: skip


def _problems(line: AwaitedLine, typed: Typed) -> tuple[FormError, ...]:
    allowed = {choice.value for choice in _reply_field(line, typed).choices}
    wrong = {
        "reply": (text_of(typed, "reply") not in allowed, _("Choose what you say to it.")),
        "reason": (
            not 0 < len(text_of(typed, "reason")) <= LONGEST_TEXT,
            _("Say on what grounds, in at most 4000 characters."),
        ),
    }
    return tuple(FormError(field, text) for field, (holds, text) in wrong.items() if holds)


@blueprint.get("/cases/<uuid:case_id>/awaited/<uuid:proposal_id>")
@reads("act", "awaited")
def awaited(actor: Actor, case_id: UUID, proposal_id: UUID) -> ResponseReturnValue:
    """Show an act that waits for a second name, to be signed or declined."""
    case = opened(actor, case_id)
    return _page(case, _waiting(actor, case, proposal_id), Typed())


def _shown_again(actor: Actor, typed: Typed, case_id: UUID, proposal_id: UUID) -> str:
    case = opened(actor, case_id)
    return _page(case, _waiting(actor, case, proposal_id), typed)


@blueprint.post("/cases/<uuid:case_id>/awaited/<uuid:proposal_id>")
@writes("act", "answer-awaited")
@keeps_form(_shown_again)
def awaited_post(actor: Actor, case_id: UUID, proposal_id: UUID) -> ResponseReturnValue:
    """Give the second name with one's own reason, or decline with a reason."""
    case, typed = opened(actor, case_id), Typed(request.form)
    line = _waiting(actor, case, proposal_id)
    if errors := _problems(line, typed):
        return _page(case, line, typed, errors), 422
    reply = _REPLIES[text_of(typed, "reply")]
    result = reply(service(), actor, case_id, proposal_id, text_of(typed, "reason"))
    if isinstance(result, Refused) and result.reason in _SAID_ON_THE_PAGE:
        return _page(case, line, typed, (FormError("reply", reason_in_words(result.reason)),)), 422
    given(result)
    return see_other(url_for("interview.acts", case_id=case_id))
