"""The numbers that conditions read from the record: exact where simple, otherwise free but in order and with a cause.

A free number may be known or not, and stand anywhere, as long as what it is read from was answered at all. That allows
more sheets than there are, never fewer: what is proved stays true.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from triage.assess.measuring.measures import MEASURES, PLACES
from triage.flow.circuits.circuit import TRUE, Circuit, Literal
from triage.flow.conditions import Condition, Test, tests
from triage.flow.model import Rulebook
from triage.proof.sheets.numbers.people_measures import OF_PEOPLE, latest, other
from triage.proof.sheets.shape.accounts import SymbolicAccount
from triage.proof.sheets.shape.entries import Place
from triage.proof.sheets.shape.sheet import Sheet

NEVER_UNKNOWN = frozenset(name for name, measure in MEASURES.items() if measure.nothing is not None)
"""Measures that count, and so are 0 where nothing was answered."""

READ_FROM: Mapping[str, frozenset[str]] = {
    name: frozenset(word.partition("_")[0] for word in measure.reads) for name, measure in MEASURES.items()
}
"""Questions without any answer to which a number is 0, or not known."""

BOTH_WAYS = frozenset({"tool_at_threshold", "tool_unreadable"})
"""Free numbers that an answer about the other direction may set as well."""

READ_FROM_COUNTED = {"new_marker": "MARKERS"}
"""Free numbers that are read from whatever a finding counts."""

BELOW_ZERO = frozenset({"days_to_hearing"})
ANCHORS = ("ISS", "HLT", "POL", "CSC", "CRT")
Counted = Callable[["Measures", str], list[Literal]]


class Measures:
    """The literals of numbers, made when they are asked for; `exact` are counted from the accounts of the sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.circuit = sheet, sheet.circuit
        self.exact: dict[str, Counted] = dict(EXACT)
        there = set(sheet.rulebook.questions)
        self.of_people = {name: exact for name, (read, exact) in OF_PEOPLE.items() if there.issuperset(read)}
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

    def inputs(self, name: str, place: str) -> Iterator[Literal]:
        """The inputs of a free number."""
        if self.known(name, place) != TRUE:
            yield self.known(name, place)
        for number in self.levels.get(name, ()):
            if number > 0 or name in BELOW_ZERO:
                yield self.at_least(name, place, number)

    def adult(self, person: str) -> Literal:
        """That a person is known to be 18 or over today."""
        return self.at_least("age_now", person, 18)

    def known(self, name: str, place: str) -> Literal:
        """That a number is known."""
        if name in self.of_people:
            return self.of_people[name](self.sheet, place).known
        if name in self.exact or name in NEVER_UNKNOWN:
            return TRUE
        return self.circuit.input(f"{measure_name(name, place)} known")

    def at_least(self, name: str, place: str, number: int) -> Literal:
        """That a number is known and is `number` or more."""
        if name in self.of_people:
            return self.of_people[name](self.sheet, place).at_least(number)
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
        read = tuple(self.read_from(name, place))
        cause = [self._speaks(one, MEASURES[name].silent) for one in read]
        if read and lowest is not None:
            counted = name in NEVER_UNKNOWN
            said = self.at_least(name, place, lowest) if counted else self.known(name, place)
            yield circuit.any_of((-said, *cause))
        yield from _BOUND.get(name, _nothing)(self, place)

    def _speaks(self, place: Place, silent: frozenset[str]) -> Literal:
        """That some answer of a place says more than codes to which a number is as if nothing was answered."""
        if not silent:
            return self.sheet.answered(place)
        accounts = self.sheet.at(place)
        return self.circuit.any_of(
            self.circuit.all_of((one.answered, -one.within(self.circuit, silent))) for one in accounts
        )

    def read_from(self, name: str, whose: str) -> Iterator[Place]:
        """The places without any answer to which a free number of a person or direction is 0, or not known."""
        questions, counted = READ_FROM[name], READ_FROM_COUNTED.get(name)
        if not questions and not counted:
            return
        for place, entries in self.sheet.entries.items():
            of_them = len(whose) != len(place[1]) or whose == place[1] or name in BOTH_WAYS
            counts = any(one.slot.name == f"{counted}_{whose}" and one.kind == "count" for one in entries)
            if counts or (of_them and place[0] in questions):
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


