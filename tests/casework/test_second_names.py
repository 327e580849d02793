"""Acts of two names: proposed, awaited, confirmed or declined, lapsed; nothing counts before the second name."""

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest

from tests.casework.small_service import TODAY, House, Staffed, act, words
from tests.databases.engines import bytes_kept
from triage.cases.model import AwaitedAct, NewAct, NewSignature
from triage.cases.record import Act
from triage.cases.roles import Actor, Side
from triage.cases.second_names import TOGETHER
from triage.cases.wall import PROPOSERS, Reason, Refused
from triage.casework.assessments import read, record_act, record_answer
from triage.casework.decisions import record_own_view, sign
from triage.casework.engine import load_rules
from triage.casework.proposing import nameable_in, propose_act
from triage.casework.results import Conflict, Recorded, Signed
from triage.casework.second_names import awaited_acts, confirm_act, decline_act
from triage.casework.service import RULES
from triage.settings import FLOWS
from triage.store.audit import Verified, verify
from triage.store.tables import audit

DREAD = ("BDREAD_AB", "BDREAD_BA")
RISK = NewAct("RISK-REASONED", "", DREAD, TODAY, "Nobody can ask her alone before spring.")
GATE = NewAct("GATE-REASSESSED", "A-B", ("O-EMERG",), TODAY, "The threat has passed.")
JOINT = act("JOINT-SIGN", "signed", "A-B")
WHY = "I spoke with her on Thursday."


@dataclass(frozen=True, slots=True)
class Room:
    lead: Actor
    support: Actor
    independent: Actor


@pytest.fixture
def room(house: House, staffed: Staffed) -> Room:
    room = Room(house.lead(), house.panel("Pia", Side.SUPPORT), house.panel("Pol", Side.INDEPENDENT))
    for member in (room.support, room.independent):
        record_own_view(house.service, member, staffed.id, "A-B", "W_A", "Grounds.")
    return room


def version(house: House, actor: Actor, staffed: Staffed) -> int:
    view = read(house.service, actor, staffed.id)
    assert not isinstance(view, Refused)
    return view.version


def proposed(house: House, staffed: Staffed, actor: Actor, new: NewAct) -> Recorded:
    done = propose_act(house.service, actor, staffed.id, version(house, actor, staffed), new)
    assert isinstance(done, Recorded), done
    return done


def acts_on_file(house: House, staffed: Staffed, reader: Actor) -> list[Act]:
    view = read(house.service, reader, staffed.id)
    assert not isinstance(view, Refused)
    return list(view.record.acts)


def waiting(house: House, staffed: Staffed, reader: Actor) -> list[AwaitedAct]:
    seen = awaited_acts(house.service, reader, staffed.id)
    assert not isinstance(seen, Refused)
    return list(seen)


def reason_of(done: object) -> Reason:
    assert isinstance(done, Refused), done
    return done.reason


def sign_result(house: House, staffed: Staffed, room: Room, result: str) -> None:
    signature = NewSignature("A-B", result, "Little.", "Much.", TODAY + timedelta(days=30))
    for member in (room.independent, room.support):
        done = sign(house.service, member, staffed.id, version(house, member, staffed), signature)
    assert done == Signed(complete=True)
    for member in (room.independent, room.support):
        record_own_view(house.service, member, staffed.id, "A-B", result, "Still.")


@pytest.mark.parametrize(
    ("new", "first", "second", "sides"),
    [
        (RISK, "lead", "support", ("Lea:safety", "Pia:support")),
        (RISK, "support", "lead", ("Pia:support", "Lea:safety")),
        (GATE, "lead", "support", ("Lea:safety", "Pia:support")),
        (JOINT, "independent", "support", ("Pol:panel", "Pia:support")),
    ],
)
def test_the_second_name_writes_the_act_with_both(
    house: House, staffed: Staffed, room: Room, new: NewAct, first: str, second: str, sides: tuple[str, ...]
) -> None:
    one, other = getattr(room, first), getattr(room, second)
    waits = proposed(house, staffed, one, replace(new, on=TODAY - timedelta(days=2)))
    assert acts_on_file(house, staffed, other) == []
    assert [(kept.by, kept.mine, kept.waits_for_me) for kept in waiting(house, staffed, other)] == [
        (one.name, False, True)
    ]
    assert [(kept.mine, kept.waits_for_me) for kept in waiting(house, staffed, one)] == [(True, False)]
    house.clock.wait(days=1)
    done = confirm_act(house.service, other, staffed.id, waits.id, WHY)
    assert done == Recorded(version(house, other, staffed), done.id)
    (written,) = acts_on_file(house, staffed, other)
    assert (written.id, written.act, written.about, written.values) == (str(done.id), new.act, new.about, new.values)
    assert tuple(f"{name.name}:{name.side}" for name in written.by) == sides
    assert written.on == TODAY + timedelta(days=1)  # not the day it was proposed: nothing counts before
    assert (new.reason in written.reason, WHY in written.reason) == (True, True)
    assert waiting(house, staffed, one) == []


