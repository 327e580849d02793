"""What a wording says in the findings, worked out once for every case: facts, pieces, and what must be asked each time.

A wording is read like any account, by the letter, with a stand-in for the answer that knows nothing but the wording. An
entry that asks for more than that (a text, a day, whom a name means, what else was answered) raises `MoreIsAsked`, and
is read from the answer itself each time. So nothing has to declare what wordings can tell: it is found by trying.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NoReturn, cast

from triage.assess.compiled.facts import Facts
from triage.assess.compiled.tables import Entry, Table
from triage.assess.rows import Rows
from triage.assess.speaking import NO_ROW, piece_of, rules_out, settled_cells
from triage.assess.subjects import ANCHORS
from triage.assess.worth.accounts import Account
from triage.assess.worth.pieces import Piece, Place
from triage.assess.worth.standings import Standing
from triage.cases.record import Answer, Cell, Row
from triage.cases.voices import COSTS_NOTHING, SOME_TEXT, UNREAD_TEXT, Wording

if TYPE_CHECKING:
    from triage.assess.compiled.compiling import CompiledRulebook

TEXTS = (SOME_TEXT, COSTS_NOTHING, UNREAD_TEXT)

MOST_SAYINGS = 4_096
"""How many wordings are remembered for one voice; beyond that all of them are forgotten and worked out anew."""


class MoreIsAsked(Exception):
    """More is asked than a wording tells."""


Seen = tuple[int, frozenset[str], tuple[Piece | None, Piece | None]]
"""A slot, the codes that an observer must have told of, and the piece when not seen twice, and when it was."""


Asked = tuple[Entry, int, tuple[int, ...]]
"""An entry, the number of a row (-1: an entry of strength 0), and the facts that "not found" by it states."""


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What a wording says at one place in one kind of voice; it holds nothing of any case, and is told by identity.

    What every answer is asked for stands first, since it lies together in memory.
    `stated` are the facts without those of "not found". By slot: `pieces`, `zeros` (it says "not found"), `denials`
    (those of which rules look at who said so). `seen` are the pieces of observers: for a slot, by whether they saw such
    things (the codes; none: anything) only once or at two contacts. `asked` is what is read from the answer itself.
    `alone`: where a later answer may replace it, what it says when none does; nothing but what is stated is said here
    then. `counted`: a measure looks at the `place`. `more`: there is anything beside `facts`; `beside`: anything beside
    facts and pieces; `marked`: anything beside these, denials and what is counted. `slots` are those of states on which
    its codes bear.
    """

    facts: tuple[int, ...]
    more: bool
    pieces: tuple[tuple[int, Piece], ...]
    beside: bool
    denials: tuple[int, ...]
    counted: bool
    marked: bool
    place: int
    wording: Wording
    table: Table
    standing: Standing
    codes: frozenset[str]
    zeros: tuple[int, ...]
    seen: tuple[Seen, ...]
    asked: tuple[Asked, ...]
    alone: "Said | None"
    stated: tuple[int, ...]
    slots: frozenset[int]


