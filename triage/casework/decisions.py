"""The determination: own view first, then the proposal, then two signatures; the program proposes, people decide.

Source: domain 0.6 and 12.3 (W-SIGN); clause 4.4. Nothing is overwritten: another value is another signature.
"""

from datetime import date, timedelta
from uuid import UUID, uuid4

from triage.cases.compartments import PANEL_DESK
from triage.cases.model import NewSignature, OwnView, Signature
from triage.cases.record import Act, Signatory
from triage.cases.roles import Action, Actor, speaks_for
from triage.cases.second_names import fit_together
from triage.cases.wall import Reason, Refused
from triage.casework.limits import TEXT, as_id, text_problem
from triage.casework.matching.holds import W_SIGN
from triage.casework.own_views import has_own_view, last_result, open_views
from triage.casework.posting import conflict, new_item
from triage.casework.results import Conflict, Proposal, Recorded, Signed
from triage.casework.service import Service
from triage.casework.standing import Standing, audit_entry, members_of, note_reading, stand
from triage.casework.views import assessed_record
from triage.store.assessments import insert_act
from triage.store.cases import require_raised_version
from triage.store.determinations import (
    StoredSignature,
    StoredView,
    insert_signature,
    insert_view,
    read_signatures,
)
from triage.store.work import Work

SIGNABLE = frozenset({"W_A", "W_B", "W_CHILD", "W_CARE", "W_REVIEW"})
"""What a pair's result may be signed as (domain 13, correction 14); that too little is known is never signed."""
REVIEW_WITHIN = timedelta(weeks=12)


def record_own_view(
    service: Service, actor: Actor, case_id: UUID | str, pair: str, result: str, grounds: str
) -> Recorded | Refused:
    """Record what a panel member thinks before seeing the proposal. The same view sent again is the same record."""
    problems = [*text_problem("grounds", grounds, TEXT, required=True)]
    if result not in SIGNABLE | {"W_INSUFF"}:
        problems.append("result: this is not a result.")
    if problems:
        return Refused(Reason.NOT_ACCEPTED, "4.4", tuple(problems))
    with service.writing(actor) as work:
        standing = stand(work, actor, case_id, Action.RECORD_OWN_VIEW)
        done = standing if isinstance(standing, Refused) else _keep_view(work, standing, pair, result, grounds)
        work.audit(audit_entry(actor, Action.RECORD_OWN_VIEW, as_id(case_id), done))
    return done


def proposal(service: Service, actor: Actor, case_id: UUID | str, pair: str) -> Proposal | Refused:
    """What the rules propose, and what the panel recorded; refused until this actor recorded an own view."""
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_PROPOSAL)
        seen = standing if isinstance(standing, Refused) else _proposal(service, work, standing, pair)
    note_reading(service, actor, Action.READ_PROPOSAL, case_id, seen)
    return seen


def sign(
    service: Service, actor: Actor, case_id: UUID | str, version: int, new: NewSignature
) -> Signed | Refused | Conflict:
    """Sign a result of a pair; with the second fitting signature the act W-SIGN is written in this transaction.

    Two signatures fit when two people gave the same value on the same state of the case and one of them is from the
    victim-support side, or is the safety lead in its place beside a member of the panel (domain 12.3). Output:
    `Signed`; `Conflict` when the case moved on since the version seen; `Refused`.
    """
    if problems := _signature_problems(new, service.clock().date()):
        return problems
    with service.writing(actor) as work:
        standing = stand(work, actor, case_id, Action.SIGN)
        done = standing if isinstance(standing, Refused) else _sign(service, work, standing, version, new)
        work.audit(audit_entry(actor, Action.SIGN, as_id(case_id), done))
    return done


def _keep_view(work: Work, standing: Standing, pair: str, result: str, grounds: str) -> Recorded | Refused:
    known = members_of(work, standing).pair(pair)
    if known is None:
        return Refused(Reason.NO_SUCH_PAIR, "4.4")
    for earlier in reversed(open_views(work, standing, known)):
        if earlier.item.recorded_by == standing.actor.id and (earlier.result, earlier.grounds) == (result, grounds):
            return Recorded(standing.version, earlier.item.id)
    item = new_item(work, standing, uuid4())
    insert_view(work, standing.keys, StoredView(item, pair, result, grounds, standing.actor.name))
    return Recorded(standing.version, item.id)


