"""Read what an answer or act is about: a direction, a pair, a person or the case."""

from collections.abc import Callable, Collection, Mapping, Sequence

from triage.assess.reading.values import NotAValue, shown
from triage.cases.record import Pair
from triage.flow.model import About, Question
from triage.flow.problems import nearest


def read_about(question: Question, written: object, pairs: Sequence[Pair], persons: Collection[str]) -> str:
    """Read the place of an answer by what its question is about. Raises NotAValue."""
    try:
        return place(question.about, written, pairs, persons)
    except NotAValue as fault:
        raise NotAValue(f"{question.id} is asked about {_WORDS[question.about]}; {fault}", fault.near) from None


def place(about: About, written: object, pairs: Sequence[Pair], persons: Collection[str]) -> str:
    """Read a place: `A>B`, `A-B` (in the order of the file), `A`, or nothing. Raises NotAValue."""
    return _READERS[about]("" if written is None else shown(written, 120), pairs, persons)


def _case(written: str, _pairs: Sequence[Pair], _persons: Collection[str]) -> str:
    if written not in {"", "case"}:
        raise NotAValue(f"`{written}` does not belong here.")
    return ""


def _person(written: str, _pairs: Sequence[Pair], persons: Collection[str]) -> str:
    if written not in persons:
        raise NotAValue(f"`{written}` is no person of this case.", nearest(written, persons))
    return written


def _pair(written: str, pairs: Sequence[Pair], _persons: Collection[str]) -> str:
    if not written and len(pairs) == 1:
        return pairs[0].undirected
    for pair in pairs:
        if written in {pair.undirected, f"{pair.b}-{pair.a}"}:
            return pair.undirected
    raise NotAValue(f"`{written}` is no pair of this case.", nearest(written, [pair.undirected for pair in pairs]))


def _directed(written: str, pairs: Sequence[Pair], _persons: Collection[str]) -> str:
    known = [f"{pair.a}>{pair.b}" for pair in pairs] + [f"{pair.b}>{pair.a}" for pair in pairs]
    if written not in known:
        raise NotAValue(f"`{written}` is no direction of a pair of this case.", nearest(written, known))
    return written


_WORDS = {
    About.CASE: "the case",
    About.PERSON: "a person",
    About.PAIR: "a pair, once",
    About.DIRECTED: "each direction of a pair",
}
_READERS: Mapping[About, Callable[[str, Sequence[Pair], Collection[str]], str]] = {
    About.CASE: _case,
    About.PERSON: _person,
    About.PAIR: _pair,
    About.DIRECTED: _directed,
}
