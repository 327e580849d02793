"""The sheets of this installation: those beside the flows in force, read once by a process, and its country."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from triage.casework.service import Service
from triage.flow.problems import Problem
from triage.settings import FLOWS, LOCALES
from triage.sheets.library import Library, SheetKey, read_library
from triage.sheets.model import Form

COUNTRY_OF = {"GB": "uk", "FR": "fr"}
"""By the country of the settings, the country of the sheets."""


class SheetsUnreadable(RuntimeError):
    """The sheets have problems: none of them is given; `problems` says why, and `triage check` says it too."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def library_of(service: Service) -> Library:
    """Give the sheets that stand beside the flows of this service. Raises `SheetsUnreadable`."""
    return _read(service.settings.flows)


@dataclass(frozen=True, slots=True)
class FinalEdition:
    """One language and form of a sheet that may be handed over: read by two people, or the source."""

    language: str
    name: str
    form: Form


def final_editions(service: Service, sheet: str) -> tuple[FinalEdition, ...]:
    """Give what may be handed over of a sheet in the country of this service. Raises `SheetsUnreadable`."""
    return _final(service.settings.flows, sheet, country_of(service))


def country_of(service: Service) -> str:
    """Give the country whose sheets this service hands out; the British ones where there is no pack of its own."""
    return COUNTRY_OF.get(service.settings.country, "uk")


@cache
def _final(flows: Path, sheet: str, country: str) -> tuple[FinalEdition, ...]:
    library = _read(flows)
    return tuple(
        FinalEdition(code, edition.language.name, form)
        for code, edition in sorted(library.editions.items())
        for form in Form
        if library.state(SheetKey(sheet, country, code, form)).final
    )


@cache
def _read(flows: Path) -> Library:
    shipped = flows.resolve() == FLOWS.resolve()
    found = read_library(flows, LOCALES if shipped else flows / "locales")
    if not isinstance(found, Library):
        raise SheetsUnreadable(found)
    return found
