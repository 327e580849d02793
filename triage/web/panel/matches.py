"""What the panel alone sees of the same people in several cases: the list, one match, who somebody could be."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.cases.wall import LOOKERS, Reason, Refused
from triage.casework.matching.reviewing import propose_duplicates, read_match, review_match, search_again, watch
from triage.web.danger.keeping import keeps_form
from triage.web.forms.fields import Choice, Field
from triage.web.panel.agreeing import agreements, bearing_in_words, chain_in_words, note_of, row_of
from triage.web.panel.results import written_field
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.opened import opened
from triage.web.shared.posted import LONGEST_TEXT, Typed, text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.translation import translated as _

blueprint = Blueprint("matches", __name__)


@blueprint.get("/matches")
@reads("match", "list")
def matches(actor: Actor) -> ResponseReturnValue:
    """List the matches, the chains, and the cases that were not searched."""
    seen = given(watch(service(), actor))
    chains = tuple((chain_in_words(name), cases) for name, cases in seen.chains)
    rows = tuple(row_of(one) for one in seen.matches)
    return render_template(
        "panel/matches.html", rows=rows, chains=chains, unsearched=seen.unsearched, down=seen.down,
        reassigns=(actor.role, actor.side) in LOOKERS,
    )  # fmt: skip


@blueprint.get("/matches/<uuid:match_id>")
@reads("match", "read")
def match(actor: Actor, match_id: UUID) -> ResponseReturnValue:
    """Show one match: which cases, who is who, what agrees, what the panel said."""
    return _page(actor, match_id, Typed())


@blueprint.post("/matches/<uuid:match_id>/review")
@writes("match", "review")
@keeps_form(lambda actor, typed, match_id: _page(actor, match_id, typed))
def review(actor: Actor, match_id: UUID) -> ResponseReturnValue:
    """Say whether these are the same people, with a reason."""
    typed = Typed(request.form)
    said, reason = text_of(typed, "same"), text_of(typed, "reason")
    errors = {}
    if said not in {"yes", "no"}:
        errors["same"] = _("Say whether these are the same people.")
    if not 0 < len(reason) <= LONGEST_TEXT:
        errors["reason"] = _("Say why, in at most 4000 characters.")
    if errors:
        return _page(actor, match_id, typed, errors), 422
    given(review_match(service(), actor, match_id, same=said == "yes", reason=reason))
    return see_other(url_for("matches.match", match_id=match_id))


@blueprint.post("/cases/<uuid:case_id>/search")
@writes("match", "search")
def search(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Search a case again."""
    given(search_again(service(), actor, case_id))
    return see_other(url_for("matches.matches"))


@blueprint.post("/cases/<uuid:case_id>/persons/<letter>")
@writes("match", "others")
def others(actor: Actor, case_id: UUID, letter: str) -> ResponseReturnValue:
    """Show who of other cases this person could be; nothing is joined by it."""
    case = opened(actor, case_id)
    found = propose_duplicates(service(), actor, case_id, letter.upper())
    if isinstance(found, Refused):
        if found.reason not in {Reason.TOO_OFTEN, Reason.MATCHER_DOWN}:
            given(found)
        page = {"found": (), "refused": reason_in_words(found.reason)}
        return render_template("panel/others.html", case=case, letter=letter.upper(), **page), 429
    rows = tuple((one, agreements(one.agreed)) for one in found)
    return render_template("panel/others.html", case=case, letter=letter.upper(), found=rows, refused="")


def _page(actor: Actor, match_id: UUID, typed: Typed, errors: dict[str, str] | None = None) -> str:
    seen = given(read_match(service(), actor, match_id))
    chosen = typed.get("same", "")
    choices = (
        Choice("yes", _("Yes, as far as I can tell"), chosen == "yes"),
        Choice("no", _("No, these are other people"), chosen == "no"),
    )
    return render_template(
        "panel/match.html", match=seen, bearing=bearing_in_words(seen.bearing), note=note_of(seen),
        agreed={letter: agreements(one) for letter, one in seen.agreed.items()}, at=errors or {},
        same=Field("same", "radios", _("Are these the same people?"), "", choices),
        reason=written_field("reason", _("How do you know?"), typed),
        errors=[{"text": text, "href": f"#{name}"} for name, text in (errors or {}).items()],
    )  # fmt: skip
