"""Which sheets fit a signed route: whatever is held tells a person using harm the same."""

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from triage.routing.decision import PersonRoute
from triage.routing.reading import read_rules
from triage.routing.rules import DecisionRules
from triage.settings import FLOWS
from triage.sheets.fitting import NOT_STARTING, OF_THE_PROGRAMME, fitting, for_child
from triage.sheets.library import Library
from triage.sheets.model import Catalogue
from triage.sheets.reading import read_catalogue

RULES = read_rules(FLOWS)
assert isinstance(RULES, DecisionRules)
OUTCOMES = sorted(RULES.outcomes)
HOLDS = sorted(name for name, outcome in RULES.outcomes.items() if outcome.hold)
CATALOGUE = read_catalogue(FLOWS)
assert isinstance(CATALOGUE, Catalogue)


def route(*outcomes: str, effective: bool = False, holds: tuple[str, ...] = (), person: str = "A") -> PersonRoute:
    return PersonRoute(person, "rule", 0, outcomes, holds, (), () if effective else ("start-x",))


def names(result: str, one: PersonRoute) -> list[str]:
    return [sheet.id for sheet in fitting(CATALOGUE, result, one)]


FITS = {
    "a group that may start": ("W_A", route("O-BC-GRP", effective=True), ["behaviour-change"]),
    "work with an interpreter": ("W_A", route("O-BC-LANG", effective=True), ["behaviour-change"]),
    "preparation": ("W_A", route("O-PREP", effective=True), ["preparing"]),
    "intensive work": ("W_A", route("O-IMAC", effective=True), ["closely"]),
    "both needs": ("W_A", route("O-DUAL-OTH", effective=True), ["two-needs"]),
    "both needs, pressed by the family": ("W_A", route("O-DUAL-HBA", effective=True), ["two-needs-spoken"]),
    "a young person": ("W_A", route("O-YP", effective=True), ["young-using-harm"]),
    "a group that may not start": ("W_A", route("O-BC-GRP"), [NOT_STARTING]),
    "a hold": ("W_A", route("O-ISS-HOLD", holds=("O-ISS-HOLD",)), [NOT_STARTING]),
    "more to ask of who is primary": ("W_A", route("O-MORE"), [NOT_STARTING]),
    "who is hurt": ("W_A", route("O-VS", person="B"), ["vs"]),
    "who fought back": ("W_A", route("O-VS-RES", person="B"), ["vs-res"]),
    "nobody determined": ("W_REVIEW", route("O-REVIEW"), ["undetermined"]),
    "too little known": ("W_INSUFF", route("O-MORE"), ["undetermined"]),
    "early help": ("W_REVIEW", route("O-EARLY"), ["early"]),
    "a child who uses force": ("W_CHILD", route("O-CAPVA"), ["young-using-harm"]),
    "care": ("W_CARE", route("O-CARE"), []),
}


@pytest.mark.parametrize(("result", "one", "expected"), FITS.values(), ids=FITS)
def test_a_signed_route_has_its_sheet(result: str, one: PersonRoute, expected: list[str]) -> None:
    assert names(result, one) == expected


def test_every_set_of_holds_tells_a_person_using_harm_the_same() -> None:
    every = chain.from_iterable(combinations(HOLDS, number) for number in range(len(HOLDS) + 1))
    assert {tuple(names("W_A", route(*holds, holds=holds))) for holds in every} == {(NOT_STARTING,)}


@given(some.sets(some.sampled_from(OUTCOMES)), some.sets(some.sampled_from(HOLDS)))
def test_whatever_stands_a_route_that_may_not_start_has_one_sheet(outcomes: set[str], holds: set[str]) -> None:
    assert names("W_A", route(*sorted(outcomes), holds=tuple(sorted(holds)))) == [NOT_STARTING]


@given(some.sets(some.sampled_from(OUTCOMES)), some.booleans(), some.sampled_from(["W_B", "W_REVIEW", "W_INSUFF"]))
def test_who_was_not_determined_to_use_harm_never_gets_a_sheet_of_the_programme(
    outcomes: set[str], effective: bool, result: str
) -> None:
    found = fitting(CATALOGUE, result, route(*sorted(outcomes - {"O-CAPVA"}), effective=effective))
    assert not {sheet.audience for sheet in found} & OF_THE_PROGRAMME


@given(some.sets(some.sampled_from(OUTCOMES)), some.booleans())
def test_who_uses_harm_never_gets_a_sheet_of_support(outcomes: set[str], effective: bool) -> None:
    found = fitting(CATALOGUE, "W_A", route(*sorted(outcomes), effective=effective))
    assert not {sheet.audience for sheet in found} - OF_THE_PROGRAMME


def test_a_child_has_the_sheet_of_its_age(library: Library) -> None:
    found = {age: [sheet.id for sheet in for_child(library.catalogue, age)] for age in (4, 5, 8, 9, 12, 13, 17, 18)}
    assert found == {
        4: [], 5: ["child-5-8"], 8: ["child-5-8"], 9: ["child-9-12"], 12: ["child-9-12"], 13: ["young-13-17"],
        17: ["young-13-17"], 18: [],
    }  # fmt: skip
