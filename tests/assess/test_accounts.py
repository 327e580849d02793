"""From evidence to a strength (12.1, rules 1 to 8, with the speaker rule), and what an account is worth."""

from datetime import date

import pytest

from tests.assess.language import (
    EARLIER,
    LATER,
    LATEST,
    act,
    alone,
    from_source,
    given,
    health,
    police,
    referrer,
    rulebook,
    said,
    support,
    taken_back,
    third_party,
)
from triage.assess.worth.accounts import first_of
from triage.cases.record import Answer

# --- the strength of one piece: the table of 12.1 ---------------------------------------------------------------------


def test_the_own_account_through_the_support_service_counts_two() -> None:
    given(support("DR-02", "A>B", "year", by="B")).finds("THKILL_AB", 2)


def test_the_support_service_speaks_for_the_one_who_lived_it_when_nobody_is_named() -> None:
    given(support("DR-02", "A>B", "year")).finds("THKILL_AB", 2)


def test_the_own_account_alone_counts_two() -> None:
    given(alone("B", "DR-02", "A>B", "year")).finds("THKILL_AB", 2)


@pytest.mark.parametrize("source", ["POL", "HLT", "CSC", "CRT", "TP", "OBS"])
def test_what_a_service_or_a_disinterested_third_party_saw_counts_two(source: str) -> None:
    given(from_source(source, "DR-02", "A>B", "year")).finds("THKILL_AB", 2)


def test_a_referrers_hearsay_counts_one() -> None:
    given(referrer("DR-02", "A>B", "year")).finds("THKILL_AB", 1)


def test_an_interested_third_party_counts_one() -> None:
    given(third_party("DR-02", "A>B", "year", interested=True)).finds("THKILL_AB", 1)


def test_what_a_record_only_relays_counts_one() -> None:
    given(police("DR-02", "A>B", "year", hearsay=True)).finds("THKILL_AB", 1)


def test_an_authenticated_recording_counts_four() -> None:
    given(third_party("DR-02", "A>B", "year", recording="authenticated")).finds("THKILL_AB", 4)


def test_a_plain_recording_is_no_more_than_its_source() -> None:
    given(third_party("DR-02", "A>B", "year", recording="plain")).finds("THKILL_AB", 2)


def test_the_own_admission_counts_four() -> None:
    given(alone("A", "DR-02", "A>B", "year")).finds("THKILL_AB", 4)


def test_the_own_admission_speaks_only_about_the_acts_of_the_one_who_admits() -> None:
    given(alone("A", "DR-02", "A>B", "year")).leaves_unknown("THKILL_BA")


def test_a_says_what_b_lives_and_it_is_the_word_of_an_interested_party() -> None:
    given(alone("A", "WD-02", "A>B", ["avoids", "hides"])).finds("FEAR_AB", 1)


def test_kin_of_a_party_who_speaks_is_an_interested_source() -> None:
    given(said("DR-02", "A>B", "year", source="TP", by="aunt", interested=True)).finds("THKILL_AB", 1)


@pytest.mark.parametrize("unsafe", [{"tainted": True}, {"alone": False}])
def test_any_account_obtained_unsafely_counts_one_at_most(unsafe: dict[str, bool]) -> None:
    given(support("DR-02", "A>B", "year", **unsafe)).finds("THKILL_AB", 1)


def test_an_admission_obtained_unsafely_counts_one() -> None:
    given(said("DR-02", "A>B", "year", source="SELF", by="A", tainted=True)).finds("THKILL_AB", 1)


def test_a_number_fixed_by_the_answer_is_one_when_the_account_is_unsafe() -> None:
    given(health("DR-13", "A", ["plan_means"], tainted=True)).finds("SUIC_A", 1)
    given(health("DR-13", "A", ["plan_means"])).finds("SUIC_A", 4)


def test_a_number_fixed_by_the_answer_is_one_when_a_referrer_tells_of_a_third_persons_acts() -> None:
    given(referrer("WD-07", "A", ["police_record"])).finds("HIST_A", 1)


def test_accounts_given_while_not_free_to_talk_are_unsafe() -> None:
    """RI-17 says the person could not speak freely at that contact; what was said there weighs 1 (03, RI-17)."""
    given(
        said("RI-17", "B", "not_free", source="SELF", by="B", contact="c7"),
        said("DR-02", "A>B", "year", source="SELF", by="B", alone=True, contact="c7"),
    ).finds("THKILL_AB", 1)


def test_what_was_said_at_another_contact_is_not_touched_by_that() -> None:
    given(
        said("RI-17", "B", "not_free", source="SELF", by="B", contact="c7"),
        said("DR-02", "A>B", "year", source="SELF", by="B", alone=True, contact="c8"),
    ).finds("THKILL_AB", 2)


