"""What a picture holds, before it has a place on paper: nodes in reading order, links, and their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class NodeKind(StrEnum):
    """What a node stands for; the drawing gives each its own shape."""

    START = "start"
    QUESTION = "question"
    GATE = "gate"
    END = "end"
    FLOW = "flow"
    FINDING = "finding"
    DEFINITION = "definition"
    RULE = "rule"
    GROUP = "group"
    ACT = "act"
    OUTCOME = "outcome"


class LinkKind(StrEnum):
    """Why one node leads to another; `NEXT` and `OTHERWISE` stand between neighbours of the reading order."""

    NEXT = "next"
    OTHERWISE = "otherwise"
    GO = "go"
    INTERRUPT = "interrupt"
    QUEUE = "queue"
    EVIDENCE = "evidence"
    READS = "reads"
    GIVES = "gives"


ALONG = frozenset({LinkKind.NEXT, LinkKind.OTHERWISE})
"""The links along the reading order; all others leave it sideways."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A sentence, and what belongs under it; `href` leads to the page of what it names."""

    text: str
    parts: "tuple[Outline, ...]" = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Whether a vignette visits something: the sign drawn beside the colour, and the same in words."""

    seen: bool
    words: str

    @property
    def sign(self) -> str:
        """Give the sign that is read without colours."""
        return "✓" if self.seen else "○"


@dataclass(frozen=True, slots=True)
class Node:
    """One thing: `title` and `text` are drawn; `note` is drawn small; `details` stand in the text and on its page.

    `href` is an address below the pages of the flows, `questions/wd-01`; `dashed`: it is passed over at times.
    """

    id: str
    kind: NodeKind
    title: str
    text: str = ""
    note: str = ""
    href: str = ""
    details: tuple[Outline, ...] = ()
    mark: Mark | None = None
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """One step from node to node: `label` is drawn, shortened; `outline` says it whole."""

    source: str
    target: str
    kind: LinkKind
    lead: str = ""
    label: str = ""
    outline: Outline | None = None
    mark: Mark | None = None


@dataclass(frozen=True)
class Picture:
    """One drawing: nodes in reading order, those that it leads to at the end; and the sentence that explains it."""

    id: str
    title: str
    description: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    language: str

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """Give each node by its id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Give the place of each node in the reading order, from 0."""
        return {node.id: number for number, node in enumerate(self.nodes)}

    def leaving(self, node: Node) -> tuple[Link, ...]:
        """Give the links that leave a node, in their order."""
        return tuple(self._leaving.get(node.id, ()))

    @cached_property
    def _leaving(self) -> Mapping[str, list[Link]]:
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.source, []).append(link)
        return found


def slug(name: str) -> str:
    """Write the name of a finding, outcome, result or question for an address: `AGE_LT16` becomes `age-lt16`."""
    return name.lower().replace("_", "-").replace(" ", "-")
