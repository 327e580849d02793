"""What was obtained unsafely or relayed is worth 1 at most, in rules that read answers too (12.1, rule 1)."""

import pytest

from tests.assess.language import Given, Thing, alone, court, given, referrer, support

UNSAFE = [{"tainted": True}, {"hearsay": True}]
B_HIT = alone("B", "WD-18", "B", ["hit"])


@pytest.fixture(params=UNSAFE, ids=["unsafe", "relayed"])
def weak(request: pytest.FixtureRequest) -> dict[str, bool]:
    found: dict[str, bool] = request.param
    return found


def signs(threats: dict[str, bool], conduct: dict[str, bool]) -> Given:
    return given(
        support("LT-05", "A>B", ["threat_court"], **threats), court("LT-03", "A>B", ["adjournments"], **conduct)
    )


def test_signs_of_abusive_litigation_count_as_they_were_told(weak: dict[str, bool]) -> None:
    signs({}, {}).finds("LITSIGN_A", 3)
    signs(weak, {}).finds("LITSIGN_A", 1)
    signs({}, weak).finds("LITSIGN_A", 1)
    signs(weak, weak).finds("LITSIGN_A", 1)


def test_an_unsafe_paper_beside_two_signs_told_safely_makes_no_three(weak: dict[str, bool]) -> None:
    told = [support("LT-05", "A>B", ["threat_court"]), support("LT-03", "A>B", ["adjournments"])]
    given(*told, court("LT-04", "A>B", ["school"], **weak)).finds("LITSIGN_A", 2)


def once(**weak: dict[str, bool]) -> list[Thing]:
    """What makes B's force a single small act; by question, how it was told."""
    return [
        support("RV-05", "B>A", "once", **weak.get("often", {})),
        support("RV-03", "B>A", "no", **weak.get("afraid", {})),
        support("WD-04", "B>A", ["pain_only"], by="A", **weak.get("hurt", {})),
    ]


@pytest.mark.parametrize("which", ["often", "afraid", "hurt"])
def test_a_single_act_is_told_safely_in_each_of_its_parts(weak: dict[str, bool], which: str) -> None:
    given(B_HIT, *once()).finds("ISOL_B", 2)
    given(B_HIT, *once(**{which: weak})).finds("ISOL_B", 1)
    given(B_HIT, *once(**{which: weak}), *once()).finds("ISOL_B", 2)


@pytest.mark.parametrize("details", [{"source": "SELF", "by": "B", "alone": True}, {"by": "B"}, {"source": "SELF"}])
def test_whoever_acted_does_not_say_alone_that_nobody_was_hurt(details: dict[str, object]) -> None:
    words = once()[2] | {"by": ""} | details
    given(B_HIT, *once()[:2], words).finds("ISOL_B", 1)


def test_an_unsafe_injury_still_stands_against_a_single_small_act(weak: dict[str, bool]) -> None:
    given(B_HIT, *once(), support("WD-04", "B>A", ["wound"], by="A", **weak)).leaves_unknown("ISOL_B")


@pytest.mark.parametrize("which", [0, 1])
def test_never_a_couple_and_living_apart_is_told_safely(weak: dict[str, bool], which: int) -> None:
    told = [
        support("DR-04", "A-B", "never_couple"),
        referrer("RI-03", "A-B", [{"code": "other", "living_together_now": "no"}]),
    ]
    given(*told).finds("APART", 2)
    told[which] |= weak
    given(*told).finds("APART", 1)


def test_a_child_who_is_harmed_now_is_possible_when_it_was_told_unsafely(weak: dict[str, bool]) -> None:
    """Possible, never ruled out: what follows from 1 is asked, and nothing is taken as no."""
    child = {"A": {"birth": "2010-01-01"}, "B": {}}
    told = support("DU-01", "A", ["childhood_only"], by="A")
    given(told, persons=child).finds("VELSE_A", 2)
    given(told | weak, persons=child).finds("VELSE_A", 1)
    given(told | weak).leaves_unknown("VELSE_A")
