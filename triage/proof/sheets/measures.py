"""The numbers that conditions read from the record: exact where simple, otherwise free but in order and with a cause.

A free number may be known or not, and stand anywhere, as long as what it is read from was answered at all. That allows
more sheets than there are, never fewer: what is proved stays true.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from triage.assess.measuring.measures import PLACES
from triage.flow.circuits.circuit import TRUE, Circuit, Literal
from triage.flow.conditions import Condition, Test, tests
from triage.flow.model import Rulebook
from triage.proof.sheets.accounts import PERSONS, SymbolicAccount
from triage.proof.sheets.entries import Place
from triage.proof.sheets.sheet import Sheet

NEVER_UNKNOWN = frozenset(
    {"events_known", "lines_naming_other", "agencies_told", "first_lines", "shared_blame", "flow_c_classes"}
    | {"flow_c_anchor", "cores_only_unsafe", "unsafe_answers", "police_events", "new_marker", "started_in_24_months"}
    | {"resistance_undecided", "flow_d_classes", "core_zero_classes", "own_will_harm", "children_seen_safe"}
    | {"safe_contact", "holder_unsettled", "capacity_concern", "signed_harmed", "others_without_status"}
    | {"others_settled", "children_settled", "remote_accepted", "adaptation_named", "asked_freely_days"}
    | {"change_sources", "workers_worried", "stop_agreed", "tool_at_threshold", "tool_unreadable"}
)
"""Measures that count, and so are 0 where nothing was answered."""

READ_FROM: Mapping[str, tuple[str, ...]] = {
    "living_together": ("RI-03",),
    "events_known": ("WD-05",),
    "lines_naming_other": ("WD-16",),
    "agencies_told": ("WD-16",),
    "first_lines": ("WD-16",),
    "shared_blame": ("RI-04",),
    "police_events": ("WD-04", "RC-01"),
    "started_in_24_months": ("LT-01",),
    "children_seen_safe": ("RI-12",),
    "safe_contact": ("RI-06",),
    "holder_unsettled": ("RI-09",),
    "capacity_concern": ("CN-10",),
    "others_settled": ("RI-16",),
    "others_without_status": ("RI-16", "RI-12"),
    "children_settled": ("RI-12",),
    "independent_assessment": ("LT-11",),
    "days_to_hearing": ("LT-08", "RI-13"),
    "needs_planned": ("CN-14",),
    "remote_accepted": ("RD-08",),
    "adaptation_named": ("DU-07",),
    "asked_freely_days": ("JW-01",),
    "change_sources": ("JW-02",),
    "stop_agreed": ("JW-06",),
    "responsibility": ("RD-02",),
    "empathy": ("RD-03",),
    "willingness": ("RD-05",),
    "age_stated": ("RI-03",),
    "tool_at_threshold": ("DR-25",),
    "tool_unreadable": ("DR-25",),
}
"""Questions without any answer to which a free number is 0, or not known."""

BELOW_ZERO = frozenset({"days_to_hearing"})
ANCHORS = ("ISS", "HLT", "POL", "CSC", "CRT")
Counted = Callable[["Measures", str], list[Literal]]


class Measures:
    """The literals of numbers, made when they are asked for; `exact` are counted from the accounts of the sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.circuit = sheet, sheet.circuit
        self.exact: dict[str, Counted] = dict(EXACT)
        self.levels = levels_read(sheet.rulebook)
        self.free: set[tuple[str, str]] = set()

    def comparison(self, test: Test, wanted: bool, place: str) -> Literal:
        """That a number is known and compares so (or, not wanted, known and does not)."""
        name = test.arguments[0]
        numbers = [int(word) for word in test.values]
        known = self.known(name, place)

        def at(number: int) -> Literal:
            return self.at_least(name, place, number)

        table: Mapping[str, Callable[[], Literal]] = {
            ">=": lambda: at(numbers[0]),
            ">": lambda: at(numbers[0] + 1),
            "<": lambda: -at(numbers[0]),
            "<=": lambda: -at(numbers[0] + 1),
            "=": lambda: self._just(name, place, numbers[0]),
            "!=": lambda: -self._just(name, place, numbers[0]),
            "in": lambda: self.circuit.any_of(self._just(name, place, number) for number in numbers),
        }
        holds = table[test.operator]()
        return self.circuit.all_of((known, holds if wanted else -holds))

    def _just(self, name: str, place: str, number: int) -> Literal:
        return self.circuit.all_of((self.at_least(name, place, number), -self.at_least(name, place, number + 1)))

    def adult(self, person: str) -> Literal:
        """That a person is known to be 18 or over today."""
        return self.at_least("age_now", person, 18)

    def known(self, name: str, place: str) -> Literal:
        """That a number is known."""
        if name in self.exact or name in NEVER_UNKNOWN:
            return TRUE
        return self.circuit.input(f"{measure_name(name, place)} known")

    def at_least(self, name: str, place: str, number: int) -> Literal:
        """That a number is known and is `number` or more."""
        if name in self.exact:
            counted = self.exact[name](self, place)
            return self.circuit.any_of(counted) if number == 1 else self.circuit.at_least(number, counted)
        if number <= 0 and name not in BELOW_ZERO:
            return self.known(name, place)
        where = place if PLACES[name] else ""
        if (name, where) not in self.free:
            self.free.add((name, where))
            self.sheet.constraints += self._in_order(name, where)
        return self.circuit.input(f"{measure_name(name, place)} >= {number}")

    def _in_order(self, name: str, place: str) -> Iterator[Literal]:
        circuit = self.circuit
        above = self.known(name, place)
        for number in self.levels.get(name, ()):
            if number > 0 or name in BELOW_ZERO:
                level = self.at_least(name, place, number)
                yield circuit.any_of((-level, above))
                above = level
        lowest = next((number for number in self.levels.get(name, ()) if number > 0 or name in BELOW_ZERO), None)
        cause = [self.sheet.answered(one) for one in self._read_from(name)]
        if name in READ_FROM and lowest is not None:
            counted = name in NEVER_UNKNOWN
            said = self.at_least(name, place, lowest) if counted else self.known(name, place)
            yield circuit.any_of((-said, *cause))
        yield from _AGES.get(name, _nothing)(self, place)

    def _read_from(self, name: str) -> Iterator[Place]:
        for place in self.sheet.entries:
            if place[0] in READ_FROM.get(name, ()):
                yield place