def test_what_the_support_service_relays_of_an_unfree_contact_is_unsafe_though_it_names_nobody() -> None:
    given(
        support("RI-17", "B", "unsure", contact="c7"),
        support("DR-02", "A>B", "year", contact="c7"),
    ).finds("THKILL_AB", 1)


# --- combination: rules 1 and 2 ---------------------------------------------------------------------------------------


def test_the_highest_safe_piece_decides() -> None:
    given(referrer("DR-02", "A>B", "year"), support("DR-02", "A>B", "month")).finds("THKILL_AB", 2)


def test_two_classes_at_two_make_three() -> None:
    given(support("DR-02", "A>B", "year"), police("DR-02", "A>B", "year")).finds("THKILL_AB", 3)


def test_a_class_at_one_does_not_corroborate() -> None:
    given(support("DR-02", "A>B", "year"), referrer("DR-02", "A>B", "year")).finds("THKILL_AB", 2)


def test_an_unsafe_account_does_not_corroborate() -> None:
    given(support("DR-02", "A>B", "year"), police("DR-02", "A>B", "year", tainted=True)).finds("THKILL_AB", 2)


def test_two_reports_of_one_class_are_one() -> None:
    given(
        police("DR-02", "A>B", "year", by="Officer 1", on=EARLIER), police("DR-02", "A>B", "year", by="Officer 2")
    ).finds("THKILL_AB", 2)


def test_an_account_copied_from_another_file_is_the_class_of_the_original() -> None:
    given(
        police("DR-02", "A>B", "year", id="log"),
        from_source("CSC", "DR-02", "A>B", "year", copy_of="log"),
    ).finds("THKILL_AB", 2)


def test_a_copy_of_a_copy_is_still_the_first_class() -> None:
    given(
        police("DR-02", "A>B", "year", id="log"),
        from_source("CSC", "DR-02", "A>B", "year", id="file", copy_of="log"),
        health("DR-02", "A>B", "year", copy_of="file"),
    ).finds("THKILL_AB", 2)


def test_two_copies_of_a_log_that_is_not_on_file_are_one_class() -> None:
    given(
        from_source("CSC", "DR-02", "A>B", "year", copy_of="police log 17"),
        health("DR-02", "A>B", "year", copy_of="police log 17"),
    ).finds("THKILL_AB", 2)


def test_a_copy_whose_original_is_on_file_from_the_person_is_that_person() -> None:
    given(
        support("DR-02", "A>B", "year", id="told", by="B"),
        police("DR-02", "A>B", "year", copy_of="told"),
    ).finds("THKILL_AB", 2)


def test_a_copy_whose_original_names_nobody_is_the_class_of_the_one_who_lived_it() -> None:
    given(support("DR-02", "A>B", "year", id="told"), police("DR-02", "A>B", "year", copy_of="told")).finds(
        "THKILL_AB", 2
    )


def test_copies_that_name_each_other_hang_nothing() -> None:
    """A file that says so is refused; a record that says so all the same is one class."""
    told = [Answer(one, "DR-02", "A>B", "POL", date(2026, 11, 1), copy_of=other) for one, other in ("ab", "ba")]
    assert {first_of(one, told)[1] for one in told} == {"copies of each other"}


def test_a_copy_of_a_referral_stays_a_referrers_word() -> None:
    """A police file that copies a referral saw nothing itself: hearsay of the referrer, 1."""
    given(referrer("DR-02", "A>B", "year", id="referral"), police("DR-02", "A>B", "year", copy_of="referral")).finds(
        "THKILL_AB", 1
    )


def test_a_copy_of_an_unsafe_account_is_unsafe() -> None:
    given(
        support("DR-02", "A>B", "year", id="told", tainted=True), police("DR-02", "A>B", "year", copy_of="told")
    ).finds("THKILL_AB", 1)


def test_the_same_person_speaking_to_two_agencies_is_one_class() -> None:
    given(
        support("DR-02", "A>B", "year", by="B"),
        police("DR-02", "A>B", "year", by="B"),
        alone("B", "DR-02", "A>B", "year"),
    ).finds("THKILL_AB", 2)


def test_both_parties_say_so_and_that_is_an_admission_and_an_account() -> None:
    given(alone("A", "DR-02", "A>B", "year"), support("DR-02", "A>B", "year")).finds("THKILL_AB", 4)


# --- ruling out: rule 3 -----------------------------------------------------------------------------------------------


