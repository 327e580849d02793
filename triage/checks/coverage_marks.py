"""What the vignettes visit, as plain sets: the drawing shows it, and whoever runs the vignettes fills it in."""

from dataclasses import dataclass

from triage.flow.model import Edge, Flow


@dataclass(frozen=True, slots=True)
class Coverage:
    """What at least one vignette visits.

    `questions` are ids that were asked and answered; `options` are pairs of question and code, also NK, DEC and NSA;
    `edges` are keys of `edge_key`; `rules` are ids of rules of the decision that fired, and of alerts.
    """

    questions: frozenset[str] = frozenset()
    options: frozenset[tuple[str, str]] = frozenset()
    edges: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()


def edge_key(flow: Flow, edge: Edge) -> str:
    """Name an edge: its flow and its place in the file, from 1 (`c.edge.2`), as the ids of its texts do."""
    return f"{flow.id}.edge.{flow.edges.index(edge) + 1}"
