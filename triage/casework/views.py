"""What one actor may read of a case: the record filtered by compartment and desk, before anything else sees it."""

from dataclasses import replace

from triage.cases.agency.lifecycle import last_publication
from triage.cases.compartments import DESKS, PANEL_DESK, act_as_read_by, desks_read_by, reads_answer
from triage.cases.members import Members
from triage.cases.model import CaseView
from triage.cases.record import Act, CaseRecord
from triage.cases.roles import Side
from triage.casework.matching.holds import W_SIGN, acts_in_force, hold_of, holds_start
from triage.casework.standing import Standing, members_of, whole_members
from triage.store.assessments import StoredAnswer, read_acts, read_answers
from triage.store.cases import StoredCase, read_referral
from triage.store.data_keys import PROGRAMME, SUPPORT, read_data_keys
from triage.store.work import Work


def visible_answers(work: Work, standing: Standing) -> tuple[StoredAnswer, ...]:
    """The answers this actor may read, in order; of one on the board, not why another desk took it back (ADR 0083)."""
    actor, own_person = standing.actor, standing.own_person
    own_desks = desks_read_by(actor, own_person)
    board_of = f"{Side.PROGRAMME}-{own_person}" if actor.side is Side.SUPPORT and own_person else ""
    kept = read_answers(work, standing.keys, standing.case.id, own_desks, board_of)
    return tuple(
        one if one.desk in own_desks else _without_reason(one)
        for one in kept
        if reads_answer(actor, own_person, compartment=one.compartment, desk=one.desk, about=one.answer.about)
    )


def _without_reason(one: StoredAnswer) -> StoredAnswer:
    """An answer of another desk as the board shows it: that it was taken back, and when."""
    answer = one.answer
    if answer.withdrawn is None:
        return one
    return replace(one, answer=replace(answer, withdrawn=replace(answer.withdrawn, reason="")))


def visible_acts(work: Work, standing: Standing, known: Members | None = None) -> tuple[tuple[int, Act], ...]:
    """The acts this actor may know, as far as they may know them, with their place in the order of the case.

    `known` are the persons and pairs that they may know, where the same transaction has read them.
    """
    desks = {*desks_read_by(standing.actor, standing.own_person), PANEL_DESK}
    with work.by_rules():  # the panel's acts too: of these a worker may know the signed result
        kept = read_acts(work, standing.keys, standing.case.id, tuple(sorted(desks)))
    known = known or members_of(work, standing)  # a result of a pair that they may not know of is none for them
    of_known = (one for one in kept if known.holds(one.act.about) and not _waits_for_batch(work, standing, one.act))
    seen = ((one.sequence, act_as_read_by(standing.actor, standing.own_person, one.act, one.desk)) for one in of_known)
    return tuple((sequence, act) for sequence, act in seen if act)


def _waits_for_batch(work: Work, standing: Standing, act: Act) -> bool:
    """Whether the programme side is told of a result only with the next batch: its hour says nothing (ADR 0065)."""
    told_of = act.act == W_SIGN and standing.desk.startswith(Side.PROGRAMME)
    return told_of and act.on >= last_publication(work.now).date()


def whole_record(work: Work, case: StoredCase) -> CaseRecord:
    """Everything recorded of a case, from every desk: for rules whose result is shown as one neutral code."""
    with work.by_rules():
        keys = read_data_keys(work, case.id, (SUPPORT, PROGRAMME))
        known = whole_members(work, keys, case)
        return CaseRecord(
            id=str(case.id),
            on=work.today,
            births=known.births,
            pairs=known.pairs,
            answers=tuple(one.answer for one in read_answers(work, keys, case.id, DESKS)),
            acts=acts_in_force(
                hold_of(work, case.id),
                [(one.sequence, one.act) for one in read_acts(work, keys, case.id, DESKS)],
                known.pairs,
            ),
        )


def is_held(work: Work, case: StoredCase) -> bool:
    """Whether nobody of a case may start: it was not searched, or a match waits for the panel."""
    with work.by_rules():
        keys = read_data_keys(work, case.id, (SUPPORT, PROGRAMME))
        acts = [(one.sequence, one.act) for one in read_acts(work, keys, case.id, (PANEL_DESK,))]
        return holds_start(hold_of(work, case.id), acts, whole_members(work, keys, case).pairs)


def assessed_record(work: Work, standing: Standing) -> CaseRecord:
    """The record by which a case is assessed for this actor: to the panel, without what a match reopened."""
    record = view_of(work, standing).record
    if standing.desk != PANEL_DESK:
        return record
    acts = acts_in_force(hold_of(work, standing.case.id), visible_acts(work, standing), record.pairs)
    return replace(record, acts=acts)


def view_of(work: Work, standing: Standing) -> CaseView:
    """The case as this actor may read it, on today's date."""
    case = standing.case
    known = members_of(work, standing)
    answers = visible_answers(work, standing)
    record = CaseRecord(
        id=str(case.id),
        on=work.today,
        births=known.births,
        pairs=known.pairs,
        answers=tuple(one.answer for one in answers),
        acts=tuple(act for _sequence, act in visible_acts(work, standing, known)),
    )
    opened_here = case.opened_desk in desks_read_by(standing.actor, standing.own_person)
    referral = read_referral(work, standing.keys, case) if opened_here else {}
    return CaseView(
        id=case.id,
        reference=case.reference,
        version=standing.version,
        record=record,
        called=known.called,
        own_person=standing.own_person,
        received_from=referral.get("received_from", ""),
        facts=referral.get("facts", ""),
        corrected={one.answer.id: one.corrected_by for one in answers if one.corrected_by},
        unsaved=standing.unsaved,
    )
