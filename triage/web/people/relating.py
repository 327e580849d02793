"""Say what two persons are to each other, open a pair for assessment, and open one to both sides of the wall."""

from uuid import UUID

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.compartments import REFERRED
from triage.cases.members import Members, Relation, RelationStatement, pair_of
from triage.cases.record import Pair
from triage.cases.roles import Actor
from triage.cases.wall import LOOKERS
from triage.casework.members.adding import open_pair, people_of, state_relation
from triage.web.danger.keeping import keeps_form
from triage.web.forms.entry import FormError
from triage.web.forms.fields import Choice, Field
from triage.web.people.blueprint import blueprint
from triage.web.people.forms import Errors, answered, form_page, reason_field, reason_problem, seen_version
from triage.web.people.words import relation_in_words
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.opened import opened
from triage.web.shared.places import about_of, slug_of
from triage.web.shared.posted import Typed, text_of
from triage.web.shared.replies import given
from triage.web.shared.translation import translated as _


def _page(actor: Actor, typed: Typed, case_id: UUID, two: str, errors: Errors = (), changed: object = ()) -> str:
    case, (seen, pair) = opened(actor, case_id), _two(actor, case_id, two)
    chosen = typed.get("relation", "")
    kinds = tuple(Choice(one, relation_in_words(one, pair.a, pair.b), one == chosen) for one in Relation)
    assess = Choice("yes", _("Harm between the two is assessed here, in both directions"), "assessed" in typed)
    hint = _("When in doubt, tick it: nothing starts before this pair is decided. It cannot be taken back.")
    fields = [Field("relation", "radios", _("What are they to each other?"), "", kinds)]
    if pair not in seen.pairs:
        fields.append(Field("assessed", "checks", _("Is there, or was there, harm to look at?"), "", (assess,), hint))
    if pair in seen.relations:
        fields.append(reason_field(typed, _("Why is it put right?")))
    return form_page(
        "people/relation.html", case, typed, tuple(fields), errors, changed, pair=pair, called=seen.called,
        assessed=pair in seen.pairs,
    )  # fmt: skip


def _open_page(
    actor: Actor, typed: Typed, case_id: UUID, two: str, errors: Errors = (), changed: object = ()
) -> str:  # fmt: skip
    case, pair = opened(actor, case_id), _added_pair(actor, case_id, two)
    fields = (reason_field(typed, _("Why, and who was asked first?")),)
    return form_page("people/open.html", case, typed, fields, errors, changed, pair=pair)


@blueprint.get("/cases/<uuid:case_id>/relationships/<two>")
@reads("people", "relate")
def relation(actor: Actor, case_id: UUID, two: str) -> ResponseReturnValue:
    """Show what two persons are to each other, to be said or put right."""
    seen, pair = _two(actor, case_id, two)
    known = seen.relations.get(pair)
    return _page(actor, Typed({"relation": known.value} if known else {}), case_id, two)


@blueprint.post("/cases/<uuid:case_id>/relationships/<two>")
@writes("people", "relate")
@keeps_form(_page)
def relation_post(actor: Actor, case_id: UUID, two: str) -> ResponseReturnValue:
    """Say what two persons are to each other, and whether harm between them is assessed."""
    typed, (seen, pair) = Typed(request.form), _two(actor, case_id, two)
    if errors := _problems(typed, seen, pair):
        return _page(actor, typed, case_id, two, errors), 422
    said = RelationStatement(
        pair, Relation(text_of(typed, "relation")), "assessed" in typed or pair in seen.pairs, text_of(typed, "reason"),
        "", 0,
    )  # fmt: skip
    result = state_relation(service(), actor, case_id, seen_version(typed), said)
    onward = url_for("people.relationships", case_id=case_id)
    return answered(result, typed, "relation", lambda again, *what: _page(actor, again, case_id, two, *what), onward)


@blueprint.get("/cases/<uuid:case_id>/relationships/<two>/open")
@reads("people", "open-pair")
def open_to_both(actor: Actor, case_id: UUID, two: str) -> ResponseReturnValue:
    """Show the form that opens a pair to both sides."""
    return _open_page(actor, Typed(), case_id, two)


@blueprint.post("/cases/<uuid:case_id>/relationships/<two>/open")
@writes("people", "open-pair")
@keeps_form(_open_page)
def open_to_both_post(actor: Actor, case_id: UUID, two: str) -> ResponseReturnValue:
    """Open a pair to both sides."""
    typed, pair = Typed(request.form), _added_pair(actor, case_id, two)
    if errors := reason_problem(typed):
        return _open_page(actor, typed, case_id, two, errors), 422
    reason = text_of(typed, "reason")
    result = open_pair(service(), actor, case_id, seen_version(typed), pair.undirected, reason)
    onward = url_for("people.relationships", case_id=case_id)
    return answered(
        result, typed, "reason", lambda again, *what: _open_page(actor, again, case_id, two, *what), onward
    )  # fmt: skip


def _two(actor: Actor, case_id: UUID, slug: str) -> tuple[Members, Pair]:
    """Find two persons of an address, or end with the constant 404."""
    about, seen = about_of(slug) or "", given(people_of(service(), actor, case_id))
    if about[1:2] != "-" or not seen.has(about[0], about[2]) or about[0] == about[2]:
        abort(404)
    pair = pair_of(about[0], about[2])
    return (seen, pair) if slug_of(pair.undirected) == slug else abort(404)


def _added_pair(actor: Actor, case_id: UUID, slug: str) -> Pair:
    """Find a pair that this actor may open: assessed, and somebody was added; or end with the constant 404."""
    seen, pair = _two(actor, case_id, slug)
    opens = pair in seen.pairs and {pair.a, pair.b} != set(REFERRED) and (actor.role, actor.side) in LOOKERS
    return pair if opens else abort(404)


def _problems(typed: Typed, seen: Members, pair: Pair) -> Errors:
    errors = []
    if text_of(typed, "relation") not in set(Relation):
        errors.append(FormError("relation", _("Say what they are to each other.")))
    return (*errors, *(reason_problem(typed) if pair in seen.relations else ()))