def test_the_same_person_does_not_give_both_names(house: House, staffed: Staffed, room: Room) -> None:
    waits = proposed(house, staffed, room.support, GATE)
    refused = confirm_act(house.service, room.support, staffed.id, waits.id, WHY)
    assert reason_of(refused) is Reason.SECOND_NAME_IS_ANOTHERS
    assert acts_on_file(house, staffed, room.support) == []


def test_wrong_sides_give_no_second_name(house: House, staffed: Staffed, room: Room) -> None:
    risk = proposed(house, staffed, room.lead, RISK)
    joint = proposed(house, staffed, room.independent, JOINT)
    other_lead = house.lead("Lou")
    for who, waits in (
        (other_lead, risk),
        (room.independent, risk),
        (room.lead, joint),
        (staffed.advocate, risk),
        (staffed.advocate, joint),
    ):
        assert reason_of(confirm_act(house.service, who, staffed.id, waits.id, WHY)) is Reason.NOT_YOUR_ACT
        assert reason_of(decline_act(house.service, who, staffed.id, waits.id, WHY)) is Reason.NOT_YOUR_ACT
    for worker in (staffed.worker, staffed.other_worker):
        assert reason_of(confirm_act(house.service, worker, staffed.id, risk.id, WHY)) is Reason.NOT_YOUR_ROLE
    assert acts_on_file(house, staffed, room.support) == []


def test_wrong_sides_propose_nothing(house: House, staffed: Staffed, room: Room) -> None:
    for who, new in (
        (room.independent, RISK),
        (room.independent, GATE),
        (room.lead, JOINT),
        (room.lead, act("W-SIGN", "W_A", "A-B")),
        (room.lead, act("REMIT", "in_remit", "A-B")),
    ):
        assert isinstance(propose_act(house.service, who, staffed.id, version(house, who, staffed), new), Refused)
    for who in (staffed.worker, staffed.advocate):
        assert reason_of(propose_act(house.service, who, staffed.id, 0, RISK)) is Reason.NOT_YOUR_ROLE
        assert isinstance(record_act(house.service, who, staffed.id, 0, RISK), Refused)
    assert waiting(house, staffed, room.lead) == []


def test_an_advocate_confirms_for_the_person_harmed_and_for_nobody_else(
    house: House, staffed: Staffed, room: Room
) -> None:
    sign_result(house, staffed, room, f"W_{staffed.other}")  # so that the own person of `advocate` was harmed
    waits = proposed(house, staffed, room.lead, RISK)
    assert [one.id for one in waiting(house, staffed, staffed.advocate)] == [waits.id]
    assert waiting(house, staffed, staffed.other_advocate) == []
    refused = confirm_act(house.service, staffed.other_advocate, staffed.id, waits.id, WHY)
    assert reason_of(refused) is Reason.NOT_YOUR_ACT
    before = version(house, staffed.advocate, staffed)
    done = confirm_act(house.service, staffed.advocate, staffed.id, waits.id, WHY)
    assert isinstance(done, Recorded)
    assert done.version == version(house, staffed.advocate, staffed) == before
    last = acts_on_file(house, staffed, room.independent)[-1]
    assert [(one.name, one.side) for one in last.by] == [("Lea", "safety"), ("Ada", "support")]
    assert acts_on_file(house, staffed, staffed.advocate)[-1] == last  # what she signed she reads
    assert last not in acts_on_file(house, staffed, staffed.other_advocate)
    assert waiting(house, staffed, staffed.worker) == []


