"""The second name under an act: what waits for it, confirming with an own reason, declining (domain 12.3).

On confirmation the act is written with both names, in one transaction with the reply and its audit lines. It stands
at the panel's desk whoever confirmed, and is dated on that day: nothing counted before.
"""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

from triage.assess.reading.acts import in_force
from triage.cases.compartments import PANEL_DESK, result_for
from triage.cases.model import AwaitedAct
from triage.cases.record import Act, Signatory
from triage.cases.roles import Action, Actor, speaks_for
from triage.cases.second_names import CONFIRMERS, second_name_refusal
from triage.cases.wall import Reason, Refused
from triage.casework.limits import REASON, as_id, text_problem
from triage.casework.matching.holds import W_SIGN
from triage.casework.posting import new_item
from triage.casework.proposing import WAITS, is_current, may_see_named, nameable, proposals_in
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.standing import Standing, audit_entry, knows_every_pair, members_of, note_reading, stand
from triage.casework.views import visible_acts
from triage.store.assessments import insert_act
from triage.store.audit import Entry
from triage.store.cases import require_raised_version
from triage.store.proposals import StoredProposal, StoredReply, insert_reply
from triage.store.work import Work

_MAY_CONFIRM_SOMETHING = frozenset(one for allowed in CONFIRMERS.values() for one in allowed)


def awaited_acts(service: Service, actor: Actor, case_id: UUID | str) -> tuple[AwaitedAct, ...] | Refused:
    """The acts that wait for a second name, as far as this actor may know, and to the panel those declined lately.

    Nothing for the programme side; for an advocate only what waits for her own name.
    """
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_CASE)
        seen = standing if isinstance(standing, Refused) else tuple(_awaited(service, work, standing))
    note_reading(service, actor, Action.READ_CASE, case_id, seen)
    return seen


def confirm_act(
    service: Service, actor: Actor, case_id: UUID | str, proposal_id: UUID | str, reason: str
) -> Recorded | Refused:
    """Give the second name: the act is written. Output: `Recorded` with its id, or why this name does not count."""
    return _reply(service, actor, case_id, proposal_id, reason, Action.CONFIRM_ACT)


def decline_act(
    service: Service, actor: Actor, case_id: UUID | str, proposal_id: UUID | str, reason: str
) -> Recorded | Refused:
    """Decline a proposal with a reason, or take one's own back; both stay on file. Output: the id of the reply."""
    return _reply(service, actor, case_id, proposal_id, reason, Action.DECLINE_ACT)


def _awaited(service: Service, work: Work, standing: Standing) -> Iterator[AwaitedAct]:
    if (standing.actor.role, standing.actor.side) not in _MAY_CONFIRM_SOMETHING:
        return
    for kept, reply in proposals_in(work, standing):
        waits = reply is None and is_current(standing, kept, work.today)
        declined = reply is not None and not reply.confirmed and work.today <= reply.item.recorded_on + WAITS
        for_me = waits and _second_name_refusal(service, work, standing, kept) is None
        if for_me or ((waits or declined) and not standing.own_person):
            yield _shown(work, standing, kept, reply, waits_for_me=for_me)


def _shown(
    work: Work, standing: Standing, kept: StoredProposal, reply: StoredReply | None, *, waits_for_me: bool
) -> AwaitedAct:
    mine = kept.item.recorded_by == standing.actor.id
    closed = not mine and not may_see_named(work, standing, kept.proposed.act)
    return AwaitedAct(
        id=kept.item.id,
        proposed=replace(kept.proposed, values=(), reason="") if closed else kept.proposed,
        by=kept.by,
        until=kept.item.recorded_on + WAITS,
        mine=mine,
        waits_for_me=waits_for_me,
        closed=closed,
        declined_by=reply.by if reply else "",
        declined_because=reply.reason if reply and not closed else "",
    )