class Voiced(dict[Wording, Said]):
    """What wordings say in one kind of voice: about whom, in whose words, whom the support service serves.

    `speaker` is A, B, somebody else, or empty when nobody is named.
    """

    def __init__(self, book: "CompiledRulebook", where: str, speaker: str, served: frozenset[str]) -> None:
        super().__init__()
        self._book, self._speaker, self._served = book, speaker, served
        self._tables = book.tables_at[where]

    def __missing__(self, wording: Wording) -> Said:
        said = self._said(wording)
        if wording.again and (said.table.state or said.table.superseded_by):
            marked = bool(said.asked or said.seen)
            alone = replace(said, counted=False, marked=marked, beside=marked or bool(said.denials))
            said = replace(
                said, pieces=(), zeros=(), denials=(), seen=(), asked=(),
                facts=said.stated, alone=alone, more=True, beside=True, marked=True,
            )  # fmt: skip
        if len(self) >= MOST_SAYINGS:
            self.clear()
        self[wording] = said
        return said

    def _said(self, wording: Wording) -> Said:
        book, table = self._book, self._tables[wording.question]
        standing = self._standing(wording, table)
        account = _account(wording, table, standing)
        facts = facts_of(book.facts, account)
        counted, stated = table.number in book.looked_at, tuple(facts)
        c, pieces, asked, zeros = _Wordings(book), list[tuple[int, Piece]](), list[Asked](), list[int]()
        seen = list[Seen]()
        rows = account.answer.rows or (NO_ROW,)
        for number, row in enumerate(rows):
            for entry in table.by_code.get(row.code, ()):
                try:
                    piece = piece_of(c, entry, account, row)
                except MoreIsAsked:
                    try:
                        both = (
                            piece_of(_Wordings(book, twice=False), entry, account, row),
                            piece_of(_Wordings(book, twice=True), entry, account, row),
                        )
                    except MoreIsAsked:
                        asked.append((entry, number, ()))
                    else:
                        seen.append((entry.slot, entry.options, both))
                else:
                    pieces += [(entry.slot, piece)] if piece is not None else []
        for entry in table.zeros:
            try:
                ruled_out = rules_out(c, entry, account)
            except MoreIsAsked:
                asked.append((entry, -1, tuple(denial_facts(book.facts, entry, account))))
            else:
                facts += denial_facts(book.facts, entry, account) if ruled_out else []
                zeros += [entry.slot] if ruled_out else []
        denials = [slot for slot in zeros if slot in book.judged]
        marked = bool(asked or seen or standing.unsafe)
        beside = bool(denials or counted or marked)
        return Said(
            facts=tuple(facts), more=bool(pieces) or beside, pieces=tuple(pieces), beside=beside,
            denials=tuple(denials), counted=counted, marked=marked,
            place=table.number, wording=wording, table=table, standing=standing, codes=account.codes,
            zeros=tuple(zeros), seen=tuple(seen), asked=tuple(asked), alone=None, stated=stated,
            slots=frozenset(one.slot for row in rows for one in table.by_code.get(row.code, ()) if one.state),
        )  # fmt: skip

    def _standing(self, wording: Wording, table: Table) -> Standing:
        speaker = self._speaker or table.unnamed.get(wording.source, "")
        if not self._speaker and wording.source == "ISS" and self._served and speaker not in self._served:
            speaker = ""
        return self._book.standings.of(
            (
                wording.source,
                speaker,
                wording.alone,
                wording.tainted or wording.alone is False,
                wording.hearsay,
                wording.interested,
                wording.recording == "authenticated",
            )
        )


class Sayings:
    """What wordings say, by kind of voice; of one rulebook."""

    def __init__(self, book: "CompiledRulebook") -> None:
        self._book = book
        self._served: dict[frozenset[str], _Voices] = {}

    def heard_by(self, served: frozenset[str]) -> Mapping[tuple[str, str], Voiced]:
        """The sayings, where the support service serves these: by what they are about (A, AB, ...), and whose they are.

        Those are words of A, of B, of nobody named (empty), or of somebody else.
        """
        voices = self._served.get(served)
        if voices is None:
            voices = self._served[served] = _Voices(self._book, served)
        return voices

    @property
    def remembered(self) -> Sequence[Voiced]:
        """Everything that is remembered."""
        return tuple(voiced for voices in self._served.values() for voiced in voices.values())


class _Voices(dict[tuple[str, str], Voiced]):
    """The sayings of each voice, made when it is first heard."""

    def __init__(self, book: "CompiledRulebook", served: frozenset[str]) -> None:
        super().__init__()
        self._book, self._served = book, served

    def __missing__(self, voice: tuple[str, str]) -> Voiced:
        self[voice] = voiced = Voiced(self._book, *voice, self._served)
        return voiced