def test_a_proposal_lapses_when_anything_is_recorded_anywhere(house: House, staffed: Staffed, room: Room) -> None:
    waits = proposed(house, staffed, room.lead, RISK)
    record_answer(house.service, staffed.worker, staffed.id, 0, words("something new"))
    assert waiting(house, staffed, room.support) == []
    assert reason_of(confirm_act(house.service, room.support, staffed.id, waits.id, WHY)) is Reason.WAITS_NO_MORE
    again = proposed(house, staffed, room.lead, RISK)
    assert again.id != waits.id
    assert isinstance(confirm_act(house.service, room.support, staffed.id, again.id, WHY), Recorded)


def test_one_act_confirmed_lets_the_others_lapse(house: House, staffed: Staffed, room: Room) -> None:
    risk, gate = proposed(house, staffed, room.lead, RISK), proposed(house, staffed, room.lead, GATE)
    confirm_act(house.service, room.support, staffed.id, risk.id, WHY)
    assert reason_of(confirm_act(house.service, room.support, staffed.id, gate.id, WHY)) is Reason.WAITS_NO_MORE


@pytest.mark.parametrize(("days", "still"), [(7, True), (8, False)])
def test_a_proposal_waits_a_week(house: House, staffed: Staffed, room: Room, days: int, still: bool) -> None:
    waits = proposed(house, staffed, room.lead, GATE)
    house.clock.wait(days=days)
    done = confirm_act(house.service, room.support, staffed.id, waits.id, WHY)
    assert isinstance(done, Recorded) is still


def test_what_is_open_no_more_is_not_confirmed(house: House, staffed: Staffed, room: Room) -> None:
    risk, gate = proposed(house, staffed, room.lead, RISK), proposed(house, staffed, room.lead, GATE)
    house.known["BDREAD_AB"], house.gates = 0, ()
    for waits in (risk, gate):
        assert reason_of(confirm_act(house.service, room.support, staffed.id, waits.id, WHY)) is Reason.WAITS_NO_MORE


def test_only_markers_now_unknown_and_gates_in_force_are_named(house: House, staffed: Staffed, room: Room) -> None:
    assert nameable_in(house.service, room.lead, staffed.id, "RISK-REASONED") == DREAD
    assert nameable_in(house.service, room.support, staffed.id, "GATE-REASSESSED") == ("O-EMERG", "O-MARAC")
    assert reason_of(nameable_in(house.service, staffed.advocate, staffed.id, "RISK-REASONED")) is Reason.NOT_YOUR_ROLE
    for wrong in (
        replace(RISK, values=("SEP",)),
        replace(RISK, values=(*DREAD, "WEAP_AB")),
        replace(RISK, values=("RISK_OPEN",)),
        replace(GATE, values=("O-OUT",)),
    ):
        assert reason_of(propose_act(house.service, room.lead, staffed.id, 0, wrong)) is Reason.NOT_OPEN_TODAY


def test_the_shipped_rules_offer_the_markers_that_nobody_knows(house: House, staffed: Staffed, room: Room) -> None:
    shipped = replace(house.service, load=lambda: load_rules(FLOWS))
    open_today = nameable_in(shipped, room.lead, staffed.id, "RISK-REASONED")
    assert not isinstance(open_today, Refused)
    assert {"BDREAD_AB", "BDREAD_BA", "SUIC_A", "SUIC_B", "SEP", "WEAP_AB"} <= set(open_today)
    assert len(open_today) == len(load_rules(FLOWS).markers)
    for new in (replace(RISK, values=open_today), JOINT):
        first, second = (room.lead, room.support) if new is not JOINT else (room.independent, room.support)
        kept = propose_act(shipped, first, staffed.id, version(house, first, staffed), new)
        assert isinstance(kept, Recorded), kept
        assert isinstance(confirm_act(shipped, second, staffed.id, kept.id, WHY), Recorded)
    assert nameable_in(shipped, room.lead, staffed.id, "GATE-REASSESSED") == ()


