"""The first name under an act of two names: what may be named, the proposal, and how long it waits (domain 12.3).

A proposal rests on the case as it stood: when an answer or an act is recorded at any desk, or a week has passed, it
lapses and must be made anew. It counts for nothing; the act itself is written by the second name.
"""

from datetime import date, timedelta
from uuid import UUID, uuid4

from triage.cases.model import NewAct
from triage.cases.record import Act
from triage.cases.roles import Action, Actor, speaks_for
from triage.cases.wall import Reason, Refused, Situation
from triage.casework.limits import act_problems, as_id
from triage.casework.own_views import sees_assessment
from triage.casework.posting import conflict, new_item
from triage.casework.results import Conflict, Recorded
from triage.casework.service import Service
from triage.casework.standing import Standing, audit_entry, members_of, note_reading, stand
from triage.casework.views import whole_record
from triage.store.proposals import StoredProposal, StoredReply, insert_proposal, read_proposals, read_replies
from triage.store.work import Work

WAITS = timedelta(days=7)
_NAMED_FROM_THE_ASSESSMENT = frozenset({"RISK-REASONED", "GATE-REASSESSED"})


def nameable_in(service: Service, actor: Actor, case_id: UUID | str, name: str) -> tuple[str, ...] | Refused:
    """What this actor may name in an act of two names today; refused to who may not propose it."""
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.PROPOSE_ACT, lambda _own_person: Situation(act=name))
        seen = standing if isinstance(standing, Refused) else nameable(service, work, standing, name)
    note_reading(service, actor, Action.READ_CASE, case_id, seen)
    return seen


def propose_act(
    service: Service, actor: Actor, case_id: UUID | str, version: int, new: NewAct
) -> Recorded | Refused | Conflict:
    """Give the first name under an act of two names. The same proposal sent again is the same record.

    Output: `Recorded` with the id of the proposal; `Conflict` when the case moved on since the version seen.
    """
    if problems := _problems(service, new):
        return Refused(Reason.NOT_ACCEPTED, "7.1", problems)
    with service.writing(actor) as work:
        standing = stand(work, actor, case_id, Action.PROPOSE_ACT, lambda _own_person: Situation(act=new.act))
        done = standing if isinstance(standing, Refused) else _propose(service, work, standing, version, new)
        work.audit(audit_entry(actor, Action.PROPOSE_ACT, as_id(case_id), done))
    return done


def nameable(service: Service, work: Work, standing: Standing, name: str) -> tuple[str, ...] | Refused:
    """What the act may name by the whole record; refused to a panel member who must record an own view first."""
    if not may_see_named(work, standing, name):
        return Refused(Reason.OWN_VIEW_FIRST, "4.4")
    return service.rules.open_to(name, whole_record(work, standing.case))


def may_see_named(work: Work, standing: Standing, name: str) -> bool:
    """Whether what an act names may be seen: markers and gates are part of what the rules make of every pair."""
    if name not in _NAMED_FROM_THE_ASSESSMENT:
        return True
    return all(sees_assessment(work, standing, pair) for pair in members_of(work, standing).pairs)


def proposals_in(work: Work, standing: Standing) -> tuple[tuple[StoredProposal, StoredReply | None], ...]:
    """Every proposal of the case, in order, with its reply."""
    with work.by_rules():  # they wait at the panel's desk, some for the name of an advocate
        replies = read_replies(work, standing.keys, standing.case.id)
        kept = read_proposals(work, standing.keys, standing.case.id)
    return tuple((one, replies.get(one.item.id)) for one in kept)


def is_current(standing: Standing, proposal: StoredProposal, today: date) -> bool:
    """Whether the case stands as it stood when this was proposed, and the week has not passed."""
    return proposal.evidence == _evidence(standing) and today <= proposal.item.recorded_on + WAITS


def _problems(service: Service, new: NewAct) -> tuple[str, ...]:
    """Say what is wrong with a proposal by itself; the names of such an act are those of two accounts."""
    today = service.clock().date()
    if problems := act_problems(new, today):
        return problems
    if new.with_names:
        return ("with: this act is signed by two people of this service.",)
    read = service.rules.act_from(new, "new", today, ("", ""))
    return () if isinstance(read, Act) else read


def _propose(
    service: Service, work: Work, standing: Standing, version: int, new: NewAct
) -> Recorded | Refused | Conflict:
    for earlier, reply in proposals_in(work, standing):
        waits = reply is None and is_current(standing, earlier, work.today)
        if waits and (earlier.proposed.act, earlier.proposed.about) == (new.act, new.about):
            same = (earlier.item.recorded_by, earlier.proposed) == (standing.actor.id, new)
            return Recorded(standing.version, earlier.item.id) if same else Refused(Reason.ALREADY_WAITING, "4.4")
    if version != standing.version:
        return conflict(work, standing, version)
    if not members_of(work, standing).holds(new.about):
        return Refused(Reason.NO_SUCH_PAIR, "4.4")
    open_today = nameable(service, work, standing, new.act)
    if isinstance(open_today, Refused):
        return open_today
    if not set(new.values) <= set(open_today):
        return Refused(Reason.NOT_OPEN_TODAY, "4.4")
    item = new_item(work, standing, uuid4())
    side = speaks_for(standing.actor)
    insert_proposal(work, standing.keys, StoredProposal(item, new, standing.actor.name, side, _evidence(standing)))
    return Recorded(standing.version, item.id)


def _evidence(standing: Standing) -> int:
    """The state of the whole case, whichever desks the actor reads: every answer and act raises it."""
    return sum(standing.versions.values())
