"""The inputs that stand for a concrete record: what an agreement test gives to the circuit of a sheet."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from triage.assess.context import NO_ROW, Context
from triage.assess.worth.accounts import Account
from triage.cases.record import Answer, Row
from triage.proof.sheets.findings.model import SheetModel
from triage.proof.sheets.numbers.measures import measure_name
from triage.proof.sheets.shape.accounts import NOBODY, PERSONS, SymbolicAccount, account_name
from triage.proof.sheets.shape.bounds import OutOfBounds
from triage.proof.sheets.shape.entries import Place, SheetEntry
from triage.proof.sheets.shape.rows import Asked, Layout, row_name
from triage.proof.sheets.shape.sheet import STATUS, act_name

REASONED_ACT = "RISK-REASONED"


@dataclass(frozen=True, slots=True)
class _Told:
    """One record of a place: an account, or (with None) a non-answer; its speaker, empty when nobody is named."""

    answer: Answer
    account: Account | None
    speaker: str


def inputs_of(model: SheetModel, context: Context, latched: Iterable[str] = ()) -> frozenset[str]:
    """The names of the inputs that hold of the settled context of one pair. Raises OutOfBounds."""
    return frozenset(_Extraction(model, context).names(latched))


class _Extraction:
    def __init__(self, model: SheetModel, context: Context) -> None:
        self.model, self.sheet, self.c = model, model.sheet, context
        record = context.record
        if len(record.pairs) > 1:
            raise OutOfBounds("a sheet is of one pair")
        if any(one.copy_of or one.withdrawn for one in record.answers):
            raise OutOfBounds("a sheet holds no copies and no answers that were taken back")
        self.told = self._told_by_place()
        days = sorted({one.answer.on for told in self.told.values() for one in told})
        if len(days) > model.bounds.days:
            raise OutOfBounds(f"{len(days)} different days")
        self.days = {day: number for number, day in enumerate(days)}
        self.answers: dict[str, Answer] = {}

    def _told_by_place(self) -> dict[Place, list[_Told]]:
        found: dict[Place, list[tuple[date, int, _Told]]] = defaultdict(list)
        for account in self.c.accounts:
            place = (account.question.id, account.orientation)
            told = _Told(account.answer, account, account.speaker)
            found[place].append((account.answer.on, account.number, told))
        for place, silences in self.c.silences.items():
            for voice, on, number in silences:
                answer = self.c.record.answers[number]
                speaker = NOBODY if voice == f"{answer.source} " else voice
                found[place].append((on, number, _Told(answer, None, speaker)))
        return {place: [told for _, _, told in sorted(rows, key=lambda r: r[:2])] for place, rows in found.items()}

    def names(self, latched: Iterable[str]) -> Iterator[str]:
        for place, told in self.told.items():
            if len(told) > self.model.bounds.accounts:
                raise OutOfBounds(f"{len(told)} records of {'_'.join(place)}")
            yield from self._of_place(place, told)
        yield from self._contacts()
        yield from self._acts()
        yield from self._measures()
        yield from (f"latched {gate}" for gate in latched)

    # --- accounts -------------------------------------------------------------------------------------------------

    def _of_place(self, place: Place, told: list[_Told]) -> Iterator[str]:
        others: dict[str, str] = {}
        for number, one in enumerate(told):
            name = account_name(place, number)
            self.answers[name] = one.answer
            who = one.speaker
            if who and who not in PERSONS:
                who = others.setdefault(who, f"other {len(others) + 1}")
            yield f"{name} from {one.answer.source}"
            yield f"{name} by {who or 'nobody named'}"
            yield from (f"{name} day>={day}" for day in range(1, self.days[one.answer.on] + 1))
            if one.account is None:
                yield f"{name} {one.answer.non_answer}"
            else:
                yield from self._of_account(name, one.account, self.sheet.at(place)[number])

    def _of_account(self, name: str, account: Account, symbolic: SymbolicAccount) -> Iterator[str]:
        answer = account.answer
        flags = {
            "answered": True,
            "unsafe": account.unsafe,
            "alone": answer.alone is True,
            "relayed": account.relayed,
            "interested": account.interested,
            "authenticated": answer.recording == "authenticated",
            f"then {answer.follow_up}": bool(answer.follow_up),
        }
        yield from (f"{name} {flag}" for flag, holds in flags.items() if holds)
        layout = symbolic.layout
        labels = self._labels(symbolic)
        rows = answer.rows or (NO_ROW,)
        yield from self._of_rows(name, layout, rows, labels)
        for asked in self._true_of(layout, rows[0], labels):
            yield f"{name} first row {asked.name}"

    def _of_rows(
        self, name: str, layout: Layout, rows: Iterable[Row], labels: Mapping[tuple[str, str], str]
    ) -> Iterator[str]:
        seen: dict[str, list[tuple[str, tuple[Asked, ...]]]] = defaultdict(list)
        for row in rows:
            read = (row.scale if layout.scaled else "", tuple(self._true_of(layout, row, labels)))
            if read in seen[row.code]:
                continue
            copy = len(seen[row.code])
            if copy >= layout.copies:
                raise OutOfBounds(f"{copy + 1} different rows of {name} {row.code}")
            seen[row.code].append(read)
            prefix = row_name(name, row.code, copy)
            if row.code:
                yield prefix
            if layout.scaled:
                yield f"{prefix} scale {read[0] or 'not given'}"
            yield from (f"{prefix} {asked.name}" for asked in read[1])

    def _true_of(self, layout: Layout, row: Row, labels: Mapping[tuple[str, str], str]) -> Iterator[Asked]:
        for asked in layout.asked:
            if asked.test == "label":
                held = str(row.cells.get(asked.column) or "")
                if held and labels.get((asked.column, held), "0") == asked.word:
                    yield asked
            elif _ASKED[asked.test](self.c, row, asked):
                yield asked

    def _labels(self, symbolic: SymbolicAccount) -> dict[tuple[str, str], str]:
        """For each text of a column by which elements are told apart: the number of its label."""
        found: dict[tuple[str, str], str] = {}
        for entry in self.sheet.entries[symbolic.place]:
            element = entry.evidence.element
            if element is None or not element.cell or element.cell == "scale":
                continue
            keys = sorted({piece.key for piece in self.c.pieces[entry.slot.number] if piece.kind == element.kind})
            fixed = _fixed_keys(self.sheet.entries.values(), entry.slot.number)
            same = {key: _first_of(key, keys) if element.kind == "episode" else key for key in keys if key}
            free = list(dict.fromkeys(one for one in same.values() if one not in fixed))
            if any(key not in fixed and one in fixed for key, one in same.items()):
                raise OutOfBounds("a date that is written like the name of an element")
            if len(free) > self.model.bounds.labels:
                raise OutOfBounds(f"{len(free)} different values of {element.cell}")
            found |= {(element.cell, key): str(free.index(one)) for key, one in same.items() if one in free}
        return found

    # --- the rest -------------------------------------------------------------------------------------------------

    def _contacts(self) -> Iterator[str]:
        for (first, second), name in self.sheet.contacts.items():
            one, other = self.answers.get(first), self.answers.get(second)
            if one and other and one.on != other.on and _contact(one) != _contact(other):
                yield name

    def _acts(self) -> Iterator[str]:
        for name, role in self.sheet.acts:
            found = self.c.act_in_force(name, role)
            if found is not None:
                definition = self.model.rulebook.acts[name]
                for value in found.values if definition.values else ("in force",):
                    yield act_name(name, role, value)
                if not definition.values:
                    yield from (act_name(name, role, self._local(value)) for value in found.values)
        for act in self.c.record.acts:
            if act.act == STATUS and act.about in self.c.letters:
                yield f"status of {self.c.letters[act.about]} on file"

    def _local(self, word: str) -> str:
        """Write a marker named after persons with the letters of the pair."""
        stem, _, suffix = word.rpartition("_")
        a, b = self.c.pair.a, self.c.pair.b
        letters = {a + b: "AB", b + a: "BA", a: "A", b: "B"}
        return f"{stem}_{letters[suffix]}" if suffix in letters else word

    def _measures(self) -> Iterator[str]:
        measures = self.model.measures
        for name, place in measures.free:
            value = self.c.measure(name, place)
            if value is not None:
                yield f"{measure_name(name, place)} known"
                yield from (f"{measure_name(name, place)} >= {n}" for n in measures.levels[name] if value >= n)


def _contact(answer: Answer) -> str:
    return answer.contact or answer.on.isoformat()


def _first_of(key: str, keys: list[str]) -> str:
    return next(first for first in keys if first and key.startswith(first))


def _fixed_keys(entries: Iterable[Iterable[SheetEntry]], slot: int) -> frozenset[str]:
    found = (entry.evidence.element for of_place in entries for entry in of_place if entry.slot.number == slot)
    return frozenset(element.key for element in found if element is not None) - {""}


_ASKED: Mapping[str, Callable[[Context, Row, Asked], bool]] = {
    "cell": lambda c, row, asked: c.cell(row, asked.column, (asked.word,)),
    "filled": lambda c, row, asked: row.cells.get(asked.column) not in c.EMPTY,
    "future": lambda c, row, asked: c.future(row, asked.column),
    "costs": lambda c, row, asked: c.costs(row, asked.column),
    "meant": lambda c, row, asked: c.meant(row, asked.column, asked.word),
}
