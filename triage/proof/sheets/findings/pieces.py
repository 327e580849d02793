"""From the accounts of a sheet to pieces of evidence: for each finding, who says what of it, how strongly."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from triage.flow.circuits.circuit import FALSE, TRUE, Circuit, Literal
from triage.flow.conditions import Always
from triage.proof.sheets.findings.row_reading import AccountTests
from triage.proof.sheets.shape.accounts import PERSONS, STRENGTHS, Levels, SymbolicAccount, credit, fixed_strength
from triage.proof.sheets.shape.entries import Place, SheetEntry
from triage.proof.sheets.shape.rows import Asked, SymbolicRow
from triage.proof.sheets.shape.sheet import Sheet

OBSERVERS = ("HLT", "CSC", "POL", "OBS")
NO_CLASS = ""


@dataclass(frozen=True, slots=True)
class SymbolicPiece:
    """One piece: that it stands, how strong it then is, that its source makes a class, and what it counts as."""

    holds: Literal
    levels: Levels
    classed: Literal
    account: SymbolicAccount
    kind: str
    key: str

    def at(self, circuit: Circuit, level: int) -> Literal:
        """That it stands at a strength or more."""
        return circuit.all_of((self.holds, self.levels[level])) if level > 1 else self.holds

    def of_class(self, name: str) -> Literal:
        """That its source is of a class; the empty name: of no class."""
        if name == NO_CLASS:
            return -self.classed
        return self.account.classes.get(name, FALSE)


@dataclass(frozen=True, slots=True)
class NotFound:
    """That an account said "not found" for a finding, and answered which question."""

    question: str
    account: SymbolicAccount
    holds: Literal


class Pieces:
    """The pieces and the "not found" of every value, gathered from the entries of one place at a time."""

    def __init__(self, sheet: Sheet, tests: AccountTests) -> None:
        self.sheet, self.circuit, self.tests = sheet, sheet.circuit, tests
        self.places: dict[int, list[Place]] = defaultdict(list)
        for place, entries in sheet.entries.items():
            for number in dict.fromkeys(entry.slot.number for entry in entries):
                self.places[number].append(place)
        self._speaking: dict[int, tuple[SymbolicPiece, ...]] = {}
        self._zeros: dict[int, tuple[NotFound, ...]] = {}

    def of(self, slot: int) -> tuple[SymbolicPiece, ...]:
        """The pieces of one value."""
        found = self._speaking.get(slot)
        if found is None:
            found = self._speaking[slot] = tuple(
                piece
                for place in self.places[slot]
                for entry in self.sheet.entries[place]
                if entry.slot.number == slot and entry.evidence.strength != "0"
                for account in self.sheet.at(place)
                for piece in self._of_entry(entry, account)
            )
        return found

    def ruled_out(self, slot: int) -> tuple[NotFound, ...]:
        """Who said "not found" of one value."""
        found = self._zeros.get(slot)
        if found is None:
            found = self._zeros[slot] = tuple(
                NotFound(place[0], account, self._rules_out(entry, account))
                for place in self.places[slot]
                for entry in self.sheet.entries[place]
                if entry.slot.number == slot and entry.evidence.strength == "0"
                for account in self.sheet.at(place)
            )
        return found

    # --- speaking -------------------------------------------------------------------------------------------------

    def _of_entry(self, entry: SheetEntry, account: SymbolicAccount) -> list[SymbolicPiece]:
        said: dict[tuple[str, bool], list[Literal]] = defaultdict(list)
        for row in account.rows.rows:
            if entry.evidence.options and row.code not in entry.evidence.options:
                continue
            there = self.circuit.all_of((row.present, self._row_agrees(entry, account, row)))
            sure, unsaid = self._scaled(entry, row)
            for key, keyed in self._keys(entry, row).items():
                said[key, True].append(self.circuit.all_of((there, keyed, sure)))
                if unsaid != FALSE:
                    said[key, False].append(self.circuit.all_of((there, keyed, unsaid)))
        counts = self._account_agrees(entry, account)
        levels = self._levels(entry, account)
        lower: Levels = {level: TRUE if level <= 1 else FALSE for level in STRENGTHS}
        classed = self._classed(entry, account)
        return [
            SymbolicPiece(
                self.circuit.all_of((counts, self.circuit.any_of(rows))),
                levels if sure else lower,
                classed,
                account,
                entry.kind,
                key,
            )
            for (key, sure), rows in said.items()
            if self.circuit.any_of(rows) != FALSE
        ]

    def _scaled(self, entry: SheetEntry, row: SymbolicRow) -> tuple[Literal, Literal]:
        """That the second code speaks, and that none was given, which leaves it possible."""
        if not entry.scale:
            return TRUE, FALSE
        speaks = self.circuit.any_of(row.scale[word] for word in entry.scale if word in row.scale)
        unsaid = row.scale[""] if "" not in entry.scale and row.code else FALSE
        return speaks, unsaid

    def _keys(self, entry: SheetEntry, row: SymbolicRow) -> Mapping[str, Literal]:
        """Each key that the row may have as an element, with the literal that it has it."""
        element = entry.evidence.element
        if element is None:
            return {"": TRUE}
        if key := element.key or element.keys.get(row.code, ""):
            return {key: TRUE}
        if not element.cell:
            return {row.code: TRUE}
        if element.cell == "scale":
            return row.scale
        labels = {
            f"label {asked.word}": literal
            for asked, literal in row.asked.items()
            if asked.test == "label" and asked.column == element.cell
        }
        return labels | {"": -self.circuit.any_of(labels.values())}

    def _row_agrees(self, entry: SheetEntry, account: SymbolicAccount, row: SymbolicRow) -> Literal:
        meant = row.asked[Asked("meant", entry.evidence.who, entry.meant)] if entry.meant else TRUE
        return self.circuit.all_of((meant, self.tests.when(entry, account, lambda asked: row.asked[asked])))

    def _account_agrees(self, entry: SheetEntry, account: SymbolicAccount) -> Literal:
        circuit = self.circuit
        parts = [account.answered]
        if entry.definition.state:
            parts.append(self.sheet.current(account.place)[account.number])
        if entry.evidence.follow_up:
            parts.append(circuit.any_of(account.follow_up[one] for one in entry.evidence.follow_up))
        if entry.whole:
            parts.append(account.within(circuit, entry.evidence.options))
        return circuit.all_of(parts)

    def _levels(self, entry: SheetEntry, account: SymbolicAccount) -> Levels:
        written, acts = entry.evidence.strength, entry.definition.acts
        if written.isdigit():
            return fixed_strength(self.circuit, account, int(written), acts)
        levels = credit(self.circuit, account, entry.slot.actor, entry.other, acts)
        return {level: literal if level <= entry.evidence.cap else FALSE for level, literal in levels.items()}

    def _classed(self, entry: SheetEntry, account: SymbolicAccount) -> Literal:
        """That its source makes a class: an observer of fear must have seen it at two contacts."""
        if not entry.definition.observers_need_two_contacts:
            return TRUE
        circuit = self.circuit
        outside = -circuit.any_of(account.speaker[person] for person in PERSONS)
        observing = circuit.all_of((account.from_sources(circuit, OBSERVERS), outside))
        return circuit.any_of((-observing, self._seen_twice(entry, account)))

    def _seen_twice(self, entry: SheetEntry, account: SymbolicAccount) -> Literal:
        circuit, options = self.circuit, entry.evidence.options
        accounts = self.sheet.at(account.place)
        seen = []
        for one in accounts:
            same = circuit.any_of(circuit.all_of((one.source[s], account.source[s])) for s in one.source)
            so = one.says(circuit, options) if options else TRUE
            seen.append(circuit.all_of((one.safe, same, so)))
        return circuit.any_of(
            circuit.all_of((seen[number], seen[other], self.sheet.two_contacts(accounts[number], accounts[other])))
            for number in range(len(accounts))
            for other in range(number)
        )

    # --- ruling out -----------------------------------------------------------------------------------------------

    def _rules_out(self, entry: SheetEntry, account: SymbolicAccount) -> Literal:
        circuit, evidence = self.circuit, entry.evidence
        rows = account.rows.rows
        if evidence.loose:
            named = [row for row in rows if row.code in evidence.options]
            said = circuit.any_of(circuit.all_of((row.present, self._in_scale(entry, row))) for row in named)
        else:
            among = account.within(circuit, evidence.options) if evidence.options else TRUE
            scaled = circuit.all_of(circuit.any_of((-row.present, self._in_scale(entry, row))) for row in rows)
            said = circuit.all_of((among, scaled))
        parts = [account.answered, said]
        if entry.meant:
            parts.append(self.sheet.first_row(account, Asked("meant", entry.evidence.who, entry.meant)))
        if entry.when != Always():
            parts.append(self.tests.when(entry, account, lambda asked: self.sheet.first_row(account, asked)))
        if entry.definition.state:
            parts.append(self.sheet.current(account.place)[account.number])
        if entry.definition.superseded_by:
            parts.append(-self.sheet.silenced(account))
        return circuit.all_of(parts)

    def _in_scale(self, entry: SheetEntry, row: SymbolicRow) -> Literal:
        if not entry.scale:
            return TRUE
        return self.circuit.any_of(row.scale[word] for word in entry.scale if word in row.scale)
