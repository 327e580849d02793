"""Write what a solver found as an answer file that `triage assess` reads (design, section 4)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import cast

from triage.flow.model import About, Column, Kind
from triage.proof.sheets.findings.model import SheetModel
from triage.proof.sheets.shape.accounts import NOBODY, SymbolicAccount
from triage.proof.sheets.shape.rows import Asked, SymbolicRow
from triage.proof.sheets.shape.sheet import act_name
from triage.routing.latching import REASSESSED

FIRST_DAY, ON = date(2026, 11, 2), date(2026, 11, 22)
BIRTHS = {18: "1990-05-01", 17: "2009-06-01", 16: "2010-06-01", 0: "2012-06-01"}
"""A birth date for each youngest age on the day of the sheet."""
ABOUT: Mapping[tuple[About, str], str] = {
    (About.DIRECTED, "AB"): "A>B",
    (About.DIRECTED, "BA"): "B>A",
    (About.PERSON, "A"): "A",
    (About.PERSON, "B"): "B",
    (About.PAIR, ""): "A-B",
}
WORDS = {"filled": "as told", "costs": "she pays for it", "future": "2027-01-15"}
FILLED_FOR: Mapping[str, tuple[str, tuple[str, ...]]] = {"JW-06": ("stop_agreed", ("who_acts", "check_in_after"))}
"""Columns that no condition of a row reads, filled where a free number read from them is 1 or more."""
WHO_OF_THE_TWO = frozenset({"a", "b", "both"})

Held = Callable[[int], bool]
"""Whether a literal holds in what was found."""
Item = dict[str, object]


def written(model: SheetModel, held: Held, latched: tuple[str, ...] = ()) -> dict[str, object]:
    """The answer file of one case that a solver found."""
    writer = _Writer(model, held)
    sheet: dict[str, object] = {
        "id": "example",
        "on": ON.isoformat(),
        "persons": {person: writer.person(person) for person in ("A", "B")},
        "pairs": [["A", "B"]],
        "answers": list(writer.answers()),
        "acts": list(writer.acts()),
    }
    gates = [gate for gate in latched if held(model.circuit.input(f"latched {gate}"))]
    return {**sheet, "latched": gates} if gates else sheet


def reassessed(sheet: Mapping[str, object], latching: Collection[str]) -> dict[str, object]:
    """The same file, in which each gate that it does not give as in force was reassessed and closed on its day.

    On a sheet any gate may be in force from earlier; the evaluator finds them from the record. A request for joint
    work is refused on its first day, so that nothing is ever permitted without a reassessment (ADR 4).
    """
    in_force = cast("Iterable[str]", sheet.get("latched", ()))
    acts = cast("Iterable[object]", sheet["acts"])
    closed = sorted(set(latching).difference(in_force))
    by = ["safety: N. One", "support: N. Two"]
    return {**sheet, "acts": [*acts, {"act": REASSESSED, "on": sheet["on"], "about": "A-B", "value": closed, "by": by}]}


def _neither(column: Column | None) -> str:
    """A word of a column for somebody who is neither of the two."""
    values = column.values if column is not None else ()
    return next((value for value in values if value not in WHO_OF_THE_TWO), "child")


class _Writer:
    def __init__(self, model: SheetModel, held: Held) -> None:
        self.model, self.sheet, self.held = model, model.sheet, held

    def person(self, person: str) -> Item:
        """The birth date that the ages of a person stand for, if they are known."""
        if not {("age_now", person), ("age_from_birth", person)} & self.model.measures.free:
            return {}
        measures, held = self.model.measures, self.held
        if held(measures.known("age_from_birth", person)):
            age = next((n for n in (18, 17, 16) if held(measures.at_least("age_from_birth", person, n))), 0)
            return {"birth": BIRTHS[age]}
        if held(measures.known("age_now", person)):
            return {"birth": BIRTHS[18 if held(measures.adult(person)) else 0]}
        return {}

    def answers(self) -> Iterator[Item]:
        """Every answer and non-answer, in the order of time."""
        found = [
            account for place in self.sheet.made for account in self.sheet.at(place) if self.held(account.recorded)
        ]
        found.sort(key=lambda one: (self._day(one), one.place, one.number))
        for number, account in enumerate(found, 1):
            yield {"id": f"a{number}", **self._answer(account, number)}

    def _day(self, account: SymbolicAccount) -> int:
        return sum(self.held(literal) for literal in account.later.values())

    def _answer(self, account: SymbolicAccount, number: int) -> Item:
        question = account.layout.question
        made: Item = {"question": question.id, "value": self._value(account)}
        about = ABOUT.get((question.about, account.place[1]))
        made |= {"about": about} if about else {}
        made["source"] = next(source for source, literal in account.source.items() if self.held(literal))
        speaker = next(who for who, literal in account.speaker.items() if self.held(literal))
        made |= {"by": speaker.replace(" ", "-")} if speaker != NOBODY else {}
        made["on"] = (FIRST_DAY + timedelta(days=self._day(account))).isoformat()
        made["contact"] = self._contact(account, number)
        if self.held(account.answered):
            flags = {"tainted": account.unsafe, "alone": account.alone, "hearsay": account.relayed}
            flags["interested"] = account.interested
            made |= {name: True for name, literal in flags.items() if self.held(literal)}
            made |= {"recording": "authenticated"} if self.held(account.authenticated) else {}
            followed = [code for code, literal in account.follow_up.items() if self.held(literal)]
            made |= {"follow_up": followed[0]} if followed else {}
        return made

    def _contact(self, account: SymbolicAccount, number: int) -> str:
        """A contact of its own, but for accounts of one place that were not given at two contacts."""
        for (first, second), name in self.sheet.contacts.items():
            if account.name in {first, second} and not self.held(self.model.circuit.input(name)):
                return f"contact for {'_'.join(part for part in account.place if part)}"
        return f"contact {number}"

    # --- values ---------------------------------------------------------------------------------------------------

    def _value(self, account: SymbolicAccount) -> object:
        silent = next((code for code, literal in account.silent.items() if self.held(literal)), None)
        question = account.layout.question
        if silent is not None:
            return silent
        if not question.options:
            return {Kind.TEXT: "as told", Kind.DATE: FIRST_DAY.isoformat()}.get(question.kind, self._number(account))
        rows = [row for row in account.rows.rows if self.held(row.present)]
        rows.sort(key=lambda row: not self._is_first(account, row))
        items = [self._row(account, row) for row in rows]
        codes = [item["code"] for item in items]
        if question.kind is Kind.ONE and not question.multiple:
            return codes[0] if len(items[0]) == 1 else items[0]
        if set(codes) & set(question.exclusive) and len(set(codes)) > 1:
            return {**items[0], "code": codes}
        return [item["code"] if len(item) == 1 else item for item in items]

    def _number(self, account: SymbolicAccount) -> int:
        far = self.model.measures.at_least("days_to_hearing", account.x, 57)
        return 60 if self.held(far) else 10

    def _is_first(self, account: SymbolicAccount, row: SymbolicRow) -> bool:
        return all(
            self.held(literal) == self.held(account.first_row[f"{account.name} first row {asked.name}"])
            for asked, literal in row.asked.items()
            if f"{account.name} first row {asked.name}" in account.first_row
        )

    def _row(self, account: SymbolicAccount, row: SymbolicRow) -> Item:
        made: Item = {"code": row.code}
        if account.layout.scaled:
            scale = next(word for word, literal in row.scale.items() if self.held(literal))
            made |= {"scale": scale} if scale else {}
        question = account.layout.question
        for column in dict.fromkeys(asked.column for asked in row.asked):
            cell = self._cell(question.column(column), column, row)
            made |= {column: cell} if cell else {}
        return made | self._filled_for_a_number(question.id)

    def _filled_for_a_number(self, question: str) -> Item:
        """The columns that a number needs which is free on the sheet, and counted by the evaluator."""
        number, columns = FILLED_FOR.get(question, ("", ()))
        measures = self.model.measures
        counted = (self.held(measures.at_least(name, place, 1)) for name, place in measures.free if name == number)
        return dict.fromkeys(columns, WORDS["filled"]) if any(counted) else {}

    def _cell(self, column: Column | None, name: str, row: SymbolicRow) -> object:
        asked = {one: self.held(literal) for one, literal in row.asked.items() if one.column == name}
        words = [one.word for one, holds in asked.items() if one.test == "cell" and holds]
        if words:
            return words if len(words) > 1 else words[0]
        label = next((one.word for one, holds in asked.items() if one.test == "label" and holds), None)
        if label is not None:
            return f"2025-{int(label) + 1:02d}-05"
        meant = [asked[one] for letter in "AB" if (one := Asked("meant", name, letter)) in asked]
        if meant:
            return {(True, True): "", (True, False): "a", (False, True): "b"}.get(
                (meant[0], meant[1]), _neither(column)
            )
        for test in ("future", "costs"):
            if asked.get(Asked(test, name)):
                return WORDS[test]
        if not asked.get(Asked("filled", name)):
            return ""
        if column is not None and column.values:
            tested = {one.word for one in asked if one.test == "cell"}
            return next((value for value in column.values if value not in tested), column.values[0])
        return "nothing" if Asked("costs", name) in asked else WORDS["filled"]

    # --- acts -----------------------------------------------------------------------------------------------------

    def acts(self) -> Iterator[Item]:
        """Every act in force, signed by names of nobody in the case."""
        for name, role in self.sheet.acts:
            definition = self.model.rulebook.acts[name]
            values = [
                value
                for value in definition.values or ("in force",)
                if self.held(self.model.circuit.input(act_name(name, role, value)))
            ]
            if not values:
                continue
            names = [f"{definition.side}: N. One", "support: N. Two", "support: N. Three"][: definition.names]
            about = {About.PERSON: role, About.PAIR: "A-B"}.get(definition.about)
            made: Item = {"act": name, "on": ON.isoformat(), "by": names}
            made |= {"about": about} if about else {}
            made["value"] = self._listed(name) if not definition.values else values if definition.listed else values[0]
            yield made

    def _listed(self, name: str) -> list[str]:
        prefix = act_name(name, "", "")
        called = [
            one.removeprefix(prefix)
            for one, node in self.model.circuit.inputs.items()
            if one.startswith(prefix) and self.held(node)
        ]
        return [one for one in called if one != "in force"] or ["none"]
