"""One symbolic account: whether somebody answered, who speaks, how safely, what was said; and what it is worth."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from triage.assess.compiled.compiling import roles_of
from triage.assess.slots import OTHER
from triage.assess.worth.accounts import PERSON_CLASS, RECORDS
from triage.flow.circuits.circuit import FALSE, TRUE, Circuit, Literal
from triage.flow.model import RESERVED_CODES, About
from triage.proof.sheets.shape.bounds import Bounds
from triage.proof.sheets.shape.rows import Layout, SymbolicRows, exactly_one, symbolic_rows

PERSONS = ("A", "B")
NOBODY = ""
STRENGTHS = (1, 2, 3, 4)

Levels = Mapping[int, Literal]
"""For each strength from 1 to 4: that it is so strong or stronger, given that it speaks at all."""


@dataclass(slots=True)
class SymbolicAccount:
    """What may stand at one place as its `number`-th record in time: an answer, a non-answer, or nothing.

    `speaker` holds the literals of A, B, some others, and nobody named (empty); `later`, by day, that it is of that
    day or a later one.
    """

    number: int
    place: tuple[str, str]
    layout: Layout
    x: str
    y: str
    answered: Literal
    silent: Mapping[str, Literal]
    source: Mapping[str, Literal]
    speaker: Mapping[str, Literal]
    unsafe: Literal
    alone: Literal
    relayed: Literal
    interested: Literal
    authenticated: Literal
    follow_up: Mapping[str, Literal]
    later: Mapping[int, Literal]
    rows: SymbolicRows
    recorded: Literal
    safe: Literal
    classes: Mapping[str, Literal]
    first_row: dict[str, Literal] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How its inputs begin."""
        return account_name(self.place, self.number)

    def from_sources(self, circuit: Circuit, sources: Iterable[str]) -> Literal:
        """That it comes from one of some sources."""
        return circuit.any_of(self.source[one] for one in sources if one in self.source)

    def spoken_by(self, person: str) -> Literal:
        """That these are the words of a person of the pair."""
        return self.speaker[person] if person else FALSE

    def said_by_or_unnamed(self, circuit: Circuit, person: str) -> Literal:
        """That these are the words of a person, or of nobody in particular."""
        return circuit.any_of((self.speaker[person], self.speaker[NOBODY]))

    def since(self, day: int) -> Literal:
        """That its day is `day` or later."""
        return TRUE if day <= 0 else self.later.get(day, FALSE)

    def says(self, circuit: Circuit, codes: Iterable[str]) -> Literal:
        """That one of some codes is chosen, or is the non-answer given."""
        told = circuit.any_of(self.rows.chosen[code] for code in codes if code in self.rows.chosen)
        silent = [self.silent[code] for code in codes if code in self.silent]
        return circuit.any_of((circuit.all_of((self.answered, told)), *silent))

    def within(self, circuit: Circuit, codes: Iterable[str]) -> Literal:
        """That every code chosen is among some codes."""
        among = frozenset(codes)
        return -circuit.any_of(chosen for code, chosen in self.rows.chosen.items() if code not in among)


def account_name(place: tuple[str, str], number: int) -> str:
    """The beginning of the names of an account's inputs: `WD-01_AB 1`."""
    return f"{'_'.join(part for part in place if part)} {number + 1}"


def symbolic_account(
    circuit: Circuit, layout: Layout, place: tuple[str, str], number: int, bounds: Bounds
) -> tuple[SymbolicAccount, list[Literal]]:
    """Make the inputs of one account, with what every account that can be recorded obeys."""
    name, question, roles = account_name(place, number), layout.question, roles_of(place[1])
    answered = circuit.input(f"{name} answered")
    silent = {code: circuit.input(f"{name} {code}") for code in sorted(RESERVED_CODES)}
    source = {one: circuit.input(f"{name} from {one}") for one in question.sources}
    others = [f"other {one + 1}" for one in range(bounds.accounts)]
    speaker = {one: circuit.input(f"{name} by {one or 'nobody named'}") for one in (*PERSONS, *others, NOBODY)}
    unsafe, relayed = circuit.input(f"{name} unsafe"), circuit.input(f"{name} relayed")
    follow_up = {one: circuit.input(f"{name} then {one}") for one in question.follow_up}
    later = {day: circuit.input(f"{name} day>={day}") for day in range(1, bounds.days)}
    rows = symbolic_rows(circuit, layout, name, answered)
    made = SymbolicAccount(
        number=number, place=place, layout=layout, x=roles["x"], y=roles["y"], answered=answered, silent=silent,
        source=source, speaker=speaker, unsafe=unsafe, alone=circuit.input(f"{name} alone"), relayed=relayed,
        interested=circuit.input(f"{name} interested"), authenticated=circuit.input(f"{name} authenticated"),
        follow_up=follow_up, later=later, rows=rows,
        recorded=circuit.any_of((answered, *silent.values())),
        safe=circuit.all_of((answered, -unsafe, -relayed)),
        classes=_classes(circuit, source, speaker),
    )  # fmt: skip
    constraints = [
        *rows.constraints,
        -circuit.at_least(2, (answered, *silent.values())),
        circuit.any_of((-made.recorded, exactly_one(circuit, list(source.values())))),
        circuit.any_of((-made.recorded, exactly_one(circuit, list(speaker.values())))),
        -circuit.at_least(2, list(follow_up.values())),
        *(circuit.any_of((-later[day], later[day - 1])) for day in range(2, bounds.days)),
        -_someone_is_named(circuit, made),
    ]
    return made, constraints


