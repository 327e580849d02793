"""Compare the circuit of a sheet with the evaluator on many concrete sheets: every strength, class and decision."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from triage.assess.findings import PairFindings
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.flow.circuits.circuit import Literal
from triage.proof.sheets.concrete.columns import Columns, columns_of
from triage.proof.sheets.concrete.extracting import inputs_of
from triage.proof.sheets.findings.model import SheetModel
from triage.proof.sheets.shape.bounds import Bounds, OutOfBounds
from triage.routing.decide import PairDecision
from triage.routing.loading import Loaded
from triage.routing.pairs import decide_pair, settled_findings

TODAY = date(2026, 12, 1)
MOST_COUNTED = 12
"""Counts are compared one by one up to here; the rules ask for ten."""


@dataclass
class Compared:
    """What came out: how many sheets were compared, which did not fit and why, each difference, what was reached."""

    compared: int = 0
    beyond: Counter[str] = field(default_factory=Counter)
    cut: list[object] = field(default_factory=list)
    differences: list[tuple[object, str, object, object]] = field(default_factory=list)
    reached: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    results: Counter[str] = field(default_factory=Counter)


class Agreement:
    """One symbolic sheet beside the evaluator of the same rulebook."""

    def __init__(self, loaded: Loaded, bounds: Bounds, *, decided: bool = True) -> None:
        self.loaded, self.decided = loaded, decided
        self.model = SheetModel(loaded.book.rulebook, bounds)
        self.outputs: dict[tuple[str, object], Literal] = dict(self._of_findings())
        if decided:
            self.outputs |= dict(self._of_decision())
        bound = enumerate([self.model.settled, *self.model.sheet.constraints])
        self.outputs |= {("bound", number): literal for number, literal in bound}
        self.columns = Columns(self.model.circuit, self.outputs.values())

    def _of_findings(self) -> Iterator[tuple[tuple[str, object], Literal]]:
        for name, number in self.model.slots.number.items():
            counts = number < len(self.model.slots.all) and self.model.slots.all[number].finding.count
            for level in range(MOST_COUNTED + 1 if counts else 5):
                yield (f"strength {name}", level), self.model.strengths.final(name).at_least(level)
            for one, literal in self.model.strengths.classes(name).items():
                yield (f"classes {name}", one), literal

    def _of_decision(self) -> Iterator[tuple[tuple[str, object], Literal]]:
        decision = self.model.decision(self.loaded.decider)
        yield from ((("result", name), literal) for name, literal in decision.results.items())
        yield from ((("case", name), literal) for name, literal in decision.gates.items())
        yield from ((("alerts", name), literal) for name, literal in decision.alerts.items())
        yield from ((("raised", name), literal) for name, literal in decision.raised.items())
        for person, route in decision.routes.items():
            yield from (((person, name), literal) for name, literal in route.outcomes.items())
            yield from (((f"adapted {person}", name), literal) for name, literal in route.adaptations.items())
            yield ("effective", person), decision.effective(person)

    def compare(self, sheets: Iterable[object], latched: Iterable[frozenset[str]] | None = None) -> Compared:
        """Compare on some sheets, given as `triage assess` reads them."""
        found, cases, wanted, kept = Compared(), [], [], []
        gates = iter(latched) if latched is not None else None
        for sheet in sheets:
            record = read_case(sheet, self.loaded.book.rulebook, TODAY)
            assert isinstance(record, CaseRecord), [str(problem) for problem in record][:5]
            standing = next(gates) if gates is not None else frozenset[str]()
            findings, _ = settled_findings(record, record.pairs[0], self.loaded.book, record.on)
            try:
                inputs = inputs_of(self.model, findings.context, standing)
            except OutOfBounds as fault:
                found.beyond[str(fault).split()[-1]] += 1
                found.cut.append(sheet)
                continue
            decision = (
                decide_pair(record, findings, self.loaded.book, self.loaded.decider, standing)[0]
                if self.decided
                else None
            )
            wanted.append(self._said(findings, decision, found))  # the classes are worked out when asked
            cases.append(inputs)
            kept.append(sheet)
        self._differences(found, cases, wanted, kept)
        return found

    def _said(self, findings: PairFindings, decision: PairDecision | None, found: Compared) -> set[tuple[str, object]]:
        said: set[tuple[str, object]] = set()
        for name, number in self.model.slots.number.items():
            strength = findings.strengths[number]
            found.reached[name].add(strength)
            said |= {(f"strength {name}", level) for level in range(strength + 1)}
            said |= {(f"classes {name}", one) for one in findings.classes[number]}
        if decision is not None:
            found.results[decision.result] += 1
            said |= {("result", decision.result)} | {("case", name) for name in decision.case}
            said |= {("alerts", name) for name in decision.alerts} | {("raised", name) for name in decision.raised}
            for person, route in decision.routes.items():
                said |= {(person, name) for name in route.outcomes}
                said |= {(f"adapted {person}", name) for name in route.adaptations}
                said |= {("effective", person)} if route.effective else set()
        return said

    def _differences(
        self, found: Compared, cases: list[frozenset[str]], wanted: list[set[tuple[str, object]]], kept: list[object]
    ) -> None:
        found.compared = len(cases)
        results = self.columns.run(columns_of(cases), len(cases))
        for (kind, name), column in zip(self.outputs, results, strict=True):
            expected = (
                (1 << len(cases)) - 1
                if kind == "bound"
                else sum(1 << place for place, said in enumerate(wanted) if (kind, name) in said)
            )
            if wrong := column ^ expected:
                place = wrong.bit_length() - 1
                found.differences.append((kept[place], kind, name, bool(column >> place & 1)))
