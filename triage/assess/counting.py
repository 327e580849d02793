"""What a measure gives for some wordings, worked out once for every case.

A measure is counted over stand-ins for the accounts, which know their wordings alone. One that asks for more (a day, a
text, whatever else is on file) is counted from the accounts of the case each time; that is found by trying, too.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn, cast

from triage.assess.measuring.measures import MEASURES
from triage.assess.sayings import MoreIsAsked, Said, stand_in
from triage.assess.worth.accounts import Account

if TYPE_CHECKING:
    from triage.assess.compiled.compiling import CompiledRulebook
    from triage.assess.context import Context
    from triage.assess.worth.pieces import Place
    from triage.cases.record import Answer

MOST_COUNTED = 8_192
"""How many results are remembered; beyond that all are forgotten and counted anew."""

Worded = tuple[Said, ...]
"""What the wordings at one place say, in the order of the record."""

Key = tuple[str, str, tuple[Worded, ...]]
"""Name and place of a measure, and what was said where it looks."""


class Counting:
    """The results of measures by wordings; of one rulebook."""

    def __init__(self, book: "CompiledRulebook") -> None:
        self._book = book
        self._counted: dict[Key, int | None] = {}
        self._not_by_wording: set[Key] = set()

    def count(self, name: str, place: str, told: Mapping[int, Worded]) -> int | None:
        """The measure, of what was said by place. Raises MoreIsAsked when wordings do not decide it."""
        places = self._book.measured[name, place]
        key = (name, place, tuple([told.get(number, ()) for number in places]))
        if key in self._counted:
            return self._counted[key]
        if key in self._not_by_wording:
            raise MoreIsAsked
        if len(self._counted) + len(self._not_by_wording) >= MOST_COUNTED:
            self._counted.clear()
            self._not_by_wording.clear()
        try:
            known = _Told(self._book, {number: told.get(number, ()) for number in places})
            counted = MEASURES[name].count(cast("Context", known), place)
        except MoreIsAsked:
            self._not_by_wording.add(key)
            raise
        self._counted[key] = counted
        return counted


@lru_cache(maxsize=8)
def counting_of(book: "CompiledRulebook") -> Counting:
    """What is remembered for one rulebook. It grows up to a limit, depends on no case and holds nothing of any."""
    return Counting(book)


class _Told:
    """A stand-in for a case of which nothing is known but the wordings at some places."""

    def __init__(self, book: "CompiledRulebook", told: Mapping[int, Worded]) -> None:
        self.book = book
        self._accounts = {number: [stand_in(said) for said in worded] for number, worded in told.items()}

    def accounts_at(self, place: "Place") -> list[Account]:
        """What was said there, when that is known."""
        number = self.book.numbers.get(place, -1)
        if number not in self._accounts:
            raise MoreIsAsked(place)
        return self._accounts[number]

    def answers_at(self, place: "Place") -> "list[Answer]":
        """The same, as stand-ins for the answers themselves."""
        return [account.answer for account in self.accounts_at(place)]

    def silences_at(self, _: "Place") -> Sequence[NoReturn]:
        """No non-answers: where there are any, wordings do not tell."""
        return ()

    def measure(self, name: str, place: str) -> int | None:
        """Another measure of the same wordings."""
        return MEASURES[name].count(cast("Context", self), place)

    def __getattr__(self, name: str) -> NoReturn:
        raise MoreIsAsked(name)
