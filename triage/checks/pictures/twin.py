"""Write a picture as a text: the same nodes in the same order, what leads away from each, and every condition whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from triage.checks.pictures.model import ALONG, Link, Node, Outline, Picture
from triage.checks.pictures.texts import Texts


@dataclass(frozen=True, slots=True)
class Entry:
    """One node in words: its title and sentences, what belongs to it, and the ways that lead on."""

    node: Node
    text: str
    notes: tuple[str, ...]
    details: tuple[Outline, ...]
    ways: tuple[tuple[Link, Outline], ...]


def entries(picture: Picture, texts: Texts) -> tuple[Entry, ...]:
    """Give the text of a picture, a node an entry, in reading order."""
    return tuple(_entry(node, picture, texts) for node in picture.nodes)


def _entry(node: Node, picture: Picture, texts: Texts) -> Entry:
    notes = tuple(filter(None, [node.note, f"{node.mark.sign} {node.mark.words}" if node.mark else ""]))
    whole = next((one.text for one in node.details if node.text.endswith("…") and not one.parts), "")
    details = tuple(one for one in node.details if one.text != whole or one.parts)
    ways = tuple((link, _way(link, picture, texts)) for link in picture.leaving(node) if _is_told(link, picture))
    return Entry(node, whole or node.text, notes, details, ways)


def _is_told(link: Link, picture: Picture) -> bool:
    """Say whether a way is worth a line: that the next node follows is not, its condition stands with that node."""
    return not (link.kind in ALONG and picture.place[link.target] == picture.place[link.source] + 1 and not link.lead)


def _way(link: Link, picture: Picture, texts: Texts) -> Outline:
    target = picture.by_id[link.target]
    lead = link.lead or texts.phrase(f"lead.{link.kind}", target=target.title)
    sign = f"{link.mark.sign} " if link.mark else ""
    whole = link.outline or Outline(link.label)
    seen = f" ({link.mark.words})" if link.mark else ""
    return Outline(f"{sign}{lead}{'. ' if whole.text else ''}{whole.text}{seen}", whole.parts, href=target.href)


def as_text(picture: Picture, texts: Texts) -> str:
    """Write the text for a terminal or a file: indented lines under each node."""
    return "\n".join(_lines(picture, texts)) + "\n"


def _lines(picture: Picture, texts: Texts) -> Iterator[str]:
    yield from (picture.title, "=" * len(picture.title), "", picture.description, "")
    for number, entry in enumerate(entries(picture, texts), start=1):
        yield f"{number}. {entry.node.title}" + (f": {entry.text}" if entry.text else "")
        yield from (f"   ({note})" for note in entry.notes)
        for detail in entry.details:
            yield from _indented(detail, 1)
        for _, way in entry.ways:
            yield from _indented(Outline(f"→ {way.text}", way.parts), 1)


def _indented(outline: Outline, depth: int) -> Iterator[str]:
    yield f"{'   ' * depth}- {outline.text}"
    for part in outline.parts:
        yield from _indented(part, depth + 1)
