"""Say in words what was proved, and show the case that breaks a law: data for a page, and lines for a terminal.

Everything is read from an entry of the record, so that a page needs no solver and says what the prover said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from triage.flow.values import UNKNOWN, Strength, from_words, last_strength
from triage.proof.proofs import COUNTEREXAMPLE, PROVED
from triage.proof.record import Entry
from triage.routing.rules import PERSONS

Texts = Mapping[str, str]
"""The texts of the flows in one language by id."""
BROKEN, UNBUILT = "broken", "not built yet"


@dataclass(frozen=True, slots=True)
class Lead:
    """What a case leads to, in words: findings (name, strength), result, routes and starts by person, gates, alerts."""

    findings: tuple[tuple[str, str], ...]
    result: str
    routes: Mapping[str, tuple[str, ...]]
    starts: Mapping[str, bool]
    gates: tuple[str, ...]
    alerts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownCase:
    """One fact set as a page shows it: what is known (name, strength, both in words), gates in force, what it leads to.

    `together` names the findings of which all rest on one and the same class of sources, where that matters.
    """

    known: tuple[tuple[str, str], ...]
    in_force: tuple[str, ...]
    together: tuple[str, ...]
    leads_to: Lead


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One thing that was asked: its kind (`law`, `relation`, `catalogue`, `answers`), its id, what it says."""

    kind: str
    id: str
    says: str


@dataclass(frozen=True, slots=True)
class ShownProof:
    """One invariant as a page shows it.

    `broken` says which law the example breaks. The example is an answer file (`sheet`, with what it leads to) or fact
    sets (`cases`, two where a change breaks a relation; `changed` then says what differs: name, before, after).
    `replayed` is False only for a sheet that the program itself does not decide as the solver says.
    """

    id: str
    sentence: str
    clauses: tuple[str, ...]
    status: str
    parts: tuple[ShownPart, ...]
    broken: ShownPart | None
    sheet: Mapping[str, Any] | None
    sheet_leads_to: Lead | None
    cases: tuple[ShownCase, ...]
    changed: tuple[tuple[str, str, str], ...]
    replayed: bool
    faults: tuple[str, ...]
    tests: tuple[str, ...]
    awaits: str


def shown(entry: Entry, texts: Texts) -> ShownProof:
    """Give one proof as plain data in the words of some language; a text that is missing is shown by its id."""
    leads = tuple(_lead(one, texts) for one in entry["leads_to"])
    by_answers = entry["read_by"] == "assess"
    pairs = [item["pairs"][0] for item in entry["example"]] if entry["read_by"] == "decide" else []
    return ShownProof(
        id=entry["id"],
        sentence=texts.get(f"invariant.{entry['id']}", f"invariant.{entry['id']}"),
        clauses=tuple(entry["clauses"]),
        status=status_of(entry),
        parts=tuple(_part(part, entry["id"], texts) for part in entry["parts"]),
        broken=_broken(entry, texts),
        sheet=entry["example"] if by_answers else None,
        sheet_leads_to=leads[0] if by_answers and leads else None,
        cases=tuple(_case(pair, lead, texts) for pair, lead in zip(pairs, leads, strict=True)) if pairs else (),
        changed=tuple(_changed(pairs, texts)),
        replayed=entry["replayed"] is not False,
        faults=tuple(entry["catalogue_lacks"]),
        tests=tuple(entry["tests"]),
        awaits=entry["awaits"] or "",
    )


def status_of(entry: Entry) -> str:
    """Say where an invariant stands: `in part` where something it also says is not built yet."""
    status: str = entry["status"]
    if status == COUNTEREXAMPLE:
        return BROKEN
    if status != PROVED and not entry["tests"]:
        return UNBUILT
    return f"{status} in part" if entry["awaits"] else status


def finding_in_words(name: str, texts: Texts) -> str:
    """Name a fact (`CTRL_BA`) in words, with the letters of the persons in their places."""
    stem, mark, persons = name.rpartition("_")
    known = bool(mark) and persons in {"A", "B", "AB", "BA"}
    first = persons[0] if known else "A"
    text = texts.get(f"finding.{stem if known else name}.name", name)
    return text.replace("{x}", first).replace("{y}", "B" if first == "A" else "A")


def strength_in_words(strength: Strength, texts: Texts) -> str:
    """Say a strength in words, with its number."""
    if strength == UNKNOWN:
        return texts.get("strength.unknown", "unknown")
    last = last_strength(strength)
    words = texts.get(f"strength.{last}", "")
    if strength >= 0:
        return f"{words} ({last})"
    return f"{texts.get('strength.was', 'was')}: {words} ({last})"


def _part(written: str, invariant: str, texts: Texts) -> ShownPart:
    kind, _, name = written.partition(" ")
    if kind in {"relation", "answers"}:
        law, _, finding = name.partition(" ")
        text = texts.get(f"{'relation' if kind == 'relation' else 'answer_law'}.{law}", name)
        return ShownPart(kind, name, f"{text} ({finding_in_words(finding, texts)})" if finding else text)
    return ShownPart(kind, "", texts.get(f"invariant.{invariant}", invariant) if kind == "law" else "")


def _broken(entry: Entry, texts: Texts) -> ShownPart | None:
    """The law that the example breaks: the invariant's own, that of a relation, the catalogue, one over answers."""
    name = entry["broken"] or ""
    if not name:
        return None
    first, _, rest = name.partition(" ")
    if entry["read_by"] is None:
        return ShownPart("catalogue", "", "")
    if first != entry["id"]:
        return _part(f"answers {name}", entry["id"], texts)
    return _part(f"relation {rest}" if rest else "law", entry["id"], texts)


def _case(pair: Mapping[str, Any], lead: Lead, texts: Texts) -> ShownCase:
    return ShownCase(
        known=tuple(_findings(pair["findings"], texts)),
        in_force=_outcomes(pair["latched"], texts),
        together=tuple(finding_in_words(name, texts) for name in pair.get("classes", ())),
        leads_to=lead,
    )


def _lead(decided: Mapping[str, Any], texts: Texts) -> Lead:
    return Lead(
        findings=tuple(_findings(decided["findings"], texts)),
        result=texts.get(f"result.{decided['result']}", decided["result"]),
        routes={person: _outcomes(decided[person], texts) for person in PERSONS},
        starts={person: bool(decided["effective"][person]) for person in PERSONS},
        gates=_outcomes(decided["case"], texts),
        alerts=tuple(f"{texts.get(f'alert.{name}.about', name)} ({name})" for name in decided["alerts"]),
    )


def _findings(written: Mapping[str, object], texts: Texts) -> Iterator[tuple[str, str]]:
    for name, value in written.items():
        yield finding_in_words(name, texts), strength_in_words(_strength(value), texts)


def _strength(value: object) -> Strength:
    read = from_words(value)
    return UNKNOWN if read is None else read


def _outcomes(names: list[str], texts: Texts) -> tuple[str, ...]:
    return tuple(f"{texts.get(f'outcome.{name}.name', name)} ({name})" for name in names)


def _changed(pairs: list[Mapping[str, Any]], texts: Texts) -> Iterator[tuple[str, str, str]]:
    for first, then in pairwise(pair["findings"] for pair in pairs):
        for name in sorted({*first, *then}):
            before, after = _strength(first.get(name)), _strength(then.get(name))
            if before != after:
                yield finding_in_words(name, texts), strength_in_words(before, texts), strength_in_words(after, texts)