def test_the_person_who_lived_it_can_rule_it_out_through_the_support_service_or_alone() -> None:
    given(support("DR-02", "A>B", "never")).rules_out("THKILL_AB")
    given(alone("B", "DR-02", "A>B", "never")).rules_out("THKILL_AB")


def test_the_own_word_not_said_to_be_alone_settles_nothing() -> None:
    given(said("DR-02", "A>B", "never", source="SELF", by="B")).leaves_unknown("THKILL_AB")


@pytest.mark.parametrize("question", ["DR-01", "DR-02", "DR-03", "DR-05"])
@pytest.mark.parametrize("source", ["REF", "POL", "CRT", "CSC", "HLT", "TP", "OBS"])
def test_nobody_else_can_rule_out_what_was_lived(question: str, source: str) -> None:
    name = {"DR-01": "NFS_AB", "DR-02": "THKILL_AB", "DR-03": "WEAP_AB", "DR-05": "STALK_AB"}[question]
    given(from_source(source, question, "A>B", "never")).leaves_unknown(name)


@pytest.mark.parametrize(
    "name", ["NFS", "THKILL", "WEAP", "STALK", "SEXV", "CTRL", "SEVPAT", "FEAR", "SPACE", "BDREAD"]
)
def test_a_denial_by_the_person_accused_never_rules_out(name: str) -> None:
    nothing = [
        alone("A", "DR-01", "A>B", "never"), alone("A", "DR-02", "A>B", "never"), alone("A", "DR-03", "A>B", "never"),
        alone("A", "DR-05", "A>B", "never"), alone("A", "DR-07", "A>B", "never"), alone("A", "WD-04", "A>B", ["none"]),
        alone("A", "WD-02", "A>B", ["no_change"], on=EARLIER), alone("A", "WD-02", "A>B", ["no_change"], on=LATER),
        alone("A", "DR-22", "A>B", ["no_fear"], on=EARLIER), alone("A", "DR-22", "A>B", ["no_fear"], on=LATER),
    ]  # fmt: skip
    given(*nothing).leaves_unknown(f"{name}_AB")


def test_a_denial_to_the_support_service_relayed_as_the_accuseds_word_rules_nothing_out() -> None:
    given(support("DR-02", "A>B", "never", by="A")).leaves_unknown("THKILL_AB")


def test_a_denial_obtained_unsafely_rules_nothing_out() -> None:
    given(support("DR-02", "A>B", "never", tainted=True)).leaves_unknown("THKILL_AB")
    given(said("DR-02", "A>B", "never", source="SELF", by="B", alone=False)).leaves_unknown("THKILL_AB")


def test_a_relayed_no_rules_nothing_out() -> None:
    given(support("DR-02", "A>B", "never", hearsay=True)).leaves_unknown("THKILL_AB")


def test_nothing_is_ruled_out_while_a_one_stands() -> None:
    given(support("DR-02", "A>B", "never"), referrer("DR-02", "A>B", "year")).finds("THKILL_AB", 1)


def test_nothing_is_ruled_out_while_a_two_stands() -> None:
    given(police("DR-02", "A>B", "year"), support("DR-02", "A>B", "never", on=LATER)).finds("THKILL_AB", 2)


# --- non-answers: rule 4 and 0.3 --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["NK", "DEC", "NSA"])
def test_a_non_answer_is_neither_yes_nor_no(code: str) -> None:
    given(support("DR-02", "A>B", code), support("DR-09", "B", code), support("RI-01", "", code)).leaves_unknown(
        "THKILL_AB", "PREG_B", "DANGER_NOW"
    )


@pytest.mark.parametrize("code", ["NK", "DEC", "NSA"])
def test_a_non_answer_takes_nothing_away(code: str) -> None:
    given(support("DR-02", "A>B", "year"), support("DR-02", "A>B", code, on=LATER)).finds("THKILL_AB", 2)


def test_nothing_asked_is_unknown() -> None:
    given().leaves_unknown("THKILL_AB", "CTRL_AB", "FORCE_A", "CN_B", "DANGER_NOW", "CASECLOSE", "LITREC_A", "SAFE_A")


@pytest.mark.parametrize("code", ["NK", "DEC", "NSA"])
def test_every_question_takes_the_three_non_answers(code: str) -> None:
    about = {"case": "", "person": "A", "pair": "A-B", "directed": "A>B"}
    things = [
        from_source(question.sources[0], question.id, about[question.about], code)
        for question in rulebook().questions.values()
    ]
    assert len(given(*things).record.answers) == 147


# --- rule 6: two directions are two findings --------------------------------------------------------------------------


def test_contradiction_is_not_averaged() -> None:
    given(support("DR-02", "A>B", "year"), alone("A", "DR-02", "B>A", "year")).finds("THKILL_AB", 2).finds(
        "THKILL_BA", 2
    )


