"""The matrix is read whole or not at all, with every fault named, and its page of documentation is up to date."""

from pathlib import Path

import pytest

from triage.cases.roles import Role
from triage.casework.access.matrix import BadMatrix, access_matrix, read_matrix
from triage.casework.access.page import page_of

ROOT = Path(__file__).resolve().parents[2]
GOOD = """
[groups]
pair = ["panel-member", "lead"]
lead = ["safety-lead"]
[room]
says = "A room"
[room.get]
look = { roles = ["pair"], does = "Look into it" }
door = { open = true, does = "Knock" }
[room.post]
look = { roles = ["lead"], does = "Tidy it" }
"""


def test_groups_unfold_and_get_and_post_are_apart() -> None:
    matrix = read_matrix(GOOD)
    look, tidy, door = (
        matrix.permit(*name) for name in (("GET", "room", "look"), ("post", "room", "look"), ("get", "room", "door"))
    )
    assert look
    assert look.roles == {Role.PANEL_MEMBER, Role.SAFETY_LEAD}
    assert tidy
    assert tidy.roles == {Role.SAFETY_LEAD}
    assert door
    assert (door.is_open, door.roles) == (True, frozenset())


def test_what_is_not_written_is_denied() -> None:
    matrix = read_matrix(GOOD)
    assert [
        matrix.permit(*name) for name in (("post", "room", "door"), ("get", "room", "burn"), ("put", "room", "look"))
    ] == [None] * 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('"pair"]', '"everyone"]'), "GET room.look: unknown role everyone"),
        (('roles = ["lead"], does', 'role = ["lead"], does'), "POST room.look: unknown key role"),
        (("open = true", 'open = true, roles = ["lead"]'), "GET room.door: it is either open to anyone or for roles"),
        (("open = true", "open = false"), "GET room.door: it is either open to anyone or for roles"),
        (("open = true", 'open = "yes"'), "GET room.door: it is either open to anyone or for roles"),
        (('does = "Knock"', 'does = ""'), "GET room.door: say what it does"),
        (('look = { roles = ["pair"], does = "Look into it" }', "look = 1"), "GET room.look: this must be a table"),
        (("[room.post]", "[room.put]"), "room.put: only get, post and says stand here"),
        (('says = "A room"', ""), "room: say what it is"),
        (("[room]", "[room"), "matrix: "),
    ],
)
def test_a_fault_stops_the_reading_and_is_named(change: tuple[str, str], said: str) -> None:
    with pytest.raises(BadMatrix, match=said):
        read_matrix(GOOD.replace(*change))


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(BadMatrix) as caught:
        read_matrix(GOOD.replace('"Knock"', '""').replace('["lead"], does', '["nobody"], does'))
    assert len(str(caught.value).splitlines()) == 2


def test_the_page_of_documentation_is_made_from_the_matrix() -> None:
    written = (ROOT / "docs/security/access.md").read_text(encoding="utf-8")
    assert written == page_of(access_matrix()), "run `make docs`"
