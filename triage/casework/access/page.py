"""Write the access matrix as a page of documentation: for each resource, who may do what."""

from collections.abc import Iterator

from triage.cases.roles import Role
from triage.casework.access.matrix import Matrix, Permit, Stage

_HEAD = """# Who may open what

This page is made from `triage/casework/access/matrix.toml` by `make docs`; a test compares the two. What is not listed
is denied, GET and POST apart. An address that is not for somebody answers them exactly as one that does not exist.
`x²` asks for a second factor given within five minutes; `x¹` is for a sign-in that is not complete yet too.
The matrix opens pages; the wall (`triage/cases/wall.py`) decides again about every case, person, source and act.
"""


def page_of(matrix: Matrix) -> str:
    """Give the page in Markdown: a table for each resource, a column for each role, in the order of the matrix."""
    return (
        "\n".join([_HEAD, *(line for resource in matrix.resources for line in _table(matrix, resource)), ""]).rstrip()
        + "\n"
    )


def _table(matrix: Matrix, resource: str) -> Iterator[str]:
    yield f"## {matrix.resources[resource]}"
    yield ""
    yield f"| `{resource}` | What it is | anyone | " + " | ".join(role.value for role in Role) + " |"
    yield "|---|---|" + ":-:|" * (len(Role) + 1)
    for permit in matrix.permits.values():
        if permit.resource == resource:
            yield f"| {permit.method.upper()} {permit.action} | {permit.does} | " + " | ".join(_marks(permit)) + " |"
    yield ""


def _marks(permit: Permit) -> Iterator[str]:
    sign = "x" + "¹" * (permit.stages != {Stage.FULL}) + "²" * permit.is_fresh
    yield sign if permit.is_open else ""
    yield from (sign if permit.is_open or role in permit.roles else "" for role in Role)
