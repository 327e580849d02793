"""What a measure gives for some wordings, worked out once for every case.

A measure is counted over stand-ins for the accounts, which know their wordings alone. One that asks for more (a day, a
text, whatever else is on file) is counted from the accounts of the case each time; that is found by trying, too.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
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

MOST_COUNTED = 256
"""How many results of one measure are remembered; beyond that all are forgotten and counted anew."""


class Uncounted(Enum):
    """Why there is no number."""

    NOT_YET = "nobody has counted"
    NOT_BY_WORDING = "the accounts themselves must be read"


Counted = int | Uncounted | None
"""A number, not known (none), or why there is neither."""

Worded = tuple[Said, ...]
"""What the wordings at one place say, in the order of the record."""


class Counting:
    """The results of measures by wordings; of one rulebook."""

    def __init__(self, book: "CompiledRulebook") -> None:
        self._book = book
        self._keys = tuple(book.measured)
        self._places = tuple(book.measured.values())
        self._known: list[dict[tuple[Worded, ...], Counted]] = [{} for _ in self._keys]

    def count(self, number: int, told: Mapping[int, Worded]) -> Counted:
        """The measure of that number, of what was said by place."""
        said = tuple([told.get(place, ()) for place in self._places[number]])
        counted = self._known[number].get(said, Uncounted.NOT_YET)
        return self._first(number, said) if counted is Uncounted.NOT_YET else counted

    def _first(self, number: int, said: tuple[Worded, ...]) -> Counted:
        """Count what was not counted before, and remember it."""
        name, where = self._keys[number]
        told = _Told(self._book, dict(zip(self._places[number], said, strict=True)))
        counted: Counted = Uncounted.NOT_BY_WORDING
        if said:
            try:
                counted = MEASURES[name].count(cast("Context", told), where)
            except MoreIsAsked:
                counted = Uncounted.NOT_BY_WORDING
        known = self._known[number]
        if len(known) >= MOST_COUNTED:
            known.clear()
        known[said] = counted
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
