"""Read the access matrix: resources, actions by GET or POST, and the roles that each lets in; the default is to deny.

Source: security page 3.2; ADR 0014.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from triage.cases.roles import Role

MATRIX_FILE = Path(__file__).parent / "matrix.toml"
METHODS = ("get", "post")
_GRANT_KEYS = frozenset({"roles", "open", "does", "stages", "fresh"})


class Stage(StrEnum):
    """How far a sign-in has come: a second factor is awaited, none is enrolled yet, or it is complete."""

    FACTOR = "factor"
    ENROL = "enrol"
    FULL = "full"


class BadMatrix(ValueError):
    """The matrix cannot be read; the message names every entry that is wrong. The program does not start."""


@dataclass(frozen=True, slots=True)
class Permit:
    """One line of the matrix: an action by one method, and whom it lets in; nobody else.

    `stages`: how far the sign-in must have come; `is_fresh`: the second factor was given within five minutes.
    """

    resource: str
    method: str
    action: str
    does: str
    roles: frozenset[Role] = frozenset()
    is_open: bool = False
    stages: frozenset[Stage] = frozenset({Stage.FULL})
    is_fresh: bool = False

    @property
    def name(self) -> str:
        """Write it as people do: `GET case.list`."""
        return f"{self.method.upper()} {self.resource}.{self.action}"


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole matrix: what each resource is, and every permit by its name."""

    resources: Mapping[str, str]
    permits: Mapping[str, Permit]

    def permit(self, method: str, resource: str, action: str) -> Permit | None:
        """Find a line, or None: an action that has none is denied to everybody."""
        return self.permits.get(f"{method.upper()} {resource}.{action}")

    def allows(self, role: Role, method: str, resource: str, action: str) -> bool:
        """Whether a role is let in: what a duty asks once more, for a page may forget its guard."""
        permit = self.permit(method, resource, action)
        return permit is not None and role in permit.roles


@cache
def access_matrix() -> Matrix:
    """Give the matrix of this program, read once. Raises `BadMatrix`."""
    return read_matrix(MATRIX_FILE.read_text(encoding="utf-8"))


def read_matrix(text: str) -> Matrix:
    """Read a matrix from TOML.

    Output: the matrix. Raises `BadMatrix` with a line for each unknown role, group, method or key, for each permit that
    lets nobody in, and for one that is both open and for roles.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadMatrix(f"matrix: {fault}") from None
    groups = document.pop("groups", {})
    problems: list[str] = []
    permits = {}
    for resource, method, action, raw in _entries(document, problems):
        place = f"{method.upper()} {resource}.{action}"
        if wrong := list(_problems(raw, groups)):
            problems += [f"{place}: {one}" for one in wrong]
            continue
        roles = frozenset(_roles(raw.get("roles", ()), groups))
        stages = frozenset(map(Stage, raw.get("stages", (Stage.FULL,))))
        permits[place] = Permit(
            resource, method, action, raw["does"], roles, raw.get("open", False), stages, raw.get("fresh", False)
        )  # fmt: skip
    if problems:
        raise BadMatrix("\n".join(problems))
    return Matrix({name: resource["says"] for name, resource in document.items()}, permits)


def _entries(document: Mapping[str, Any], problems: list[str]) -> Iterator[tuple[str, str, str, Any]]:
    """Give each action of each resource; what is none is added to the problems."""
    for resource, content in document.items():
        if not isinstance(content, dict) or not isinstance(content.get("says"), str):
            problems.append(f"{resource}: say what it is (`says`)")
            continue
        for key, actions in content.items():
            if key in METHODS:
                yield from ((resource, key, action, raw) for action, raw in actions.items())
            elif key != "says":
                problems.append(f"{resource}.{key}: only {', '.join(METHODS)} and says stand here")


def _problems(raw: Any, groups: Mapping[str, Any]) -> Iterator[str]:  # noqa: ANN401 - a value of TOML
    """Say what is wrong with one line."""
    if not isinstance(raw, dict):
        yield "this must be a table"
        return
    yield from (f"unknown key {key}" for key in raw if key not in _GRANT_KEYS)
    if not isinstance(raw.get("does"), str) or not raw["does"]:
        yield "say what it does"
    known = {role.value for role in Role} | set(groups)
    yield from (f"unknown role {name}" for name in raw.get("roles", ()) if name not in known)
    yield from (f"unknown stage {name}" for name in raw.get("stages", ()) if name not in set(Stage))
    if bool(raw.get("roles")) == (raw.get("open") is True):
        yield "it is either open to anyone or for roles"


def _roles(names: Any, groups: Mapping[str, Any]) -> Iterator[Role]:  # noqa: ANN401 - a value of TOML
    """Unfold the groups into roles."""
    for name in names:
        if name in groups:
            yield from _roles(groups[name], groups)
        else:
            yield Role(name)
