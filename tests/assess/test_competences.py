"""Who settles a finding together with others by saying "not found": each of them is needed (domain 12.1, 12.4)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from triage.assess.worth.competence import BY_ACCOUNTS, COMPETENCE, SINGLE, WAYS
from triage.assess.worth.standings import Standing, class_of

if TYPE_CHECKING:
    from triage.assess.compiled.tables import Table


@dataclass(frozen=True)
class Heard:
    """Somebody who said "not found"."""

    standing: Standing
    codes: frozenset[str] = frozenset()
    table: "Table" = field(init=False)


VOICES = {
    "A alone": ("SELF", "A", True),
    "A with others about": ("SELF", "A", None),
    "B alone": ("SELF", "B", True),
    "B with others about": ("SELF", "B", None),
    "support for A": ("ISS", "A", None),
    "support for B": ("ISS", "B", None),
    "support": ("ISS", "", None),
    "police": ("POL", "", None),
    "health": ("HLT", "", None),
    "court": ("CRT", "", None),
    "court for A": ("CRT", "A", None),
    "police for B": ("POL", "B", None),
    "third party": ("TP", "", None),
}
"""Whose words: source, speaker, whether alone. Whoever acts is A here, the other B."""

RECORDS = ("police", "health", "court")
OWN = {"A": ("A alone", "A with others about"), "B": ("B alone", "B with others about")}
SPOKEN = {one: (*OWN[one], f"support for {one}") for one in "AB"}
HARMED = ("B alone", "support for B")
TOGETHER = {
    "harmed_and_records": [{one, record} for one in HARMED for record in RECORDS],
    "sides_and_records": [{a, b, record} for a in SPOKEN["A"] for b in SPOKEN["B"] for record in RECORDS],
    "court_or_both": [
        *({one} for one in ("court", "support", "support for B")),
        *({a, b} for a in OWN["A"] for b in OWN["B"]),
    ],
}
"""The fewest voices that settle it."""


def settled(competence: str, names: Collection[str], relayed: Collection[str] = ()) -> bool:
    heard = list[Heard]()
    for name in names:
        source, speaker, alone = VOICES[name]
        standing = Standing(source, speaker, class_of(source, speaker), alone, relayed=name in relayed)
        heard.append(Heard(standing))
    return COMPETENCE[competence](heard, "A", "B")


@pytest.mark.parametrize("competence", TOGETHER)
def test_just_those_settle_it_among_whom_all_are_who_are_needed(competence: str) -> None:
    for size in (0, 1, 2, 3):
        for names in combinations(VOICES, size):
            wanted = any(needed <= set(names) for needed in TOGETHER[competence])
            assert settled(competence, names) is wanted, names


@pytest.mark.parametrize("competence", TOGETHER)
def test_what_is_relayed_settles_nothing(competence: str) -> None:
    for needed in TOGETHER[competence]:
        assert settled(competence, needed)
        for name in needed:
            assert not settled(competence, needed, {name}), (needed, name)


def test_every_competence_of_several_accounts_is_told_here() -> None:
    assert set(TOGETHER) == set(COMPETENCE) - set(SINGLE) - BY_ACCOUNTS
    assert set(WAYS) == set(COMPETENCE)
