"""Whoever acts never rules their own acts out, through whichever source the words come (12.1 rule 3, 13.6, 13.24)."""

import pytest

from tests.assess.language import (
    Given,
    Thing,
    alone,
    court,
    from_source,
    given,
    health,
    police,
    said,
    support,
    worker,
)

FLOW_D = [
    alone("A", "RV-01", "A>B", ["after"]),
    alone("A", "RV-02", "A>B", ["be_heard"]),
    alone("A", "RV-03", "A>B", "unsure"),
    alone("A", "RV-04", "A>B", "other"),
    alone("A", "RV-05", "A>B", "about_same"),
]
EVENTS = [{"code": "y_started", "scale": event} for event in ("first", "worst", "latest")]


@pytest.mark.parametrize("source", ["POL", "CRT", "ISS"])
@pytest.mark.parametrize("words", ["kept", "no_order"])
def test_a_breach_is_not_denied_by_the_one_who_is_bound(source: str, words: str) -> None:
    given(from_source(source, "DR-11", "A>B", words, by="A")).leaves_unknown("BREACH_AB")
    given(from_source(source, "DR-11", "A>B", words, by="B")).rules_out("BREACH_AB")


@pytest.mark.parametrize("source", [police, court])
def test_a_record_that_was_searched_rules_a_breach_out(source: object) -> None:
    assert callable(source)
    given(source("DR-11", "A>B", "kept")).rules_out("BREACH_AB")


def test_separation_denied_by_one_rules_out_nothing_that_this_one_did_after_it() -> None:
    told = given(alone("A", "DR-04", "A-B", "together"))
    told.rules_out("APART", "POSTSEP_BA").leaves_unknown("POSTSEP_AB")
    told.also(alone("B", "DR-04", "A-B", "together")).rules_out("POSTSEP_AB", "POSTSEP_BA")
    given(said("RI-03", "A-B", "partner", source="REF", cells={"living_together_now": "yes"})).rules_out("POSTSEP_AB")


def judged(**details: object) -> Given:
    """A's own words about each use of force, and what a worker notes of them."""
    told: list[Thing] = [worker(name, "A>B", value, **details) for name, value in NOTED]
    return given(*FLOW_D, alone("B", "WD-18", "A", ["hit"]), *told)


NOTED = (("RV-09", "neither"), ("RV-10", "no_fact"))


def test_controlling_force_is_ruled_out_by_what_a_worker_notes_and_not_by_the_words_of_the_one_who_used_it() -> None:
    judged().rules_out("FCTRL_A")
    judged(by="A").leaves_unknown("FCTRL_A")
    judged(tainted=True).leaves_unknown("FCTRL_A")
    judged(hearsay=True).leaves_unknown("FCTRL_A")


def test_controlling_force_is_ruled_out_with_all_force() -> None:
    both = given(alone("A", "WD-18", "A", ["none"]), alone("B", "WD-18", "A", ["none"]))
    both.leaves_unknown("FCTRL_A")
    both.also(police("WD-18", "A", ["none"])).rules_out("FORCE_A", "FCTRL_A")


@pytest.mark.parametrize("details", [{"tainted": True}, {"hearsay": True}, {"by": "A"}, {"by": "B", "alone": False}])
def test_who_began_is_not_settled_by_the_one_who_acts_nor_unsafely(details: dict[str, object]) -> None:
    given(support("WD-05", "A-B", EVENTS, by="B")).rules_out("INIT_AB")
    given(support("WD-05", "A-B", EVENTS, **details)).leaves_unknown("INIT_AB")
    given(said("WD-05", "A-B", EVENTS, source="SELF")).leaves_unknown("INIT_AB")


def test_signs_of_abusive_litigation_are_not_denied_by_the_one_who_litigates_in_court_papers() -> None:
    none = {"LT-01": ["none"], "LT-02": ["new_fact"], "LT-03": ["none"], "LT-04": ["none"], "LT-05": ["none"]}
    given(*(court(name, "A>B", value) for name, value in none.items())).rules_out("LITSIGN_A")
    given(*(court(name, "A>B", value, by="A") for name, value in none.items())).leaves_unknown("LITSIGN_A")


@pytest.mark.parametrize("source", ["CRT", "ISS"])
def test_proceedings_are_not_denied_by_the_word_of_one_party_through_another(source: str) -> None:
    given(from_source(source, "RI-13", "A", "none")).rules_out("LITREC_A")
    given(from_source(source, "RI-13", "A", "none", by="A")).leaves_unknown("LITREC_A")


def test_a_ban_on_contact_is_ruled_out_by_a_record_and_by_the_words_of_neither() -> None:
    def checked(**details: object) -> Given:
        return given(*(court("RI-20", person, "none", **details) for person in "AB"))

    checked().rules_out("NOCONTACT")
    checked(by="A").leaves_unknown("NOCONTACT")
    checked(by="B").leaves_unknown("NOCONTACT")


def test_what_health_heard_from_the_other_rules_nothing_out_for_a_person() -> None:
    given(health("DR-09", "B", "no")).rules_out("PREG_B")
    given(health("DR-09", "B", "no", by="B")).rules_out("PREG_B")
    given(health("DR-09", "B", "no", by="A")).leaves_unknown("PREG_B")
