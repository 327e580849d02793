"""Assess an answer file as `triage assess` does, and say whether a law is broken there; make it smaller while it is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.flow.circuits.circuit import Literal
from triage.proof.sheets.concrete.columns import Columns, columns_of
from triage.proof.sheets.concrete.extracting import inputs_of
from triage.proof.sheets.laws_of_answers.law_words import LawWords
from triage.proof.sheets.shape.bounds import OutOfBounds
from triage.routing.assessment import PairAssessment, assess
from triage.routing.loading import Loaded

TODAY = date(2026, 12, 1)
ATTRIBUTES = ("contact", "interested", "hearsay", "tainted", "alone", "by", "recording", "follow_up")

Sheet = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of an answer file: the pair as assessed, and the inputs of the circuit that stand for it."""

    assessed: PairAssessment
    inputs: frozenset[str]


class Replayer:
    """Assesses answer files and reads laws over what came out."""

    def __init__(self, words: LawWords, loaded: Loaded) -> None:
        self.words, self.loaded = words, loaded
        self._checks: dict[tuple[Literal, ...], Columns] = {}

    def replay(self, sheet: Sheet) -> Replayed | None:
        """Assess a file; None when it is not read, does not fit a sheet, or has answers that are set aside."""
        record = read_case(sheet, self.loaded.book.rulebook, TODAY)
        if not isinstance(record, CaseRecord):
            return None
        pair = assess(record, self.loaded.book, self.loaded.decider).pairs[0]
        if pair.dropped:
            return None
        try:
            return Replayed(pair, inputs_of(self.words.model, pair.findings.context, pair.latched))
        except OutOfBounds:
            return None

    def breaks(self, law: Literal, sheet: Sheet) -> bool:
        """Whether the assessment of a file breaks a law, and the circuit says of it what the evaluator says."""
        replayed = self.replay(sheet)
        return replayed is not None and not self._values((law,), replayed)[0] and self.agrees(replayed)

    def agrees(self, replayed: Replayed) -> bool:
        """Whether the circuit says of a file what the evaluator says: strengths, result, gates, routes and starts."""
        return self._values(tuple(self._outputs()), replayed) == list(self._expected(replayed))

    def _values(self, literals: tuple[Literal, ...], replayed: Replayed) -> list[bool]:
        columns = self._checks.get(literals)
        if columns is None:
            columns = self._checks[literals] = Columns(self.words.circuit, literals)
        return [bool(column) for column in columns.run(columns_of([replayed.inputs]), 1)]

    def _outputs(self) -> Iterator[Literal]:
        """What the circuit must say as the evaluator does: every strength from 0 to 4, the result, gates and routes."""
        model, decision = self.words.model, self.words.decision
        for name in model.slots.number:
            yield from (model.strengths.final(name).at_least(level) for level in range(5))
        yield from decision.results.values()
        yield from decision.gates.values()
        for person, route in decision.routes.items():
            yield from route.outcomes.values()
            yield decision.effective(person)

    def _expected(self, replayed: Replayed) -> Iterator[bool]:
        model, decision, assessed = self.words.model, self.words.decision, replayed.assessed
        for number in model.slots.number.values():
            yield from (assessed.findings.strengths[number] >= level for level in range(5))
        yield from (name == assessed.decision.result for name in decision.results)
        yield from (name in assessed.decision.case for name in decision.gates)
        for person, route in decision.routes.items():
            yield from (name in assessed.decision.routes[person].outcomes for name in route.outcomes)
            yield assessed.decision.routes[person].effective

    def smallest(self, law: Literal, sheet: Sheet) -> Sheet:
        """The same file with everything left out that the law is broken without: answers, acts, births, attributes."""
        for key in ("answers", "acts"):
            sheet = self._fewer(law, sheet, key)
        for smaller in _without_attributes(sheet):
            sheet = self._if_broken(law, smaller(sheet), sheet)
        answers = [{**one, "id": f"a{number}"} for number, one in enumerate(_items(sheet, "answers"), 1)]
        return {**sheet, "answers": answers}

    def _fewer(self, law: Literal, sheet: Sheet, key: str) -> Sheet:
        size = max(len(_items(sheet, key)) // 2, 1)
        while True:
            start = 0
            while start < len(items := _items(sheet, key)):
                smaller = {**sheet, key: items[:start] + items[start + size :]}
                if self.breaks(law, smaller):
                    sheet = smaller
                else:
                    start += size
            if size == 1:
                return sheet
            size //= 2

    def _if_broken(self, law: Literal, smaller: Sheet, sheet: Sheet) -> Sheet:
        return smaller if smaller != sheet and self.breaks(law, smaller) else sheet


def _items(sheet: Sheet, key: str) -> list[Mapping[str, object]]:
    return list(cast(Iterable[Mapping[str, object]], sheet[key]))


def _without_attributes(sheet: Sheet) -> Iterator["_Without"]:
    yield _Without("persons", -1, "A")
    yield _Without("persons", -1, "B")
    for place in range(len(_items(sheet, "answers"))):
        yield from (_Without("answers", place, name) for name in ATTRIBUTES)
        yield _Without("answers", place, "rows")


@dataclass(frozen=True, slots=True)
class _Without:
    """One thing to leave out: the birth date of a person, an attribute of an answer, all rows but the first."""

    key: str
    place: int
    name: str

    def __call__(self, sheet: Sheet) -> Sheet:
        if self.key == "persons":
            return {**sheet, "persons": {**cast(Mapping[str, object], sheet["persons"]), self.name: {}}}
        answers = _items(sheet, "answers")
        one = answers[self.place]
        value = one["value"]
        if self.name != "rows":
            answers[self.place] = {key: held for key, held in one.items() if key != self.name}
        elif isinstance(value, list) and len(value) > 1:
            answers[self.place] = {**one, "value": value[:1]}
        return {**sheet, "answers": answers}
