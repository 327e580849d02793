"""Say in words what was proved, and show the case that breaks a law: data for a page, and lines for a terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from triage.flow.values import UNKNOWN, Strength, last_strength
from triage.proof.examples import Example
from triage.proof.proving import COUNTEREXAMPLE, PROVED, Proof
from triage.proof.replaying import changes
from triage.proof.space import FactSet
from triage.routing.decide import Decider, PairDecision
from triage.routing.rules import PERSONS

Texts = Mapping[str, str]
"""The texts of the flows in one language by id."""


@dataclass(frozen=True, slots=True)
class ShownCase:
    """One case as a page shows it: what is known (name, strength, both in words), gates in force, what is decided.

    `together` names the findings of which all rest on one and the same class of sources, where that matters.
    """

    title: str
    known: tuple[tuple[str, str], ...]
    in_force: tuple[str, ...]
    together: tuple[str, ...]
    result: str
    routes: Mapping[str, tuple[str, ...]]
    starts: Mapping[str, bool]
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownProof:
    """One invariant as a page shows it; `changed` says what differs between two cases (name, before, after)."""

    id: str
    sentence: str
    clauses: tuple[str, ...]
    status: str
    parts: tuple[str, ...]
    broken: str
    cases: tuple[ShownCase, ...]
    changed: tuple[tuple[str, str, str], ...]
    faults: tuple[str, ...]
    tests: tuple[str, ...]
    awaits: str


def shown(proof: Proof, texts: Texts, decider: Decider) -> ShownProof:
    """Give one proof as plain data in the words of some language; a text that is missing is shown by its id."""
    cases = proof.example.cases if proof.example else ()
    return ShownProof(
        id=proof.id,
        sentence=texts.get(f"invariant.{proof.id}", f"invariant.{proof.id}"),
        clauses=proof.clauses,
        status=status_of(proof),
        parts=proof.parts,
        broken=_law(proof.example, texts) if proof.example else "",
        cases=tuple(_case(title, case, texts, decider) for title, case in zip(_titles(cases), cases, strict=True)),
        changed=tuple(_changed(cases, texts)),
        faults=proof.faults,
        tests=proof.tests,
        awaits=proof.awaits,
    )


def status_of(proof: Proof) -> str:
    """Say where an invariant stands: `in part` where something it also says is not built yet."""
    if proof.status == COUNTEREXAMPLE:
        return "broken"
    if proof.status != PROVED and not proof.tests:
        return "not built yet"
    return f"{proof.status} in part" if proof.awaits else proof.status


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


def _titles(cases: tuple[FactSet, ...]) -> tuple[str, ...]:
    return ("",) if len(cases) == 1 else ("Before", "After")[: len(cases)]


def _law(example: Example, texts: Texts) -> str:
    invariant, _, relation = example.law.partition(" ")
    text = f"relation.{relation}" if relation else f"invariant.{invariant}"
    return texts.get(text, text)


def _case(title: str, case: FactSet, texts: Texts, decider: Decider) -> ShownCase:
    decision = decider.decide(case.strengths, case.latched, case.classes)
    return ShownCase(
        title=title,
        known=tuple(
            (finding_in_words(name, texts), strength_in_words(value, texts))
            for name, value in sorted(case.strengths.items())
        ),
        in_force=_outcomes(sorted(case.latched), texts),
        together=tuple(finding_in_words(name, texts) for name in sorted(case.classes)),
        result=texts.get(f"result.{decision.result}", decision.result),
        routes={person: _outcomes(decision.routes[person].outcomes, texts) for person in PERSONS},
        starts=_starts(decision),
        gates=_outcomes(decision.case, texts),
    )


def _starts(decision: PairDecision) -> dict[str, bool]:
    return {person: decision.routes[person].effective for person in PERSONS}


def _outcomes(names: tuple[str, ...] | list[str], texts: Texts) -> tuple[str, ...]:
    return tuple(f"{texts.get(f'outcome.{name}.name', name)} ({name})" for name in names)


def _changed(cases: tuple[FactSet, ...], texts: Texts) -> Iterator[tuple[str, str, str]]:
    for first, then in pairwise(cases):
        for name, (before, after) in changes(first, then).items():
            yield finding_in_words(name, texts), strength_in_words(before, texts), strength_in_words(after, texts)


def lines(proof: ShownProof, seconds: float) -> Iterator[str]:
    """Write one proof for a terminal."""
    yield f"{proof.id}  {proof.status:<14} {seconds * 1000:7.1f} ms  {proof.sentence}"
    yield from (f"        also held by {name}" for name in proof.tests)
    if proof.awaits:
        yield f"        not built yet: {proof.awaits}"
    yield from (f"        {sentence}" for sentence in proof.faults)
    if proof.broken and proof.broken != proof.sentence:
        yield f"        {proof.broken}"
    for case in proof.cases:
        yield from (f"        {line}" for line in _lines_of_case(case))
    if proof.changed:
        yield "        What changed:"
        yield from (f"          {name}: {before}, then {after}" for name, before, after in proof.changed)


def _lines_of_case(case: ShownCase) -> Iterator[str]:
    if case.title:
        yield f"{case.title}:"
    yield from (f"  {name}: {strength}" for name, strength in case.known)
    if case.in_force:
        yield f"  In force from earlier: {', '.join(case.in_force)}"
    if case.together:
        yield f"  From one and the same class of sources: {', '.join(case.together)}"
    yield f"  Nothing else is known. {case.result}."
    for person, outcomes in case.routes.items():
        start = "work may start" if case.starts[person] else "nothing starts"
        yield f"  {person}: {', '.join(outcomes)}; {start}"
    yield f"  Gates: {', '.join(case.gates) or 'none'}"
