"""The wall, enumerated: every role on every side, every action, every situation."""

from itertools import product
from uuid import UUID

import pytest

from triage.cases.compartments import Compartment, compartment_of, desks_read_by, reads_answer
from triage.cases.roles import SIDES_OF, Action, Actor, Role, Side
from triage.cases.second_names import TOGETHER, fit_together, second_name_refusal
from triage.cases.wall import ACTS, RECORD_SOURCES, AnswerKind, Reason, Situation, answer_kind, refusal

OWN_PERSONS = ("", "A", "B")
EVERY_ACT = (*sorted(ACTS), "W-SIGN", "RISK-REASONED", "GATE-REASSESSED", "JOINT-SIGN", "")
RESULTS = ("", "W_A", "W_B", "W_CHILD", "W_CARE", "W_REVIEW")
WORKERS = (Role.INTAKE_WORKER, Role.SUPPORT_ADVOCATE)
DECIDERS = (Role.PANEL_MEMBER, Role.SAFETY_LEAD)


OF_AGENCIES = {
    Action.WRITE_REFERRAL, Action.SEND_REFERRAL, Action.READ_OWN_REFERRALS, Action.REPLY_TO_US, Action.HOLDER_CLOSES,
}  # fmt: skip
OF_INCOMING = {
    Action.READ_INCOMING, Action.TAKE_REFERRAL, Action.ASK_AGENCY, Action.DECLINE_REFERRAL, Action.CLOSE_REFERRAL,
    Action.TRANSFER_REFERRAL, Action.HAND_OVER_REFERRAL,
}  # fmt: skip


def actor(role: Role, side: Side) -> Actor:
    return Actor(UUID(int=1), "Nobody", role, side)


def situations(action: Action) -> list[Situation]:
    """Every situation that the action can be asked in."""
    ties = [(own, crossed) for own in OWN_PERSONS for crossed in (False, True)]
    if action is Action.RECORD_ANSWER:
        return [Situation(own, crossed, answer=kind) for (own, crossed), kind in product(ties, (*AnswerKind, None))]
    if action in {Action.RECORD_ACT, Action.PROPOSE_ACT}:
        abouts = ("", "A", "B", "A-B")
        return [
            Situation(own, crossed, None, act, about) for (own, crossed), act, about in product(ties, EVERY_ACT, abouts)
        ]
    return [Situation(own, crossed) for own, crossed in ties]


EVERY = [
    (role, side, action, situation)
    for role, side, action in product(Role, Side, Action)
    for situation in situations(action)
]


OF_A_DESK = frozenset(
    {
        Action.RECORD_IDENTITY, Action.SEND, Action.HAND_OUT, Action.READ_HANDINGS, Action.ADD_PERSON,
        Action.CORRECT_PERSON, Action.TAKE_PERSON_AWAY, Action.DECLINE_NAMED, Action.STATE_RELATION,
        Action.NAME_ATTENDANT, Action.END_ATTENDANT, Action.READ_ATTENDANTS,
    }
)  # fmt: skip
"""What a worker does at the desk where they work with somebody, and nobody else does."""


def expected(role: Role, side: Side, action: Action, here: Situation) -> bool:
    """What the domain says in words, written once more and independently of the tables."""
    if side not in SIDES_OF[role] or here.crossed:
        return False
    if action in {Action.PROPOSE_ACT, Action.CONFIRM_ACT, Action.DECLINE_ACT}:
        return may_give_one_of_two_names(role, side, action, here)
    if action in OF_A_DESK:
        return role in WORKERS and here.own_person != ""
    if action in {Action.READ_LOOKS, Action.REASSIGN, Action.OPEN_PAIR, Action.AGREE_PERSON_AWAY}:
        return (role is Role.SAFETY_LEAD or (role, side) == (Role.PANEL_MEMBER, Side.SUPPORT)) and not here.own_person
    if action in OF_AGENCIES:
        return role in {Role.AGENCY_CLERK, Role.AGENCY_LEAD} and here.own_person == ""
    if action in {Action.IMPORT_REFERRALS, Action.WITHDRAW_IMPORT}:
        return role is Role.AGENCY_LEAD and here.own_person == ""
    if action in OF_INCOMING:
        return role is Role.INTAKE_WORKER
    if action in {Action.READ_MATCHES, Action.REVIEW_MATCH, Action.LOOK_UP_PERSON}:
        return role in DECIDERS and here.own_person == ""
    return expected_otherwise(role, side, action, here)


