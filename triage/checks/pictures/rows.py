"""The drawing that is always there: one column in reading order, words beside it, and lines that run down the side.

Each node has a rank of its own. A link to the next node goes straight down, its condition in the gap. Every other link
leaves to the right under its words and joins the one lane of its target; lanes whose targets come first lie inside, so
that they nest. Linear in nodes and links, but for the sorting.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from triage.checks.pictures.layout import Box, Layout, Wire
from triage.checks.pictures.model import ALONG, Link, LinkKind, Node, Picture
from triage.checks.pictures.sizes import (
    LABEL_WIDTH,
    NODE_WIDTH,
    PADDING,
    Line,
    height_of,
    label_lines,
    node_lines,
)

MARGIN, GAP, GAP_BELOW, ENTRY, LANE, BESIDE = 12, 24, 14, 14, 14, 20
BETWEEN_LABELS = 10
_Lane = tuple[str, LinkKind]


@dataclass(frozen=True, slots=True)
class _Row:
    """One node with its top, its height, the lines of its labels, and how many lanes come in."""

    node: Node
    top: float
    height: float
    lines: tuple[Line, ...]
    labels: tuple[tuple[Link, tuple[Line, ...]], ...]
    lanes: tuple[_Lane, ...]


def in_rows(picture: Picture) -> Layout:
    """Give every node and link of a picture its place."""
    along = {link.source: link for link in picture.links if link.kind in ALONG and _neighbours(picture, link)}
    sideways = [link for link in picture.links if along.get(link.source) is not link]
    rows = list(_rows(picture, along, sideways))
    by_id = {row.node.id: row for row in rows}
    lanes = _lanes(picture, sideways)
    right = MARGIN + NODE_WIDTH + (BESIDE + LABEL_WIDTH if sideways else 0)
    boxes = tuple(Box(row.node, MARGIN, row.top, NODE_WIDTH, row.height, row.lines) for row in rows)
    wires = [_down(link, by_id) for link in along.values()]
    wires += [wire for row in rows for wire in _aside(row, by_id, lanes, right)]
    width = right + LANE * (1 + max(lanes.values(), default=0)) + MARGIN
    last = rows[-1] if rows else None
    return Layout(width, (last.top + last.height if last else 0) + MARGIN, boxes, tuple(wires))


def _neighbours(picture: Picture, link: Link) -> bool:
    return picture.place[link.target] == picture.place[link.source] + 1


def _rows(picture: Picture, along: Mapping[str, Link], sideways: Sequence[Link]) -> Iterator[_Row]:
    leaving: dict[str, list[Link]] = {}
    arriving: dict[str, list[_Lane]] = {}
    for link in sideways:
        leaving.setdefault(link.source, []).append(link)
        if (lane := (link.target, link.kind)) not in arriving.setdefault(link.target, []):
            arriving[link.target].append(lane)
    top = float(MARGIN)
    for node in picture.nodes:
        lines, lanes = node_lines(node), tuple(arriving.get(node.id, ()))
        labels = tuple((link, label_lines(link)) for link in leaving.get(node.id, ()))
        beside = len(lanes) * ENTRY + sum(height_of(said) + BETWEEN_LABELS for _, said in labels)
        height = max(height_of(lines) + 2 * PADDING, beside)
        yield _Row(node, top, height, lines, labels, lanes)
        top += height + _gap(along.get(node.id))


def _gap(link: Link | None) -> float:
    return GAP_BELOW if link is None else max(GAP, height_of(label_lines(link, _wide())) + GAP - 10)


def _wide() -> float:
    """A condition in the gap may run beyond the column: nothing else stands there."""
    return NODE_WIDTH + LABEL_WIDTH - 40


def _lanes(picture: Picture, sideways: Sequence[Link]) -> Mapping[_Lane, int]:
    """Give each lane its number from the inside: first the lanes that end first; a number is used again below."""
    spans: dict[_Lane, list[int]] = {}
    for link in sideways:
        spans.setdefault((link.target, link.kind), [picture.place[link.target]]).append(picture.place[link.source])
    numbers: dict[_Lane, int] = {}
    for lane in sorted(spans, key=lambda one: (max(spans[one]), -min(spans[one]))):
        taken = {
            number
            for other, number in numbers.items()
            if min(spans[other]) <= max(spans[lane]) and min(spans[lane]) <= max(spans[other])
        }
        numbers[lane] = 1 + max(taken, default=0)
    return numbers


def _down(link: Link, rows: Mapping[str, _Row]) -> Wire:
    source, target = rows[link.source], rows[link.target]
    middle = MARGIN + 40
    points = ((middle, source.top + source.height), (middle, target.top))
    lines = label_lines(link, _wide())
    gap = target.top - source.top - source.height
    return Wire(link, points, lines, (middle + 12, source.top + source.height + (gap - height_of(lines)) / 2 - 2))


def _aside(row: _Row, rows: Mapping[str, _Row], lanes: Mapping[_Lane, int], right: float) -> Iterator[Wire]:
    edge = MARGIN + NODE_WIDTH
    at = row.top + len(row.lanes) * ENTRY
    for link, lines in row.labels:
        height = height_of(lines)
        target, lane = rows[link.target], (link.target, link.kind)
        x, y = right + lanes[lane] * LANE, at + height + 4
        entry = target.top + ENTRY * (target.lanes.index(lane) + 0.75)
        yield Wire(link, ((edge, y), (x, y), (x, entry), (edge, entry)), lines, (edge + BESIDE, at))
        at += height + BETWEEN_LABELS
