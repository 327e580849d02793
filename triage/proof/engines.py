"""What the proofs ask of a solver: that a circuit may be held to, and whether anything is left under assumptions."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from triage.flow.circuits.circuit import Circuit, Literal

Model = Mapping[str, bool]
"""Which inputs of the circuit hold in the case that a solver found; an input that played no part is left out."""


class Engine(Protocol):
    """A solver over one circuit, kept from law to law, so that what it has learned is not learned twice.

    The circuit may grow between two questions.
    """

    def hold(self, *literals: Literal) -> None:
        """See to it that all these hold in everything found from now on."""

    def find(self, *assumed: Literal) -> Model | None:
        """Find inputs under which all that is assumed holds, or None when there are none at all. Raises Undecided."""


class MakeEngine(Protocol):
    """Makes an engine for a circuit."""

    def __call__(self, circuit: Circuit) -> Engine:
        """Give an engine that knows nothing but the circuit."""


LONGEST = 60
"""Seconds after which a question is given up; the shipped rules need a few thousandths of one."""


class Undecided(RuntimeError):
    """A solver gave up, so that nothing is proved and nothing is refuted."""


class NotInstalled(ValueError):
    """A solver that is wanted is not installed; the message says how to install it."""


def names_of_inputs(circuit: Circuit) -> dict[int, str]:
    """The name of each input by its node."""
    return {literal: name for name, literal in circuit.inputs.items()}


def new_nodes(circuit: Circuit, literals: Iterable[Literal], done: set[int]) -> list[int]:
    """The nodes behind some literals that are not done yet, each after those it reads; they count as done from now."""
    found: set[int] = set()
    waiting = [abs(one) for one in literals]
    while waiting:
        node = waiting.pop()
        if node not in done:
            done.add(node)
            found.add(node)
            waiting += [abs(one) for one in circuit.parts[node] or ()]
    return sorted(found)