def _nothing(_: Measures, __: str) -> Iterator[Literal]:
    yield from ()


def _birth_known(one: Measures, place: str) -> Iterator[Literal]:
    """The age at the harm comes from the birth date, and nobody was older then than today."""
    circuit = one.circuit
    yield circuit.any_of((-one.known("age_from_birth", place), one.known("age_now", place)))
    then, now = one.at_least("age_from_birth", place, 18), one.at_least("age_now", place, 18)
    yield circuit.any_of((-then, now))


def _stated(one: Measures, place: str) -> Iterator[Literal]:
    """What was stated is read only where the birth date does not give the age."""
    yield -one.circuit.all_of((one.known("age_stated", place), one.known("age_from_birth", place)))


_AGES: Mapping[str, Callable[[Measures, str], Iterator[Literal]]] = {
    "age_from_birth": _birth_known,
    "age_stated": _stated,
}


def measure_name(name: str, place: str) -> str:
    """How the inputs of a number are named: `age_now A`; a number of the pair or the case has no place."""
    return f"{name} {place}" if PLACES[name] else name


def levels_read(rulebook: Rulebook) -> dict[str, tuple[int, ...]]:
    """For each number, the values at which some condition splits it, upwards."""
    found: dict[str, set[int]] = {"age_now": {18}, "age_from_birth": {18}}
    for condition in _conditions(rulebook):
        for test in tests(condition):
            if test.function == "measure":
                for word in test.values:
                    found.setdefault(test.arguments[0], set()).update(_splits(test.operator, int(word)))
    return {name: tuple(sorted(numbers)) for name, numbers in found.items()}


def _splits(operator: str, number: int) -> Iterable[int]:
    if operator in {">=", "<"}:
        return (number,)
    return (number + 1,) if operator in {">", "<="} else (number, number + 1)


def _conditions(rulebook: Rulebook) -> Iterator[Condition]:
    for finding in rulebook.findings.values():
        yield from (rule.when for rule in finding.rules)
        yield from (finding.zero, finding.unknown_when, finding.falls_to_1_when)
    for question in rulebook.questions.values():
        yield from (evidence.when for evidence in question.evidence)


# --- counted exactly ----------------------------------------------------------------------------------------------


def _accounts(one: Measures, flow: str = "") -> Iterator[SymbolicAccount]:
    questions = one.sheet.rulebook.questions
    for place in one.sheet.entries:
        if not flow or questions[place[0]].flow == flow:
            yield from one.sheet.at(place)


def classes_among(circuit: Circuit, accounts: Iterable[tuple[SymbolicAccount, Literal]]) -> list[Literal]:
    """For each class, that one of some accounts is of it."""
    found: dict[str, list[Literal]] = {}
    for account, holds in accounts:
        for name, literal in account.classes.items():
            found.setdefault(name, []).append(circuit.all_of((holds, literal)))
    return [circuit.any_of(literals) for literals in found.values()]


def _flow_c_classes(one: Measures, _: str) -> list[Literal]:
    return classes_among(one.circuit, ((account, account.safe) for account in _accounts(one, "c")))


def _flow_c_anchor(one: Measures, _: str) -> list[Literal]:
    circuit = one.circuit
    anchored = (circuit.all_of((a.safe, a.from_sources(circuit, ANCHORS))) for a in _accounts(one, "c"))
    return [circuit.any_of(anchored)]


def _unsafe_answers(one: Measures, person: str) -> list[Literal]:
    circuit = one.circuit
    return [
        circuit.all_of((account.answered, account.unsafe, account.said_by_or_unnamed(circuit, person)))
        for account in _accounts(one)
    ]


def _at(one: Measures, question: str, orientation: str) -> tuple[SymbolicAccount, ...]:
    return one.sheet.at((question, orientation)) if (question, orientation) in one.sheet.entries else ()


def _flow_d_classes(one: Measures, person: str) -> list[Literal]:
    place = person + PERSONS[1 - PERSONS.index(person)]
    told = [account for account in _accounts(one, "d") if account.place[1] == place]
    told += [*_at(one, "WD-18", person), *_at(one, "WD-05", "")]
    return classes_among(one.circuit, ((account, account.safe) for account in told))


def _workers_worried(one: Measures, _: str) -> list[Literal]:
    circuit = one.circuit
    latest = one.sheet.current(("DR-24", ""))
    return [
        circuit.all_of((account.answered, current, -account.says(circuit, ("not_now",))))
        for account, current in zip(_at(one, "DR-24", ""), latest, strict=True)
    ]


def _signed_harmed(one: Measures, person: str) -> list[Literal]:
    return [one.sheet.act("W-SIGN", "", (f"W_{PERSONS[1 - PERSONS.index(person)]}",))]


EXACT: Mapping[str, Counted] = {
    "flow_c_classes": _flow_c_classes,
    "flow_c_anchor": _flow_c_anchor,
    "flow_d_classes": _flow_d_classes,
    "workers_worried": _workers_worried,
    "signed_harmed": _signed_harmed,
    "unsafe_answers": _unsafe_answers,
}
"""Numbers counted from the sheet; each gives literals of which it counts those that hold."""
