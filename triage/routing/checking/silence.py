"""What the program measures of a case in which nobody answered anything: the base of the checks on silence."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from triage.assess.compiled.compiling import CompiledRulebook
from triage.assess.findings import findings_of
from triage.assess.measuring.measures import PLACES
from triage.cases.record import DECLINED, NON_ANSWERS, Answer, CaseRecord, Pair
from triage.flow.model import About, Question

DAYS = (date(2026, 1, 5), date(2026, 1, 12))
DIRECTIONS = ("AB", "BA")
PERSONS = ("A", "B")
SILENCES = ("", *sorted(NON_ANSWERS))
"""Nothing was asked; or every question was met by not known yet, declined (on two days), or not safe to ask now."""

Measured = Mapping[str, frozenset[int | None]]


def measures_in_silence(book: CompiledRulebook, names: Iterable[str]) -> Measured:
    """Give every value that each of some measures takes in a case of silence; None where it is not known."""
    found: dict[str, set[int | None]] = {name: set() for name in names}
    for silence in SILENCES:
        record = silent_case(book, silence)
        context = findings_of(book, record, record.pairs[0], record.on).context
        for name in found:
            places = PERSONS if PLACES[name] == "person" else DIRECTIONS
            found[name] |= {context.measure(name, place) for place in places}
    return {name: frozenset(values) for name, values in found.items()}


def silent_case(book: CompiledRulebook, silence: str) -> CaseRecord:
    """A case of two persons in which every question, of everybody, is met by one kind of silence (empty: not asked)."""
    pair = Pair("A", "B")
    answers = tuple(_silent(book, silence, pair)) if silence else ()
    return CaseRecord("silent", DAYS[-1], {"A": "", "B": ""}, (pair,), answers)


def _silent(book: CompiledRulebook, silence: str, pair: Pair) -> Iterator[Answer]:
    for question in book.rulebook.questions.values():
        for about in _about(question, pair):
            for number, day in enumerate(DAYS if silence == DECLINED else DAYS[-1:]):
                identity = f"{question.id} {about} {number}"
                source = question.sources[0]
                yield Answer(identity, question.id, about, source, day, non_answer=silence, contact=str(number))


def _about(question: Question, pair: Pair) -> tuple[str, ...]:
    return {
        About.DIRECTED: (f"{pair.a}>{pair.b}", f"{pair.b}>{pair.a}"),
        About.PERSON: (pair.a, pair.b),
        About.PAIR: (pair.undirected,),
        About.CASE: ("",),
    }[question.about]
