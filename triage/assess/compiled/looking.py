"""Where measures look: the places whose wordings decide what they give."""

from collections.abc import Mapping

from triage.assess.compiled.tables import Table, roles_of
from triage.assess.measuring.measures import Measured


def places_of(measured: Measured, where: str, tables: Mapping[tuple[str, str], Table]) -> tuple[int, ...]:
    """The numbers of the places at which a measure of a person or direction looks; none when they are not few."""
    roles, words = roles_of(where), (*measured.reads, *measured.beside) if measured.reads else ()
    read = [(question, roles.get(role, "")) for question, _, role in (word.partition("_") for word in words)]
    return tuple(tables[place].number for place in read if place in tables)
