"""The determination of a pair: own view, proposal, signature; and the routes that follow."""

from functools import partial
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.model import NewSignature
from triage.cases.roles import Actor
from triage.cases.wall import LOOKERS, Refused
from triage.casework.decisions import proposal, record_own_view
from triage.casework.decisions import sign as sign_result
from triage.casework.looking import who_looked
from triage.casework.matching.reviewing import case_watch
from triage.casework.results import Conflict
from triage.casework.telling.meaning import what_it_means
from triage.web.danger.keeping import keeps_form
from triage.web.forms.entry import FormError
from triage.web.panel.determination import determination_page, signature_problems, view_problems
from triage.web.panel.directions import both_ways
from triage.web.panel.looks import ACTS
from triage.web.panel.meaning import Teller
from triage.web.panel.results import RESULTS, VIEWS, dated_field, result_field, written_field
from triage.web.panel.routes import routes_of
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.language import current_words
from triage.web.shared.letters import letters_of
from triage.web.shared.opened import assessment_of, changes, opened, rulebook
from triage.web.shared.places import about_of
from triage.web.shared.posted import Typed, date_of, number_of, text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.said import act_lines

blueprint = Blueprint("panel", __name__)


def _pair(actor: Actor, case_id: UUID, slug: str) -> str:
    """Find the pair of an address, or end with the constant 404."""
    about, known = about_of(slug), opened(actor, case_id).record.pairs
    if about is None or about not in {pair.undirected for pair in known}:
        abort(404)
    return about


def _page(
    actor: Actor, case_id: UUID, pair: str, typed: Typed, errors: tuple[FormError, ...] = (), changed: object = ()
) -> str:
    """Show the own view to be recorded, or the proposal once it is."""
    case, seen = opened(actor, case_id), proposal(service(), actor, case_id, pair)
    page = determination_page(actor, case, pair, seen, assessment_of(actor, case_id), current_words())
    watched = given(case_watch(service(), actor, case_id))
    summary = [{"text": error.text, "href": f"#{error.field}"} for error in errors]
    return render_template(
        "panel/pair.html", page=page, typed=typed, watched=watched, errors=summary, changed=changed,
        at={error.field: error.text for error in errors}, results=RESULTS, views=VIEWS,
        sees_looks=(actor.role, actor.side) in LOOKERS,
        result_field=partial(result_field, letters=letters_of(pair)), written=written_field, dated=dated_field,
    )  # fmt: skip


