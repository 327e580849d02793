"""Read a signed act, and say which act is in force on a day (domain 12.3)."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from triage.assess.reading.places import place
from triage.assess.reading.values import NotAValue, shown
from triage.cases.record import Act, Pair, Signatory
from triage.flow.model import ActDefinition
from triage.flow.problems import Problem, nearest

_Key = TypeVar("_Key", bound=Hashable)

SIDES: Mapping[str, str] = {
    "support": "support", "ISS": "support", "victim-support": "support", "V": "support",
    "programme": "programme", "PS": "programme", "P": "programme", "perpetrator-side": "programme",
    "panel": "panel", "independent": "panel", "adjudicator": "panel",
    "safety": "safety", "safety-lead": "safety", "duty": "duty", "duty-manager": "duty", "system": "system",
}  # fmt: skip
"""How a file may write the side of a signatory."""

MAY_SIGN: Mapping[str, frozenset[str]] = {
    "panel": frozenset({"panel", "support", "safety"}),
    "support": frozenset({"support"}),
    "programme": frozenset({"programme"}),
    "safety": frozenset({"safety", "support"}),
    "duty": frozenset({"duty", "safety"}),
    "system": frozenset({"system", "panel"}),
}
OPPOSITE = {"support": "programme", "safety": "programme", "programme": "support"}
TITLES: Mapping[str, frozenset[str]] = {
    "programme": frozenset({"programme", "perpetrator", "intake", "facilitator"}),
    "support": frozenset({"support", "iss", "victim", "advocate"}),
}
"""Words of a title that tell the side of someone who signed without stating it."""

NEEDS_SUPPORT_SIDE = frozenset({"W-SIGN", "RISK-REASONED", "GATE-REASSESSED"})
"""Acts with several names, one of whom speaks for the victim-support side."""


def read_act(
    item: Mapping[object, object],
    number: int,
    on: date,
    acts: Mapping[str, ActDefinition],
    persons: Collection[str],
    pairs: Sequence[Pair],
) -> Act | list[Problem]:
    """Read one act as the formats write it; every fault is given back at once."""
    name = shown(item.get("act"))
    definition = acts.get(name)
    if definition is None:
        return [Problem("C003", f"there is no act `{name}`.", near=nearest(name, acts))]
    problems: list[Problem] = []
    about = ""
    try:
        about = place(definition.about, item.get("about"), pairs, persons)
    except NotAValue as fault:
        problems.append(Problem("C006", str(fault), near=fault.near))
    values = _values(item.get("value"), definition)
    problems += _value_faults(values, definition)
    by = tuple(_signatories(item))
    problems += _signature_faults(by, definition, persons)
    if problems:
        return problems
    identity = shown(item.get("id", f"act {number}"), 200)
    return Act(identity, name, about, values, on, by, shown(item.get("reason", ""), 2000))


def _values(written: object, definition: ActDefinition) -> tuple[str, ...]:
    if isinstance(written, Sequence) and not isinstance(written, str):
        return tuple(shown(one) for one in written)
    if written is None:
        return definition.values[:1] if len(definition.values) == 1 else ()
    return (shown(written),)


def _value_faults(values: tuple[str, ...], definition: ActDefinition) -> Iterator[Problem]:
    if not values:
        yield Problem("C008", "the act has no value.")
    if len(values) > 1 and not definition.listed:
        yield Problem("C008", "the act has one value.")
    for value in values:
        if definition.values and value not in definition.values:
            yield Problem("C008", f"`{value}` is no value of this act.", near=nearest(value, definition.values))


def _signatories(item: Mapping[object, object]) -> Iterator[Signatory]:
    names = item.get("by")
    side = SIDES.get(shown(item.get("side", "")), "")
    for one in names if isinstance(names, Sequence) and not isinstance(names, str) else [names]:
        if isinstance(one, Mapping):
            yield Signatory(
                shown(one.get("name", ""), 100), SIDES.get(shown(one.get("side", one.get("role", ""))), side)
            )
        elif one:
            stated, mark, name = shown(one, 100).partition(":")
            known = SIDES.get(stated.strip()) if mark else None
            yield Signatory(name.strip(), known) if known else Signatory(shown(one, 100), SIDES.get(shown(one), side))


def _signature_faults(
    by: tuple[Signatory, ...], definition: ActDefinition, persons: Collection[str]
) -> Iterator[Problem]:
    if len({one.name for one in by}) < definition.names:
        yield Problem("C009", f"the act needs {definition.names} different name(s) in `by`.")
    for one in by:
        if one.name in persons:
            yield Problem("C009", f"`{one.name}` is a person of the case and signs nothing about it.")
        elif one.side and one.side not in MAY_SIGN[definition.side]:
            yield Problem(
                "C009", f"`{one.name}` signs for the side `{one.side}`; {definition.name} is not of that side."
            )
        elif not one.side and _titled(one.name, OPPOSITE.get(definition.side, "")):
            yield Problem("C009", f"`{one.name}` is of the other side; {definition.name} is not of that side.")
    stated = [one.side for one in by if one.side]
    if definition.name in NEEDS_SUPPORT_SIDE and len(stated) == len(by) and not {"support", "safety"} & set(stated):
        yield Problem(
            "C009", "one of the names must be of the victim-support side or an independent safeguarding lead."
        )


def _titled(name: str, side: str) -> bool:
    """Whether a name is a title of that side, such as `intake worker`."""
    words = name.casefold().replace("-", " ").split()
    return not TITLES.get(side, frozenset()).isdisjoint(words)


def in_force(acts: Sequence[Act], name: str, about: str, on: date, definition: ActDefinition) -> Act | None:
    """Give the latest act of that name about that place, unless it has run out by the day `on`."""
    same = ((name, act) for act in acts if act.act == name and act.about == about)
    return all_in_force(same, on, {name: definition}).get(name)


def all_in_force(
    acts: Iterable[tuple[_Key, Act]], on: date, definitions: Mapping[str, ActDefinition]
) -> dict[_Key, Act]:
    """Give the latest act under each key, unless it has run out by the day `on`; of one day the last written counts."""
    latest = dict[_Key, Act]()
    for key, act in acts:
        if act.on <= on and ((before := latest.get(key)) is None or act.on >= before.on):
            latest[key] = act
    lasting = [(key, act, days) for key, act in latest.items() if (days := definitions[act.act].days)]
    for key, act, days in lasting:
        if on > act.on + timedelta(days=days):
            del latest[key]
    return latest
