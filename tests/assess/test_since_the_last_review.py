"""What counts as new since a review, and as unsettled since a holder was confirmed: the day of each decides."""

from datetime import date

from tests.assess.language import BEFORE, EARLIER, LATER, LATEST, Thing, act, given, referrer, support, worker
from triage.assess.context import Context

PAIRS: dict[str, object] = {"persons": {"A": {}, "B": {}, "C": {}}, "pairs": [["A", "B"], ["A", "C"]]}


def marker(on: str) -> Thing:
    return support("DR-01", "A>B", "month", on=on)


def review(about: str = "A-B", on: str = BEFORE) -> Thing:
    return act("REVIEW-CONCLUDED", about, "no_pattern", on=on)


def new_markers(*things: Thing, **file: object) -> object:
    return given(*things, **file).findings().context.measure("new_marker", "AB")


def test_a_marker_is_new_when_it_was_first_told_after_the_last_review_of_that_pair() -> None:
    assert new_markers(marker(LATER)) == 0
    assert new_markers(marker(LATER), review()) == 1
    assert new_markers(marker(LATER), review(), review(on=LATEST)) == 0
    assert new_markers(marker(LATER), review(on=LATER)) == 0
    assert new_markers(marker(LATER), marker(EARLIER), review()) == 0


def test_a_review_of_another_pair_makes_no_marker_new() -> None:
    assert new_markers(marker(LATER), review("A-C"), **PAIRS) == 0
    assert new_markers(marker(LATER), review("A-B"), **PAIRS) == 1
    assert new_markers(marker(LATER), review("A-B"), review("A-C", LATEST), **PAIRS) == 1


def test_read_on_an_earlier_day_a_later_review_is_none_yet() -> None:
    case = given(marker(LATER), review(), review(on=LATEST)).findings().context
    earlier = Context(case.book, case.record, case.pair, date.fromisoformat(LATER), frozenset(), withdrawn=False)
    assert [one.measure("new_marker", "AB") for one in (case, earlier)] == [0, 1]


def test_a_holder_is_unsettled_by_what_is_told_after_it_was_confirmed_and_not_on_that_day() -> None:
    holder = {"code": "stays_open", "named_worker": "N. One", "contact": "desk", "next_review_on": "2027-01-10"}
    confirmed = worker("RI-09", "", holder, on=LATER)
    for on, unsettled in ((EARLIER, 0), (LATER, 0), (LATEST, 1)):
        nobody = referrer("RI-09", "", {"code": "no_statutory_holder"}, on=on)
        for told in ((confirmed, nobody), (nobody, confirmed)):
            assert given(*told).findings().context.measure("holder_unsettled", "") == unsettled, (on, told)
    assert given(confirmed).findings().context.measure("holder_unsettled", "") == 0
    assert (
        given(referrer("RI-09", "", {"code": "other_holder"})).findings().context.measure("holder_unsettled", "") == 1
    )
