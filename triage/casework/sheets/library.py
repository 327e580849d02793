"""The sheets of this installation: those beside the flows in force, with the translations that were approved here."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from triage.casework.service import Service
from triage.flow.problems import Problem
from triage.settings import FLOWS, LOCALES
from triage.sheets.library import Library, SheetKey, read_library
from triage.sheets.model import Form
from triage.sheets.reviews import Reading
from triage.sheets.room.revisions import Revision, Step
from triage.sheets.room.rooms import Room
from triage.store.sheets.translations import StoredStep, last_step, read_steps
from triage.store.work import Work

COUNTRY_OF = {"GB": "uk", "FR": "fr"}
"""By the country of the settings, the country of the sheets."""


class SheetsUnreadable(RuntimeError):
    """The sheets have problems: none of them is given; `problems` says why, and `triage check` says it too."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class FinalEdition:
    """One language and form of a sheet that may be handed over: read by two people, or the source."""

    language: str
    name: str
    form: Form


def library_of(service: Service) -> Library:
    """Give the sheets of this service as they are in force. Raises `SheetsUnreadable`, and `Unreadable` as a room."""
    with service.reading() as work:
        return library_in(service, work)


def library_in(service: Service, work: Work) -> Library:
    """Give the same within a transaction that is open already."""
    return room_in(service, work).in_force


def room_in(service: Service, work: Work) -> Room:
    """Give the translators' room as it is in a transaction; it is made anew only when somebody took a step.

    Raises `SheetsUnreadable`, and `Unreadable` when a step was altered in the database: then no sheet is given.
    """
    place, last = (service.settings.flows, service.settings.database_url), last_step(work)
    held = _ROOMS.get(place)
    if held is None or held[0] != last:
        revisions = tuple(_revision(one) for one in read_steps(work)) if last else ()
        held = _ROOMS[place] = (last, Room(_read(service.settings.flows), revisions))
    return held[1]


_ROOMS: dict[tuple[Path, str], tuple[UUID | None, Room]] = {}
"""By installation, the room as it was read last, and the step that was the latest then."""


def _revision(stored: StoredStep) -> Revision:
    one = stored.step
    reading = Reading(one.initials, stored.at.date(), str(stored.by))
    return Revision(one.language, one.text, Step(one.step), reading, stored.at, one.source, one.translation, one.said)


def final_editions(library: Library, sheet: str, country: str) -> tuple[FinalEdition, ...]:
    """Give what may be handed over of a sheet in a country."""
    return tuple(
        FinalEdition(code, edition.language.name, form)
        for code, edition in sorted(library.editions.items())
        for form in Form
        if library.state(SheetKey(sheet, country, code, form)).final
    )


def country_of(service: Service) -> str:
    """Give the country whose sheets this service hands out; the British ones where there is no pack of its own."""
    return COUNTRY_OF.get(service.settings.country, "uk")


def sheet_problems(flows: Path) -> tuple[Problem, ...]:
    """Say why the sheets beside some flows cannot be given; nothing when they can."""
    try:
        _read(flows)
    except SheetsUnreadable as fault:
        return fault.problems
    return ()


@cache
def _read(flows: Path) -> Library:
    shipped = flows.resolve() == FLOWS.resolve()
    found = read_library(flows, LOCALES if shipped else flows / "locales")
    if not isinstance(found, Library):
        raise SheetsUnreadable(found)
    return found
