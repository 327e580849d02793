"""The drawings of the flows in force, each made once for a language and kept; how many are kept is bounded."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

from triage.checks.coverage_marks import Coverage
from triage.checks.pictures.album import Album
from triage.checks.pictures.model import Picture, slug
from triage.checks.pictures.rows import in_rows
from triage.checks.pictures.svg import drawn
from triage.checks.pictures.texts import Texts
from triage.checks.pictures.twin import Entry, entries
from triage.flow.model import Rulebook
from triage.routing.reading import shipped_rules
from triage.routing.shown import decision_shown
from triage.simulation.coverage import from_data
from triage.web.shared.words import words_of

TWIN: Final = "in-words"
"""The id of the text that says the same as the drawing."""
MOST_KEPT: Final = 128


@dataclass(frozen=True, slots=True)
class Shown:
    """One drawing with its text, as a page shows it."""

    picture: Picture
    svg: Markup
    entries: tuple[Entry, ...]


class Gallery:
    """The album of one folder of flows in one language, and the drawings made from it so far.

    The flows in force do not change while a process runs: a new version is another process with another gallery.
    """

    def __init__(self, album: Album) -> None:
        self.album = album
        self.names: Mapping[str, Mapping[str, str]] = {
            "parts": {slug(name): name for name in album.book.flows},
            "rules": {slug(name): name for name in album.rule_sets},
            "findings": {slug(name): name for name in album.book.findings},
            "outcomes": {slug(name): name for name in album.outcomes},
        }
        self.shown = lru_cache(maxsize=MOST_KEPT)(self._shown)

    def _shown(self, kind: str, address: str, pages: str) -> Shown | None:
        """Draw what an address names; None when it names nothing. `pages` is where the pages of the flows begin."""
        name = self.names[kind].get(address)
        if name is None:
            return None
        draw: Mapping[str, Callable[[str], Picture]] = {"parts": self.album.flow, "rules": self.album.rules}
        picture = draw.get(kind, self.album.slice)(name)
        svg = drawn(picture, in_rows(picture), pages, twin=TWIN)
        # The writer of the SVG escapes every text it is given.
        return Shown(picture, Markup(svg), entries(picture, self.album.texts))  # noqa: S704 - see above


_galleries: dict[tuple[Path, Path, str], Gallery] = {}
"""One for each language: as many as there are languages of the screens."""


def gallery_of(flows: Path, book: Rulebook, locales: Path, language: str) -> Gallery:
    """Give the gallery of a folder of flows, whose questions and findings are read already, in one language."""
    kept = _galleries.get((flows, locales, language))
    if kept is not None and kept.album.book is book:
        return kept
    texts = Texts(language, words_of(locales, language).texts, words_of(locales, "en").texts)
    gallery = Gallery(Album(book, decision_shown(shipped_rules(flows)), texts, _coverage(flows)))
    _galleries[flows, locales, language] = gallery
    return gallery


def _coverage(flows: Path) -> Coverage | None:
    """Read what the vignettes beside the flows visit (`triage coverage --write`); None when nobody wrote it."""
    file = flows / "vignettes" / "coverage.json"
    return from_data(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None