@lru_cache(maxsize=8)
def sayings_of(book: "CompiledRulebook") -> Sayings:
    """What is remembered for one rulebook. It grows up to a limit, depends on no case and holds nothing of any."""
    return Sayings(book)


def facts_of(facts: Facts, account: Account) -> list[int]:
    """The facts that an account states by being there: answered, these codes, heard on a subject."""
    table = account.table
    codes, standing = facts.codes[table.number], account.standing
    found = [facts.answered(table.number)]
    found += [codes[code] for code in account.codes if code in codes]
    if standing.safe:
        for subject in facts.subjects[table.number]:
            found += [facts.anchored[subject]] if standing.source in ANCHORS else []
            found += [facts.heard[subject][standing.kind]] if standing.kind in facts.heard[subject] else []
    return found


def denial_facts(facts: Facts, entry: Entry, account: Account) -> list[int]:
    """The facts that "not found" states: what it settles."""
    return [*map(facts.settled, settled_cells(entry, account))]


# --- a stand-in for an answer, which knows its wording alone ----------------------------------------------------------


class _Text:
    """Some text in a column. That it is there can be asked; what it says cannot."""

    def __eq__(self, other: object) -> bool:
        if other is None or other in {"", ()}:
            return False
        raise MoreIsAsked

    def __str__(self) -> NoReturn:
        raise MoreIsAsked

    def __hash__(self) -> int:
        raise MoreIsAsked

    __bool__ = __iter__ = __str__


class _Cells(dict[str, Cell]):
    """The other columns of a row, in words of the flows."""

    def __init__(self, words: Sequence[tuple[str, object]]) -> None:
        text = cast("Cell", _Text())
        super().__init__((column, text if held in TEXTS else cast("Cell", held)) for column, held in words)
        self.costing = {column: held == SOME_TEXT for column, held in words if held in {SOME_TEXT, COSTS_NOTHING}}


class _Words:
    """A stand-in for an answer."""

    def __init__(self, wording: Wording) -> None:
        self.question, self.source, self.alone = wording.question, wording.source, wording.alone
        self.tainted, self.hearsay, self.interested = wording.tainted, wording.hearsay, wording.interested
        self.recording, self.follow_up = wording.recording, wording.follow_up
        self.rows = tuple(Row(code, scale, _Cells(words)) for code, scale, words in wording.rows)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes chosen."""
        return tuple(row.code for row in self.rows)

    def __getattr__(self, name: str) -> NoReturn:
        raise MoreIsAsked(name)


def stand_in(said: Said) -> Account:
    """A stand-in for an account that said this."""
    return _account(said.wording, said.table, said.standing)


def _account(wording: Wording, table: Table, standing: Standing) -> Account:
    codes = frozenset(code for code, _, _ in wording.rows)
    return Account(cast("Answer", _Words(wording)), -1, table, standing, codes)


class _Wordings(Rows):
    """A stand-in for everything else on file: nothing of it is known, but perhaps whether it was seen `twice`."""

    def __init__(self, book: "CompiledRulebook", *, twice: bool | None = None) -> None:
        self.book, self._twice = book, twice

    def seen_twice(self, _place: Place, _source: str, _options: frozenset[str]) -> bool:
        """Whether a source saw such things twice, where that is tried."""
        if self._twice is None:
            raise MoreIsAsked
        return self._twice

    def cell(self, row: Row, column: str, values: Sequence[str]) -> bool:
        """Whether a column holds one of the codes; of a text nobody knows."""
        if isinstance(row.cells.get(column), _Text):
            raise MoreIsAsked
        return super().cell(row, column, values)

    def costs(self, row: Row, column: str) -> bool:
        """Whether a text says that a refusal costs something: of what sort it is, is part of the wording."""
        cells = row.cells
        if isinstance(cells, _Cells) and column in cells.costing:
            return cells.costing[column]
        return super().costs(row, column)

    def __getattr__(self, name: str) -> NoReturn:
        raise MoreIsAsked(name)
