"""How much room words need: widths of letters as most sans-serif faces have them, and lines that fit a width."""

import re
from dataclasses import dataclass

from triage.checks.pictures.model import Link, Node

NARROW, WIDE = frozenset("iljtfr.,;:!'’|()[]· "), frozenset("mwMWÅÆ@—…")
LETTER, CAPITAL, NARROW_LETTER, WIDE_LETTER = 0.56, 0.69, 0.33, 0.9
NODE_WIDTH, LABEL_WIDTH, PADDING = 302, 380, 10
"""The column of nodes fits a telephone of 360 pixels whole; only what stands beside it is moved into sight."""
NODE_TEXT = NODE_WIDTH - 2 * PADDING
NO_BREAK = "\N{NO-BREAK SPACE}"
_GLUED = re.compile("« | [»:;!?]")
MARK_WIDTH = 20
MARGIN_TOP = 8


@dataclass(frozen=True, slots=True)
class Style:
    """One kind of writing: its class in the stylesheet, its size and line height in pixels."""

    name: str
    size: int
    line: int
    bold: bool = False


TITLE, TEXT, NOTE = Style("title", 15, 20, bold=True), Style("text", 14, 18), Style("note", 12, 16)
LEAD, LABEL = Style("lead", 13, 18, bold=True), Style("label", 13, 17)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words, and how it is written."""

    words: str
    style: Style


def width_of(words: str, style: Style) -> float:
    """Give the width of a line in pixels, rather too wide than too narrow."""
    ems = sum(
        NARROW_LETTER if letter in NARROW
        else WIDE_LETTER if letter in WIDE
        else CAPITAL if letter.isupper() or letter.isdigit()
        else LETTER
        for letter in words
    )  # fmt: skip
    return ems * style.size * (1.06 if style.bold else 1.0)


def wrapped(words: str, style: Style, width: float) -> tuple[Line, ...]:
    """Break a text into lines of a width; a word that is longer than a line stands alone and sticks out."""
    lines: list[str] = []
    for word in filter(None, _GLUED.sub(_glue, words).split(" ")):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, style) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(Line(line, style) for line in lines)


def _glue(found: re.Match[str]) -> str:
    """Keep what French puts a space before, or after, on the same line as its word."""
    return found[0].replace(" ", NO_BREAK)


def node_lines(node: Node) -> tuple[Line, ...]:
    """Write a node: its title, its text, its note; a mark keeps its room beside the title."""
    room = NODE_TEXT - (MARK_WIDTH if node.mark else 0)
    parts = ((node.title, TITLE, room), (node.text, TEXT, NODE_TEXT), (node.note, NOTE, NODE_TEXT))
    return tuple(line for words, style, width in parts for line in wrapped(words, style, width))


def label_lines(link: Link, width: float = LABEL_WIDTH) -> tuple[Line, ...]:
    """Write what stands on a link: where it leads, under which condition."""
    lead = f"{link.mark.sign} {link.lead}" if link.mark else link.lead
    return (*wrapped(lead, LEAD, width), *wrapped(link.label, LABEL, width))


def height_of(lines: tuple[Line, ...]) -> int:
    """Give the height of some lines in pixels."""
    return sum(line.style.line for line in lines)
