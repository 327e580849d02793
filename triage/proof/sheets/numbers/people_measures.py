"""Numbers about people and places, counted from the accounts of a sheet: ratings, concerns, holders, requests."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from triage.assess.measuring.people import CONCERNS, RATINGS
from triage.flow.circuits.circuit import TRUE, Circuit, Literal
from triage.proof.sheets.shape.accounts import PERSONS, SymbolicAccount, not_by, on_another_day
from triage.proof.sheets.shape.entries import Place
from triage.proof.sheets.shape.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Number:
    """One exact number: that it is known, and for a level that it is known and so high or higher."""

    known: Literal
    at_least: Callable[[int], Literal]


Exact = Callable[[Sheet, str], Number]


def other(person: str) -> str:
    """The other person of the pair."""
    return PERSONS[1 - PERSONS.index(person)]


def latest(sheet: Sheet, place: Place) -> list[tuple[SymbolicAccount, Literal]]:
    """The accounts of a place, each with the literal that it is the latest of its voice."""
    if place not in sheet.entries:
        return []
    both = zip(sheet.at(place), sheet.latest(place), strict=True)
    return [(account, sheet.circuit.all_of((account.answered, last))) for account, last in both]


def after(circuit: Circuit, one: SymbolicAccount, earlier: SymbolicAccount) -> Literal:
    """That an account is of a later day than another."""
    return circuit.any_of(circuit.all_of((one.later[day], -earlier.later[day])) for day in one.later)


def counted(circuit: Circuit, literals: Iterable[Literal]) -> Number:
    """A number that is always known: how many literals hold."""
    found = list(literals)
    return Number(TRUE, lambda number: circuit.any_of(found) if number == 1 else circuit.at_least(number, found))


def rating_of(question: str) -> Exact:
    """The lowest rating that anybody gave last."""

    def rating(sheet: Sheet, place: str) -> Number:
        circuit = sheet.circuit
        rated = [
            (circuit.all_of((counts, account.rows.chosen[code])), RATINGS[code])
            for account, counts in latest(sheet, (question, place))
            for code in account.rows.chosen
            if code in RATINGS
        ]
        known = circuit.any_of(literal for literal, _ in rated)

        def at_least(number: int) -> Literal:
            return circuit.all_of((known, *(-literal for literal, level in rated if level < number)))

        return Number(known, at_least)

    return rating


def independent_assessment(sheet: Sheet, person: str) -> Number:
    """2 when everybody said last that it is signed as suitable, 0 when anybody said otherwise."""
    circuit, found = sheet.circuit, latest(sheet, ("LT-11", person))
    known = circuit.any_of(counts for _, counts in found)
    otherwise = circuit.any_of(
        circuit.all_of((counts, -account.says(circuit, ("signed_suitable",)))) for account, counts in found
    )
    suitable = circuit.all_of((known, -otherwise))
    return Number(known, lambda number: known if number <= 0 else suitable if number <= len(PERSONS) else -TRUE)


def capacity_concern(sheet: Sheet, person: str) -> Number:
    """1 when a sign or concern is later than every assessment by health that says able."""
    circuit = sheet.circuit
    accounts = sheet.at(("CN-10", person))
    able = {
        one.name: circuit.all_of((one.safe, one.from_sources(circuit, ("HLT",)), one.says(circuit, ("assessed_able",))))
        for one in accounts
    }
    waiting = []
    for one in accounts:
        cleared = (circuit.all_of((able[two.name], -after(circuit, one, two))) for two in accounts)
        waiting.append(circuit.all_of((one.says(circuit, CONCERNS), -able[one.name], -circuit.any_of(cleared))))
    return counted(circuit, [circuit.any_of(waiting)])


def own_will_harm(sheet: Sheet, person: str) -> Number:
    """Whether others harm this person of their own will; how many is not counted."""
    rows = (
        sheet.circuit.all_of((account.answered, row.present, row.scale.get("own_will_harm", -TRUE)))
        for account in sheet.at(("WD-11", other(person) + person))
        for row in account.rows.rows
    )
    return counted(sheet.circuit, [sheet.circuit.any_of(rows)])


def asked_freely_days(sheet: Sheet, _: str) -> Number:
    """On how many days, up to two, the person harmed asked freely, when nothing said otherwise last."""
    circuit, accounts = sheet.circuit, sheet.at(("JW-01", ""))
    otherwise = (
        circuit.all_of((counts, -account.says(circuit, ("vs_free",))))
        for account, counts in latest(sheet, ("JW-01", ""))
    )
    freely = -circuit.any_of(otherwise)
    free = {one.number: circuit.all_of((one.safe, one.says(circuit, ("vs_free",)))) for one in accounts}
    once = circuit.any_of(free.values())
    twice = circuit.any_of(
        circuit.all_of((free[one.number], free[two.number], on_another_day(circuit, one, two)))
        for number, one in enumerate(accounts)
        for two in accounts[:number]
    )
    return counted(circuit, [circuit.all_of((freely, once)), circuit.all_of((freely, twice))])


def change_sources(sheet: Sheet, _: str) -> Number:
    """From how many sources the change work is done and noticed."""
    circuit = sheet.circuit
    by_source: dict[str, list[Literal]] = {}
    for account, counts in latest(sheet, ("JW-02", "")):
        for source, literal in account.source.items():
            done = circuit.all_of((counts, account.says(circuit, ("done_changed",)), literal))
            by_source.setdefault(source, []).append(done)
    return counted(circuit, (circuit.any_of(literals) for literals in by_source.values()))


def events_known(sheet: Sheet, place: str) -> Number:
    """How many events have a known sequence, told safely by others; 0 when the actor started, blocked or threatened."""
    circuit = sheet.circuit
    own = {"A": "x_", "B": "y_"}[place[0]]
    acts = {own + "started", own + "blocked", own + "threatened"}
    by_event: dict[str, list[Literal]] = {}
    acted = []
    for account in sheet.at(("WD-05", "")):
        for row in account.rows.rows:
            there = circuit.all_of((account.answered, row.present))
            acted += [there] if row.code in acts else []
            if row.code != "unclear":
                for event, literal in row.scale.items():
                    told = circuit.all_of((there, literal, not_by(circuit, account, place[0])))
                    by_event.setdefault(event, []).append(told)
    by_event.pop("", None)
    none_by_x = -circuit.any_of(acted)
    return counted(circuit, (circuit.all_of((none_by_x, circuit.any_of(one))) for one in by_event.values()))


OF_PEOPLE: Mapping[str, tuple[tuple[str, ...], Exact]] = {
    "responsibility": (("RD-02",), rating_of("RD-02")),
    "empathy": (("RD-03",), rating_of("RD-03")),
    "willingness": (("RD-05",), rating_of("RD-05")),
    "independent_assessment": (("LT-11",), independent_assessment),
    "capacity_concern": (("CN-10",), capacity_concern),
    "own_will_harm": (("WD-11",), own_will_harm),
    "asked_freely_days": (("JW-01",), asked_freely_days),
    "change_sources": (("JW-02",), change_sources),
    "events_known": (("WD-05",), events_known),
}
"""Each number with the questions that it is read from; it is exact in a rulebook that has them."""
