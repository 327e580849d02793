"""What a measure gives for some wordings, worked out once for every case.

A measure is counted over stand-ins for the accounts, which know their wordings alone. One that asks for more (a day, a
text, whatever else is on file) is counted from the accounts of the case each time; that is found by trying, too.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
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


Told = Worded | tuple[Worded | None, ...] | None
"""What was said at the one place where a measure looks; or, where it looks at several, at each of them."""


class Counting:
    """The results of measures by wordings; of one rulebook. It grows up to a limit and holds nothing of any case.

    `known`, by the number of a measure, are the results of what was told.
    """

    def __init__(self, book: "CompiledRulebook") -> None:
        self._book = book
        self._keys = tuple(book.measured)
        self._places = tuple(book.measured.values())
        self.known: list[dict[Told, int | None]] = [{} for _ in self._keys]
        self._not_by_wording: list[set[Told]] = [set() for _ in self._keys]

    def count(self, number: int, said_at: Mapping[int, Worded]) -> Counted:
        """The measure of that number, of what was said by place."""
        said = [said_at.get(place) for place in self._places[number]]
        told: Told = said[0] if len(said) == 1 else tuple(said)
        if told in self._not_by_wording[number]:
            return Uncounted.NOT_BY_WORDING
        known = self.known[number]
        counted: Counted = known.get(told, Uncounted.NOT_YET)
        if isinstance(counted, Uncounted):
            try:
                counted = self._first(number, said)
            except MoreIsAsked:
                return self._ask_always(number, told)
            if len(known) >= MOST_COUNTED:
                known.clear()
            known[told] = counted
        return counted

    def _first(self, number: int, said: Sequence[Worded | None]) -> int | None:
        """Count what was not counted before."""
        name, where = self._keys[number]
        told = {place: one or () for place, one in zip(self._places[number], said, strict=True)}
        return MEASURES[name].count(cast("Context", _Told(self._book, told)), where)

    def _ask_always(self, number: int, told: Told) -> Uncounted:
        """Remember that wordings do not tell."""
        refused = self._not_by_wording[number]
        if len(refused) >= MOST_COUNTED:
            refused.clear()
        refused.add(told)
        return Uncounted.NOT_BY_WORDING


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
