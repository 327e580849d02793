"""What may still become of a finding, while nothing on file is taken back (ADR 0040).

The choice is the safe one: it may leave more open than practice would, and never less.

- Not known now (never known, or taken back): it may stay so, or come to stand anywhere from 0 to 4.
- Known at 1 to 4: it may rise, when a further source confirms it; what is on file does not fall by itself.
- Known 0, asked and checked: it stays. A 0 that only stands for "not yet" may rise.
- What a state or an act of people decides (whether support is in place, whether work may start): anything, at any time.

Where the rules count sources (11.1 step 3), what is known keeps those it rests on, and may gain others; what comes to
be known may rest on any.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from triage.flow.conditions import tests
from triage.flow.model import FindingDefinition
from triage.flow.values import ESTABLISHED, RULED_OUT, UNKNOWN, Strength, doubtful, last_strength, not_known

SEVERAL = ""
"""A finding that rests on several classes of source, or on none that was recorded: it counts as its own."""

Standing = tuple[Strength, str]
"""How a fact stands: its strength, and the one class of source that it rests on, or SEVERAL."""

MayBecome = Callable[[str, Standing, Sequence[str]], Iterable[Standing]]
"""Gives, of a fact as it stands and with the classes there are, every way in which it may stand; the present first."""

KNOWN = tuple(map(Strength, range(ESTABLISHED + 1)))
WITHDRAWN = tuple(map(Strength, range(-5, -1)))
MOST_READY = 3


@dataclass(frozen=True)
class Prospects:
    """What may become of every fact of a decision, by the definitions of the findings."""

    findings: Mapping[str, FindingDefinition]

    def definition(self, fact: str) -> FindingDefinition | None:
        """The finding behind a fact: CTRL of `CTRL_AB`, ISS_OK of `ISS_OK`."""
        return self.findings.get(fact) or self.findings.get(fact.rpartition("_")[0])

    @cached_property
    def _changing(self) -> frozenset[str]:
        """The findings that a state or an act decides."""
        return frozenset(name for name, one in self.findings.items() if one.state or _read_an_act(one))

    def may_become(self, fact: str, present: Standing, sources: Sequence[str]) -> Iterator[Standing]:
        """Every way in which a fact may stand in the end; see the head of this module."""
        yield present
        strength, source = present
        definition = self.definition(fact)
        known = known_values(definition)
        if definition is None or definition.name in self._changing:
            yield from _each((UNKNOWN, *known), (SEVERAL, *sources))
        elif not_known(strength) or (strength == RULED_OUT and definition.otherwise_zero):
            yield from _each(known, (SEVERAL, *sources))
        elif strength > RULED_OUT:
            yield from _each([one for one in known if one >= strength], (source, SEVERAL))

    def may_be(self, fact: str, present: Standing, sources: Sequence[str]) -> Iterator[Standing]:
        """Every way in which a fact could stand at all: for what is asked "whatever the others are"."""
        yield present
        known = known_values(self.definition(fact))
        yield from _each((*known, UNKNOWN, *WITHDRAWN), (SEVERAL, *sources))

    def is_open(self, fact: str, strength: Strength) -> bool:
        """Whether somebody could still be asked about it: not settled, rather than only open to change."""
        definition = self.definition(fact)
        silent = definition is not None and definition.otherwise_zero
        return doubtful(strength) or (silent and strength == RULED_OUT)


def known_values(definition: FindingDefinition | None) -> tuple[Strength, ...]:
    """The strengths that a finding can be known at; an ordinal has fewer."""
    return KNOWN[: MOST_READY + 1] if definition is not None and definition.ordinal else KNOWN


def _read_an_act(definition: FindingDefinition) -> bool:
    conditions = (definition.zero, *(rule.when for rule in definition.rules))
    return any(test.function == "act" for condition in conditions for test in tests(condition))


def _each(strengths: Iterable[Strength], sources: Sequence[str]) -> Iterator[Standing]:
    """Every strength with every class; where nothing stands there is no class to tell."""
    for strength in strengths:
        yield from ((strength, source) for source in (sources if last_strength(strength) else (SEVERAL,)))
