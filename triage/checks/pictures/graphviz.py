"""Let Graphviz place the nodes, where it is installed; the drawing itself is always ours, so nothing of it is trusted.

`dot -Tplain` gives numbers and our own numbering of nodes and edges, no markup: there is no script, no address and no
text of Graphviz to be taken out again. Without it, or when it is too slow, `rows` places them.
"""

import shutil
import subprocess
from collections.abc import Iterator

from triage.checks.pictures.layout import Box, Layout, Point, Wire
from triage.checks.pictures.model import Picture
from triage.checks.pictures.order import sinks
from triage.checks.pictures.sizes import (
    LABEL_WIDTH,
    NODE_WIDTH,
    PADDING,
    Line,
    height_of,
    label_lines,
    node_lines,
    width_of,
)

POINTS = 72
MARGIN = 14
SECONDS = 20.0
_LONGEST_OUTPUT = 5_000_000


def installed() -> str | None:
    """Give the path of `dot`, or None."""
    return shutil.which("dot")


def by_graphviz(picture: Picture, dot: str, seconds: float = SECONDS) -> Layout | None:
    """Place a picture with Graphviz; None when it fails, answers nonsense or takes longer than so many seconds."""
    written = "\n".join(_written(picture))
    try:
        run = subprocess.run(  # noqa: S603 - the program that was found, without a shell; what goes in is numbers
            [dot, "-Tplain"], input=written, capture_output=True, text=True, timeout=seconds, check=True
        )
        return _read(picture, run.stdout[:_LONGEST_OUTPUT])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None


def _written(picture: Picture) -> Iterator[str]:
    """Write a picture for `dot`: numbers instead of names, and the room that the words need."""
    yield "digraph picture { rankdir=TB; nodesep=0.35; ranksep=0.35; splines=spline; node [shape=box, fixedsize=true];"
    for number, node in enumerate(picture.nodes):
        height = height_of(node_lines(node)) + 2 * PADDING
        yield f'n{number} [label="", width={NODE_WIDTH / POINTS:.3f}, height={height / POINTS:.3f}];'
    for number, link in enumerate(picture.links):
        lines = label_lines(link)
        wide, high = _width(lines), height_of(lines)
        room = f'<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{wide:.0f}" HEIGHT="{high}"><TR><TD></TD></TR></TABLE>'
        label = f", label=<{room}>" if lines else ""
        source, target = picture.place[link.source], picture.place[link.target]
        yield f"n{source} -> n{target} [color={number + 1}{label}];"
    last = " ".join(f"n{picture.place[node.id]};" for node in sinks(picture))
    yield f"{{rank=sink; {last}}}" if last else ""
    yield "}"


def _width(lines: tuple[Line, ...]) -> float:
    return min(LABEL_WIDTH, max((width_of(line.words, line.style) for line in lines), default=0)) + 8


def _read(picture: Picture, plain: str) -> Layout:
    """Read what `dot -Tplain` answers: inches from the lower left corner. Raises ValueError or IndexError."""
    rows = [line.split() for line in plain.splitlines()]
    width, height = (float(word) * POINTS for word in rows[0][2:4])

    def point(x: str, y: str) -> Point:
        return float(x) * POINTS + MARGIN, height - float(y) * POINTS + MARGIN

    boxes, wires = [], []
    for row in rows:
        if row[:1] == ["node"]:
            node = picture.nodes[int(row[1][1:])]
            (x, y), wide, high = point(row[2], row[3]), float(row[4]) * POINTS, float(row[5]) * POINTS
            boxes.append(Box(node, x - wide / 2, y - high / 2, wide, high, node_lines(node)))
        elif row[:1] == ["edge"]:
            count = int(row[3])
            link, lines = picture.links[int(row[-1]) - 1], label_lines(picture.links[int(row[-1]) - 1])
            points = tuple(
                point(*pair) for pair in zip(row[4 : 4 + 2 * count : 2], row[5 : 5 + 2 * count : 2], strict=True)
            )
            at = point(*row[-4:-2]) if lines else (0.0, 0.0)
            start = (at[0] - _width(lines) / 2 + 4, at[1] - height_of(lines) / 2)
            wires.append(Wire(link, points, lines, start, curved=True))
    if len(boxes) != len(picture.nodes) or len(wires) != len(picture.links):
        raise ValueError("Graphviz left something out")
    return Layout(width + 2 * MARGIN, height + 2 * MARGIN, tuple(boxes), tuple(wires))
