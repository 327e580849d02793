"""Counted elements: each its own strength, the whole the lowest it needs (12.1 rule 5, correction 28)."""

from tests.assess.language import (
    alone,
    court,
    given,
    police,
    referrer,
    support,
    worker,
)

# --- 13.28: counted elements ------------------------------------------------------------------------------------------


def test_each_counted_element_takes_its_own_strength_and_the_whole_the_lowest_it_needs() -> None:
    given(
        alone("A", "WD-01", "A>B", money="pattern"),
        support("WD-01", "A>B", movement="pattern", cost="he shouts"),
    ).finds("CTRL_AB", 2)


def test_the_best_choice_of_elements_counts() -> None:
    given(
        alone("A", "WD-01", "A>B", money="pattern", movement="repeated", cost="I shout"),
        referrer("WD-01", "A>B", devices="pattern"),
    ).finds("CTRL_AB", 4)


def test_three_when_every_needed_element_is_carried_by_two_classes() -> None:
    given(
        support("WD-01", "A>B", money="pattern", movement="repeated", cost="he shouts"),
        police("WD-01", "A>B", money="pattern", movement="repeated", cost="he shouts"),
    ).finds("CTRL_AB", 3)


def test_two_when_only_some_elements_are_carried_by_two_classes() -> None:
    given(
        support("WD-01", "A>B", money="pattern", movement="repeated", cost="he shouts"),
        police("WD-01", "A>B", money="pattern", movement="repeated"),
    ).finds("CTRL_AB", 2)


def test_two_classes_that_carry_different_elements_are_not_three() -> None:
    """One hears of money, the other sees the control of movement: each element has one class."""
    given(support("WD-03", "A>B", people="stopped_because"), worker("WD-03", "A>B", spending="stopped_because")).finds(
        "SPACE_AB", 2
    )


def test_the_lowest_strength_counts_when_one_element_rests_on_hearsay() -> None:
    given(
        support("WD-01", "A>B", money="pattern", cost="he shouts"), referrer("WD-01", "A>B", movement="pattern")
    ).finds("CTRL_AB", 1)


def test_court_and_support_are_two_classes() -> None:
    given(court("DR-11", "A>B", "year"), support("DR-11", "A>B", "year")).finds("BREACH_AB", 3)
