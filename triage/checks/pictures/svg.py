"""Write a picture with its places as SVG: plain shapes with classes, links without scripts, nothing from elsewhere.

Within a page the stylesheet of the page colours it (no style stands in it, so a strict policy accepts it); as a file of
its own it carries the same stylesheet. Every text is escaped here, whatever it comes from.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from triage.checks.pictures.layout import Box, Layout, Point, Wire
from triage.checks.pictures.model import NodeKind, Outline, Picture, slug
from triage.checks.pictures.sizes import MARGIN_TOP, PADDING, TITLE, Line

_ROUND = {NodeKind.START: 18, NodeKind.END: 18, NodeKind.OUTCOME: 4, NodeKind.ACT: 4, NodeKind.FINDING: 14}
_CUT = frozenset({NodeKind.RULE, NodeKind.GATE})
_CORNER, _ARROW = 12, 7
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "ur"})


def drawn(picture: Picture, layout: Layout, address: str = "", style: str = "", twin: str = "") -> str:
    """Write a picture.

    Inputs: the picture; its layout; `address`, what stands before the address of each node (empty: no links); `style`,
    a stylesheet for a file of its own; `twin`, the id of the element that says the same as a text: a node without a
    page leads to its entry there (`<twin>-<node>`).
    Output: one `<svg>` element.
    """
    return "".join(_Pen(picture, layout, address, twin).whole(style))


class _Pen:
    def __init__(self, picture: Picture, layout: Layout, address: str, twin: str) -> None:
        self.picture, self.layout, self.address, self.twin = picture, layout, address, twin
        self.mirrored = picture.language in _RIGHT_TO_LEFT
        self.name = slug(picture.id)

    def whole(self, style: str) -> Iterator[str]:
        width, height = _number(self.layout.width), _number(self.layout.height)
        direction = "rtl" if self.mirrored else "ltr"
        told = f' aria-details="{self.twin}"' if self.twin else ""
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="group" lang="{self.picture.language}" direction="{direction}" '
            f'aria-labelledby="{self.name}-title" aria-describedby="{self.name}-description"{told}>'
        )
        yield f'<title id="{self.name}-title">{escape(self.picture.title)}</title>'
        yield f'<desc id="{self.name}-description">{escape(self.picture.description)}</desc>'
        if style:
            yield f"<style>{escape(style)}</style>"
        yield (
            f'<defs><pattern id="{self.name}-hatch" width="8" height="8" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><path class="hatch" d="M0 0V8"/></pattern></defs>'
        )
        for wire in self.layout.wires:
            yield from self.wire(wire)
        for box in self.layout.boxes:
            yield from self.box(box)
        yield "</svg>"

    def wire(self, wire: Wire) -> Iterator[str]:
        link = wire.link
        mark = "" if link.mark is None else " seen" if link.mark.seen else " unseen"
        ends = f"data-from={quoteattr(link.source)} data-to={quoteattr(link.target)}"
        yield f'<g class="wire {link.kind}{mark}" {ends}>'
        if link.outline:
            yield f"<title>{escape(f'{link.lead} {_flat(link.outline)}'.strip())}</title>"
        points = [self.turned(point) for point in wire.points]
        yield f'<path class="line" d="{_curve(points) if wire.curved else _corners(points)}"/>'
        yield f'<path class="head" d="{_arrow(points[-2], points[-1])}"/>'
        yield from self.words(wire.lines, *wire.words_at)
        yield "</g>"

    def box(self, box: Box) -> Iterator[str]:
        node = box.node
        mark = "" if node.mark is None else " seen" if node.mark.seen else " unseen"
        dashed = " dashed" if node.dashed else ""
        inside = f"#{self.twin}-{slug(node.id)}" if self.twin else ""
        link = self.address + node.href if node.href and self.address else inside
        yield f'<g class="node {node.kind}{mark}{dashed}" data-node={quoteattr(node.id)}>'
        if link:
            yield f"<a href={quoteattr(link)}>"
        said = [node.title, node.text, node.note, node.mark.words if node.mark else ""]
        yield f"<title>{escape(' · '.join(filter(None, said)))}</title>"
        left = self.layout.width - box.left - box.width if self.mirrored else box.left
        place = (
            f'x="{_number(left)}" y="{_number(box.top)}" width="{_number(box.width)}" height="{_number(box.height)}"'
        )
        if node.kind in _CUT:
            yield f'<path class="shape" d="{_cut(left, box.top, box.width, box.height)}"/>'
        else:
            yield f'<rect class="shape" {place} rx="{_ROUND.get(node.kind, 2)}"/>'
        if node.mark and not node.mark.seen:
            yield f'<rect {place} rx="2" fill="url(#{self.name}-hatch)"/>'
        if node.mark:
            yield from self.words(
                (Line(node.mark.sign, TITLE),), box.left + box.width - PADDING - 14, box.top + MARGIN_TOP
            )
        spare = (box.height - sum(line.style.line for line in box.lines)) / 2
        yield from self.words(box.lines, box.left + PADDING, box.top + min(spare, PADDING))
        yield "</a></g>" if link else "</g>"

    def words(self, lines: tuple[Line, ...], left: float, top: float) -> Iterator[str]:
        x = self.layout.width - left if self.mirrored else left
        for line in lines:
            place = f'x="{_number(x)}" y="{_number(top + line.style.line * 0.78)}"'
            yield f'<text class="{line.style.name}" {place}>{escape(line.words)}</text>'
            top += line.style.line

    def turned(self, point: Point) -> Point:
        return (self.layout.width - point[0], point[1]) if self.mirrored else point


def _flat(outline: Outline) -> str:
    """Say an outline in one line."""
    parts = "; ".join(_flat(part) for part in outline.parts)
    return f"{outline.text} {parts}".strip()


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _pair(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _corners(points: list[Point]) -> str:
    """Draw straight pieces with rounded corners."""
    steps = [f"M{_pair(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        steps += [f"L{_pair(_towards(corner, before))}", f"Q{_pair(corner)} {_pair(_towards(corner, after))}"]
    return "".join([*steps, f"L{_pair(points[-1])}"])


def _towards(point: Point, other: Point, far: float = 6) -> Point:
    """Give the point a little way from one towards the other."""
    length = max(abs(other[0] - point[0]) + abs(other[1] - point[1]), 0.01)
    share = min(far / length, 0.5)
    return point[0] + (other[0] - point[0]) * share, point[1] + (other[1] - point[1]) * share


def _curve(points: list[Point]) -> str:
    return f"M{_pair(points[0])}C{' '.join(_pair(point) for point in points[1:])}"


def _arrow(before: Point, end: Point) -> str:
    """Draw the head of an arrow that comes from `before` and points at `end`."""
    across, down = end[0] - before[0], end[1] - before[1]
    length = max((across**2 + down**2) ** 0.5, 0.01)
    along, beside = (across / length * _ARROW, down / length * _ARROW), 0.6
    back = (end[0] - along[0] * 1.3, end[1] - along[1] * 1.3)
    one = (back[0] - along[1] * beside, back[1] + along[0] * beside)
    other = (back[0] + along[1] * beside, back[1] - along[0] * beside)
    return f"M{_pair(end)}L{_pair(one)}L{_pair(other)}Z"


def _cut(left: float, top: float, width: float, height: float) -> str:
    """Draw a frame with cut corners, for what decides."""
    right, low, cut = left + width, top + height, min(_CORNER, height / 2)
    corners = [
        (left + cut, top), (right - cut, top), (right, top + cut), (right, low - cut),
        (right - cut, low), (left + cut, low), (left, low - cut), (left, top + cut),
    ]  # fmt: skip
    return "M" + "L".join(_pair(corner) for corner in corners) + "Z"
