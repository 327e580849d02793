"""People, services, holds and starts: the rows of 12.4 D, each strength, each zero, and what must stay unknown."""

from typing import Any

import pytest

from tests.assess.language import (
    EARLIER,
    LATER,
    LATEST,
    act,
    alone,
    court,
    from_source,
    given,
    police,
    referrer,
    signed,
    support,
    worker,
)

# --- SAFE, INTERP_BAD, LANGNEED ---------------------------------------------------------------------------------------

CHANNEL = {"code": "sms", "channel": "07…", "confirmed_by": "iss", "confirmed_on": "2026-11-01"}


def test_a_channel_confirmed_by_the_person_alone_or_the_support_service() -> None:
    given(support("RI-06", "B", CHANNEL)).finds("SAFE_B", 2).leaves_unknown("SAFE_A")
    given(alone("B", "RI-06", "B", CHANNEL | {"confirmed_by": "self"})).finds("SAFE_B", 2)


def test_a_referrers_entry_or_one_not_confirmed_leaves_it_unknown() -> None:
    given(referrer("RI-06", "B", CHANNEL)).leaves_unknown("SAFE_B")
    given(support("RI-06", "B", {"code": "sms"})).leaves_unknown("SAFE_B")
    given(alone("B", "RI-06", "B", CHANNEL, tainted=True)).leaves_unknown("SAFE_B")


def test_nobody_can_be_reached_safely() -> None:
    given(support("RI-06", "B", "none_safe")).rules_out("SAFE_B")


@pytest.mark.parametrize("who", ["relative_friend", "child", "other_party_side", "community_leader", "same_as_other"])
def test_an_interpreter_who_must_not_interpret(who: str) -> None:
    given(referrer("RI-11", "B", who)).finds("INTERP_BAD_B", 3).finds("INTERP_BAD", 3)


@pytest.mark.parametrize("who", ["professional", "remote_professional", "bilingual_worker"])
def test_a_safe_interpreter(who: str) -> None:
    given(referrer("RI-11", "B", who)).rules_out("INTERP_BAD_B").leaves_unknown("INTERP_BAD")


@pytest.mark.parametrize("need", ["other_language", "sign_language"])
def test_a_language_need_asks_for_an_interpreter(need: str) -> None:
    given(referrer("RI-10", "B", [need])).finds("LANGNEED_B", 2).leaves_unknown("INTERP_BAD_B")
    given(referrer("RI-10", "B", [need, "easy_read"])).finds("LANGNEED_B", 2)


@pytest.mark.parametrize("need", ["no_need", "easy_read", "large_print", "read_aloud", "written_first"])
def test_no_language_need_needs_no_interpreter(need: str) -> None:
    given(referrer("RI-10", "B", [need])).rules_out("LANGNEED_B", "INTERP_BAD_B")


# --- CASECLOSE --------------------------------------------------------------------------------------------------------

HOLDER = {"agency": "CSC", "named_worker": "Lee", "contact": "01…", "next_review_on": "2026-12-20"}


def holder(code: str, **details: Any) -> dict[str, str]:
    return {"code": code, **HOLDER, **details}


@pytest.mark.parametrize("source", ["REF", "CSC", "POL", "HLT", "CRT", "OBS"])
def test_a_named_holder_with_a_contact_and_a_future_review(source: str) -> None:
    given(from_source(source, "RI-09", "", holder("stays_open"))).rules_out("CASECLOSE")


@pytest.mark.parametrize("missing", ["named_worker", "contact", "next_review_on"])
def test_a_holder_without_name_contact_or_review_is_none(missing: str) -> None:
    given(referrer("RI-09", "", holder("stays_open", **{missing: ""}))).leaves_unknown("CASECLOSE")


def test_a_review_already_past_is_none() -> None:
    given(referrer("RI-09", "", holder("stays_open", next_review_on="2026-11-20"))).leaves_unknown("CASECLOSE")


