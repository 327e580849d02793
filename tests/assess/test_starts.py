"""What is asked once a result is signed: readiness, agreements, companions, joint work (12.4 D)."""

from typing import Any

import pytest

from tests.assess.language import (
    EARLIER,
    LATER,
    Thing,
    act,
    alone,
    given,
    police,
    referrer,
    said,
    signed,
    support,
    worker,
)

# --- GRPFIT, POPSPEC, BYFOR -------------------------------------------------------------------------------------------

REASONS = ["r_language", "r_learning", "r_sensory", "r_women_lgbt", "r_safety", "r_rural", "r_order"]


def test_a_group_is_workable_or_only_disliked() -> None:
    given(worker("RD-07", "A", ["workable"])).finds("GRPFIT_A", 2)
    given(worker("RD-07", "A", ["shame_dislike"])).finds("GRPFIT_A", 2)


@pytest.mark.parametrize("reason", REASONS)
def test_one_reason_rules_a_group_out(reason: str) -> None:
    given(worker("RD-07", "A", [reason])).rules_out("GRPFIT_A")
    given(worker("RD-07", "A", [reason, "shame_dislike"])).rules_out("GRPFIT_A")


@pytest.mark.parametrize("code", ["gender_woman", "gender_nonbinary", "trans", "lgb"])
def test_who_someone_says_they_are(code: str) -> None:
    given(alone("A", "EQ-01", "A", [code])).finds("POPSPEC_A", 2)
    given(alone("A", "EQ-01", "A", ["gender_man", "straight", code])).finds("POPSPEC_A", 2)


def test_a_self_described_heterosexual_man_who_is_not_trans() -> None:
    given(alone("A", "EQ-01", "A", ["gender_man", "straight"])).rules_out("POPSPEC_A")
    given(alone("A", "EQ-01", "A", ["gender_man", "straight", "faith"])).rules_out("POPSPEC_A")


@pytest.mark.parametrize("codes", [["gender_man"], ["straight"], ["prefer_not"], ["faith"]])
def test_not_saying_leaves_it_unknown(codes: list[str]) -> None:
    given(alone("A", "EQ-01", "A", codes)).leaves_unknown("POPSPEC_A")


def test_the_other_does_not_say_who_someone_is() -> None:
    given(said("EQ-01", "A", ["gender_man", "straight"], source="SELF", by="B")).leaves_unknown("POPSPEC_A")


def test_support_by_and_for() -> None:
    for code in ("by_and_for", "women_led", "lgbt_led"):
        given(alone("B", "EQ-03", "B", [code])).finds("BYFOR_B", 2)
    for code in ("no_preference", "not_own_community"):
        given(alone("B", "EQ-03", "B", [code])).rules_out("BYFOR_B")


# --- READY, REFUSED, SAFECOMMIT, REMREQ, REMOTEOK ---------------------------------------------------------------------


def rated(responsibility: str, empathy: str, will: str, **details: Any) -> list[Thing]:
    values = {"RD-02": responsibility, "RD-03": empathy, "RD-05": will}
    return [worker(question, "A>B", value, **details) for question, value in values.items()]


READINESS = [
    ("r0", "e0", "nothing", 0), ("r0", "e3", "nothing", 0), ("r0", "e0", "for_return", 1), ("r1", "e0", "nothing", 1),
    ("r1", "e3", "whatever", 1), ("r2", "e0", "nothing", 2), ("r2", "e3", "for_self", 2), ("r3", "e3", "for_self", 3),
    ("r3", "e3", "whatever", 3), ("r3", "e2", "whatever", 2), ("r3", "e3", "for_children", 2),
    ("r3", "e3", "nothing", 2),
]  # fmt: skip


@pytest.mark.parametrize(("responsibility", "empathy", "will", "ready"), READINESS)
def test_readiness(responsibility: str, empathy: str, will: str, ready: int) -> None:
    given(*rated(responsibility, empathy, will)).finds("READY_A", ready).leaves_unknown("READY_B")


@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_readiness_is_unknown_while_one_rating_is_open(left_out: int) -> None:
    given(*(one for number, one in enumerate(rated("r2", "e2", "for_self")) if number != left_out)).leaves_unknown(
        "READY_A"
    )


