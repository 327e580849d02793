"""The order of nodes on paper: ranks by the longest path, neighbours by the mean place of what they come from."""

from collections.abc import Iterable, Mapping, Sequence

from triage.checks.pictures.model import Link, Node, Picture


def ranks(names: Iterable[str], links: Iterable[Link]) -> Mapping[str, int]:
    """Give each node the length of the longest path that leads to it; links that close a circle are passed over.

    Inputs: the nodes, in any order; the links between them. Output: ranks from 0. Linear in nodes and links.
    """
    following: dict[str, list[str]] = {name: [] for name in names}
    for link in links:
        if link.source in following and link.target in following:
            following[link.source].append(link.target)
    rank = dict.fromkeys(following, 0)
    for name in reversed(_finished(following)):
        for target in following[name]:
            rank[target] = max(rank[target], rank[name] + 1)
    return rank


def _finished(following: dict[str, list[str]]) -> list[str]:
    """Give the nodes in the order in which a search in depth leaves them; what closes a circle is taken out."""
    left: list[str] = []
    state = dict.fromkeys(following, "new")
    for root in following:
        waiting = [root] if state[root] == "new" else []
        while waiting:
            name = waiting[-1]
            if state[name] == "new":
                state[name] = "open"
                following[name] = [target for target in following[name] if state[target] != "open"]
                waiting += [target for target in reversed(following[name]) if state[target] == "new"]
            else:
                waiting.pop()
                if state[name] == "open":
                    state[name] = "left"
                    left.append(name)
    return left


def in_reading_order(nodes: Iterable[Node], links: Sequence[Link]) -> tuple[Node, ...]:
    """Put nodes into one column: by rank, and within a rank by the mean place of the nodes that lead to them."""
    listed = list(nodes)
    rank = ranks((node.id for node in listed), links)
    sources: dict[str, list[str]] = {node.id: [] for node in listed}
    for link in links:
        if link.target in sources:
            sources[link.target].append(link.source)
    place: dict[str, int] = {}
    for level in sorted(set(rank.values())):
        here = [node for node in listed if rank[node.id] == level]
        here.sort(key=lambda node: _mean([place[one] for one in sources[node.id] if one in place]))
        place |= {node.id: len(place) + number for number, node in enumerate(here)}
    return tuple(sorted(listed, key=lambda node: place[node.id]))


def beneath(nodes: Iterable[Node], column: Sequence[Node], links: Sequence[Link]) -> tuple[Node, ...]:
    """Order what a column leads to: what is reached from low down comes first, so that lines nest and do not cross."""
    place = {node.id: number for number, node in enumerate(column)}
    reached: dict[str, list[int]] = {}
    for link in links:
        if link.source in place:
            reached.setdefault(link.target, []).append(place[link.source])
    return tuple(sorted(nodes, key=lambda node: -_mean(reached.get(node.id, []))))


def _mean(places: Sequence[int]) -> float:
    return sum(places) / len(places) if places else 0.0


def sinks(picture: Picture) -> tuple[Node, ...]:
    """Give the nodes from which nothing leads on: the outcomes, which stand at the bottom."""
    leaving = {link.source for link in picture.links}
    return tuple(node for node in picture.nodes if node.id not in leaving)
