"""What the tests of the drawings share: the shipped flows and rules, their texts, and every picture of them."""

from collections.abc import Iterator
from functools import lru_cache

from tests.vignettes.told import shipped
from triage.checks.coverage_marks import Coverage
from triage.checks.pictures.album import Album
from triage.checks.pictures.model import Picture
from triage.checks.pictures.texts import Texts
from triage.checks.wording import LANGUAGES, catalogue_of, read_catalogue
from triage.routing.shown import decision_shown
from triage.settings import LOCALES


@lru_cache(maxsize=4)
def texts(language: str) -> Texts:
    return Texts(language, _catalogue(language), _catalogue("en"))


@lru_cache(maxsize=4)
def _catalogue(language: str) -> dict[str, str]:
    return read_catalogue(catalogue_of(LOCALES, language))


@lru_cache(maxsize=8)
def album(language: str = "en", coverage: Coverage | None = None) -> Album:
    loaded = shipped()
    return Album(loaded.book.rulebook, decision_shown(loaded.decider.rules), texts(language), coverage)


def pictures(language: str, coverage: Coverage | None = None) -> Iterator[Picture]:
    """Every picture there is: flows, sets of rules, slices."""
    drawn = album(language, coverage)
    yield from (drawn.flow(letter) for letter in drawn.book.flows)
    yield from (drawn.rules(name) for name in drawn.rule_sets)
    yield from (drawn.slice(name) for name in (*drawn.outcomes, *drawn.book.findings))


__all__ = ["LANGUAGES", "album", "pictures", "texts"]
