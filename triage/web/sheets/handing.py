"""Hand a sheet over from a case: what is offered, the questions before, and what was handed over so far."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.handing import Check, How, NewHanding, Said, asked_before, ways_for
from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.results import Conflict
from triage.casework.sheets.handing import NOT_AGREED, NOT_OFFERED, NOT_READ, NOT_SAFE, NOT_SO, hand_out
from triage.casework.sheets.library import FinalEdition, library_of
from triage.casework.sheets.offering import Offer, OfferedSheet, offer
from triage.casework.sheets.personal import BAD_DAY, BAD_NAME, NAME_NOT_SAFE, Personal, Printed, print_for
from triage.sheets.fitting import is_for_child
from triage.sheets.merging import TypedHere
from triage.web.danger.keeping import keeps_form
from triage.web.forms.fields import Choice, Field
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.opened import opened
from triage.web.shared.posted import Typed, date_of, number_of, text_of, version_seen
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, refuse, see_other
from triage.web.shared.translation import translated as _
from triage.web.sheets.blueprint import blueprint
from triage.web.sheets.views import FILE_NAME, heading_of, unchecked

NOT_DRAWN: Final = "not-drawn"
_ORDER: Final = (Said.YES, Said.NO, Said.NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sheet in one language and form, about to be handed over in a case."""

    offer: Offer
    sheet: OfferedSheet
    edition: FinalEdition