def test_closing_and_closed() -> None:
    given(referrer("RI-09", "", holder("closing"))).finds("CASECLOSE", 2)
    given(referrer("RI-09", "", holder("already_closed"))).finds("CASECLOSE", 4)
    given(police("RC-01", "", ["holder_closed"])).finds("CASECLOSE", 4)


@pytest.mark.parametrize("code", ["no_statutory_holder", "other_holder"])
def test_another_holder_or_none_is_unknown_until_one_confirms(code: str) -> None:
    told = referrer("RI-09", "", holder(code), on=EARLIER)
    given(told).leaves_unknown("CASECLOSE")
    given(told, from_source("CSC", "RI-09", "", holder("stays_open"), on=LATER)).rules_out("CASECLOSE")
    given(told, worker("RI-09", "", holder("stays_open"), on=LATER)).rules_out("CASECLOSE")
    given(told | {"on": LATER}, worker("RI-09", "", holder("stays_open"), on=EARLIER)).leaves_unknown("CASECLOSE")
    withdrawn = from_source("REF", "RI-09", "", "NK", on=LATEST)
    given(worker("RI-09", "", holder("stays_open"), on=EARLIER), told | {"on": LATER}, withdrawn).rules_out("CASECLOSE")


# --- ISS_OK, OTHERS_OPEN, STARTOK -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["active", "declined_informed", "none_identified_searched"])
def test_the_status_of_support(status: str) -> None:
    given(act("ISS-STATUS", "B", status)).finds("ISS_OK_B", 2).leaves_unknown("ISS_OK_A")


@pytest.mark.parametrize("status", ["offered", "not_offered", "paused", "ended"])
def test_any_other_status(status: str) -> None:
    given(act("ISS-STATUS", "B", status)).rules_out("ISS_OK_B")


def test_once_a_result_is_signed_the_start_must_be_safe_too() -> None:
    status = act("ISS-STATUS", "B", "active")
    given(status, signed("W_A")).leaves_unknown("ISS_OK_B")
    given(status, signed("W_A"), support("RD-11", "A-B", "safe_to_start")).finds("ISS_OK_B", 2)
    given(status, signed("W_A"), support("RD-11", "A-B", "with_plan")).finds("ISS_OK_B", 1)
    given(status, signed("W_A"), support("RD-11", "A-B", "not_now")).rules_out("ISS_OK_B")


def test_the_latest_status_counts() -> None:
    before, after = act("ISS-STATUS", "B", "active", on=EARLIER), act("ISS-STATUS", "B", "paused", on=LATER)
    given(before, after).rules_out("ISS_OK_B")
    given(after | {"on": EARLIER}, before | {"on": LATER}).finds("ISS_OK_B", 2)


def test_the_start_by_the_answer_of_the_support_service() -> None:
    given(support("RD-11", "A-B", "safe_to_start")).finds("STARTOK", 2)
    given(support("RD-11", "A-B", "with_plan")).finds("STARTOK", 1)
    given(support("RD-11", "A-B", "not_now")).rules_out("STARTOK")


@pytest.mark.parametrize("other", ["not_now", "with_plan"])
def test_of_two_who_judge_a_start_whoever_sees_danger_decides(other: str) -> None:
    case = given(
        act("ISS-STATUS", "B", "active"), signed("W_A"),
        support("RD-11", "A-B", "safe_to_start"), support("RD-11", "A-B", other, by="A"),
    )  # fmt: skip
    case.finds("STARTOK", 2).finds("STARTDANGER", 2)
    assert case.strength("ISS_OK_B") not in {2, 3, 4}
    later = case.also(support("RD-11", "A-B", "safe_to_start", by="A", on=LATER))
    later.rules_out("STARTDANGER").finds("ISS_OK_B", 2)


NO_OTHERS = [support("RI-16", "A", ["none"]), support("RI-12", "", ["no_children"])]
SETTLED = ["active", "declined_informed", "offered", "covered_by_parent_offer"]