def _someone_is_named(circuit: Circuit, account: SymbolicAccount) -> Literal:
    """That nobody is said to speak where it is certain who does: the person who is asked speaks for themself."""
    question = account.layout.question
    if question.asked == "x" or question.about is About.PERSON:
        return circuit.all_of((account.speaker[NOBODY], account.from_sources(circuit, ("SELF",))))
    return FALSE


def presumed_by_support(account: SymbolicAccount) -> str:
    """Whose words the support service gives when nobody is named; empty when that is not certain."""
    question = account.layout.question
    if question.asked == "x":
        return account.x
    return account.y if question.about is About.DIRECTED else NOBODY


def _classes(circuit: Circuit, source: Mapping[str, Literal], speaker: Mapping[str, Literal]) -> dict[str, Literal]:
    of_persons = {PERSON_CLASS[person]: speaker[person] for person in PERSONS}
    neither = -circuit.any_of(of_persons.values())
    return of_persons | {one: circuit.all_of((neither, literal)) for one, literal in source.items()}


def same_voice(circuit: Circuit, one: SymbolicAccount, other: SymbolicAccount) -> Literal:
    """That two records of one place are of one voice: the same person, or nobody named and the same source."""
    same = [circuit.all_of((one.speaker[who], other.speaker[who])) for who in one.speaker if who]
    unnamed = circuit.all_of((one.speaker[NOBODY], other.speaker[NOBODY]))
    same += [circuit.all_of((unnamed, one.source[source], other.source[source])) for source in one.source]
    return circuit.any_of(same)


def on_another_day(circuit: Circuit, one: SymbolicAccount, other: SymbolicAccount) -> Literal:
    """That two records are of different days."""
    return circuit.any_of(-circuit.same(one.later[day], other.later[day]) for day in one.later)


# --- what an account is worth -------------------------------------------------------------------------------------


def credit(circuit: Circuit, account: SymbolicAccount, actor: str, other: str, acts: bool) -> Levels:
    """The strength *source* (domain 12.1): the first of these that holds decides."""
    itself = account.from_sources(circuit, ("SELF",))
    referred = account.from_sources(circuit, ("REF",))
    acting = account.spoken_by(actor)
    cases = [
        (circuit.any_of((account.unsafe, account.relayed)), 1),
        (account.authenticated, 4),
        (circuit.all_of((acting, -referred if acts else FALSE)), 4),
        (acting, 1 if other else 2),
        (referred, 1),
        (account.spoken_by(other), 2),
        (circuit.all_of((itself, account.speaker[NOBODY])), 2 if acts else 1),
        (account.interested, 1),
        (TRUE, 2),
    ]
    decided = circuit.first_that_holds([condition for condition, _ in cases])
    return {
        level: circuit.any_of(one for one, (_, strength) in zip(decided, cases, strict=True) if strength >= level)
        for level in STRENGTHS
    }


def fixed_strength(circuit: Circuit, account: SymbolicAccount, strength: int, acts: bool) -> Levels:
    """A number fixed by the answer: 1 at most when unsafe or relayed, or when a referrer tells of acts."""
    weak = [account.unsafe, account.relayed, *([account.from_sources(circuit, ("REF",))] if acts else [])]
    full = -circuit.any_of(weak)
    return {level: TRUE if level <= 1 else full if level <= strength else FALSE for level in STRENGTHS}


# --- what an account can rule out ---------------------------------------------------------------------------------

Said = Sequence[tuple[SymbolicAccount, Literal]]
"""Accounts that may have said "not found", each with the literal that it did."""
TwoContacts = Callable[[SymbolicAccount, SymbolicAccount], Literal]
Judge = Callable[[Circuit, Said, str, str, TwoContacts], Literal]


def harmed(circuit: Circuit, account: SymbolicAccount, lived: str) -> Literal:
    """That it is the safe account of the one who lived it: through the support service, or alone."""
    itself = circuit.all_of((account.from_sources(circuit, ("SELF",)), account.alone))
    heard = circuit.any_of((account.from_sources(circuit, ("ISS",)), itself))
    return circuit.all_of((account.safe, heard, account.spoken_by(lived)))