@blueprint.get("/cases/<uuid:case_id>/looks")
@reads("look", "read")
def looks(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Show who looked at a case, to those who answer for a person's safety."""
    found = given(who_looked(service(), actor, case_id))
    return render_template("panel/looks.html", case=opened(actor, case_id), looks=found, acts=ACTS)


@blueprint.get("/cases/<uuid:case_id>/pairs/<pair>")
@reads("determination", "read")
def pair(actor: Actor, case_id: UUID, pair: str) -> ResponseReturnValue:
    """Show the determination of a pair."""
    return _page(actor, case_id, _pair(actor, case_id, pair), Typed())


@blueprint.post("/cases/<uuid:case_id>/pairs/<pair>/own-view")
@writes("determination", "own-view")
@keeps_form(lambda actor, typed, case_id, pair: _page(actor, case_id, _pair(actor, case_id, pair), typed))
def own_view(actor: Actor, case_id: UUID, pair: str) -> ResponseReturnValue:
    """Record what this person thinks before seeing the proposal."""
    place, typed = _pair(actor, case_id, pair), Typed(request.form)
    if errors := view_problems(typed):
        return _page(actor, case_id, place, typed, errors), 422
    given(record_own_view(service(), actor, case_id, place, text_of(typed, "result"), text_of(typed, "grounds")))
    return see_other(url_for("panel.pair", case_id=case_id, pair=pair))


@blueprint.post("/cases/<uuid:case_id>/pairs/<pair>/sign")
@writes("determination", "sign")
@keeps_form(lambda actor, typed, case_id, pair: _page(actor, case_id, _pair(actor, case_id, pair), typed))
def sign(actor: Actor, case_id: UUID, pair: str) -> ResponseReturnValue:
    """Sign a result: with the second fitting signature it is determined."""
    place, typed = _pair(actor, case_id, pair), Typed(request.form)
    review = date_of(text_of(typed, "review_on"))
    if (errors := signature_problems(typed, service().clock().date())) or review is None:
        return _page(actor, case_id, place, typed, errors), 422
    written = NewSignature(
        place, text_of(typed, "result"), text_of(typed, "contrary"), text_of(typed, "would_change"), review
    )
    return _signed(actor, case_id, pair, typed, written)


def _signed(actor: Actor, case_id: UUID, slug: str, typed: Typed, written: NewSignature) -> ResponseReturnValue:
    version = number_of(text_of(typed, "version"))
    result = sign_result(service(), actor, case_id, -1 if version is None else version, written)
    if isinstance(result, Conflict):
        return _page(actor, case_id, written.pair, typed, changed=changes(result)), 409
    if isinstance(result, Refused):
        sentence = FormError("result", reason_in_words(result.reason))
        return _page(actor, case_id, written.pair, typed, (sentence,)), 422
    if result.complete:
        return see_other(url_for("panel.routes", case_id=case_id, pair=slug))
    return see_other(url_for("panel.pair", case_id=case_id, pair=slug))


@blueprint.get("/cases/<uuid:case_id>/pairs/<pair>/routes")
@reads("determination", "routes")
def routes(actor: Actor, case_id: UUID, pair: str) -> ResponseReturnValue:
    """Show the routes proposed for both, what must be done by whom and when, gates, alerts and adaptations."""
    place, assessment = _pair(actor, case_id, pair), assessment_of(actor, case_id)
    case, words = opened(actor, case_id), current_words()
    found = [one for one in assessment.pairs if one.pair.undirected == place] if assessment else []
    watched = given(case_watch(service(), actor, case_id))
    acts = [act for act in case.record.acts if (act.act, act.about) == ("W-SIGN", place)]
    return render_template(
        "panel/routes.html", case=case, pair=pair, place=place, routes=routes_of(found[0], words) if found else None,
        signed=act_lines(acts[-1], words) if acts else "", watched=watched,
    )  # fmt: skip


@blueprint.get("/cases/<uuid:case_id>/pairs/<pair>/meaning")
@reads("determination", "meaning")
def meaning(actor: Actor, case_id: UUID, pair: str) -> ResponseReturnValue:
    """Show what could still change the result, what to ask next, and what the result rests on."""
    place, case = _pair(actor, case_id, pair), opened(actor, case_id)
    seen = what_it_means(service(), actor, case_id, place)
    rules = service().rules
    teller = Teller(case, place, rules.rulebook, rules.outcomes, current_words())
    page = None if isinstance(seen, Refused) else teller.page(seen)
    return render_template("panel/meaning.html", case=case, slug=pair, place=place, page=page)


@blueprint.get("/cases/<uuid:case_id>/pairs/<pair>/directions")
@reads("determination", "directions")
def directions(actor: Actor, case_id: UUID, pair: str) -> ResponseReturnValue:
    """Show both directions of a pair side by side, to whoever recorded their own view."""
    place, case, words = _pair(actor, case_id, pair), opened(actor, case_id), current_words()
    hidden = isinstance(proposal(service(), actor, case_id, place), Refused)
    assessment = None if hidden else assessment_of(actor, case_id)
    found = [one for one in assessment.pairs if one.pair.undirected == place] if assessment else []
    first, second = place.split("-")
    return render_template(
        "panel/directions.html", case=case, slug=pair, place=place, ways=(f"{first}>{second}", f"{second}>{first}"),
        lines=both_ways(case, rulebook(), found[0], words) if found else None,
    )  # fmt: skip
