"""Two referrals of one pair: whether they are the same two people, and what the second says against the first.

A referral says of either person whether they are said to harm; before a determination that is an allegation and no
more (domain 0.1). What a referral leaves unsaid is never "no". Source: clause 4.4; INV-32; domain 05, AL-COUNTER.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from triage.cases.matching.score import Comparison, Prepared, Weights, compare, shipped_weights


class Bearing(StrEnum):
    """How a later referral of a pair bears on an earlier one."""

    OPPOSITE = "opposite"
    SAME = "same"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class PairMatch:
    """Two referrals that are of the same two people: who is who, and each comparison by the later letter."""

    letters: Mapping[str, str]
    comparisons: Mapping[str, Comparison]

    @property
    def bits(self) -> float:
        """What both comparisons say together."""
        return sum(one.bits for one in self.comparisons.values())


def bearing(earlier: frozenset[str], later: frozenset[str], letters: Mapping[str, str]) -> Bearing:
    """Say how a later allegation bears on an earlier one.

    Inputs: the letters of those said to harm in either referral; `letters` gives for each later letter the earlier one.
    Output: `SAME` only when both name exactly one person, and the same one; `UNSAID` when one of them names nobody.
    """
    if not earlier or not later:
        return Bearing.UNSAID
    same = earlier == {letters[one] for one in later} and len(later) == 1
    return Bearing.SAME if same else Bearing.OPPOSITE


def match_pair(
    later: Mapping[str, Prepared], earlier: Mapping[str, Prepared], weights: Weights | None = None
) -> PairMatch | None:
    """Find whether two referrals are of the same two people, in either order; None when they are not.

    Both people must agree at once: together from the threshold of a pair, and neither may speak clearly against it.
    """
    table = weights or shipped_weights()
    (a, b), (first, second) = later, earlier
    straight = _compared(later, earlier, {a: first, b: second}, table)
    crossed = _compared(later, earlier, {a: second, b: first}, table)
    best = max(straight, crossed, key=lambda one: one.bits)
    agree = all(one.bits >= table.each_of_a_pair for one in best.comparisons.values())
    return best if agree and best.bits >= table.pair else None


def match_person(one: Prepared, other: Prepared, weights: Weights | None = None) -> Comparison | None:
    """Compare two people; None below the threshold from which two people are tied together."""
    table = weights or shipped_weights()
    compared = compare(one, other, table)
    return compared if compared.bits >= table.person else None


def _compared(
    later: Mapping[str, Prepared], earlier: Mapping[str, Prepared], letters: Mapping[str, str], weights: Weights
) -> PairMatch:
    return PairMatch(letters, {one: compare(later[one], earlier[other], weights) for one, other in letters.items()})