def _second_name_refusal(service: Service, work: Work, standing: Standing, proposal: StoredProposal) -> Refused | None:
    """Refuse whoever gave the first name, and whoever the tables do not let sign beside it."""
    if proposal.item.recorded_by == standing.actor.id:
        return Refused(Reason.SECOND_NAME_IS_ANOTHERS, "4.4")
    known, proposed = members_of(work, standing), proposal.proposed
    if not known.holds(proposed.about) or not (proposed.about or knows_every_pair(work, standing)):
        return Refused(Reason.WAITS_NO_MORE, "4.4")
    acts = tuple(act for _sequence, act in visible_acts(work, standing))
    definition, own = service.rules.rulebook.acts[W_SIGN], standing.own_person
    named = [one for one in known.pairs if own in {one.a, one.b} and proposed.about in {"", one.undirected}]
    signed = [in_force(acts, W_SIGN, one.undirected, work.today, definition) for one in named]
    is_harmed = bool(signed) and all(
        one and one.value in {"W_A", "W_B"} and one.value != result_for(own, one.about) for one in signed
    )
    return second_name_refusal(standing.actor, is_harmed=is_harmed or not own, act=proposed.act, first=proposal.side)


def _reply(
    service: Service, actor: Actor, case_id: UUID | str, proposal_id: UUID | str, reason: str, action: Action
) -> Recorded | Refused:
    if wrong := text_problem("reason", reason, REASON, required=True):
        return Refused(Reason.NOT_ACCEPTED, "7.1", wrong)
    with service.writing(actor) as work:
        standing = stand(work, actor, case_id, action)
        if isinstance(standing, Refused):
            done: Recorded | Refused = standing
        else:
            done = _replied(service, work, standing, as_id(proposal_id), reason, action is Action.CONFIRM_ACT)
        work.audit(audit_entry(actor, action, as_id(case_id), done))
    return done


def _replied(
    service: Service, work: Work, standing: Standing, proposal_id: UUID | None, reason: str, confirmed: bool
) -> Recorded | Refused:
    """Check a reply and keep it; one that confirms has the id of the act that it writes."""
    found = next((one for one in proposals_in(work, standing) if one[0].item.id == proposal_id), None)
    if not found:
        return Refused(Reason.WAITS_NO_MORE, "4.4")
    proposal, earlier = found
    if earlier:
        mine = (earlier.item.recorded_by, earlier.confirmed, earlier.reason)
        same = mine == (standing.actor.id, confirmed, reason)  # the same form sent twice
        return Recorded(standing.version, earlier.item.id) if same else Refused(Reason.WAITS_NO_MORE, "4.4")
    if refused := _reply_refusal(service, work, standing, proposal, confirmed=confirmed):
        return refused
    item = replace(new_item(work, standing, uuid4()), desk=PANEL_DESK)
    actor = standing.actor
    reply = StoredReply(item, proposal.item.id, confirmed, reason, actor.name, speaks_for(actor))
    with work.by_rules():  # an advocate's name too is written at the panel's desk
        insert_reply(work, standing.keys, reply)
        if confirmed:
            _write_act(work, standing, proposal, reply)
    return Recorded(standing.version + int(confirmed and standing.desk == PANEL_DESK), item.id)


def _reply_refusal(
    service: Service, work: Work, standing: Standing, proposal: StoredProposal, *, confirmed: bool
) -> Refused | None:
    if not is_current(standing, proposal, work.today):
        return Refused(Reason.WAITS_NO_MORE, "4.4")
    if not confirmed and proposal.item.recorded_by == standing.actor.id:
        return None
    if refused := _second_name_refusal(service, work, standing, proposal):
        return refused
    open_today = nameable(service, work, standing, proposal.proposed.act)
    if isinstance(open_today, Refused):
        return open_today
    # The day alone can change what is open: an act that ran out, a finding that a date decides.
    if confirmed and not set(proposal.proposed.values) <= set(open_today):
        return Refused(Reason.WAITS_NO_MORE, "4.4")
    return None


def _write_act(work: Work, standing: Standing, first: StoredProposal, second: StoredReply) -> None:
    """Write the act by both people, and raise the version: everything that waits rests on an older case."""
    require_raised_version(work, standing.case.id, PANEL_DESK, standing.versions[PANEL_DESK])
    act = Act(
        id=str(second.item.id),
        act=first.proposed.act,
        about=first.proposed.about,
        values=first.proposed.values,
        on=work.today,
        by=(Signatory(first.by, first.side), Signatory(second.by, second.side)),
        reason=f"{first.proposed.reason}\n\n{second.reason}",
    )
    insert_act(work, standing.keys, second.item, act)
    work.audit(Entry(Action.RECORD_ACT.value, "recorded", standing.actor.id, second.item.id, second.side))