def test_the_sides_that_sign_together_are_those_of_the_rules() -> None:
    rules = load_rules(FLOWS)
    for name, together in TOGETHER.items():
        definition = rules.rulebook.acts[name]
        assert definition.names == 2
        new = NewAct(name, JOINT.about if name != "RISK-REASONED" else "", definition.values[:1] or DREAD, TODAY, WHY)
        for sides in product(("support", "panel", "safety", "programme"), repeat=2):
            if frozenset(sides) in together:
                assert isinstance(rules.act_from(new, "x", TODAY, sides), Act), (name, sides)
            if "programme" in sides:
                assert not isinstance(rules.act_from(new, "x", TODAY, sides), Act), (name, sides)
    of_two = {name for name, one in rules.rulebook.acts.items() if one.names == 2}
    assert of_two == set(TOGETHER) == {*PROPOSERS, "W-SIGN"}


def test_a_panel_member_sees_what_is_named_after_an_own_view_only(house: House, staffed: Staffed, room: Room) -> None:
    pat = house.panel("Pat", Side.SUPPORT)
    waits = proposed(house, staffed, room.lead, RISK)
    (seen,) = waiting(house, staffed, pat)
    assert (seen.closed, seen.proposed.values, seen.proposed.reason) == (True, (), "")
    assert reason_of(confirm_act(house.service, pat, staffed.id, waits.id, WHY)) is Reason.OWN_VIEW_FIRST
    assert reason_of(nameable_in(house.service, pat, staffed.id, "RISK-REASONED")) is Reason.OWN_VIEW_FIRST
    record_own_view(house.service, pat, staffed.id, "A-B", "W_A", "Grounds.")
    assert [one.proposed for one in waiting(house, staffed, pat)] == [RISK]
    assert isinstance(confirm_act(house.service, pat, staffed.id, waits.id, WHY), Recorded)


def test_a_declined_proposal_is_kept_with_its_reason_and_writes_nothing(
    house: House, staffed: Staffed, room: Room
) -> None:
    waits = proposed(house, staffed, room.lead, RISK)
    before = version(house, room.lead, staffed)
    done = decline_act(house.service, room.support, staffed.id, waits.id, "She can be asked on Monday.")
    assert isinstance(done, Recorded)
    assert done.version == version(house, room.lead, staffed) == before
    (kept,) = waiting(house, staffed, room.lead)
    assert (kept.declined_by, kept.declined_because) == ("Pia", "She can be asked on Monday.")
    assert not kept.waits_for_me
    assert reason_of(confirm_act(house.service, room.support, staffed.id, waits.id, WHY)) is Reason.WAITS_NO_MORE
    assert acts_on_file(house, staffed, room.lead) == []
    assert proposed(house, staffed, room.lead, RISK).id != waits.id


def test_who_proposed_may_take_it_back(house: House, staffed: Staffed, room: Room) -> None:
    waits = proposed(house, staffed, room.lead, RISK)
    assert isinstance(decline_act(house.service, room.lead, staffed.id, waits.id, "Too early."), Recorded)
    assert reason_of(confirm_act(house.service, room.support, staffed.id, waits.id, WHY)) is Reason.WAITS_NO_MORE


def test_a_form_sent_twice_counts_once(house: House, staffed: Staffed, room: Room) -> None:
    waits = proposed(house, staffed, room.lead, RISK)
    assert proposed(house, staffed, room.lead, RISK).id == waits.id
    other = propose_act(house.service, room.support, staffed.id, 0, RISK)
    assert reason_of(other) is Reason.ALREADY_WAITING
    first, again = (confirm_act(house.service, room.support, staffed.id, waits.id, WHY) for _time in range(2))
    assert first == again
    assert len(acts_on_file(house, staffed, room.lead)) == 1


def test_a_proposal_on_an_older_state_is_a_conflict(house: House, staffed: Staffed, room: Room) -> None:
    record_answer(house.service, staffed.worker, staffed.id, 0, words("something new"))
    assert isinstance(propose_act(house.service, room.lead, staffed.id, 0, RISK), Conflict)