def expected_otherwise(role: Role, side: Side, action: Action, here: Situation) -> bool:
    works = here.own_person != ""
    match action:
        case Action.OPEN_CASE:
            return role is Role.INTAKE_WORKER
        case Action.ASK_TO_START:
            return role is Role.INTAKE_WORKER and works
        case Action.LIST_CASES:
            return role in {*WORKERS, *DECIDERS}
        case Action.TAKE_ON:
            return role in WORKERS and not works
        case Action.READ_CASE:
            return works if role in WORKERS else role in DECIDERS and not works
        case Action.WITHDRAW_ANSWER:
            return role in WORKERS and works
        case Action.RECORD_OWN_VIEW | Action.READ_PROPOSAL | Action.SIGN:
            return role in DECIDERS and not works
        case Action.RECORD_ANSWER:
            return works and may_record_answer(role, here.answer)
        case Action.RECORD_ACT:
            return works == (role in WORKERS) and may_record_act(role, side, here)


def may_record_answer(role: Role, kind: AnswerKind | None) -> bool:
    if kind in {AnswerKind.OWN_WORDS, AnswerKind.OBSERVATION, AnswerKind.RECORDS}:
        return role in WORKERS
    return kind in {AnswerKind.SUPPORT_SERVICE, AnswerKind.SUPPORT_STATUS} and role is Role.SUPPORT_ADVOCATE


def may_record_act(role: Role, side: Side, here: Situation) -> bool:
    match here.act:
        case "ISS-STATUS":
            return role is Role.SUPPORT_ADVOCATE and here.about == here.own_person
        case "LITINDEP-SIGN":
            return role is Role.INTAKE_WORKER and here.about == here.own_person
        case "RESX-SIGN":
            return role is Role.SUPPORT_ADVOCATE or (role is Role.PANEL_MEMBER and side is Side.SUPPORT)
        case "RISKPLAN-ADOPT" | "REMIT":
            return role is Role.SAFETY_LEAD
        case "REVIEW-CONCLUDED":
            return role in DECIDERS
        case "CROSS-SEARCH":
            return role is Role.PANEL_MEMBER
        case _:
            return False


def may_give_one_of_two_names(role: Role, side: Side, action: Action, here: Situation) -> bool:
    if here.own_person:
        return role is Role.SUPPORT_ADVOCATE and action is not Action.PROPOSE_ACT
    return role in DECIDERS and (action is not Action.PROPOSE_ACT or may_propose_act(role, side, here.act))


def may_propose_act(role: Role, side: Side, act: str) -> bool:
    match act:
        case "RISK-REASONED" | "GATE-REASSESSED":
            return role is Role.SAFETY_LEAD or (role is Role.PANEL_MEMBER and side is Side.SUPPORT)
        case "JOINT-SIGN":
            return role is Role.PANEL_MEMBER
        case _:
            return False


def may_sign_second(second: Actor, own: str, result: str, act: str, first: str) -> bool:
    """Who may give the second name, in the words of the domain, once more and without the tables."""
    panel, lead = second.role is Role.PANEL_MEMBER, second.role is Role.SAFETY_LEAD
    harmed = {"W_A": "B", "W_B": "A"}.get(result)
    support = second.side is Side.SUPPORT and (panel or (second.role is Role.SUPPORT_ADVOCATE and own in {"", harmed}))
    match act:
        case "RISK-REASONED":
            return (support and first == "safety") or (lead and first == "support")
        case "GATE-REASSESSED":
            return (support and first in {"support", "safety"}) or (lead and first == "support")
        case "JOINT-SIGN":
            return panel and first in {"panel", "support"}
        case _:
            return False


