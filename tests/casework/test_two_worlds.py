"""Non-interference: whatever the support side and the panel do, the programme side observes exactly the same.

Two worlds are compared: before and after each of many random things done on the other side (security page 7.1). The
one published exception is a signed result that concerns the worker's own person.
"""

import random
from datetime import timedelta

import pytest

from tests.casework.small_service import TODAY, House, Staffed, act, words
from triage.cases.model import CaseView, NewAnswer, NewSignature
from triage.cases.roles import Actor, Side
from triage.casework.assessments import assessed, read, record_act, record_answer, withdraw_answer
from triage.casework.decisions import record_own_view, sign
from triage.casework.proposing import propose_act
from triage.casework.publishing.starting import instruction
from triage.casework.referrals import list_cases
from triage.casework.results import Conflict, Recorded, Signed
from triage.casework.second_names import awaited_acts, confirm_act, decline_act


def observed(house: House, staffed: Staffed) -> list[object]:
    """Everything that casework shows to the two programme workers and to a third one without a case."""
    seen: list[object] = []
    for worker in (staffed.worker, staffed.other_worker):
        seen += [read(house.service, worker, staffed.id), assessed(house.service, worker, staffed.id).record]
        seen += [list_cases(house.service, worker), record_answer(house.service, worker, staffed.id, 999, words("x"))]
        seen += [instruction(house.service, worker, staffed.id), awaited_acts(house.service, worker, staffed.id)]
        seen += [withdraw_answer(house.service, worker, staffed.id, 999, staffed.id, "x")]
    return seen


def two_names(house: House, staffed: Staffed, panel: tuple[Actor, Actor], dice: random.Random) -> object:
    """Propose joint work, then perhaps sign or decline it as the second person."""
    whole = read(house.service, panel[1], staffed.id)
    assert isinstance(whole, CaseView)
    done = propose_act(house.service, panel[1], staffed.id, whole.version, act("JOINT-SIGN", "signed", "A-B"))
    for waits in awaited_acts(house.service, panel[0], staffed.id) if dice.random() < 0.7 else ():
        if waits.waits_for_me:
            reply = dice.choice((confirm_act, decline_act))
            done = reply(house.service, panel[0], staffed.id, waits.id, "Because.")
    return done


def elsewhere(house: House, staffed: Staffed, panel: tuple[Actor, Actor], dice: random.Random) -> object:
    """Do one random thing on the support side or in the panel."""
    advocate = dice.choice((staffed.advocate, staffed.other_advocate))
    own = staffed.own if advocate is staffed.advocate else staffed.other
    view = read(house.service, advocate, staffed.id)
    whole = read(house.service, panel[0], staffed.id)
    assert isinstance(view, CaseView)
    assert isinstance(whole, CaseView)
    standing = [answer for answer in view.record.answers if not answer.withdrawn]
    match dice.randrange(10):
        case 0:
            new = words("said", source=dice.choice(("ISS", "SELF", "OBS", "POL")), tainted=dice.random() < 0.5)
            return record_answer(house.service, advocate, staffed.id, view.version, new)
        case 1:
            new = NewAnswer("RI-06", "ISS", "Never on Mondays", TODAY, about=own)
            return record_answer(house.service, advocate, staffed.id, view.version, new)
        case 2 if standing:
            taken = dice.choice(standing).id
            return withdraw_answer(house.service, advocate, staffed.id, view.version, taken, "Not so.")
        case 3:
            status = act("ISS-STATUS", dice.choice(("active", "paused")), own)
            return record_act(house.service, advocate, staffed.id, view.version, status)
        case 4:
            return record_act(house.service, panel[0], staffed.id, whole.version, act("RESX-SIGN", "signed", own))
        case 5:
            search = act("CROSS-SEARCH", "match", "A-B")
            return record_act(house.service, panel[1], staffed.id, whole.version, search)
        case 6:
            signature = NewSignature("A-B", "W_REVIEW", "Much.", "More.", TODAY + timedelta(days=30))
            for member in panel:
                record_own_view(house.service, member, staffed.id, "A-B", "W_REVIEW", "Unclear.")
                done = sign(house.service, member, staffed.id, whole.version, signature)
            return done
        case 7 | 8:
            return two_names(house, staffed, panel, dice)
        case _:
            return record_answer(house.service, advocate, staffed.id, view.version, words("more", source="ISS"))


@pytest.mark.parametrize("world", range(6))
def test_the_programme_side_observes_nothing_of_what_is_done_elsewhere(
    house: House, staffed: Staffed, world: int
) -> None:
    dice = random.Random(world)
    panel = (house.panel("Pia", Side.SUPPORT), house.panel("Pol", Side.INDEPENDENT))
    first = record_answer(house.service, staffed.worker, staffed.id, 0, words("his words", source="SELF"))
    assert isinstance(first, Recorded)
    before = observed(house, staffed)
    assert any(isinstance(one, Conflict) for one in before)
    for _step in range(15):
        done = elsewhere(house, staffed, panel, dice)
        assert isinstance(done, Recorded | Signed), done
        assert observed(house, staffed) == before
