"""The pages around the questions: the list of cases, check your answers, danger."""

from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.openings import OPENERS, OVERSEERS
from triage.cases.roles import DECIDERS, INTERVIEWERS, Actor, Role
from triage.casework.access.matrix import access_matrix
from triage.casework.agencies.incoming import count_waiting
from triage.casework.referrals import list_cases
from triage.casework.referrals import take_on as work_with
from triage.web.danger.keeping import danger_page
from triage.web.interview.blueprint import blueprint
from triage.web.interview.check import set_aside_of, sheet_of
from triage.web.interview.steps import progress_of
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.language import current_words
from triage.web.shared.opened import assessment_of, opened, rulebook
from triage.web.shared.posted import text_of
from triage.web.shared.replies import given, see_other


@blueprint.get("/cases")
@reads("case", "list")
def cases(actor: Actor) -> ResponseReturnValue:
    """List the cases of this person."""
    return render_template(
        "interview/cases.html", cases=list_cases(service(), actor), decides=actor.role in DECIDERS,
        asks=actor.role in INTERVIEWERS,
        may_open=actor.role is Role.INTAKE_WORKER, may_open_card=actor.role in OPENERS,
        oversees=actor.role in OVERSEERS,
        incoming=count_waiting(service(), actor),
        checks_addresses=access_matrix().allows(actor.role, "get", "shared-address", "list"),
    )  # fmt: skip


@blueprint.post("/cases/<uuid:case_id>/take-on")
@writes("case", "take-on")
def take_on(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Become the worker of a person who has none on this side."""
    given(work_with(service(), actor, case_id, text_of(request.form, "person")))
    return see_other(url_for("interview.tasks", case_id=case_id))


@blueprint.get("/cases/<uuid:case_id>/parts/<letter>")
@reads("case", "read")
def flow(actor: Actor, case_id: UUID, letter: str) -> ResponseReturnValue:
    """Check the answers of one flow, those set aside with the reason, and go on."""
    if letter not in rulebook().flows:
        abort(404)
    case, assessment, words = opened(actor, case_id), assessment_of(actor, case_id), current_words()
    found = progress_of(actor, case, rulebook(), letter, assessment)
    return render_template(
        "interview/flow.html", case=case, letter=letter, sheet=sheet_of(case, rulebook(), found, words),
        aside=set_aside_of(case, rulebook(), letter, assessment, words), following=found.first_waiting,
        may_answer=actor.role in INTERVIEWERS,
    )  # fmt: skip


@blueprint.get("/cases/<uuid:case_id>/danger")
@reads("case", "read")
def danger(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Say whom to call, and lead on to the question on danger of this case."""
    return danger_page(opened(actor, case_id).id)