def _undecided(one: Measures, person: str) -> Iterator[Literal]:
    """Resistance is open when flow d or e left it so; a signature may have answered that, on a day not modelled."""
    circuit, sheet = one.circuit, one.sheet
    left = ((("RV-10", person + other(person)), ("cannot_say",)), (("DU-08", person), ("possible", "yes")))
    opened = circuit.any_of(sheet.said(place, codes) for place, codes in left if place in sheet.entries)
    undecided = one.at_least("resistance_undecided", person, 1)
    yield circuit.any_of((-undecided, opened))
    if "RESX-SIGN" in sheet.rulebook.acts:
        yield circuit.any_of((undecided, -opened, sheet.act("RESX-SIGN", person)))


def _safe_contact(one: Measures, person: str) -> Iterator[Literal]:
    """A channel is confirmed by the person alone or by the support service, safely."""
    circuit = one.circuit
    ways = [
        circuit.all_of((counts, account.safe, account.from_sources(circuit, ("SELF", "ISS")), -_only(account, circuit)))
        for account, counts in latest(one.sheet, ("RI-06", person))
    ]
    yield circuit.any_of((-one.at_least("safe_contact", person, 1), *ways))


def _only(account: SymbolicAccount, circuit: Circuit) -> Literal:
    return account.within(circuit, ("none_safe",))


def _others(one: Measures, person: str) -> Iterator[Literal]:
    """Others are settled when the support side answered safely, and none of them is without a status."""
    circuit = one.circuit
    found = latest(one.sheet, ("RI-16", person))
    asked = circuit.any_of(
        circuit.all_of((counts, account.safe, account.from_sources(circuit, ("ISS",)))) for account, counts in found
    )
    without = one.at_least("others_without_status", person, 1)
    yield circuit.same(one.at_least("others_settled", person, 1), circuit.all_of((asked, -without)))
    named = [circuit.all_of((counts, -account.within(circuit, ("none",)))) for account, counts in found]
    children = [counts for _, counts in latest(one.sheet, ("RI-12", ""))]
    yield circuit.any_of((-without, *named, *children))


def _children(one: Measures, _: str) -> Iterator[Literal]:
    """Children are settled when the latest accounts list none."""
    circuit, found = one.circuit, latest(one.sheet, ("RI-12", ""))
    some = circuit.any_of(counts for _, counts in found)
    none_listed = (circuit.any_of((-counts, _no_children(one, account))) for account, counts in found)
    settled = one.at_least("children_settled", "", 1)
    yield circuit.any_of((settled, -circuit.all_of((some, *none_listed))))
    yield circuit.any_of((-settled, some))


def _no_children(one: Measures, account: SymbolicAccount) -> Literal:
    return account.within(one.circuit, ("no_children",))


_BOUND: Mapping[str, Callable[[Measures, str], Iterator[Literal]]] = {
    "age_from_birth": _birth_known,
    "age_stated": _stated,
    "resistance_undecided": _undecided,
    "others_settled": _others,
    "safe_contact": _safe_contact,
    "children_settled": _children,
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
    place = person + other(person)
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
    return [one.sheet.act("W-SIGN", "", (f"W_{other(person)}",))]


EXACT: Mapping[str, Counted] = {
    "flow_c_classes": _flow_c_classes,
    "flow_c_anchor": _flow_c_anchor,
    "flow_d_classes": _flow_d_classes,
    "workers_worried": _workers_worried,
    "signed_harmed": _signed_harmed,
    "unsafe_answers": _unsafe_answers,
}
"""Numbers counted from the sheet; each gives literals of which it counts those that hold."""
