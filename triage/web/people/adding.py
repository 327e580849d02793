"""Add a person to a case: from nothing, or somebody whom an answer names."""

from collections.abc import Mapping
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.members import Members, Relation
from triage.cases.model import PersonDetails
from triage.cases.naming import RELATIONS, TO_ASSESS, NamedPerson
from triage.cases.roles import Actor
from triage.casework.members.adding import NewPerson, add_person, people_of
from triage.web.danger.keeping import keeps_form
from triage.web.forms.entry import FormError
from triage.web.forms.fields import Choice, Field
from triage.web.forms.identities import identity_faults, identity_fields, identity_typed
from triage.web.people.blueprint import blueprint
from triage.web.people.forms import (
    Errors,
    answered,
    birth_typed,
    form_page,
    person_fields,
    person_problems,
    seen_version,
)
from triage.web.people.listed import named_under
from triage.web.people.words import kind_in_words, option_in_words
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.opened import opened
from triage.web.shared.posted import Typed, text_of
from triage.web.shared.replies import given
from triage.web.shared.translation import translated as _

KEY = "new"
"""The end of the names of the fields that recognise a person."""


def _page(actor: Actor, typed: Typed, case_id: UUID, errors: Errors = (), changed: object = ()) -> str:
    case, named = opened(actor, case_id), _named(actor, case_id, text_of(typed, "named"))
    return form_page(
        "people/new.html", case, typed, person_fields(typed), errors, changed,
        known=tuple(_known(typed)), ties=_ties(case.called, typed),
        named=option_in_words(named.option) if named else "", tie=named.tie if named else "",
    )  # fmt: skip


@blueprint.get("/cases/<uuid:case_id>/people/new")
@reads("people", "add")
def new(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Show the form of a new person; filled in as far as an answer names them."""
    typed = Typed()
    named = _named(actor, case_id, request.args.get("named", ""))
    if named:
        typed.update({"named": request.args["named"], "called": named.pseudonym, "to": named.about})
        typed.update({"relation": RELATIONS[named.option].value})
        typed.update({"assessed": "yes"} if named.option in TO_ASSESS else {})
    return _page(actor, typed, case_id)


@blueprint.post("/cases/<uuid:case_id>/people/new")
@writes("people", "add")
@keeps_form(_page)
def new_post(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Add a person."""
    typed = Typed(request.form)
    seen = given(people_of(service(), actor, case_id))
    if errors := _problems(typed, seen):
        return _page(actor, typed, case_id, errors), 422
    named = _named(actor, case_id, text_of(typed, "named"))
    result = add_person(
        service(), actor, case_id, seen_version(typed), _person(typed, named), text_of(typed, "key")
    )  # fmt: skip
    onward = url_for("people.people", case_id=case_id)
    return answered(result, typed, "called", lambda again, *what: _page(actor, again, case_id, *what), onward)


def _named(actor: Actor, case_id: UUID, mark: str) -> NamedPerson | None:
    """Find whom an answer names; None when the form begins from nothing."""
    return named_under(actor, case_id, mark) if mark else None


def _person(typed: Typed, named: NamedPerson | None) -> NewPerson:
    details = PersonDetails(text_of(typed, "called"), birth_typed(typed), identity_typed(typed, KEY))
    return NewPerson(
        details, text_of(typed, "to"), Relation(text_of(typed, "relation")),
        assessed="assessed" in typed, named=named.key if named else "",
    )  # fmt: skip


def _problems(typed: Typed, seen: Members) -> Errors:
    errors = list(person_problems(typed, service().clock().date()))
    if text_of(typed, "to") not in seen.called:
        errors.append(FormError("to", _("Say to whom they are known.")))
    if text_of(typed, "relation") not in set(Relation):
        errors.append(FormError("relation", _("Say what they are to this person.")))
    faults = identity_faults(typed, KEY, _("this person"))
    return (*errors, *(FormError(one["href"][1:], one["text"]) for one in faults))


def _known(typed: Typed) -> list[Field]:
    """Make the fields that help to recognise somebody."""
    return [
        Field(f"{name}-{KEY}", "number" if name == "year" else "text", label, typed.get(f"{name}-{KEY}", ""), (), hint)
        for name, label, hint in identity_fields()
    ]


def _ties(called: Mapping[str, str], typed: Typed) -> tuple[Field, ...]:
    """Make the fields of what the new person is to somebody here, and whether harm between the two is assessed."""
    to, relation = typed.get("to", ""), typed.get("relation", "")
    people = tuple(Choice(one, f"{one} ({name})", one == to) for one, name in called.items())
    kinds = tuple(Choice(one, kind_in_words(one), one == relation) for one in Relation)
    hint = _("When in doubt, tick it: nothing starts before this pair is decided. It cannot be taken back.")
    assess = Choice("yes", _("Harm between the two is assessed here, in both directions"), "assessed" in typed)
    return (
        Field("to", "radios", _("To whom are they known?"), "", people),
        Field("relation", "radios", _("What are they to this person?"), "", kinds),
        Field("assessed", "checks", _("Is there, or was there, harm to look at?"), "", (assess,), hint),
    )  # fmt: skip
