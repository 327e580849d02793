"""Decision diagrams: a condition over variables of a few values each, in the one smallest form that it has.

A node asks one variable and has a branch for each of its values; below a branch stand only later variables. Equal
nodes are one node, and a node whose branches are all the same is left out. So two conditions are equal when their
nodes are, a condition can hold when its node is not FALSE, and it depends on a variable just when a node asks it.
A negative node is the opposite of the positive one. (Bryant 1986; many-valued, with complemented edges.)
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

Node = int
TRUE: Node = 1
FALSE: Node = -1
_LAST = 1 << 30
NEVER = _LAST
"""More changes than any condition needs: it cannot be made to hold at all."""


class Diagram:
    """A growing store of nodes over variables numbered from 0 in the order in which they are asked."""

    def __init__(self) -> None:
        self._asks: list[int] = [_LAST, _LAST]
        self._branches: list[tuple[Node, ...]] = [(), ()]
        self._known: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._joined: dict[tuple[Node, Node], Node] = {}

    def __len__(self) -> int:
        return len(self._asks)

    def test(self, variable: int, holds: Iterable[bool]) -> Node:
        """The condition that one variable has one of some values: for each of its values, whether it holds."""
        return self._node(variable, tuple(TRUE if one else FALSE for one in holds))

    def all_of(self, nodes: Iterable[Node]) -> Node:
        """Holds when every one holds; those that ask late variables are joined first, which keeps them small."""
        found = TRUE
        for node in sorted(nodes, key=lambda one: -self._asks[abs(one)]):
            found = self.both(found, node)
        return found

    def both(self, one: Node, other: Node) -> Node:
        """Holds when both hold."""
        if FALSE in {one, other} or one == -other:
            return FALSE
        if one in {TRUE, other}:
            return other
        if other == TRUE:
            return one
        key = (one, other) if one < other else (other, one)
        found = self._joined.get(key)
        if found is None:
            found = self._joined[key] = self._both(*key)
        return found

    def _both(self, one: Node, other: Node) -> Node:
        first, second = self._asks[abs(one)], self._asks[abs(other)]
        if first == second:
            pairs = zip(self.branches(one), self.branches(other), strict=True)
            return self._node(first, tuple(self.both(left, right) for left, right in pairs))
        if first > second:
            one, other, first = other, one, second
        return self._node(first, tuple(self.both(branch, other) for branch in self.branches(one)))

    def _node(self, variable: int, branches: tuple[Node, ...]) -> Node:
        first = branches[0]
        if all(branch == first for branch in branches):
            return first
        if first < 0:
            return -self._node(variable, tuple(-branch for branch in branches))
        key = (variable, branches)
        found = self._known.get(key)
        if found is None:
            self._asks.append(variable)
            self._branches.append(branches)
            found = self._known[key] = len(self._asks) - 1
        return found

    def branches(self, node: Node) -> tuple[Node, ...]:
        """What the condition becomes for each value of the variable it asks first; empty for TRUE and FALSE."""
        found = self._branches[abs(node)]
        return found if node > 0 else tuple(-branch for branch in found)

    def asks(self, node: Node) -> int:
        """The variable that a condition asks first."""
        return self._asks[abs(node)]

    def depends_on(self, node: Node) -> frozenset[int]:
        """The variables that can change whether a condition holds, while all others stay as they are."""
        seen: set[int] = set()
        waiting = [abs(node)]
        while waiting:
            one = waiting.pop()
            if one not in seen and one != TRUE:
                seen.add(one)
                waiting += map(abs, self._branches[one])
        return frozenset(self._asks[one] for one in seen)

    def holds(self, node: Node, values: Sequence[int]) -> bool:
        """Whether a condition holds for one value of every variable."""
        while abs(node) != TRUE:
            node = self.branches(node)[values[self.asks(node)]]
        return node == TRUE

    def can_hold(self, node: Node, fixed: Mapping[int, int]) -> bool:
        """Whether a condition holds for some values of the variables that are not fixed."""
        seen: set[Node] = set()
        waiting = [node]
        while waiting:
            one = waiting.pop()
            if one == TRUE:
                return True
            if one == FALSE or one in seen:
                continue
            seen.add(one)
            value = fixed.get(self.asks(one))
            waiting += self.branches(one) if value is None else (self.branches(one)[value],)
        return False

    def fewest_changes(self, node: Node, values: Sequence[int]) -> int:
        """How many variables must at least have another value than this for a condition to hold; NEVER if it cannot."""
        return self._costs(node, values)[node]

    def _costs(self, node: Node, values: Sequence[int]) -> dict[Node, int]:
        costs: dict[Node, int] = {TRUE: 0, FALSE: NEVER}
        waiting = [node]
        while waiting:
            one = waiting[-1]
            if one in costs:
                waiting.pop()
                continue
            branches = self.branches(one)
            unknown = [branch for branch in branches if branch not in costs]
            if unknown:
                waiting += unknown
                continue
            kept = values[self.asks(one)]
            found = (costs[branch] + (value != kept) for value, branch in enumerate(branches))
            costs[one] = min(NEVER, *found)
        return costs

    def smallest_changes(
        self, node: Node, values: Sequence[int], nearest: Sequence[Sequence[int]]
    ) -> Iterator[dict[int, int]]:
        """Every smallest set of variables with other values that makes a condition hold, one after another.

        `nearest` gives the values of each variable, the nearest to the present one first: of several that lead to the
        same, the nearest is taken.
        """
        costs = self._costs(node, values)
        if costs[node] == NEVER:
            return
        waiting: list[tuple[Node, tuple[tuple[int, int], ...]]] = [(node, ())]
        while waiting:
            one, changed = waiting.pop()
            if one == TRUE:
                yield dict(changed)
                continue
            variable, branches = self.asks(one), self.branches(one)
            taken: dict[Node, tuple[tuple[int, int], ...]] = {}
            for value in nearest[variable]:
                branch, other = branches[value], value != values[variable]
                if costs[branch] + other == costs[one]:
                    taken.setdefault(branch, (*changed, (variable, value)) if other else changed)
            waiting += reversed(taken.items())
