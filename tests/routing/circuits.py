"""The decision as a circuit over free facts, and what it must say of one fact set, for the tests that compare."""

from collections.abc import Mapping

from tests.routing.decisions import Facts, decider
from triage.flow.circuits.circuit import Circuit, Literal
from triage.flow.circuits.thresholds import THRESHOLDS, free
from triage.routing.circuit import DecisionCircuit
from triage.routing.circuit import Facts as CircuitFacts
from triage.routing.compiling import Bare

RULES, LAYOUT = decider().rules, decider().layout
LAWS = [one.id for one in RULES.invariants if one.law is not None]


def over_free_facts() -> DecisionCircuit:
    """The decision of which no fact is known yet."""
    circuit = Circuit()
    strengths = {name: free(circuit, name) for name in RULES.read}
    latched = {gate: circuit.input(f"latched {gate}") for gate in sorted(RULES.latching)}
    return DecisionCircuit(circuit, decider().instances, CircuitFacts(strengths, latched))


def inputs(facts: Facts, latched: frozenset[str]) -> dict[str, bool]:
    """The inputs that stand for one fact set."""
    given = {f"{name}>={level}": facts[name] >= level for name in RULES.read for level in THRESHOLDS}
    return given | {f"latched {gate}": gate in latched for gate in RULES.latching}


def outputs(one: DecisionCircuit) -> dict[str, Literal]:
    """Everything that a decision says, by name."""
    found = {f"result {name}": literal for name, literal in one.results.items()}
    found |= {f"gate {name}": literal for name, literal in one.gates.items()}
    for person, route in one.routes.items():
        found |= {f"{person} step {place}": literal for place, literal in enumerate(route.steps)}
        found |= {f"{person} {name}": literal for name, literal in route.outcomes.items()}
        found |= {f"{person} unmet {place}": literal for place, literal in enumerate(route.unmet)}
        found |= {f"{person} adapted {name}": literal for name, literal in route.adaptations.items()}
    for kind, held in (("alert", one.alerts), ("raised", one.raised), ("law", one.laws)):
        found |= {f"{kind} {name}": literal for name, literal in held.items()}
    return found


def said(bare: Bare) -> Mapping[str, bool]:
    """What the compiled decision, with its laws, says by the same names; what is missing is not so."""
    number, gates, *of_persons, alerts, raised, broken = bare
    found = {f"result {decider().instances.results[number].gives[0]}"} | _bits("gate ", LAYOUT.gates, gates)
    for person, (step, outcomes, adapted, unmet) in zip("AB", (of_persons[:4], of_persons[4:]), strict=True):
        found.add(f"{person} step {step}")
        found |= _bits(f"{person} ", LAYOUT.outcomes, outcomes)
        found |= _bits(f"{person} unmet ", [str(place) for place in range(len(RULES.effective))], unmet)
        for place, rule in enumerate(RULES.adaptations):
            found |= {f"{person} adapted {name}" for name in rule.gives} if adapted >> place & 1 else set()
    names = [alert.id for alert in LAYOUT.alerts]
    found |= _bits("alert ", names, alerts) | _bits("raised ", names, raised) | _bits("law ", LAWS, ~broken)
    return dict.fromkeys(found, True)


def _bits(prefix: str, names: "list[str] | tuple[str, ...]", bits: int) -> set[str]:
    return {prefix + name for place, name in enumerate(names) if bits >> place & 1}
