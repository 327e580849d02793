"""How many classes were heard on a subject, and whether one of them is an anchor: each class once, copies as first."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.assess.language import Thing, court, given, police, said, support, third_party


def own(*words: Any, **details: Any) -> Thing:
    """Somebody speaks for themself."""
    return said(*words, source="SELF", **details)


def acts(make: Callable[..., Thing], by: str = "", **details: object) -> Thing:
    """Somebody tells of who does what to whom."""
    answer = make("WD-01", "A>B", [{"code": "money", "scale": "pattern"}], **details)
    return answer | ({"by": by} if by else {})


CLASSES = [
    ([], 0, 0),
    ([acts(support, "B")], 1, 1),
    ([acts(police)], 1, 1),
    ([acts(court)], 1, 1),
    ([acts(third_party)], 1, 0),
    ([acts(own, "B", alone=True)], 1, 0),
    ([acts(own, "B", alone=True), acts(support, "B")], 1, 1),
    ([acts(own, "B", alone=False)], 0, 0),
    ([acts(police), acts(court)], 2, 1),
    ([acts(police), acts(police)], 1, 1),
    ([acts(police, "B"), acts(support, "B")], 1, 1),
    ([acts(police, "A"), acts(support, "B")], 2, 1),
    ([acts(third_party), acts(police, "B")], 2, 1),
    ([acts(police, tainted=True), acts(third_party)], 1, 0),
    ([acts(police, hearsay=True)], 0, 0),
    ([acts(third_party), acts(third_party, copy_of="a letter")], 2, 0),
    ([acts(third_party, copy_of="a letter"), acts(third_party, copy_of="a letter")], 1, 0),
    ([acts(third_party, copy_of="a letter"), acts(third_party, copy_of="a note")], 2, 0),
    ([acts(third_party), acts(court, copy_of="WD-01 #0")], 1, 1),
]


@pytest.mark.parametrize(("things", "classes", "anchor"), CLASSES)
def test_classes_on_who_does_what_to_whom(things: list[Thing], classes: int, anchor: int) -> None:
    context = given(*things).findings().context
    assert context.measure("flow_c_classes", "") == classes
    assert context.measure("flow_c_anchor", "") == anchor


def test_classes_on_the_force_of_one_are_those_of_who_told_of_it() -> None:
    """What is not on file and was copied about one subject is no class on another."""
    told = [
        support("RV-01", "A>B", ["after"], copy_of="a letter"),
        support("RV-01", "B>A", ["after"], by="B"),
        acts(third_party, copy_of="a note"),
    ]
    context = given(*told).findings().context
    assert [context.measure("flow_d_classes", letter) for letter in "AB"] == [1, 1]
    assert context.measure("flow_c_classes", "") == 1
