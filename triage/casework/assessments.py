"""The assessment of a case: read it, record, correct and take back answers, record acts.

Nothing is overwritten: a correction is a new answer and a reason why the earlier one no longer counts (clause 7.1).
"""

import json
from dataclasses import asdict, replace
from uuid import UUID, uuid4

from triage.cases.compartments import LETTERS, compartment_of, desks_read_by
from triage.cases.model import CaseView, NewAct, NewAnswer
from triage.cases.record import Act, Answer, Pair, Signatory
from triage.cases.roles import Action, Actor, speaks_for
from triage.cases.wall import Reason, Refused, Situation, answer_kind
from triage.casework.limits import REASON, act_problems, answer_problems, as_id, text_problem
from triage.casework.own_views import sees_assessment
from triage.casework.posting import Post, Write, carry_out
from triage.casework.results import Conflict, Recorded
from triage.casework.service import Service
from triage.casework.standing import Standing, is_noted, members_of, note_first_reading, note_reading, stand
from triage.casework.views import assessed_record, view_of, visible_answers
from triage.routing.assessment import Assessment
from triage.store.assessments import StoredAnswer, insert_act, insert_answer, insert_withdrawal
from triage.store.items import Item
from triage.store.work import Work

NO_SUCH_PLACE = "about: there is no such person or pair in this case."
_SPOKEN = frozenset({"SELF", "ISS"})


def read(service: Service, actor: Actor, case_id: UUID | str) -> CaseView | Refused:
    """Read a case as far as this actor may.

    Output: the case with its version for this actor; or `Refused`, the same for a case that does not exist and for
    one that this actor may not see (security page 3.7). The first reading of an hour is written to the audit.
    """
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_CASE)
        seen = standing if isinstance(standing, Refused) else view_of(work, standing)
        noted = is_noted(work, actor, Action.READ_CASE, case_id, seen)
    if not noted:
        note_first_reading(service, actor, Action.READ_CASE, case_id, seen)
    return seen


def assessed(service: Service, actor: Actor, case_id: UUID | str) -> Assessment | Refused:
    """Assess a case over what this actor may read: the whole record for the panel, one desk for a worker.

    To a panel member it holds those pairs alone of which they recorded an own view, as it holds their proposals (domain
    0.6), and it is refused while there is none. Those who signed the determination in force see what follows from it.
    """
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_CASE)
        seen = standing if isinstance(standing, Refused) else assessed_record(work, standing)
        pairs: frozenset[Pair] = frozenset()
        if isinstance(standing, Standing) and not isinstance(seen, Refused):
            pairs = frozenset(one for one in seen.pairs if sees_assessment(work, standing, one))
            seen = seen if pairs else Refused(Reason.OWN_VIEW_FIRST, "4.4")
    note_reading(service, actor, Action.READ_CASE, case_id, seen)
    if isinstance(seen, Refused):
        return seen
    found = service.rules.assessment(seen)
    return found if pairs == set(seen.pairs) else found.only(pairs)


def record_answer(
    service: Service, actor: Actor, case_id: UUID | str, version: int, new: NewAnswer, idempotency_key: str = ""
) -> Recorded | Refused | Conflict:
    """Record an answer, or correct an earlier one when `new.corrects` names it.

    Inputs: the version the actor saw, and a key under which the same post gives the same result. Output: `Recorded`;
    `Conflict` when the actor's desk has moved on; `Refused` with a sentence for each thing wrong. Clause 7.1.
    """
    today = service.clock().date()
    problems = answer_problems(new, today)
    new_id = uuid4()
    answer = problems or service.rules.answer_from(new, str(new_id), today)
    if not isinstance(answer, Answer):
        return Refused(Reason.NOT_ACCEPTED, "7.1", answer)
    states_support, named = service.rules.states_support(answer), service.rules.persons_named(answer)
    written: list[Answer] = []

    def situate(own_person: str) -> Situation:
        return Situation(answer=answer_kind(new.source, new.by, own_person, states_support=states_support))

    def duty(work: Work, standing: Standing) -> Write | Refused:
        if wrong := _place_problem(work, standing, answer, new, named):
            return wrong
        spoken = replace(answer, by=answer.by or (standing.own_person if answer.source in _SPOKEN else ""))
        if not new.corrects and standing.desk in desks_read_by(actor, standing.own_person):
            written.append(spoken)
        return _answer_write(work, standing, spoken, new)

    post = Post(actor, Action.RECORD_ANSWER, case_id, version, idempotency_key, _content(new), new_id)
    result = carry_out(service, post, situate, duty)
    if isinstance(result, Recorded) and result.id == new_id:
        return replace(result, answer=next(iter(written), None))
    return result