def test_every_second_name_is_decided_as_the_domain_says() -> None:
    people = [actor(role, side) for role in Role for side in SIDES_OF[role]]
    firsts = ("support", "panel", "safety", "programme", "")
    wrong = []
    for second, act, first, result in product(people, EVERY_ACT, firsts, RESULTS):
        for own in ("A", "B") if second.role in WORKERS else ("",):
            harmed = {"W_A": "B", "W_B": "A"}.get(result)
            refused = second_name_refusal(second, is_harmed=own in {"", harmed}, act=act, first=first)
            if (refused is None) is not may_sign_second(second, own, result, act, first):
                wrong.append((second.role, second.side, own, act, first, result))
    assert wrong == []


def test_where_the_support_side_is_asked_for_it_or_the_safety_lead_is_among_the_names() -> None:
    for act in ("W-SIGN", "RISK-REASONED", "GATE-REASSESSED"):
        assert all({"support", "safety"} & sides for sides in TOGETHER[act])
    assert fit_together("W-SIGN", "panel", "safety")
    assert not fit_together("W-SIGN", "safety", "safety")
    assert not fit_together("W-SIGN", "panel", "panel")
    assert not fit_together("RISK-REASONED", "safety", "safety")


def test_every_combination_is_decided_as_the_domain_says() -> None:
    wrong = [
        (role, side, action, here)
        for role, side, action, here in EVERY
        if (refusal(actor(role, side), action, here) is None) is not expected(role, side, action, here)
    ]
    assert wrong == []
    assert len(EVERY) > 3000


def test_every_refusal_has_a_reason_and_a_clause() -> None:
    for role, side, action, here in EVERY:
        refused = refusal(actor(role, side), action, here)
        assert refused is None or (refused.reason in Reason and refused.clause)


@pytest.mark.parametrize(("role", "side"), [(role, side) for role in WORKERS for side in SIDES_OF[role]])
@pytest.mark.parametrize("own", ["A", "B"])
def test_a_worker_reads_one_desk_only(role: Role, side: Side, own: str) -> None:
    assert desks_read_by(actor(role, side), own) == (f"{side}-{own}",)


def test_the_programme_side_reads_nothing_that_the_support_side_wrote() -> None:
    worker = actor(Role.INTAKE_WORKER, Side.PROGRAMME)
    for own, other, compartment, about in product("AB", "AB", Compartment, ("A", "B", "A>B", "B>A", "A-B", "")):
        desk = f"{Side.SUPPORT}-{other}"
        assert not reads_answer(worker, own, compartment=compartment, desk=desk, about=about)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("source", ["REF", "POL", "CRT", "SELF", "ISS", "CSC", "HLT", "TP", "OBS"])
def test_the_compartment_follows_from_source_and_side(source: str, side: Side) -> None:
    compartment = compartment_of("WD-01", source, side)
    if source == "ISS" or (side is Side.SUPPORT and source in {"SELF", "OBS"}):
        assert compartment is Compartment.SUPPORT
    elif source in RECORD_SOURCES or side is Side.INDEPENDENT:
        assert compartment is Compartment.DETERMINATION
    else:
        assert compartment is Compartment.PROGRAMME
    assert compartment_of("RI-06", source, side) is Compartment.BOARD
    assert (compartment_of("RI-09", source, side) is Compartment.REFERRER) is (source == "REF")


def test_an_answer_about_support_is_one_whatever_its_source_says() -> None:
    for source in ("SELF", "OBS", "REF"):
        assert answer_kind(source, "", "A", states_support=True) is AnswerKind.SUPPORT_STATUS
    assert answer_kind("ISS", "B", "A", states_support=False) is AnswerKind.OTHER_WORDS