def test_with_two_raters_the_lower_counts() -> None:
    given(*rated("r3", "e3", "whatever", by="Sam"), *rated("r1", "e3", "whatever", by="Lee")).finds("READY_A", 1)


def test_refusing_any_part() -> None:
    for answer in ("agrees_no_contact", "agrees_no_sharing", "wants_reports", "refuses_all"):
        given(worker("RD-06", "A>B", answer)).finds("REFUSED_A", 2)
    given(alone("A", "RD-06", "A>B", "agrees_all")).rules_out("REFUSED_A")
    given(worker("RD-06", "A>B", "not_asked")).leaves_unknown("REFUSED_A")


def test_a_commitment_to_safety() -> None:
    for code in ("leave_when", "weapons", "no_drink", "phone", "handovers", "follow_order", "accept_help"):
        given(alone("A", "RD-10", "A", [code])).finds("SAFECOMMIT_A", 2)
    given(alone("A", "RD-10", "A", ["vague"])).finds("SAFECOMMIT_A", 1)
    given(alone("A", "RD-10", "A", ["refuses"])).rules_out("SAFECOMMIT_A")


REMOTE = {"code": "r_distance", "room": "alone", "privacy_check_on": "2026-11-01", "iss_impact": "support"}


def test_remote_delivery_is_accepted_with_reason_support_privacy_and_nobody_near() -> None:
    given(worker("RD-08", "A", REMOTE)).finds("REMREQ_A", 2).finds("REMOTEOK_A", 2)
    given(worker("RD-08", "A", "not_requested")).rules_out("REMREQ_A", "REMOTEOK_A")
    given(worker("RD-08", "A", REMOTE | {"code": "r_unwilling"})).finds("REMREQ_A", 2).rules_out("REMOTEOK_A")


@pytest.mark.parametrize(
    "lacking",
    [
        *({"room": room} for room in ("vs_in_dwelling", "child_in_dwelling", "others_near")),
        *({"iss_impact": impact} for impact in ("oppose", "not_consulted")),
        {"privacy_check_on": ""},
    ],
)
def test_remote_delivery_is_not_accepted_while_something_lacks(lacking: dict[str, str]) -> None:
    assert given(worker("RD-08", "A", REMOTE | lacking)).strength("REMOTEOK_A") in {0, "unknown"}


# --- COMPAN, DUALADAPT, SHARECONSENT, REVIEW_NONE ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "strength"),
    [("named_accepted", 2), ("named_waiting", 1), ("offered_declined", 1), ("none_found", 0), ("conflict", 0)],
)
def test_a_companion(answer: str, strength: int) -> None:
    given(support("DU-06", "A", answer)).finds("COMPAN_A", strength)


def test_an_adaptation_with_a_named_practitioner() -> None:
    given(worker("DU-07", "A", [{"code": "language", "practitioner": "Noor"}])).finds("DUALADAPT_A", 2)
    given(worker("DU-07", "A", ["none_needed"])).finds("DUALADAPT_A", 1)
    given(worker("DU-07", "A", ["language"])).rules_out("DUALADAPT_A")
    given().leaves_unknown("DUALADAPT_A")


@pytest.mark.parametrize(
    ("answer", "strength"), [("agrees_share", 2), ("agrees_some", 1), ("refuses", 0), ("later", "unknown")]
)
def test_consent_to_share(answer: str, strength: int | str) -> None:
    given(support("DR-29", "B", answer)).finds("SHARECONSENT_B", strength)


@pytest.mark.parametrize(
    ("conclusion", "strength"), [("no_pattern", 2), ("new_evidence", 0), ("stays_undetermined", 0)]
)
def test_the_conclusion_of_the_review(conclusion: str, strength: int) -> None:
    given(act("REVIEW-CONCLUDED", "A-B", conclusion)).finds("REVIEW_NONE", strength)
    given().leaves_unknown("REVIEW_NONE")


# --- joint work -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["couple", "mediation", "reconciliation", "religious", "restorative"])
def test_a_request_for_joint_work_from_anyone(code: str) -> None:
    given(referrer("RI-19", "A-B", [code])).finds("JWREQ", 2)


