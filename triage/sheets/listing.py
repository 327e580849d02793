"""Every sheet in every country, language and form, with its state: what `triage sheet list` and the screens show."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from triage.sheets.composing import not_checked_lately
from triage.sheets.library import Library, SheetKey
from triage.sheets.model import COUNTRIES, Catalogue, Form, Helpline
from triage.sheets.reviews import State


@dataclass(frozen=True, slots=True)
class Listed:
    """One sheet as it can be asked for; `missing` counts the texts that its language lacks."""

    audience: str
    pathway: str
    country: str
    language: str
    form: str
    state: str
    printable: bool
    missing: int
    sheet: str
    outcomes: tuple[str, ...]
    side: str
    core: bool
    spoken: bool


def listed(library: Library) -> Iterator[Listed]:
    """Give every combination of the library, sheet by sheet, then country, language and form."""
    for sheet in library.catalogue.sheets.values():
        for country in COUNTRIES:
            for language, edition in library.editions.items():
                for form in Form:
                    key = SheetKey(sheet.id, country, language, form)
                    states = [library.text_state(edition, text) for text in library.text_ids(key)]
                    state = library.state(key)
                    yield Listed(
                        audience=sheet.audience,
                        pathway=sheet.pathway,
                        country=country,
                        language=language,
                        form=form.value,
                        state=state.value,
                        printable=state.final,
                        missing=states.count(State.MISSING),
                        sheet=sheet.id,
                        outcomes=sheet.outcomes,
                        side=sheet.side.value,
                        core=sheet.core,
                        spoken=sheet.spoken,
                    )


def lines_to_check(catalogue: Catalogue, country: str, today: dt.date, sheet: str = "") -> tuple[Helpline, ...]:
    """Give the helplines of a country, or of one sheet there, that staff check before publication.

    Nobody has called them for six months, or ever: they stand on nothing that a client sees.
    """
    known = catalogue.helplines if not sheet else catalogue.lines_of(catalogue.sheets[sheet], country).lines
    return tuple(line for line in known if line.country == country and not_checked_lately(line, today))
