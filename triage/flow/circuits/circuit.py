"""One Boolean circuit as the shared meaning of rules: proved by solvers, and run over columns of cases.

A literal is a whole number: `n` says that node n holds, `-n` that it does not. A node is an input, or holds when all
of its literals hold. Equal nodes are built once, and constants are folded away, so that a circuit stays small.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

Literal = int
"""A node, or (negative) its opposite; TRUE and FALSE are the two constants."""

TRUE: Literal = 1
FALSE: Literal = -1


class Circuit:
    """A growing circuit. Nodes are numbered so that each stands after those it reads."""

    def __init__(self) -> None:
        self.parts: list[tuple[Literal, ...] | None] = [None, ()]
        self.inputs: dict[str, Literal] = {}
        self._known: dict[tuple[Literal, ...], Literal] = {}

    def input(self, name: str) -> Literal:
        """The input of that name; the same name gives the same literal."""
        found = self.inputs.get(name)
        if found is None:
            self.parts.append(None)
            found = self.inputs[name] = len(self.parts) - 1
        return found

    def all_of(self, literals: Iterable[Literal]) -> Literal:
        """Holds when every literal holds."""
        chosen = set(literals)
        chosen.discard(TRUE)
        if FALSE in chosen or not chosen.isdisjoint([-one for one in chosen]):
            return FALSE
        if len(chosen) < 2:
            return chosen.pop() if chosen else TRUE
        key = tuple(sorted(chosen))
        found = self._known.get(key)
        if found is None:
            self.parts.append(key)
            found = self._known[key] = len(self.parts) - 1
        return found

    def any_of(self, literals: Iterable[Literal]) -> Literal:
        """Holds when some literal holds."""
        return -self.all_of([-one for one in literals])

    def choose(self, condition: Literal, then: Literal, otherwise: Literal) -> Literal:
        """`then` where the condition holds, else `otherwise`."""
        return self.all_of((self.any_of((-condition, then)), self.any_of((condition, otherwise))))

    def same(self, one: Literal, other: Literal) -> Literal:
        """Holds when both hold or neither does."""
        return self.choose(one, other, -other)

    def at_least(self, number: int, literals: Sequence[Literal]) -> Literal:
        """Holds when `number` or more of the literals hold."""
        if number <= 0:
            return TRUE
        held = [TRUE, *[FALSE] * number]
        for literal in literals:
            for count in range(number, 0, -1):
                held[count] = self.any_of((held[count], self.all_of((held[count - 1], literal))))
        return held[number]

    def first_that_holds(self, literals: Iterable[Literal]) -> tuple[Literal, ...]:
        """For each literal of an ordered list: that it holds and none above it does."""
        chosen, above = [], TRUE
        for literal in literals:
            chosen.append(self.all_of((above, literal)))
            above = self.all_of((above, -literal))
        return tuple(chosen)

    def cone(self, outputs: Iterable[Literal]) -> Iterator[int]:
        """The nodes that some outputs depend on, each after those it reads; constants are left out."""
        wanted: set[int] = set()
        waiting = [abs(one) for one in outputs]
        while waiting:
            node = waiting.pop()
            if node not in wanted and node != TRUE:
                wanted.add(node)
                waiting += [abs(one) for one in self.parts[node] or ()]
        yield from sorted(wanted)

    def values(self, given: Mapping[str, bool], outputs: Sequence[Literal]) -> tuple[bool, ...]:
        """Work some outputs out from the inputs, one case at a time; an input that is not given does not hold."""
        named = {literal: name for name, literal in self.inputs.items()}
        held = {TRUE: True}
        for node in self.cone(outputs):
            parts = self.parts[node]
            if parts is None:
                held[node] = given.get(named[node], False)
            else:
                held[node] = all(held[abs(one)] is (one > 0) for one in parts)
        return tuple(held[abs(one)] is (one > 0) for one in outputs)