@blueprint.get("/cases/<uuid:case_id>/sheets")
@reads("sheet", "offer")
def offered(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """List what may be handed to one's own person, and what was."""
    case, made = opened(actor, case_id), given(offer(service(), actor, case_id))
    titles = {one.id: heading_of(one) for one in library_of(service()).catalogue.sheets.values()}
    return render_template(
        "handing/offered.html", case=case, offer=made, titles=titles, ways=_ways(), questions=_questions()
    )


@blueprint.get("/cases/<uuid:case_id>/sheets/<sheet>/<language>/<form>")
@reads("sheet", "hand-out")
def asked(actor: Actor, case_id: UUID, sheet: str, language: str, form: str) -> ResponseReturnValue:
    """Ask what is asked before a sheet is handed over."""
    return _page(actor, case_id, _chosen(actor, case_id, sheet, language, form), Typed())


def _shown_again(actor: Actor, typed: Typed, case_id: UUID, sheet: str, language: str, form: str) -> str:
    return _page(actor, case_id, _chosen(actor, case_id, sheet, language, form), typed)


@blueprint.post("/cases/<uuid:case_id>/sheets/<sheet>/<language>/<form>")
@writes("sheet", "hand-out")
@keeps_form(_shown_again)
def handed(actor: Actor, case_id: UUID, sheet: str, language: str, form: str) -> ResponseReturnValue:
    """Note that it was handed over, or say what stands in the way."""
    typed = Typed(request.form)
    seen = number_of(text_of(typed, "version"))
    said = {check.value: text_of(typed, check) for check in Check}
    new = NewHanding(sheet, language, form, text_of(typed, "how"), said)
    result = hand_out(service(), actor, case_id, -1 if seen is None else seen, new, text_of(typed, "key"))
    if isinstance(result, Refused) and result.reason is Reason.ON_HOLD:
        refuse(result)
    if isinstance(result, Refused):
        chosen = _chosen(actor, case_id, sheet, language, form)
        return _page(actor, case_id, chosen, typed, _sentences(result)), 422
    if isinstance(result, Conflict):
        chosen = _chosen(actor, case_id, sheet, language, form)
        typed.pop("version", None)
        moved_on = _("Something was recorded meanwhile. Look, then send again.")
        return _page(actor, case_id, chosen, typed, (moved_on,)), 409
    return see_other(url_for("sheets.offered", case_id=case_id))


@blueprint.post("/cases/<uuid:case_id>/sheets/<sheet>/<language>/<form>/for-them")
@writes("sheet", "print-for")
@keeps_form(_shown_again)
def for_them(actor: Actor, case_id: UUID, sheet: str, language: str, form: str) -> ResponseReturnValue:
    """Give the sheet on paper with what was typed for this person, or say what stands in the way."""
    from triage.sheets.pdf import NotPrintable, pdf_of  # typst is loaded by the first who prints

    chosen, typed = _chosen(actor, case_id, sheet, language, form), Typed(request.form)
    said = {check.value: text_of(typed, check) for check in Check}
    new = NewHanding(sheet, language, form, How.PAPER, said)
    personal = _personal(typed)
    made = print_for(service(), actor, case_id, new, personal) if personal else BAD_DAY
    if isinstance(made, Printed):
        headers = {"Content-Disposition": f'inline; filename="{FILE_NAME}"'}
        try:
            return Response(pdf_of(made.sheet), mimetype="application/pdf", headers=headers)
        except NotPrintable:  # a name in a script that the fonts of this sheet do not draw
            made = NOT_DRAWN
    refused = Refused(Reason.NOT_ACCEPTED, "1.3", (made,)) if isinstance(made, str) else made
    if refused.reason is not Reason.NOT_ACCEPTED:
        refuse(refused)
    return _page(actor, case_id, chosen, typed, _sentences(refused)), 422


def _personal(typed: Typed) -> Personal | None:
    """Read what was typed for this person; None when the day or the time is none, or one is missing."""
    name = TypedHere(text_of(typed, "first_name"))
    day, time = text_of(typed, "day"), text_of(typed, "time")
    if not day and not time:
        return Personal(name, text_of(typed, "name_is_safe") == Said.YES)
    at = date_of(day)
    if at is None or not re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", time):
        return None
    hours, minutes = map(int, time.split(":"))
    when = datetime(at.year, at.month, at.day, hours, minutes)  # noqa: DTZ001 — the time on the wall of the room
    return Personal(name, text_of(typed, "name_is_safe") == Said.YES, when)


def _sentences(refused: Refused) -> tuple[str, ...]:
    known = {
        NOT_OFFERED: _("This sheet is not offered here."),
        NOT_READ: _("Two people have not read this sheet in this language. It is not handed over."),
        NOT_AGREED: _("A child is given a sheet once the parent who is safe for them, or children's services, agree."),
        NOT_SO: _("Say how it is handed over; this sheet may take only the ways that are listed."),
        BAD_NAME: _("Write a first name alone, or nothing."),
        NOT_DRAWN: _("This name has characters that a sheet in this language cannot print. Write it in other letters."),
        NAME_NOT_SAFE: _(
            "A name stands on a sheet only if it is safe there, and the sheet may be taken away on paper."
        ),
        BAD_DAY: _("Write the day and the time of the appointment, such as 14:30, or neither."),
        NOT_SAFE: _("It is not safe to hand it over so: read it aloud when they are alone, or keep it here for them."),
    }
    return tuple(known[one] for one in refused.details if one in known) or (reason_in_words(refused.reason),)


def _chosen(actor: Actor, case_id: UUID, sheet: str, language: str, form: str) -> Chosen:
    """Find an offered sheet in a language and form in which it may be handed over, or end with the constant 404."""
    made = given(offer(service(), actor, case_id))
    for one in made.sheets:
        for edition in one.editions:
            if (one.definition.id, edition.language, edition.form) == (sheet, language, form):
                return Chosen(made, one, edition)
    return abort(404)


def _page(actor: Actor, case_id: UUID, chosen: Chosen, typed: Typed, errors: tuple[str, ...] = ()) -> str:
    return render_template(
        "handing/asked.html", case=opened(actor, case_id), chosen=chosen, title=heading_of(chosen.sheet.definition),
        fields=_fields(chosen, typed), errors=[{"text": one, "href": "#how"} for one in errors],
        personal=_personal_fields(typed), on_paper=How.PAPER in ways_for(spoken=chosen.sheet.definition.spoken),
        version=version_seen(typed, chosen.offer.version), key=typed.get("key") or str(uuid4()),
        to_check=unchecked(chosen.sheet.definition.id),
    )  # fmt: skip


def _fields(chosen: Chosen, typed: Typed) -> tuple[Field, ...]:
    """Make the questions, then the way; nothing is chosen beforehand."""
    answers = {Said.YES: _("Yes"), Said.NO: _("No"), Said.NOT_KNOWN: _("Not known")}
    asked = (
        Field(
            check, "radios", words, typed.get(check, ""),
            tuple(Choice(one, answers[one], typed.get(check) == one) for one in _ORDER),
        )
        for check, words in _questions().items()
        if check in asked_before(child=is_for_child(chosen.sheet.definition))
    )  # fmt: skip
    ways = tuple(
        Choice(how, words, typed.get("how") == how)
        for how, words in _ways().items()
        if how in ways_for(spoken=chosen.sheet.definition.spoken)
    )
    return (*asked, Field("how", "radios", _("How is it handed over?"), typed.get("how", ""), ways))


def _personal_fields(typed: Typed) -> tuple[Field, ...]:
    """Make the fields of what may stand on a sheet of one person; all of them may stay empty."""
    safe = tuple(
        Choice(one, words, typed.get("name_is_safe") == one)
        for one, words in ((Said.YES, _("Yes")), (Said.NO, _("No")), (Said.NOT_KNOWN, _("Not known")))
    )
    name, day, time = (typed.get(one, "") for one in ("first_name", "day", "time"))
    return (
        Field("first_name", "text", _("First name (optional)"), name),
        Field("name_is_safe", "radios", _("Is it safe if this name is found on the sheet?"), "", safe),
        Field("day", "date", _("Day of the next appointment (optional)"), day),
        Field("time", "text", _("Time, such as 14:30"), time),
    )


def _questions() -> dict[Check, str]:
    return {
        Check.ALONE: _("Are they alone now?"),
        Check.COULD_BE_SEEN: _("Could the other person see it, or their phone, their bag, what they looked at?"),
        Check.KEPT_FOR_THEM: _("Would they rather have it kept here?"),
        Check.AGREED: _(
            "Did the parent who is safe for the child, or children's services, agree that the child gets it? "
            "It never goes home in a school bag."
        ),
    }


def _ways() -> dict[How, str]:
    return {
        How.PAPER: _("On paper, taken away"),
        How.MEMORY_CARD: _("On a memory card, taken away"),
        How.SCREEN: _("On a screen here"),
        How.READ_ALOUD: _("Read aloud"),
        How.KEPT_HERE: _("Kept here for them"),
    }