def test_no_request() -> None:
    given(referrer("RI-19", "A-B", ["none"])).rules_out("JWREQ")


FREE = support("JW-01", "A-B", "vs_free", on=EARLIER)


def test_the_first_key_is_asked_freely_on_two_days() -> None:
    given(FREE, FREE | {"on": LATER}).finds("KEY1", 2)
    given(FREE).finds("KEY1", 1)
    given(FREE, FREE | {"contact": "another"}).finds("KEY1", 1)
    for answer in ("vs_pressed", "perp", "family", "faith", "court"):
        given(support("JW-01", "A-B", answer)).rules_out("KEY1")
    given(support("JW-01", "A-B", "unclear")).leaves_unknown("KEY1")


@pytest.mark.parametrize("before", ["vs_pressed", "unclear"])
def test_a_day_on_which_the_request_was_not_free_is_none_of_the_two(before: str) -> None:
    given(support("JW-01", "A-B", before, on=EARLIER), FREE | {"on": LATER}).finds("KEY1", 1)


def test_the_second_key_needs_both_sources() -> None:
    programme, service = worker("JW-02", "A-B", "done_changed"), support("JW-02", "A-B", "done_changed")
    given(programme, service).finds("KEY2", 2)
    assert given(programme).strength("KEY2") in {0, 1}
    for answer in ("done_no_change", "in_progress", "not_started"):
        given(programme, support("JW-02", "A-B", answer)).finds("KEY2", given(programme).strength("KEY2"))


def test_the_other_keys_pressure_and_a_way_to_stop() -> None:
    given(worker("JW-03", "A-B", "suitable")).finds("KEY3", 2)
    given(support("JW-04", "A-B", "free_no")).finds("KEY4", 2)
    for answer in ("not_suitable", "not_done"):
        given(worker("JW-03", "A-B", answer)).rules_out("KEY3")
    for answer in ("afraid", "could_not_say_no", "not_done"):
        given(support("JW-04", "A-B", answer)).rules_out("KEY4")
    for answer in ("family", "faith", "court", "perp", "immigration", "money_home", "children"):
        given(support("JW-05", "A-B", [answer])).finds("PRESSURE", 2)
    given(support("JW-05", "A-B", ["none"])).rules_out("PRESSURE")
    stop = {"code": ["signal"], "means": "a word", "who_acts": "Ines", "check_in_after": "next day"}
    given(support("JW-06", "A-B", stop)).finds("STOPRULE", 2)
    given(support("JW-06", "A-B", {"code": ["none_yet"]})).rules_out("STOPRULE")


@pytest.mark.parametrize("cell", ["who_acts", "check_in_after"])
def test_a_way_to_stop_needs_who_acts_and_the_check_in(cell: str) -> None:
    stop = {"code": ["signal"], "means": "a word", "who_acts": "Ines", "check_in_after": "next day", cell: ""}
    assert given(support("JW-06", "A-B", stop)).strength("STOPRULE") != 2


def gate() -> list[Thing]:
    none = [
        support("DR-19", "A>B", ["none"], by="B"), support("DR-19", "B>A", ["none"], by="A"),
        support("WD-11", "A>B", ["none"], by="B"), support("WD-11", "B>A", ["none"], by="A"),
    ]  # fmt: skip
    stop = {"code": ["signal"], "means": "a word", "who_acts": "Ines", "check_in_after": "next day"}
    return [
        FREE, FREE | {"on": LATER}, worker("JW-02", "A-B", "done_changed"), support("JW-02", "A-B", "done_changed"),
        worker("JW-03", "A-B", "suitable"), support("JW-04", "A-B", "free_no"), support("JW-05", "A-B", ["none"]),
        support("JW-06", "A-B", stop), police("RI-20", "A", "none"), police("RI-20", "B", "none"), *none,
        signed("W_A"), act("JOINT-SIGN", "A-B", "signed"),
    ]  # fmt: skip


def test_the_gate_of_joint_work_needs_every_one_of_its_conditions() -> None:
    given(*gate()).finds("JW_OK", 2)
    for left_out in range(len(gate())):
        given(*(one for number, one in enumerate(gate()) if number != left_out)).rules_out("JW_OK")
