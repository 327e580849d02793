"""Harm by someone else, coercion, ages, capacity, ties: the last rows of 12.4 B."""

import pytest

from tests.assess.language import (
    EARLIER,
    LATER,
    act,
    alone,
    from_source,
    given,
    health,
    police,
    referrer,
    said,
    support,
    worker,
)

# --- VELSE, COERC -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["partner", "family", "exploiter", "carer", "group"])
def test_harmed_by_someone_else_by_one_credible_account(who: str) -> None:
    given(alone("A", "DU-01", "A", [who])).finds("VELSE_A", 2)


@pytest.mark.parametrize("what", ["beaten", "thrown_out", "papers", "worse_for_b"])
def test_a_refusal_that_would_be_punished(what: str) -> None:
    given(alone("A", "DU-02", "A", [what])).finds("COERC_A", 2).finds("VELSE_A", 2)


@pytest.mark.parametrize("told", ["told", "both"])
def test_being_told_to_is_coercion_and_makes_the_person_a_victim_too(told: str) -> None:
    given(alone("A", "DU-03", "A", [told])).finds("COERC_A", 2).finds("VELSE_A", 2)


def test_family_pressure_on_both_is_coercion_by_several() -> None:
    given(alone("A", "DU-05", "A", "is_family_pressure")).finds("COERC_A", 2).finds("MULTI_A", 2)


def test_shame_alone_is_possible_coercion() -> None:
    given(alone("A", "DU-02", "A", ["shame"])).finds("COERC_A", 1)


OWN = alone("A", "DU-03", "A", ["own"])


@pytest.mark.parametrize("answer", ["nothing", "not_asked"])
def test_coercion_is_ruled_out_by_both_questions(answer: str) -> None:
    given(OWN, alone("A", "DU-02", "A", [answer])).rules_out("COERC_A")


def test_own_choices_alone_do_not_rule_it_out_while_family_pressure_is_possible() -> None:
    given(OWN).leaves_unknown("COERC_A")
    given(alone("A", "DU-02", "A", ["nothing"])).leaves_unknown("COERC_A")
    given(alone("A", "DU-03", "A", ["own", "unclear"]), alone("A", "DU-02", "A", ["nothing"])).leaves_unknown("COERC_A")


def test_own_choices_rule_it_out_when_the_other_question_is_not_asked() -> None:
    none_both_ways = [
        support("DR-19", "A>B", ["none"], by="B"), support("DR-19", "B>A", ["none"], by="A"),
        support("WD-11", "A>B", ["none"]), support("WD-11", "B>A", ["none"], by="A"),
    ]  # fmt: skip
    given(OWN, *none_both_ways).rules_out("HBA", "MULTI", "COERC_A")


def test_harm_by_someone_else_is_ruled_out_by_the_person_asked_alone() -> None:
    given(alone("A", "DU-01", "A", ["no"])).rules_out("VELSE_A")
    given(support("DU-01", "A", ["no"], by="A")).rules_out("VELSE_A")
    given(health("DU-01", "A", ["no"])).rules_out("VELSE_A")
    given(said("DU-01", "A", ["no"], source="SELF", by="A")).leaves_unknown("VELSE_A")
    given(police("DU-01", "A", ["no"])).leaves_unknown("VELSE_A")
    given(support("DU-01", "A", ["no"], by="B")).leaves_unknown("VELSE_A")


def test_an_adults_childhood_alone_is_no_harm_by_someone_else() -> None:
    adult = {"A": {"birth": "1990-05-01"}, "B": {}}
    given(alone("A", "DU-01", "A", ["childhood_only"]), persons=adult).rules_out("VELSE_A")


def test_the_childhood_of_someone_under_18_is_now() -> None:
    minor = {"A": {"birth": "2010-05-01"}, "B": {}}
    given(alone("A", "DU-01", "A", ["childhood_only"]), persons=minor).finds("VELSE_A", 2)


def test_a_childhood_of_someone_whose_age_is_not_known_settles_nothing() -> None:
    given(alone("A", "DU-01", "A", ["childhood_only"])).leaves_unknown("VELSE_A")


@pytest.mark.parametrize("told", ["sexual", "hurt", "saw", "online"])
def test_what_a_young_person_tells(told: str) -> None:
    given(health("DU-04", "A", [told])).finds("VELSE_A", 2)
    given(health("DU-04", "A", ["something"])).finds("VELSE_A", 1)


def test_not_today_keeps_it_unknown_whatever_else_says_no() -> None:
    given(health("DU-04", "A", ["not_today"]), alone("A", "DU-01", "A", ["no"])).leaves_unknown("VELSE_A")


# --- ages and capacity ------------------------------------------------------------------------------------------------


def born(day: str) -> dict[str, dict[str, str]]:
    return {"A": {"birth": day}, "B": {}}


FIRST = referrer("RI-02", "", "statutory_agency")


@pytest.mark.parametrize(("birth", "lt16", "a1617"), [("2012-01-01", 4, 0), ("2010-06-01", 0, 4), ("1990-01-01", 0, 0)])
def test_the_age_from_a_birth_date(birth: str, lt16: int, a1617: int) -> None:
    given(FIRST, persons=born(birth)).finds("AGE_LT16_A", lt16).finds("AGE_1617_A", a1617)


@pytest.mark.parametrize(("age", "lt16", "a1617"), [("15", 2, 0), ("16", 0, 2), ("17", 0, 2), ("18", 0, 0)])
def test_the_age_as_stated(age: str, lt16: int, a1617: int) -> None:
    row = {"code": "siblings", "age_a_latest": age}
    given(referrer("RI-03", "A-B", [row])).finds("AGE_LT16_A", lt16).finds("AGE_1617_A", a1617)


