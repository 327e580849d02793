"""Fear and space for action (12.4 A)."""

import pytest

from tests.assess.language import (
    EARLIER,
    LATER,
    alone,
    from_source,
    given,
    health,
    support,
    whole,
    worker,
)

# --- FEAR -------------------------------------------------------------------------------------------------------------


def test_fear_said_with_one_effect_is_the_strength_of_its_source() -> None:
    given(support("WD-02", "A>B", ["afraid_word", "avoids"])).finds("FEAR_AB", 2)


def test_fear_may_be_said_in_the_questions_on_danger() -> None:
    given(support("DR-22", "A>B", ["death_me"]), support("WD-02", "A>B", ["hides"])).finds("FEAR_AB", 2)


def test_two_effects_are_fear_without_the_word() -> None:
    given(support("WD-02", "A>B", ["avoids", "watches"])).finds("FEAR_AB", 2)


def test_the_word_alone_is_one_wherever_it_is_said() -> None:
    given(support("WD-02", "A>B", ["afraid_word"])).finds("FEAR_AB", 1)
    given(support("DR-22", "A>B", ["grave_harm"])).finds("FEAR_AB", 1)
    given(support("WD-02", "A>B", ["afraid_word"]), support("DR-22", "A>B", ["grave_harm"])).finds("FEAR_AB", 1)


def test_one_effect_alone_is_one() -> None:
    given(support("WD-02", "A>B", ["hides"])).finds("FEAR_AB", 1)


def test_anger_or_numbness_is_a_note_and_no_effect() -> None:
    given(support("WD-02", "A>B", ["afraid_word", "anger_numb"])).finds("FEAR_AB", 1)
    given(support("WD-02", "A>B", ["anger_numb"])).leaves_unknown("FEAR_AB")


@pytest.mark.parametrize("source", ["HLT", "CSC", "POL", "OBS"])
def test_effects_seen_at_two_contacts_are_a_second_class(source: str) -> None:
    given(
        support("WD-02", "A>B", ["avoids", "watches"]),
        from_source(source, "WD-02", "A>B", ["avoids", "watches"], on=EARLIER, contact="c1"),
        from_source(source, "WD-02", "A>B", ["avoids", "watches"], on=LATER, contact="c2"),
    ).finds("FEAR_AB", 3)


def test_effects_seen_at_one_contact_are_no_second_class() -> None:
    given(
        support("WD-02", "A>B", ["avoids", "watches"]), worker("WD-02", "A>B", ["avoids", "watches"], on=EARLIER)
    ).finds("FEAR_AB", 2)


def test_two_contacts_need_two_dates() -> None:
    given(
        support("WD-02", "A>B", ["avoids", "watches"]),
        worker("WD-02", "A>B", ["avoids", "watches"], contact="c1"),
        worker("WD-02", "A>B", ["avoids", "watches"], contact="c2"),
    ).finds("FEAR_AB", 2)


def test_effects_of_two_contacts_need_to_be_effects() -> None:
    """The word relayed a second time is no effect seen at a second contact."""
    given(
        support("WD-02", "A>B", ["avoids", "watches"]),
        health("WD-02", "A>B", ["avoids", "watches"], on=EARLIER),
        health("WD-02", "A>B", ["no_change"], on=LATER),
    ).finds("FEAR_AB", 2)


NO_FEAR = [support("WD-02", "A>B", ["no_change"], on=EARLIER), support("WD-02", "A>B", ["no_change"], on=LATER)]


def test_fear_is_ruled_out_by_the_person_alone_at_two_contacts() -> None:
    given(*NO_FEAR).rules_out("FEAR_AB")
    given(NO_FEAR[0], alone("B", "WD-02", "A>B", ["no_change"], on=LATER)).rules_out("FEAR_AB")


def test_once_is_not_twice() -> None:
    given(NO_FEAR[0]).leaves_unknown("FEAR_AB")
    given(NO_FEAR[0], NO_FEAR[0] | {"contact": "c2"}).leaves_unknown("FEAR_AB")
    given(NO_FEAR[0], NO_FEAR[1] | {"contact": NO_FEAR[0]["contact"]}).leaves_unknown("FEAR_AB")


@pytest.mark.parametrize("source", ["HLT", "CSC", "POL", "OBS"])
def test_nobody_else_says_that_there_is_no_fear(source: str) -> None:
    given(*(one | {"source": source} for one in NO_FEAR)).leaves_unknown("FEAR_AB")


def test_not_fear_but_something_else_at_one_contact_unsafe_does_not_settle() -> None:
    given(NO_FEAR[0], NO_FEAR[1] | {"tainted": True}).leaves_unknown("FEAR_AB")


# --- SPACE ------------------------------------------------------------------------------------------------------------


def test_space_is_two_areas_reduced_because_of_the_other() -> None:
    given(support("WD-03", "A>B", people="reduced_because", spending="stopped_because")).finds("SPACE_AB", 2)


def test_one_area_is_one() -> None:
    given(support("WD-03", "A>B", people="reduced_because", spending="reduced_other")).finds("SPACE_AB", 1)


def test_what_the_outcome_measure_shows_joins_the_area_it_names() -> None:
    given(support("WD-03", "A>B", people="reduced_because"), support("RC-06", "B", friends="less", by="B")).finds(
        "SPACE_AB", 1
    )
    given(support("WD-03", "A>B", people="reduced_because"), support("RC-06", "B", money="much_less", by="B")).finds(
        "SPACE_AB", 2
    )


@pytest.mark.parametrize("change", ["same", "more", "not_asked_me"])
def test_an_outcome_that_is_no_loss_says_nothing_of_space(change: str) -> None:
    given(support("RC-06", "B", money=change, friends=change)).leaves_unknown("SPACE_AB")


def test_space_is_ruled_out_by_every_area_unchanged_or_reduced_for_another_reason() -> None:
    rows = [*whole("WD-03", value="unchanged")[:-1], {"code": "online", "scale": "reduced_other"}]
    given(support("WD-03", "A>B", rows)).rules_out("SPACE_AB")
    given(support("WD-03", "A>B", rows[:-1])).leaves_unknown("SPACE_AB")


@pytest.mark.parametrize("source", ["HLT", "CSC", "POL", "TP", "OBS"])
def test_nobody_else_says_that_nothing_was_lost(source: str) -> None:
    given(from_source(source, "WD-03", "A>B", whole("WD-03", value="unchanged"))).leaves_unknown("SPACE_AB")
