"""The words of a report in one language: its own texts, and those of the flows for outcomes, findings and rules."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from babel.numbers import format_decimal, format_percent

from triage.checks.wording import catalogue_of, read_catalogue
from triage.flow.values import Strength, in_words
from triage.routing.decision import Reason
from triage.settings import LOCALES
from triage.simulation.comparison import Route

DOMAIN = "simulation"
_LEAST, _PERCENT = 0.001, "0.0\u00a0%"
_PERSONS = {"A": ("A", "B"), "B": ("B", "A"), "AB": ("A", "B"), "BA": ("B", "A")}
"""Who x and y are, by how the name of a fact ends."""


def report_catalogue(locales: Path, language: str) -> Path:
    """Where the texts of reports stand in one language."""
    return locales / language / "LC_MESSAGES" / f"{DOMAIN}.po"


class Wording:
    """Texts by id; a text of the flows that is missing falls back to English, then to its code.

    `versions` are the directories of flows that are compared: one may bring texts of its own, in `locales` beside them.
    """

    def __init__(self, language: str, versions: Sequence[Path] = ()) -> None:
        self.language = language
        self._places = (LOCALES, *(version / "locales" for version in versions))
        self._own = read_catalogue(report_catalogue(LOCALES, language))

    def __call__(self, text: str, **values: object) -> str:
        """Give a text of reports, with its values in place; an id that is not there is a fault of the program."""
        return self._own[text].format(**values)

    def has(self, text: str) -> bool:
        """Say whether a text of reports is there."""
        return text in self._own

    @cached_property
    def _flows(self) -> Mapping[str, str]:
        languages = dict.fromkeys(("en", self.language))
        catalogues = (catalogue_of(place, language) for language in languages for place in self._places)
        return {key: text for path in catalogues if path.exists() for key, text in read_catalogue(path).items()}

    def number(self, number: int) -> str:
        """Write a number as the language groups it."""
        return format_decimal(number, locale=self.language)

    def share(self, number: int, of: int) -> str:
        """Write how large a part of a whole is; a part that is there is never written as nothing."""
        part = number / of if of else 0
        least = "< " if 0 < part < _LEAST else ""
        return least + format_percent(_LEAST if least else part, _PERCENT, locale=self.language)

    def outcome(self, code: str) -> str:
        """The name of an outcome."""
        return self._flows.get(f"outcome.{code}.name", code)

    def alert(self, code: str) -> str:
        """The name of an alert."""
        return self._flows.get(f"alert.{code}.name", code)

    def law(self, code: str) -> str:
        """What an invariant says."""
        return self._flows.get(f"invariant.{code}", code)

    def result(self, code: str) -> str:
        """A result in neutral words: before two people have signed nobody is named by a role."""
        return self(f"result.{code}") if self.has(f"result.{code}") else code

    def finding(self, name: str) -> str:
        """The name of a fact, with the persons in place."""
        stem, _, suffix = name.rpartition("_")
        persons = _PERSONS.get(suffix)
        found = self._flows.get(f"finding.{stem if persons else name}.name", name)
        x, y = persons or (self("either"), self("either"))
        return found.replace("{x}", x).replace("{y}", y)

    def strength(self, strength: Strength) -> str:
        """A strength as number and word."""
        if strength >= 0:
            return f"{strength} ({self._flows.get(f'strength.{strength}', '')})"
        written = in_words(strength)
        key = "unknown" if written == "unknown" else "was"
        word = self._flows.get(f"strength.{key}", key)
        return word if key == "unknown" else f"{word} ({str(written).removeprefix('was ')})"

    def route(self, route: Route) -> str:
        """A route in codes, and whether work may start."""
        return f"{', '.join(route.outcomes) or '–'} ({self('may_start' if route.starts else 'nothing_starts')})"

    def reason(self, reason: Reason) -> str:
        """A rule that fired in one sentence, and about whom."""
        text = self._flows.get(reason.text, reason.rule)
        not_met = f"{self('not_met')} " if "not met" in reason.notes else ""
        return f"{self('about', person=reason.subject)} {not_met}{text}" if reason.subject else f"{not_met}{text}"
