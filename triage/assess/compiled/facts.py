"""Number everything that the answers of a pair can say, so that a whole case is one set of small numbers.

A fact is: a place is answered; a non-answer was given there; a code that is asked for was chosen there; an account
settles a cell of a finding by saying "not found"; a class was heard safely on a subject; the support service or a
record was.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from triage.assess.subjects import SUBJECTS, subjects_of
from triage.assess.worth.standings import PERSON_CLASS
from triage.flow.model import RESERVED_CODES

if TYPE_CHECKING:
    from triage.assess.compiled.tables import Table


@dataclass(frozen=True)
class Facts:
    """The numbers of all facts of one rulebook. Places are numbered already; facts continue from them.

    `read` are, by question, the codes that anything asks for.
    """

    tables: tuple["Table", ...]
    cells: int
    sources: Collection[str]
    read: Mapping[str, Collection[str]]

    def answered(self, place: int) -> int:
        """The place holds an answer other than a non-answer."""
        return place

    def silent(self, place: int) -> int:
        """The place holds a non-answer."""
        return len(self.tables) + place

    def recorded(self, place: int) -> tuple[int, int]:
        """The two facts of which one holds when the place holds anything."""
        return self.answered(place), self.silent(place)

    def settled(self, cell: int) -> int:
        """Some account settles the cell."""
        return 2 * len(self.tables) + cell

    @cached_property
    def _first_code(self) -> int:
        return 2 * len(self.tables) + self.cells

    @cached_property
    def codes(self) -> tuple[Mapping[str, int], ...]:
        """For each place, by code that is asked for: it was chosen there, or is the non-answer given there."""
        first, found = self._first_code, []
        for table in self.tables:
            read = self.read.get(table.question.id, ())
            options = [code for code in table.question.options if code in read]
            codes = dict.fromkeys((*options, *sorted(RESERVED_CODES)))
            found.append({code: first + number for number, code in enumerate(codes)})
            first += len(codes)
        return tuple(found)

    @cached_property
    def anchored(self) -> Mapping[str, int]:
        """For each subject: the support service, or a record, was heard on it safely."""
        first = self._first_code + sum(len(codes) for codes in self.codes)
        return {subject: first + number for number, subject in enumerate(SUBJECTS)}

    @cached_property
    def heard(self) -> Mapping[str, Mapping[str, int]]:
        """For each subject, by class: it was heard on it safely."""
        first, kinds = max(self.anchored.values()) + 1, (*self.sources, *PERSON_CLASS.values())
        return {
            subject: {kind: first + at * len(kinds) + number for number, kind in enumerate(kinds)}
            for at, subject in enumerate(SUBJECTS)
        }

    @cached_property
    def classes(self) -> Mapping[str, tuple[int, ...]]:
        """For each subject, the facts that a class was heard."""
        return {subject: tuple(heard.values()) for subject, heard in self.heard.items()}

    @cached_property
    def subjects(self) -> tuple[tuple[str, ...], ...]:
        """For each place, the subjects on which an answer there is heard."""
        return tuple(subjects_of(table.question, table.orientation) for table in self.tables)
