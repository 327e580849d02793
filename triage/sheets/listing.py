"""Every sheet in every country, language and form, with its state: what `triage sheet list` and the screens show."""

from collections.abc import Iterator
from dataclasses import dataclass

from triage.sheets.library import Library, SheetKey
from triage.sheets.model import COUNTRIES, Form
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