def test_nobody_else_is_open_when_the_support_service_says_so_and_there_are_no_children() -> None:
    given(*NO_OTHERS).rules_out("OTHERS_OPEN_A")
    given(NO_OTHERS[0]).leaves_unknown("OTHERS_OPEN_A")
    given(NO_OTHERS[1]).leaves_unknown("OTHERS_OPEN_A")


def test_no_children_is_no_child_of_another_pair_without_a_status() -> None:
    row = {"code": "no_children", "child_of_pair": "no"}
    given(NO_OTHERS[0], support("RI-12", "", [row])).rules_out("OTHERS_OPEN_A")
    given(NO_OTHERS[0], support("RI-12", "", [row | {"code": "visits"}])).finds("OTHERS_OPEN_A", 2)


@pytest.mark.parametrize("source", ["REF", "SELF", "POL", "OBS"])
def test_nobody_but_the_support_service_says_that_there_is_nobody(source: str) -> None:
    given(from_source(source, "RI-16", "A", ["none"]), NO_OTHERS[1]).leaves_unknown("OTHERS_OPEN_A")


@pytest.mark.parametrize("who", ["new_partner", "ex_partner", "relative", "child_elsewhere", "vulnerable_adult"])
def test_someone_without_a_status_is_open(who: str) -> None:
    given(referrer("RI-16", "A", [who]), NO_OTHERS[1]).finds("OTHERS_OPEN_A", 2)
    given(support("RI-16", "A", [{"code": who, "iss_offer_status": "not_offered"}]), NO_OTHERS[1]).finds(
        "OTHERS_OPEN_A", 2
    )


@pytest.mark.parametrize("status", SETTLED)
def test_everyone_with_a_status_is_settled(status: str) -> None:
    row = {"code": "new_partner", "pseudonym": "K", "iss_offer_status": status}
    given(support("RI-16", "A", [row]), NO_OTHERS[1]).rules_out("OTHERS_OPEN_A")
    told = referrer("RI-16", "A", [{"code": "new_partner", "pseudonym": "K"}])
    given(told, support("RI-16", "A", [row]), NO_OTHERS[1]).rules_out("OTHERS_OPEN_A")


def test_a_status_written_by_anyone_else_does_not_count() -> None:
    row = {"code": "new_partner", "iss_offer_status": "active"}
    given(referrer("RI-16", "A", [row]), NO_OTHERS[1]).finds("OTHERS_OPEN_A", 2)


def test_none_said_by_the_support_service_does_not_erase_someone_a_referrer_named() -> None:
    given(*NO_OTHERS, referrer("RI-16", "A", [{"code": "ex_partner", "pseudonym": "K"}])).finds("OTHERS_OPEN_A", 2)


@pytest.mark.parametrize("where", ["lives_with_both", "lives_with_a", "lives_with_b", "visits", "in_care"])
def test_a_child_outside_the_pair_needs_a_status(where: str) -> None:
    child = {"code": where, "child_of_pair": "no"}
    given(NO_OTHERS[0], support("RI-12", "", [child])).finds("OTHERS_OPEN_A", 2)
    given(NO_OTHERS[0], support("RI-12", "", [child | {"iss_offer_status": "active"}])).rules_out("OTHERS_OPEN_A")
    given(NO_OTHERS[0], support("RI-12", "", [child | {"child_of_pair": "yes"}])).rules_out("OTHERS_OPEN_A")
    given(NO_OTHERS[0], support("RI-12", "", [where])).leaves_unknown("OTHERS_OPEN_A")


# --- LITREC, LITINDEP, LITTIME, CRIM, NOCONTACT -----------------------------------------------------------------------


@pytest.mark.parametrize("status", ["now", "ended_recently", "planned"])
def test_proceedings_about_children(status: str) -> None:
    row = {"code": status, "scale": "children"}
    given(referrer("RI-13", "A", [row])).finds("LITREC_A", 2).leaves_unknown("LITREC_B")


@pytest.mark.parametrize("kind", ["separation", "money_housing", "protection", "complaint", "other"])
def test_proceedings_about_something_else_rule_it_out_when_competent(kind: str) -> None:
    row = [{"code": "now", "scale": kind}]
    given(court("RI-13", "A", row)).rules_out("LITREC_A")
    given(referrer("RI-13", "A", row)).leaves_unknown("LITREC_A")