@pytest.mark.parametrize(
    "change",
    [{"reason": " "}, {"reason": "\ud800"}, {"values": ()}, {"about": "A-B"}, {"with_names": ("Somebody",)}],
)
def test_a_proposal_says_what_it_must(house: House, staffed: Staffed, room: Room, change: dict[str, object]) -> None:
    refused = propose_act(house.service, room.lead, staffed.id, 0, replace(RISK, **change))
    assert reason_of(refused) is Reason.NOT_ACCEPTED


@pytest.mark.parametrize("reply", [confirm_act, decline_act])
def test_a_reply_has_a_reason_and_a_proposal(house: House, staffed: Staffed, room: Room, reply: object) -> None:
    waits = proposed(house, staffed, room.lead, RISK)
    assert reason_of(reply(house.service, room.support, staffed.id, waits.id, " ")) is Reason.NOT_ACCEPTED
    for unknown in (uuid4(), "no id"):
        assert reason_of(reply(house.service, room.support, staffed.id, unknown, WHY)) is Reason.WAITS_NO_MORE


def test_every_step_leaves_its_line_in_the_audit(house: House, staffed: Staffed, room: Room) -> None:
    with house.service.reading(RULES) as work:
        before = len(work.connection.execute(audit.select()).all())
    waits = propose_act(house.service, room.lead, staffed.id, 0, RISK)
    confirm_act(house.service, room.lead, staffed.id, waits.id, WHY)
    done = confirm_act(house.service, room.support, staffed.id, waits.id, WHY)
    decline_act(house.service, room.support, staffed.id, waits.id, WHY)
    with house.service.reading(RULES) as work:
        rows = work.connection.execute(audit.select().order_by(audit.c.seq)).all()[before:]
        assert isinstance(verify(work.connection, work.keys.audit.secret), Verified)
    assert [(row.act, row.result, row.actor, row.object_id) for row in rows] == [
        ("propose-act", "recorded", room.lead.id, staffed.id),
        ("confirm-act", "refused second_name_is_anothers", room.lead.id, staffed.id),
        ("record-act", "recorded", room.support.id, done.id),
        ("confirm-act", "recorded", room.support.id, staffed.id),
        ("decline-act", "refused waits_no_more", room.support.id, staffed.id),
    ]


def test_nothing_of_it_stands_in_the_file(house: House, staffed: Staffed, room: Room) -> None:
    waits = proposed(house, staffed, room.lead, RISK)
    confirm_act(house.service, room.support, staffed.id, waits.id, WHY)
    proposed(house, staffed, room.lead, GATE)
    content = bytes_kept(house.folder)
    for told in (*DREAD, "RISK-REASONED", "O-EMERG", RISK.reason, WHY, GATE.reason):
        assert told.encode() not in content


def test_the_safety_lead_signs_in_the_place_of_the_support_side(house: House, staffed: Staffed, room: Room) -> None:
    signature = NewSignature("A-B", "W_A", "Little.", "Much.", TODAY + timedelta(days=30))
    assert reason_of(sign(house.service, room.lead, staffed.id, 0, signature)) is Reason.OWN_VIEW_FIRST
    leads = (room.lead, house.lead("Lou"))
    for lead in leads:
        record_own_view(house.service, lead, staffed.id, "A-B", "W_A", "Grounds.")
        assert sign(house.service, lead, staffed.id, 0, signature) == Signed(complete=False)  # two leads are no panel
    assert sign(house.service, room.independent, staffed.id, 0, signature) == Signed(complete=True)
    (written,) = acts_on_file(house, staffed, room.lead)
    assert sorted(one.side for one in written.by) == ["panel", "safety"]


def test_a_safety_lead_who_worked_with_a_person_signs_nothing(house: House, staffed: Staffed, room: Room) -> None:
    was = replace(staffed.advocate, role=room.lead.role, side=room.lead.side)
    signature = NewSignature("A-B", "W_A", "Little.", "Much.", TODAY + timedelta(days=30))
    for refused in (
        record_own_view(house.service, was, staffed.id, "A-B", "W_A", "Grounds."),
        sign(house.service, was, staffed.id, 0, signature),
        propose_act(house.service, was, staffed.id, 0, RISK),
        confirm_act(house.service, was, staffed.id, proposed(house, staffed, room.support, RISK).id, WHY),
    ):
        assert reason_of(refused) is Reason.NO_SUCH_CASE
