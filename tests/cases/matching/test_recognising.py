"""Tokens and scores: what they survive, what never stands alone, and what is said of a match (properties)."""

from datetime import date

import pytest
from _people import CORRUPTIONS, REGION, Population
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.cases.matching.identity import Address, Identity
from triage.cases.matching.pairs import match_pair, match_person
from triage.cases.matching.score import compare, prepare, shipped_weights
from triage.cases.matching.tokens import KINDS, sought_tokens, tokens_of

UNHURRIED = settings(deadline=None)
"""The first look at a telephone number loads the numbering plan of its country."""
TEXTS = st.text(max_size=30)
IDENTITIES = st.builds(
    Identity,
    given=TEXTS,
    family=TEXTS,
    former=st.lists(TEXTS, max_size=2).map(tuple),
    birth=st.none() | st.dates(date(1900, 1, 1), date(2020, 12, 31)),
    birth_year=st.none() | st.integers(1900, 2020),
    phones=st.lists(st.from_regex(r"0[1-9][0-9]{9}", fullmatch=True) | TEXTS, max_size=2).map(tuple),
    emails=st.lists(st.emails() | TEXTS, max_size=2).map(tuple),
    addresses=st.lists(st.builds(Address, TEXTS, TEXTS), max_size=2).map(tuple),
)


@pytest.fixture(scope="module")
def made() -> Population:
    return Population(11, 50)


NEED_LUCK = {"typing slip, given name", "typing slip, family name", "moved house", "three of these at once"}
"""What is found again by what it leaves unchanged, if there is any: measured in bench/matching.py."""


@pytest.mark.parametrize("kind", sorted(set(CORRUPTIONS) - NEED_LUCK))
def test_a_person_is_found_again_after_a_corruption(made: Population, kind: str) -> None:
    for _one in range(100):
        person = made.person()
        corrupted = CORRUPTIONS[kind](person, made)
        assert tokens_of(person.identity, REGION) & sought_tokens(corrupted, REGION), (person, corrupted)


@UNHURRIED
@given(IDENTITIES)
def test_any_text_makes_tokens_and_they_hold_no_field_alone(identity: Identity) -> None:
    for token in tokens_of(identity, REGION):
        assert token.kind in KINDS
        if token.kind in {"names", "name-and-day", "name-and-year"}:
            assert len(token.value.replace("+", " ").split()) >= 2
        assert token.value.strip()


@UNHURRIED
@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)))
def test_a_birth_date_and_a_single_name_find_nobody(birth: date) -> None:
    assert tokens_of(Identity(birth=birth), REGION) == frozenset()
    assert tokens_of(Identity(birth_year=birth.year), REGION) == frozenset()
    assert tokens_of(Identity(given="Mohammed"), REGION) == frozenset()
    assert tokens_of(Identity(given="Mohammed", birth_year=birth.year), REGION) == frozenset()


@UNHURRIED
@given(IDENTITIES, IDENTITIES)
def test_a_score_is_the_same_whichever_comes_first(one: Identity, other: Identity) -> None:
    a, b = prepare(one, REGION), prepare(other, REGION)
    assert compare(a, b) == compare(b, a)


@UNHURRIED
@given(IDENTITIES)
def test_nothing_known_weighs_nothing(identity: Identity) -> None:
    assert compare(prepare(identity, REGION), prepare(Identity(), REGION)).bits == 0


@UNHURRIED
@given(IDENTITIES, IDENTITIES)
def test_an_explanation_names_fields_and_levels_and_no_value(one: Identity, other: Identity) -> None:
    known = {(field, level) for field, levels in shipped_weights().bits.items() for level in levels}
    known.add(("relatives", "likely"))
    for agreement in compare(prepare(one, REGION), prepare(other, REGION)).agreements:
        assert (agreement.field, agreement.level) in known


def test_agreement_speaks_for_and_difference_against() -> None:
    for levels in shipped_weights().bits.values():
        assert levels["same"] == max(levels.values()) > 0 > levels["different"] == min(levels.values())


def test_twins_and_a_child_of_the_same_name_are_not_the_same_person(made: Population) -> None:
    parent = Identity("Mohammed", "Rahmani", birth=date(1970, 3, 4), addresses=(made.address(),))
    child = Identity("Mohammed", "Rahmani", birth=date(1998, 3, 4), addresses=parent.addresses)
    twin = Identity("Karim", "Rahmani", birth=date(1970, 3, 4), addresses=parent.addresses)
    weights = shipped_weights()
    for other in (child, twin):
        each = compare(prepare(parent, REGION), prepare(other, REGION))
        couple = {"A": prepare(other, REGION), "B": prepare(made.person().identity, REGION)}
        before = {"A": prepare(parent, REGION), "B": prepare(made.person().identity, REGION)}
        assert each.bits < compare(prepare(parent, REGION), prepare(parent, REGION)).bits - 10
        assert match_pair(couple, before, weights) is None
        assert match_person(prepare(parent, REGION), prepare(other, REGION)) is None


def test_day_and_month_in_either_order_give_the_same_tokens() -> None:
    one, other = (Identity("Samir", birth=date(1984, *parts)) for parts in ((3, 9), (9, 3)))
    assert tokens_of(one, REGION) == tokens_of(other, REGION) != frozenset()


def test_a_pair_is_recognised_in_either_order(made: Population) -> None:
    one, other = made.person().identity, made.person().identity
    earlier = {"A": prepare(one, REGION), "B": prepare(other, REGION)}
    found = match_pair({"A": prepare(other, REGION), "B": prepare(one, REGION)}, earlier)
    assert found is not None
    assert found.letters == {"A": "B", "B": "A"}
    assert match_pair({"A": prepare(one, REGION), "B": prepare(made.person().identity, REGION)}, earlier) is None