def test_no_proceedings_said_by_court_support_or_both_parties() -> None:
    for thing in (court("RI-13", "A", ["none"]), support("RI-13", "A", ["ended_longer"])):
        given(thing).rules_out("LITREC_A")
    own, other = alone("A", "RI-13", "A", ["none"]), alone("B", "RI-13", "A", ["none"])
    given(own).leaves_unknown("LITREC_A")
    given(other).leaves_unknown("LITREC_A")
    given(own, other).rules_out("LITREC_A")
    given(referrer("RI-13", "A", ["none"])).leaves_unknown("LITREC_A")


def test_a_pending_case_about_children_in_the_list_of_proceedings() -> None:
    given(court("LT-01", "A>B", [{"code": "pending", "type": "children"}])).finds("LITREC_A", 2)
    given(court("LT-01", "A>B", [{"code": "pending", "type": "complaint"}])).leaves_unknown("LITREC_A")


def test_an_independent_assessment_needs_the_act_and_suitable() -> None:
    suitable, act_signed = (
        worker("LT-11", "A", "signed_suitable"),
        act("LITINDEP-SIGN", "A", "signed", by=["Programme"]),
    )
    given(suitable, act_signed).finds("LITINDEP_A", 2)
    given(suitable).leaves_unknown("LITINDEP_A")
    given(act_signed).leaves_unknown("LITINDEP_A")
    for answer in ("signed_unsuitable", "started", "not_started"):
        given(worker("LT-11", "A", answer), act_signed).rules_out("LITINDEP_A")


@pytest.mark.parametrize(("days", "strength"), [(0, 2), (56, 2), (57, 0), (400, 0)])
def test_a_hearing_is_near(days: int, strength: int) -> None:
    given(worker("LT-08", "A", days)).finds("LITTIME_A", strength)


def test_a_hearing_whose_date_is_not_known_leaves_it_unknown_and_no_proceedings_rule_it_out() -> None:
    given(referrer("RI-13", "A", [{"code": "now", "scale": "children"}])).leaves_unknown("LITTIME_A")
    given(court("RI-13", "A", ["none"])).rules_out("LITTIME_A")


def test_a_hearing_dated_in_the_referral() -> None:
    row = {"code": "now", "scale": "children"}
    given(referrer("RI-13", "A", [row | {"next_hearing_on": "2026-12-10"}])).finds("LITTIME_A", 2)
    given(referrer("RI-13", "A", [row | {"next_hearing_on": "2027-06-10"}])).rules_out("LITTIME_A")


@pytest.mark.parametrize("status", ["suspected", "charged", "conditions", "order", "custody"])
def test_criminal_proceedings(status: str) -> None:
    given(police("RI-20", "A", status)).finds("CRIM_A", 2)


def test_no_criminal_proceedings_checked() -> None:
    given(police("RI-20", "A", "none")).rules_out("CRIM_A")
    given(court("RI-20", "A", "none")).rules_out("CRIM_A")


def test_the_own_word_that_there_are_none_is_not_checked() -> None:
    given(alone("A", "RI-20", "A", "none")).leaves_unknown("CRIM_A")


def test_conditions_or_an_order_forbid_contact() -> None:
    for status in ("conditions", "order"):
        given(police("RI-20", "A", status)).finds("NOCONTACT", 2)


def test_no_order_is_checked_with_the_record_for_both() -> None:
    given(police("RI-20", "A", "none"), court("RI-20", "B", "suspected")).rules_out("NOCONTACT")
    given(police("RI-20", "A", "none")).leaves_unknown("NOCONTACT")
    given(police("RI-20", "A", "custody"), police("RI-20", "B", "none")).leaves_unknown("NOCONTACT")
    given(alone("A", "RI-20", "A", "none"), alone("B", "RI-20", "B", "none")).leaves_unknown("NOCONTACT")
