"""Write flows/schema again from the shipped flows: `python -m tests.flow.write_schemas`."""

from pathlib import Path

from tests.flow.reading import read
from triage.assess.worth.accounts import COMPETENCE
from triage.flow.model import Rulebook
from triage.flow.schema import write_schemas
from triage.settings import FLOWS

DIRECTORY = FLOWS / "schema"


def write(directory: Path = DIRECTORY) -> list[Path]:
    book = read(FLOWS)
    assert isinstance(book, Rulebook), [str(problem) for problem in book]
    return write_schemas(directory, book, COMPETENCE)


if __name__ == "__main__":
    print(*write(), sep="\n")