# --- rule 7: withdrawal -----------------------------------------------------------------------------------------------


def test_what_is_taken_back_leaves_the_finding_withdrawn_at_its_last_strength() -> None:
    given(taken_back(support("DR-02", "A>B", "year"))).finds("THKILL_AB", "was 2")


def test_a_one_taken_back_is_withdrawn_from_one() -> None:
    given(taken_back(referrer("DR-02", "A>B", "year"))).finds("THKILL_AB", "was 1")


def test_an_admission_taken_back_is_withdrawn_from_four() -> None:
    given(taken_back(alone("A", "DR-02", "A>B", "year"))).finds("THKILL_AB", "was 4")


def test_a_no_taken_back_is_unknown() -> None:
    given(taken_back(support("DR-02", "A>B", "never"))).leaves_unknown("THKILL_AB")


def test_what_remains_decides() -> None:
    given(taken_back(support("DR-02", "A>B", "year")), police("DR-02", "A>B", "year")).finds("THKILL_AB", 2)


def test_a_withdrawal_of_a_later_day_than_the_assessment_is_not_seen_yet() -> None:
    given(taken_back(support("DR-02", "A>B", "year"), on=LATEST)).seen_on("2026-11-15").finds("THKILL_AB", 2)


def test_a_no_that_stood_beside_it_is_not_what_was_recorded_after_it_was_taken_back() -> None:
    given(taken_back(police("DR-02", "A>B", "year"), on=LATER), support("DR-02", "A>B", "never", on=EARLIER)).finds(
        "THKILL_AB", "was 2"
    )


def test_a_no_recorded_after_the_withdrawal_settles_it() -> None:
    given(
        taken_back(police("DR-02", "A>B", "year"), on=LATER),
        support("DR-02", "A>B", "never", on=LATEST),
    ).rules_out("THKILL_AB")


def test_counted_elements_taken_back_withdraw_the_whole() -> None:
    things = [
        taken_back(support("WD-03", "A>B", people="reduced_because")),
        support("WD-03", "A>B", spending="stopped_because"),
    ]
    given(*things).finds("SPACE_AB", 1)


def test_what_rests_on_something_withdrawn_is_withdrawn_too() -> None:
    given(
        taken_back(support("DU-03", "A", told=None, cells={"act": "threat"}) | {"value": [{"code": "told"}]}),
    ).finds("COERC_A", "was 2").finds("VELSE_A", "was 2")


# --- acts are not answers ---------------------------------------------------------------------------------------------


def test_an_act_speaks_for_nothing_but_itself() -> None:
    given(act("ISS-STATUS", "B", "active")).leaves_unknown("THKILL_AB").finds("ISS_OK_B", 2)


def test_the_support_service_speaks_for_nobody_whom_it_does_not_serve() -> None:
    served = act("ISS-STATUS", "B", "active", by=["N. Support"])
    unnamed = {"question": "DR-01", "value": "never", "source": "ISS", "on": "2026-11-01"}
    given({**unnamed, "about": "A>B"}, served).rules_out("NFS_AB")
    given({**unnamed, "about": "B>A"}, served).finds("NFS_BA", "unknown")
    given({**unnamed, "about": "B>A", "value": "year", "follow_up": "symptoms_none"}, served).finds("NFS_BA", 2)


def test_words_of_one_person_are_taken_apart_by_how_and_by_whom_they_were_heard() -> None:
    """Alone, not alone, not recorded; by the service, by the person: no account lends another how it is taken."""
    case = given(
        alone("B", "WD-02", "A>B", ["avoids"]),
        said("WD-02", "A>B", ["avoids"], source="SELF", by="B"),
        said("WD-02", "A>B", ["avoids"], source="SELF", by="B", alone=False),
        support("WD-02", "A>B", ["avoids"], by="B"),
        said("WD-02", "A>B", ["avoids"], source="SELF", by="A", alone=True),
        said("WD-02", "A>B", ["avoids"], source="SELF", by="B", alone=True, hearsay=True),
        alone("B", "WD-02", "A>B", ["hides"]),
    )
    taken = [one.standing for one in case.findings().context.accounts]
    told = [(one.source, one.speaker, one.alone, one.unsafe, one.relayed) for one in taken]
    assert told == [
        ("SELF", "B", True, False, False),
        ("SELF", "B", None, False, False),
        ("SELF", "B", False, True, False),
        ("ISS", "B", None, False, False),
        ("SELF", "A", True, False, False),
        ("SELF", "B", True, False, True),
        ("SELF", "B", True, False, False),
    ]
