"""The one place where casework meets the rules: reading an answer or act by them, and assessing a case."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from triage.assess.reading.answers import read_case
from triage.assess.reading.naming import letters_named
from triage.cases.compartments import REFERRED
from triage.cases.model import NewAct, NewAnswer, Raw
from triage.cases.record import Act, Answer, CaseRecord, Pair
from triage.flow.model import Rulebook
from triage.flow.problems import Problem
from triage.flow.values import UNKNOWN
from triage.routing.assessment import Assessment, PairAssessment, assess
from triage.routing.loading import Loaded, load
from triage.routing.reachable.meaning import Meaning, meaning_of
from triage.routing.rules import Outcome

_PLACE: Final = re.compile("[A-Z]([>-][A-Z])?")
_MERGED_AFTER = frozenset({"corrects", "reason", "copy_of"})


class RulesUnreadable(ValueError):
    """The flows have problems; a flow that has problems is never served (design page 3)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rulebook in force, and the two functions of the core that read a case and assess it by it."""

    rulebook: Rulebook
    read_case: Callable[[object, Rulebook, date], CaseRecord | tuple[Problem, ...]]
    assessment: Callable[[CaseRecord], Assessment]
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    markers: frozenset[str] = frozenset()
    meaning: Callable[[PairAssessment], Meaning] | None = None

    def states_support(self, answer: Answer) -> bool:
        """Whether a column that only the support side writes is filled (domain 13, correction 3)."""
        reserved = {column.code for column in self.rulebook.questions[answer.question].columns if column.support_only}
        return any(row.cells.get(code) for row in answer.rows for code in reserved)

    def persons_named(self, answer: Answer) -> frozenset[str]:
        """The letters of whom an answer about the whole case names beside A and B."""
        return letters_named(self.rulebook.questions[answer.question], answer.rows)

    def answer_from(self, new: NewAnswer, identity: str, today: date) -> Answer | tuple[str, ...]:
        """Read a new answer by the rules; or say everything that is wrong with it."""
        raw = {entry.name: getattr(new, entry.name) for entry in fields(new) if entry.name not in _MERGED_AFTER}
        given = {name: value for name, value in raw.items() if value not in ("", None) or name == "value"}
        places = (new.about, new.by, *_letters_in(new.value))
        read = self._read(today, places, answers=[{**given, "id": identity}])
        return replace(read.answers[0], copy_of=new.copy_of) if isinstance(read, CaseRecord) else read

    def act_from(
        self, new: NewAct, identity: str, today: date, sides: tuple[str, ...] = ("",)
    ) -> Act | tuple[str, ...]:
        """Read a new act by the rules; or say everything that is wrong with it. Who signs it is added by the duty.

        `sides` are those of the names it will carry, as far as they are known.
        """
        value: str | list[str] = new.values[0] if len(new.values) == 1 else list(new.values)
        raw = {"id": identity, "act": new.act, "about": new.about or None, "value": value, "on": new.on}
        by = [{"name": f"signatory {number}", "side": side} for number, side in enumerate(sides)]
        read = self._read(today, (new.about,), acts=[{**raw, "by": by}])
        return replace(read.acts[0], by=(), reason=new.reason) if isinstance(read, CaseRecord) else read

    def open_to(self, name: str, record: CaseRecord) -> tuple[str, ...]:
        """What an act may name on the day of the record: the markers now unknown, the gates in force, or its values.

        Over all pairs of the case; a marker of a pair is named with its own persons.
        """
        if name == "RISK-REASONED":
            pairs = self.assessment(record).pairs
            unknown = (
                named_in(marker, one.pair)
                for one in pairs
                for marker in self.markers
                if one.facts.get(marker, UNKNOWN) == UNKNOWN
            )
            return tuple(sorted(set(unknown)))
        values = self.rulebook.acts[name].values
        if name == "GATE-REASSESSED":
            in_force = {gate for one in self.assessment(record).pairs for gate in one.decision.case}
            return tuple(gate for gate in values if gate in in_force)
        return values

    def _read(
        self, today: date, places: tuple[str, ...], **content: list[dict[str, Any]]
    ) -> CaseRecord | tuple[str, ...]:
        """Read by the rules alone: whether the persons it names are of the case is asked of the case, by the duty."""
        named = {letter for one in places if _PLACE.fullmatch(one) for letter in (one[0], one[-1])}
        people: dict[str, dict[str, str]] = {letter: {} for letter in sorted({*REFERRED, *named})}
        file = {"id": "new", "on": today, "persons": people, "pairs": list(map(list, combinations(people, 2)))}
        file |= content
        read = self.read_case(file, self.rulebook, today)
        return read if isinstance(read, CaseRecord) else tuple(problem.message for problem in read)


def _letters_in(value: Raw) -> Iterator[str]:
    """Give what may be the letter of a person in a value as typed: whether it is one, its question says."""
    if isinstance(value, str) and len(value) == 1:
        yield value.upper()
    elif isinstance(value, list):
        for one in value:
            yield from _letters_in(one)
    elif isinstance(value, Mapping):
        yield from _letters_in(list(value.values()))


def named_in(marker: str, pair: Pair) -> str:
    """Write a marker of a pair with the letters of its persons: `BDREAD_AB` of C and D is `BDREAD_CD`."""
    stem, mark, suffix = marker.rpartition("_")
    persons = {"A": pair.a, "B": pair.b}
    if not mark or not set(suffix) <= set(persons):
        return marker
    return f"{stem}_{''.join(persons[letter] for letter in suffix)}"


@cache
def load_rules(directory: Path) -> Rules:
    """Read the flows of a folder, once. Raises `RulesUnreadable` with every problem when there is one."""
    loaded = load(directory)
    if not isinstance(loaded, Loaded):
        raise RulesUnreadable("\n".join(map(str, loaded)))
    outcomes = loaded.decider.rules.outcomes
    return Rules(
        rulebook=loaded.book.rulebook,
        read_case=read_case,
        assessment=lambda record: assess(record, loaded.book, loaded.decider),
        outcomes=outcomes,
        markers=loaded.decider.markers,
        meaning=lambda assessed: meaning_of(assessed, loaded.decider),
    )