def test_a_missing_age_is_unknown_and_never_adult() -> None:
    given(referrer("RI-03", "A-B", ["partner"])).leaves_unknown("AGE_LT16_A", "AGE_1617_A", "AGE_LT16_B")


def test_the_age_counts_at_the_latest_dated_harm() -> None:
    harm = police("WD-04", "A>B", [{"code": "wound", "date_or_period": "2025-03-01"}])
    given(harm, persons=born("2009-06-01")).finds("AGE_LT16_A", 4).rules_out("AGE_1617_A")
    later = police("RC-01", "", [{"code": "incident", "on_date": "2026-11-01"}])
    given(harm, later, persons=born("2009-06-01")).finds("AGE_1617_A", 4).rules_out("AGE_LT16_A")


def test_a_birth_date_counts_before_what_is_stated() -> None:
    row = {"code": "siblings", "age_a_latest": "19"}
    given(referrer("RI-03", "A-B", [row]), persons=born("2012-01-01")).finds("AGE_LT16_A", 4).rules_out("AGE_1617_A")


def test_no_capacity_only_by_health() -> None:
    given(health("CN-10", "A", ["assessed_unable"])).finds("CAPNO_A", 4)
    given(support("CN-10", "A", ["assessed_unable"])).leaves_unknown("CAPNO_A")


@pytest.mark.parametrize("source", ["HLT", "SELF", "ISS", "REF", "CSC", "TP", "OBS"])
def test_no_sign_from_any_source_settles_capacity(source: str) -> None:
    given(from_source(source, "CN-10", "A", ["no"])).rules_out("CAPNO_A")


@pytest.mark.parametrize("concern", ["new_confusion", "behaviour_change", "sudden", "assessed_unable"])
def test_a_concern_waits_for_health(concern: str) -> None:
    given(support("CN-10", "A", ["no"]), worker("CN-10", "A", [concern])).leaves_unknown("CAPNO_A")
    given(worker("CN-10", "A", [concern], on=EARLIER), health("CN-10", "A", ["assessed_able"])).rules_out("CAPNO_A")


def test_the_word_of_another_that_the_person_is_able_does_not_end_a_concern() -> None:
    given(worker("CN-10", "A", ["sudden"]), support("CN-10", "A", ["assessed_able"])).leaves_unknown("CAPNO_A")


def test_a_concern_raised_after_health_said_able_is_a_new_concern() -> None:
    given(
        health("CN-10", "A", ["assessed_able"], on=EARLIER), worker("CN-10", "A", ["sudden"], on=LATER)
    ).leaves_unknown("CAPNO_A")


@pytest.mark.parametrize("code", ["lifelong_same", "lifelong_never"])
def test_a_lifelong_condition_is_no_concern(code: str) -> None:
    given(support("CN-10", "A", [code])).rules_out("CAPNO_A")
    given(support("CN-10", "A", [code, "new_confusion"])).leaves_unknown("CAPNO_A")


# --- ties -------------------------------------------------------------------------------------------------------------


TIES = [
    *((tie, 2, 0) for tie in ("adult_child_parent", "minor_child_parent", "siblings", "wider_family")),
    *((tie, 0, 0) for tie in ("partner", "ex_partner")),
    ("carer", 0, 1),
    ("not_connected", 0, 2),
    ("other", "unknown", "unknown"),
]


@pytest.mark.parametrize(("tie", "family", "outside"), TIES)
def test_the_tie_recorded(tie: str, family: int | str, outside: int | str) -> None:
    given(referrer("RI-03", "A-B", [tie])).finds("RELIF", family).finds("OUTSCOPE", outside)


def test_several_ties_can_coexist() -> None:
    given(referrer("RI-03", "A-B", ["partner", "wider_family"])).finds("RELIF", 2).rules_out("OUTSCOPE")


@pytest.mark.parametrize("tie", ["carer", "other"])
@pytest.mark.parametrize(("decided", "strength"), [("in_remit", 0), ("out_of_remit", 2)])
def test_the_duty_manager_decides_the_ties_that_are_not_clear(tie: str, decided: str, strength: int) -> None:
    given(referrer("RI-03", "A-B", [tie]), act("REMIT", "A-B", decided, by=["Duty"])).finds("OUTSCOPE", strength)


YEARS_ALONE = [
    # harm on 5 October 2026: the youngest age that the year allows counts, on each side of 16 and of 18
    ("2011", 2, 0),
    ("2010", 2, 0),
    ("2009", 0, 2),
    ("2008", 0, 2),
    ("2007", 0, 0),
    ("2010-11", 2, 0),
    ("2010-09", 0, 2),
]


@pytest.mark.parametrize(("birth", "lt16", "a1617"), YEARS_ALONE)
def test_a_year_of_birth_is_read_as_the_youngest_age_that_it_allows(birth: str, lt16: int, a1617: int) -> None:
    """Born in 2010, somebody may have been 15 or 16 at a harm in 2026: taken as 15 until the day is known."""
    row = {"code": "partner", "birth_a": birth}
    told = given(referrer("RI-03", "A-B", [row], on="2026-10-05"))
    told.finds("AGE_LT16_A", lt16).finds("AGE_1617_A", a1617).leaves_unknown("AGE_LT16_B", "AGE_1617_B")


def test_an_exact_day_takes_the_place_of_a_year() -> None:
    row = {"code": "partner", "birth_a": "2010"}
    given(referrer("RI-03", "A-B", [row], on="2026-10-05"), persons=born("2010-01-02")).finds("AGE_1617_A", 4)
