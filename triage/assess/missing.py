"""Which cells keep a pair from a sufficient assessment: what was not answered, and by whom it could be (WD-20)."""

from collections.abc import Iterator
from functools import lru_cache

from triage.assess.compiled.compiling import CompiledRulebook
from triage.assess.findings import PairFindings
from triage.assess.walk import named
from triage.flow.model import About

BOTH_WAYS = ("WD-01", "WD-02", "WD-03")
FOUR_OF = ("WD-04", "WD-06", "WD-07", "WD-08", "WD-10", "WD-11", "WD-14")
CORE = ("CTRL", "SEVPAT", "FEAR", "SPACE")
OF_PERSONS = ("FORCE", "FCTRL", "CAPNO", "AGE_LT16")
RESISTANCE = ("RV-01", "RV-02", "RV-03", "RV-04", "RV-05", "RV-09", "RV-10")


def missing_of(findings: PairFindings) -> Iterator[str]:
    """The missing cells of a pair: `WD-01 A>B`, a finding still unknown (`FEAR_AB`), or what independence lacks."""
    c, strengths = findings.context, findings.strengths
    if strengths[c.book.slots.number["SUFF"]] < 2:
        yield from _cells(findings)
    for number, name, about, where in _needed(c.book):
        if strengths[number] < 0:
            yield f"{name} {named(about, where, findings.pair)}"


@lru_cache(maxsize=8)
def _needed(book: CompiledRulebook) -> tuple[tuple[int, str, About, str], ...]:
    """The findings that must be known: the number of the slot, the name, and what it is of."""
    wanted = [(name, About.DIRECTED, where) for name in CORE for where in ("AB", "BA")]
    wanted += [(name, About.PERSON, where) for name in OF_PERSONS for where in ("A", "B")]
    return tuple((book.slots.number[f"{name}_{where}"], name, about, where) for name, about, where in wanted)


def _cells(findings: PairFindings) -> Iterator[str]:
    c, pair = findings.context, findings.pair
    for question in BOTH_WAYS:
        for direction in ("AB", "BA"):
            if not c.valued((question, direction)):
                yield f"{question} {named(About.DIRECTED, direction, pair)}"
    if not c.valued(("WD-05", "")):
        yield f"WD-05 {pair.undirected}"
    if c.answered_both_ways(FOUR_OF) < 4:
        yield from (f"{one} {pair.undirected}" for one in FOUR_OF if not c.answered_both_ways((one,)))
    for letter in ("A", "B"):
        yield from _of_person(findings, letter)
    yield from _independence(findings)


def _of_person(findings: PairFindings, letter: str) -> Iterator[str]:
    c = findings.context
    if not c.valued(("CN-10", letter)):
        yield f"CN-10 {named(About.PERSON, letter, findings.pair)}"
    if findings.strengths[c.book.slots.number[f"FORCE_{letter}"]] != 0:
        yield from _flow_d(findings, letter)


def _independence(findings: PairFindings) -> Iterator[str]:
    c, pair = findings.context, findings.pair
    if (c.measure("flow_c_classes", "") or 0) < 2:
        yield f"independent-source {pair.undirected}"
    if not c.measure("flow_c_anchor", ""):
        yield f"support-service-or-records {pair.undirected}"
    if c.measure("cores_only_unsafe", ""):
        yield f"safe-account {pair.undirected}"


def _flow_d(findings: PairFindings, letter: str) -> Iterator[str]:
    c = findings.context
    direction = letter + ("B" if letter == "A" else "A")
    for question in RESISTANCE:
        place = (question, direction)
        if not (c.valued(place) or (question < "RV-06" and c.declined_twice(place))):
            yield f"{question} {named(About.DIRECTED, direction, findings.pair)}"
