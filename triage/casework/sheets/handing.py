"""Hand a sheet over: only one that is offered and that two people have read, after the questions, noted once.

Source: clause 1.3; domain 07, 7.1; ADR 0062.
"""

import json
from dataclasses import asdict
from uuid import UUID, uuid4

from triage.cases.handing import Check, How, NewHanding, unsafe, ways_for
from triage.cases.roles import Action, Actor, Side
from triage.cases.wall import Reason, Refused, Situation
from triage.casework.posting import Post, Write, carry_out
from triage.casework.publishing.starting import ON_HOLD, agreed
from triage.casework.results import Conflict, Recorded
from triage.casework.service import Service
from triage.casework.sheets.library import country_of, library_in
from triage.casework.sheets.offering import ALWAYS, OfferedSheet, offered_sheets
from triage.casework.standing import Standing
from triage.sheets.composing import NOBODY, Sheet, compose
from triage.sheets.fitting import is_for_child, of_a_start
from triage.sheets.library import SheetKey
from triage.sheets.merging import Merged
from triage.sheets.model import Form
from triage.store.sheets.handings import Handing, insert_handing
from triage.store.work import Work

NOT_OFFERED = "This sheet is not offered here."
NOT_READ = "Two people have not read this sheet in this language. It is not handed over."
NOT_SO = "This sheet is not handed over in that way."
NOT_AGREED = "A child is given a sheet once the parent who is safe for them, or children's services, agree."
NOT_SAFE = "It is not safe to hand it over so: read it aloud when they are alone, or keep it here for them."


def hand_out(
    service: Service, actor: Actor, case_id: UUID | str, version: int, new: NewHanding, idempotency_key: str = ""
) -> Recorded | Refused | Conflict:
    """Note that a sheet is handed to the actor's own person, or say what stands in the way.

    Output as for an answer: `Recorded`, `Refused` with a sentence, or `Conflict` when the desk has moved on.
    """

    def duty(work: Work, standing: Standing) -> Write | Refused:
        made = _handing(service, work, standing, new)
        return made if isinstance(made, Refused) else lambda item: insert_handing(work, standing.keys, item, made)

    content = json.dumps(asdict(new), sort_keys=True)
    post = Post(actor, Action.HAND_OUT, case_id, version, idempotency_key, content, uuid4())
    return carry_out(service, post, lambda _own_person: Situation(), duty)


def _handing(service: Service, work: Work, standing: Standing, new: NewHanding) -> Handing | Refused:
    made = composed(service, work, standing, new)
    if isinstance(made, Refused):
        return made
    said = {check: said for check, said in new.said.items() if said}
    return Handing(
        standing.own_person, new.sheet, made.version, made.country, new.language, made.form, new.how, said,
        standing.actor.name,
    )  # fmt: skip


def composed(
    service: Service, work: Work, standing: Standing, new: NewHanding, merged: Merged = NOBODY
) -> Sheet | Refused:
    """Compose a sheet that may be handed over so, with what is merged into it; or say what stands in the way."""
    offered = {one.definition.id: one for one in offered_sheets(service, work, standing)}.get(new.sheet)
    if standing.actor.side is Side.PROGRAMME and not _may_be_given(service, work, standing, new.sheet):
        return ON_HOLD
    if offered is None:
        return _refused(NOT_OFFERED)
    if problem := _problem(offered, new):
        return _refused(problem)
    key = SheetKey(new.sheet, country_of(service), new.language, Form(new.form))
    made = compose(library_in(service, work), key, work.today, merged)
    return made if isinstance(made, Sheet) else _refused(NOT_READ)


def _may_be_given(service: Service, work: Work, standing: Standing, sheet: str) -> bool:
    """Whether the programme side may give a sheet: one of those for everybody, or one of a start that starts now.

    What was never offered, and what a hold stopped since the batch, are refused alike.
    """
    if sheet in ALWAYS[Side.PROGRAMME]:
        return True
    starts = of_a_start(library_in(service, work).catalogue, agreed(service, work, standing).outcomes)
    return sheet in {one.id for one in starts}


def _problem(offered: OfferedSheet, new: NewHanding) -> str:
    """Give the first thing that stands in the way, or an empty text."""
    if (new.language, new.form) not in {(one.language, one.form) for one in offered.editions}:
        return NOT_READ
    if new.how not in ways_for(spoken=offered.definition.spoken):
        return NOT_SO
    hindering = unsafe(How(new.how), new.said, child=is_for_child(offered.definition))
    if hindering == (Check.AGREED,):
        return NOT_AGREED
    return NOT_SAFE if hindering else ""


def _refused(sentence: str) -> Refused:
    return Refused(Reason.NOT_ACCEPTED, "1.3", (sentence,))
