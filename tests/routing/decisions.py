"""What the tests of decisions share: the rules as shipped, the vignettes, and fact sets with the persons exchanged."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from triage.flow.values import RULED_OUT, Strength, from_words
from triage.routing.compiling import Compiled, compile_decision
from triage.routing.decide import Decider, PairDecision
from triage.routing.laws import Invariant
from triage.routing.reading import shipped_rules

VIGNETTES = Path(__file__).parent / "vignettes.yaml"
Facts = dict[str, Strength]
_EXCHANGED = {"A": "B", "B": "A", "AB": "BA", "BA": "AB"}


@lru_cache(maxsize=1)
def decider() -> Decider:
    return Decider(shipped_rules())


def facts_from(written: Mapping[str, object], unlisted: Strength = RULED_OUT) -> Facts:
    """Read strengths as a fact set writes them; in the vignettes what is not listed was checked and is 0."""
    facts = dict.fromkeys(shipped_rules().facts, unlisted)
    return facts | {name: strength for name, word in written.items() if (strength := from_words(word)) is not None}


def vignettes() -> Iterator[tuple[str, Facts, frozenset[str], dict[str, object]]]:
    """Give each pair of each vignette: its name, facts, latched gates, and what is expected."""
    for story in yaml.safe_load(VIGNETTES.read_text(encoding="utf-8")):
        for number, pair in enumerate(story["pairs"], start=1):
            name = f"{story['id']}-{number}"
            yield name, facts_from(pair["findings"]), frozenset(pair.get("latched", [])), pair["expect"]


def ready(**changes: object) -> Facts:
    """A pair in which everything is known and A may start in a group: the facts that a single change is made to."""
    written = {
        "SUFF": 2, "CTRL_AB": 3, "FEAR_AB": 3, "SPACE_AB": 2, "ECON_AB": 3, "TPEV_AB": 3, "FORCE_A": 3, "RESX_A": 3,
        "ISS_OK": 2, "READY_A": 2, "GRPFIT_A": 2,
    }  # fmt: skip
    return facts_from({**written, **changes})


def decided(facts: Facts, latched: frozenset[str] = frozenset()) -> PairDecision:
    return decider().decide(facts, latched)


def exchange(name: str) -> str:
    """Exchange the persons in a name: `CTRL_AB` becomes `CTRL_BA`, `W_A` becomes `W_B`."""
    stem, mark, suffix = name.rpartition("_")
    return f"{stem}_{_EXCHANGED[suffix]}" if mark and suffix in _EXCHANGED else name


def exchanged(facts: Mapping[str, Strength]) -> Facts:
    return {exchange(name): strength for name, strength in facts.items()}


def outcome(decision: PairDecision) -> tuple[object, ...]:
    """Everything that is decided, without why."""
    routes = tuple((r.outcomes, r.holds, r.adaptations, r.unmet, r.rule) for r in decision.routes.values())
    return (decision.result, decision.rule, *routes, decision.case, decision.alerts, decision.raised)


def outcome_exchanged(decision: PairDecision) -> tuple[object, ...]:
    """The same with the two persons exchanged."""
    result, rule, of_a, of_b, *rest = outcome(decision)
    return (exchange(str(result)), rule, of_b, of_a, *rest)


@lru_cache(maxsize=1)
def laws() -> tuple[Invariant, ...]:
    """The invariants that state a law, in the order of their bits."""
    return tuple(one for one in shipped_rules().invariants if one.law is not None)


@lru_cache(maxsize=1)
def lawful() -> Compiled:
    """The compiled decision that also tells, as its last number, which laws are broken."""
    return compile_decision(decider().layout, with_laws=True)


def strengths(facts: Facts) -> list[Strength]:
    """The strengths in the order of the compiled decision."""
    return [facts[name] for name in decider().layout.facts]
