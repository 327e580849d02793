"""Take away a person who was added by mistake: marked with the reason, never deleted, and brought back by a correction.

A desk takes away from itself alone, and only whom it added and of whom it wrote nothing. In the assessment of the whole
case the person and their pairs stay until the panel's support side or the safety lead says the same: nothing is let go
because one worker held it to be a mistake (promise 1). What was written elsewhere is asked of the panel alone, so that
no refusal tells across the wall.
"""

import json
from uuid import UUID, uuid4

from triage.cases.compartments import DESKS, PANEL_DESK, REFERRED
from triage.cases.members import Members, PersonStatement
from triage.cases.roles import DECIDERS, Action, Actor, Side
from triage.cases.wall import LOOKERS, Reason, Refused, Situation
from triage.casework.limits import REASON, text_problem
from triage.casework.posting import Post, Write, carry_out
from triage.casework.results import Conflict, Recorded
from triage.casework.service import Service
from triage.casework.standing import Standing, members_of
from triage.casework.views import visible_answers
from triage.store import wall
from triage.store.assessments import read_acts, read_answers
from triage.store.items import Item
from triage.store.members.statements import insert_statement
from triage.store.work import Work


def take_person_away(
    service: Service, actor: Actor, case_id: UUID | str, version: int, letter: str, reason: str
) -> Recorded | Refused | Conflict:
    """Mark that a person was added by mistake; by those who answer for the safety of a person, for every desk.

    Inputs: the letter, and why. Output as for an answer; refused while something speaks of the person.
    """
    if wrong := text_problem("reason", reason, REASON, required=True):
        return Refused(Reason.NOT_ACCEPTED, "7.1", wrong)

    def duty(work: Work, standing: Standing) -> Write | Refused:
        seen = members_of(work, standing)
        if letter in REFERRED or not seen.has(letter) or not _is_of(standing, seen, letter):
            return Refused(Reason.NO_SUCH_PERSON, "1.2")
        if _is_spoken_of(work, standing, letter):
            return Refused(Reason.STILL_NEEDED, "1.1")

        def write(item: Item) -> None:
            said = PersonStatement(letter, seen.called[letter], seen.births[letter], reason, "", 0, gone=True)
            insert_statement(work, standing.keys, item, said)

        return write

    decides = actor.role in DECIDERS
    action = Action.AGREE_PERSON_AWAY if decides else Action.TAKE_PERSON_AWAY
    post = Post(actor, action, case_id, version, "", json.dumps([letter, reason]), uuid4())
    return carry_out(service, post, lambda _own_person: Situation(), duty)


def may_take_away(actor: Actor, own_desk: str, seen: Members, letter: str) -> bool:
    """Whether this is a person whom the actor's desk added, or whom a desk took away and the panel did not yet."""
    if letter in REFERRED or not seen.has(letter):
        return False
    if actor.role in DECIDERS:
        return letter in seen.taken_away and (actor.role, actor.side) in LOOKERS
    said = seen.said[letter]
    return bool(said) and {one.desk for one in said} == {own_desk}


def _is_of(standing: Standing, seen: Members, letter: str) -> bool:
    return may_take_away(standing.actor, standing.desk, seen, letter)


def _is_spoken_of(work: Work, standing: Standing, letter: str) -> bool:
    """Whether an answer or act that the actor reads speaks of a person; to the panel, also a worker."""
    if standing.desk != PANEL_DESK:
        return any(
            letter in one.answer.about or letter == one.answer.by
            for one in visible_answers(work, standing)
            if one.answer.withdrawn is None and not one.corrected_by
        )
    case_id = standing.case.id
    with work.by_rules():  # of every desk and of both sides; that there is something comes back, not what
        answers = [one.answer for one in read_answers(work, standing.keys, case_id, DESKS)]
        about = [one.act.about for one in read_acts(work, standing.keys, case_id, DESKS)]
        worked_with = any(letter in wall.taken_letters(work, side).get(case_id, ()) for side in Side)
    about += [one.about + one.by * (len(one.by) == 1) for one in answers if one.withdrawn is None]
    return worked_with or any(letter in one for one in about)