def _proposal(service: Service, work: Work, standing: Standing, pair: str) -> Proposal | Refused:
    known = members_of(work, standing).pair(pair)
    if known is None:
        return Refused(Reason.NO_SUCH_PAIR, "4.4")
    views = open_views(work, standing, known)
    if not has_own_view(standing, views):
        return Refused(Reason.OWN_VIEW_FIRST, "4.4")
    decided = service.rules.assessment(assessed_record(work, standing)).of(known).decision
    signatures = tuple(_shown(one, standing) for one in read_signatures(work, standing.keys, standing.case.id, pair))
    shown = tuple(OwnView(one.pair, one.result, one.grounds, one.by, one.item.recorded_on) for one in views)
    return Proposal(standing.version, decided, shown, signatures)


def _shown(kept: StoredSignature, standing: Standing) -> Signature:
    signed = kept.signed
    return Signature(
        signed.pair,
        signed.value,
        signed.contrary_evidence,
        signed.would_change,
        signed.review_on,
        kept.by,
        kept.side,
        kept.item.recorded_on,
        current=kept.evidence == standing.version,
    )


def _signature_problems(new: NewSignature, today: date) -> Refused | None:
    """Refuse a signature that does not say what every signature must (domain 0.6)."""
    problems = [*text_problem("contrary_evidence", new.contrary_evidence, TEXT, required=True)]
    problems += text_problem("would_change", new.would_change, TEXT, required=True)
    if new.value not in SIGNABLE:
        problems.append("value: this is not a result that can be signed.")
    if problems:
        return Refused(Reason.NOT_ACCEPTED, "4.4", tuple(problems))
    if type(new.review_on) is not date or not today < new.review_on <= today + REVIEW_WITHIN:
        return Refused(Reason.REVIEW_TOO_LATE, "4.4")
    return None


def _sign(
    service: Service, work: Work, standing: Standing, version: int, new: NewSignature
) -> Signed | Refused | Conflict:
    pair = members_of(work, standing).pair(new.pair)
    if pair is None:
        return Refused(Reason.NO_SUCH_PAIR, "4.4")
    kept = read_signatures(work, standing.keys, standing.case.id, new.pair)
    mine = next((one for one in reversed(kept) if one.item.recorded_by == standing.actor.id), None)
    if mine and mine.signed == new and mine.evidence == version:  # the same form sent twice
        return Signed(complete=last_result(work, standing, pair) > mine.item.sequence)
    if version != standing.version:
        return conflict(work, standing, version)
    if not has_own_view(standing, open_views(work, standing, pair)):
        return Refused(Reason.OWN_VIEW_FIRST, "4.4")
    if service.rules.assessment(assessed_record(work, standing)).of(pair).decision.result == "W_INSUFF":
        return Refused(Reason.NOT_ENOUGH_KNOWN, "4.4")
    item = new_item(work, standing, uuid4())
    signature = StoredSignature(item, new, standing.actor.name, speaks_for(standing.actor), standing.version)
    insert_signature(work, standing.keys, signature)
    other = _fitting(signature, kept)
    if other:
        _write_result(work, standing, other, signature)
    return Signed(complete=other is not None)


def _fitting(signature: StoredSignature, kept: tuple[StoredSignature, ...]) -> StoredSignature | None:
    """The signature of somebody else that makes this one complete: each person's latest counts."""
    latest = {one.item.recorded_by: one for one in kept if one.item.recorded_by != signature.item.recorded_by}
    for other in latest.values():
        agree = (other.signed.value, other.evidence) == (signature.signed.value, signature.evidence)
        if agree and fit_together(W_SIGN, other.side, signature.side):
            return other
    return None


def _write_result(work: Work, standing: Standing, first: StoredSignature, second: StoredSignature) -> None:
    """Write the act W-SIGN by both people, and raise the version: everything signed before rests on an older case."""
    require_raised_version(work, standing.case.id, PANEL_DESK, standing.versions[PANEL_DESK])
    item = new_item(work, standing, uuid4())
    both = (first, second)
    act = Act(
        id=str(item.id),
        act=W_SIGN,
        about=second.signed.pair,
        values=(second.signed.value,),
        on=work.today,
        by=tuple(Signatory(one.by, one.side) for one in both),
        reason="\n\n".join(one.signed.contrary_evidence for one in both),
    )
    insert_act(work, standing.keys, item, act)