def withdraw_answer(
    service: Service,
    actor: Actor,
    case_id: UUID | str,
    version: int,
    answer_id: UUID | str,
    reason: str,
    idempotency_key: str = "",
) -> Recorded | Refused | Conflict:
    """Take an answer back with a reason; it stays on file (domain 12.1, rule 7). Output as for `record_answer`."""
    if wrong := text_problem("reason", reason, REASON, required=True):
        return Refused(Reason.NOT_ACCEPTED, "7.1", wrong)

    def duty(work: Work, standing: Standing) -> Write | Refused:
        earlier = _own_answer(work, standing, answer_id)
        if isinstance(earlier, Refused):
            return earlier
        taken_back = UUID(earlier.answer.id)
        return lambda item: insert_withdrawal(work, standing.keys, item, taken_back, reason, "")

    content = json.dumps([str(answer_id), reason])
    post = Post(actor, Action.WITHDRAW_ANSWER, case_id, version, idempotency_key, content, uuid4())
    return carry_out(service, post, lambda _own_person: Situation(), duty)


def record_act(
    service: Service, actor: Actor, case_id: UUID | str, version: int, new: NewAct, idempotency_key: str = ""
) -> Recorded | Refused | Conflict:
    """Record an act signed by this actor (domain 12.3); W-SIGN is written by two signatures alone, never here."""
    today = service.clock().date()
    problems = act_problems(new, today)
    new_id = uuid4()
    act = problems or service.rules.act_from(new, str(new_id), today)
    if not isinstance(act, Act):
        return Refused(Reason.NOT_ACCEPTED, "7.1", act)
    signed = replace(act, by=(Signatory(actor.name, speaks_for(actor)), *(Signatory(name) for name in new.with_names)))

    def duty(work: Work, standing: Standing) -> Write | Refused:
        if not members_of(work, standing).holds(signed.about):
            return Refused(Reason.NOT_ACCEPTED, "7.1", (NO_SUCH_PLACE,))
        return lambda item: insert_act(work, standing.keys, item, signed)

    post = Post(actor, Action.RECORD_ACT, case_id, version, idempotency_key, _content(new), new_id)
    return carry_out(service, post, lambda _own_person: Situation(act=new.act, about=new.about), duty)


def _place_problem(
    work: Work, standing: Standing, answer: Answer, new: NewAnswer, named: frozenset[str]
) -> Refused | None:
    """Refuse a place or a person that this actor does not know of, in the same words as one that does not exist."""
    known = members_of(work, standing)
    guessed = answer.about and not new.about and len(known.pairs) > 1
    stranger = not known.has(*named) or (answer.by in LETTERS and not known.has(answer.by))
    if known.holds(answer.about) and not guessed and not stranger:
        return None
    return Refused(Reason.NOT_ACCEPTED, "7.1", (NO_SUCH_PLACE,))


def _answer_write(work: Work, standing: Standing, answer: Answer, new: NewAnswer) -> Write | Refused:
    """Prepare an answer to be written, and the withdrawal of the one it corrects."""
    earlier = _own_answer(work, standing, new.corrects) if new.corrects else None
    if isinstance(earlier, Refused):
        return earlier
    if earlier and (earlier.answer.question, earlier.answer.about) != (answer.question, answer.about):
        return Refused(Reason.NOT_YOUR_ANSWER, "7.1")
    compartment = compartment_of(answer.question, answer.source, standing.actor.side)

    def write(item: Item) -> None:
        insert_answer(work, standing.keys, item, compartment, answer)
        if earlier:
            taken_back = replace(item, id=uuid4())
            insert_withdrawal(work, standing.keys, taken_back, UUID(earlier.answer.id), new.reason, answer.id)

    return write


def _own_answer(work: Work, standing: Standing, answer_id: object) -> StoredAnswer | Refused:
    """Find an answer of the actor's own desk that still counts."""
    known_id = str(as_id(answer_id))
    for kept in visible_answers(work, standing):
        if kept.answer.id == known_id and kept.desk == standing.desk:
            return Refused(Reason.ALREADY_WITHDRAWN, "7.1") if kept.answer.withdrawn else kept
    return Refused(Reason.NOT_YOUR_ANSWER, "7.1")


def _content(new: NewAnswer | NewAct) -> str:
    """The content of a post as one text, to tell the same post from another under the same key."""
    return json.dumps(asdict(new), default=str, sort_keys=True)
