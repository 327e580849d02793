"""Where everything stands on paper, in pixels from the upper left corner; whatever worked it out."""

from dataclasses import dataclass

from triage.checks.pictures.model import Link, Node
from triage.checks.pictures.sizes import Line

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A node with its place."""

    node: Node
    left: float
    top: float
    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Wire:
    """A link with its way: corners of straight pieces, or points of a Bézier curve; its words and where they begin."""

    link: Link
    points: tuple[Point, ...]
    lines: tuple[Line, ...] = ()
    words_at: Point = (0, 0)
    curved: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture with all its places."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