def not_by(circuit: Circuit, account: SymbolicAccount, actor: str) -> Literal:
    """That it is a safe account, and certainly not in the words of the one who acts."""
    nobody_knows = circuit.all_of((account.from_sources(circuit, ("SELF",)), account.speaker[NOBODY]))
    return circuit.all_of((account.safe, -account.spoken_by(actor), -nobody_knows))


def _own(circuit: Circuit, account: SymbolicAccount, person: str) -> Literal:
    return circuit.all_of((account.safe, account.from_sources(circuit, ("SELF",)), account.spoken_by(person)))


def _of_person(circuit: Circuit, account: SymbolicAccount, person: str) -> Literal:
    own = circuit.all_of((_own(circuit, account, person), account.alone))
    through = circuit.all_of((account.safe, account.from_sources(circuit, ("ISS",)), account.spoken_by(person)))
    by_other = account.spoken_by(OTHER[person]) if person in OTHER else FALSE
    by_health = circuit.all_of((account.safe, account.from_sources(circuit, ("HLT",)), -by_other))
    return circuit.any_of((own, through, by_health))


def _of_neither(circuit: Circuit, account: SymbolicAccount) -> Literal:
    return -circuit.any_of(account.speaker[person] for person in PERSONS)


def _record(circuit: Circuit, account: SymbolicAccount, _: str) -> Literal:
    return circuit.all_of((account.safe, account.from_sources(circuit, RECORDS), _of_neither(circuit, account)))


def _spoken(circuit: Circuit, account: SymbolicAccount, person: str) -> Literal:
    return circuit.all_of((account.safe, account.from_sources(circuit, ("SELF", "ISS")), account.spoken_by(person)))


Holds = Callable[[Circuit, SymbolicAccount, str], Literal]


def _exists(circuit: Circuit, said: Said, holds: Holds, person: str) -> Literal:
    return circuit.any_of(circuit.all_of((literal, holds(circuit, one, person))) for one, literal in said)


def _some(holds: Holds, whose: int) -> Judge:
    return lambda circuit, said, x, y, _: _exists(circuit, said, holds, y if whose else x)


def _of(*sources: str) -> Judge:
    return lambda circuit, said, _x, _y, _two: circuit.any_of(
        circuit.all_of((literal, one.safe, one.from_sources(circuit, sources))) for one, literal in said
    )


def _relayed_for(*sources: str) -> Holds:
    return lambda circuit, account, actor: circuit.all_of(
        (account.safe, account.from_sources(circuit, sources), -account.spoken_by(actor))
    )


def _on_record(*sources: str) -> Holds:
    return lambda circuit, account, _: circuit.all_of(
        (account.safe, account.from_sources(circuit, sources), _of_neither(circuit, account))
    )


def _two_contacts(circuit: Circuit, said: Said, _x: str, y: str, two: TwoContacts) -> Literal:
    heard = [(one, circuit.all_of((literal, harmed(circuit, one, y)))) for one, literal in said]
    return circuit.any_of(
        circuit.all_of((first, second, two(one, other)))
        for place, (one, first) in enumerate(heard)
        for other, second in heard[:place]
    )


def _all(*parts: tuple[Holds, int]) -> Judge:
    return lambda circuit, said, x, y, _: circuit.all_of(
        _exists(circuit, said, holds, y if whose else x) for holds, whose in parts
    )


def _court_or_both(circuit: Circuit, said: Said, x: str, _y: str, _two: TwoContacts) -> Literal:
    both = circuit.all_of(_exists(circuit, said, _own, person) for person in PERSONS)
    return circuit.any_of((_exists(circuit, said, _relayed_for("CRT", "ISS"), x), both))


JUDGES: Mapping[str, Judge] = {
    "any": _some(lambda _c, account, _p: account.safe, 0),
    "not_the_actor": _some(not_by, 0),
    "harmed": _some(harmed, 1),
    "harmed_twice": _two_contacts,
    "harmed_and_records": _all((harmed, 1), (_record, 1)),
    "sides_and_records": _all((_spoken, 0), (_spoken, 1), (_record, 0)),
    "person": _some(_of_person, 0),
    "self": _some(_own, 0),
    "support": _of("ISS"),
    "papers": _some(_relayed_for("CRT"), 0),
    "health": _of("HLT"),
    "holder": _of("REF", "CSC", "POL", "HLT", "CRT", "OBS"),
    "order_records": _some(_relayed_for("POL", "CRT", "ISS"), 0),
    "court_records": _some(_on_record("POL", "CRT"), 0),
    "court_or_both": _court_or_both,
}
"""The same table as `triage.assess.worth.accounts.COMPETENCE`, in literals; a test compares their keys."""
