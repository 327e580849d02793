"""What a measure gives for some wordings, worked out once for every case.

A measure is counted over stand-ins for the accounts, which know their wordings alone. One that asks for more (a day, a
text, whatever else is on file) is counted from the accounts of the case each time; that is found by trying, too.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NoReturn, cast

from triage.assess.measuring.measures import MEASURES
from triage.assess.measuring.remembered import Counted, Uncounted
from triage.assess.sayings import MoreIsAsked, Said, stand_in
from triage.assess.worth.accounts import Account

if TYPE_CHECKING:
    from triage.assess.compiled.compiling import CompiledRulebook
    from triage.assess.context import Context
    from triage.assess.worth.pieces import Place
    from triage.cases.record import Answer

Worded = tuple[Said, ...]
"""What the wordings at one place say, in the order of the record."""


def counted_of(book: "CompiledRulebook", name: str, where: str, number: int, said_at: Mapping[int, Worded]) -> Counted:
    """The measure of a person or direction, which has this number, of what was said by place.

    It is remembered by what was told: at the one place where the measure looks, else at each of them.
    """
    places, remembered = book.measured_at[number], book.remembered
    told = said_at.get(places[0]) if len(places) == 1 else tuple(map(said_at.get, places))
    if told in remembered.refused[number]:
        return Uncounted.NOT_BY_WORDING
    before = remembered.known[number].get(told, Uncounted.NOT_YET)  # one look: another thread may forget all of them
    if before is not Uncounted.NOT_YET:
        return before
    known = _Told(book, {place: said_at.get(place, ()) for place in places})
    try:
        counted = MEASURES[name].count(cast("Context", known), where)
    except MoreIsAsked:
        remembered.keep_asking(number, told)
        return Uncounted.NOT_BY_WORDING
    remembered.keep(number, told, counted)
    return counted


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
