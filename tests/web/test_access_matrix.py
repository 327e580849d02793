"""Every page, method, principal and object: the matrix says who is let in; a refusal tells and changes nothing.

The cases are generated from the route table and the matrix, on each engine of ENGINES.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.web.principals import OBJECTS, Principal, Stage, staged
from tests.web.site import site_in
from triage.cases.roles import Role
from triage.casework.access.matrix import Permit
from triage.casework.accounts import sign_out
from triage.store.tables import metadata
from triage.web.shared.guards import permit_of

ENGINES = ("sqlite",)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
KINDS = (
    "anonymous", "forged", "unknown-token", "idle", "too-old", "signed-out",
    "intake-one", "intake-two", "advocate-one", "advocate-two", "panel-support", "panel-independent", "safety-lead",
)  # fmt: skip
WORKERS = frozenset({Role.INTAKE_WORKER, Role.SUPPORT_ADVOCATE})
NOTED = frozenset({"audit", "audit_head", "attempts"})
"""A refusal is written to the audit, a refused sign-in is counted too, and nothing else is written."""
LAST = ("door.language", "door.sign_out")
"""Pages that change what one's later pages look like; the others by the length of their address: a case, its parts."""
SECOND_NAME_NOT_WANTED = {
    ("GET act.awaited", name) for name in ("advocate-one", "advocate-two", "panel-independent")
} | {("POST act.answer-awaited", name) for name in ("advocate-one", "advocate-two", "panel-independent")}
"""Roles that give a second name, at a proposal that waits for somebody else's: for them it does not exist."""


@dataclass
class Tally:
    """What was tried, and what went otherwise than the matrix says."""

    stage: Stage
    cases: int = 0
    wrong: list[str] = field(default_factory=list)


@pytest.fixture(scope="module", params=ENGINES)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder: Path = tmp_path_factory.mktemp(request.param)
    return staged(site_in(folder))


def principal(stage: Stage, kind: str) -> Principal:
    """Somebody of a kind; those whom the program must not know carry what they once had, or made up."""
    someone = stage.staff["intake-one"]
    if kind in stage.staff:
        return stage.principal(kind, stage.session(stage.staff[kind]), stage.staff[kind])
    tokens = {
        "anonymous": lambda: "",
        "forged": lambda: stage.session(someone),
        "unknown-token": lambda: "x" * 43,
        "idle": lambda: stage.session(someone, started=1000, seen=900),
        "too-old": lambda: stage.session(someone, started=36_000, seen=5),
        "signed-out": lambda: stage.session(someone),
    }
    token = tokens[kind]()
    if kind == "signed-out":
        sign_out(stage.site.service, token)
    made = stage.principal(kind, token)
    if kind == "forged":  # the cookie of a session, signed with another key
        cookie = made.client.get_cookie("session")
        assert cookie
        made.client.set_cookie("session", cookie.value[:-4] + "AAAA")
        made.token = ""
    return made


def digest(stage: Stage) -> str:
    """A hash over every row of every table that a refusal must leave alone."""
    found = hashlib.sha256()
    with stage.site.service.reading() as work:
        for table in metadata.sorted_tables:
            if table.name not in NOTED:
                for row in sorted(map(repr, work.connection.execute(select(table)))):
                    found.update(row.encode())
    return found.hexdigest()


class Unchanged:
    """Asks after each refusal whether anything was written; the full hash only when the file says that it changed."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.connection = stage.site.service.database.reader.raw_connection()
        self.seen, self.digest = self._version(), digest(stage)

    def _version(self) -> int:
        cursor = self.connection.cursor()
        return int(cursor.execute("PRAGMA data_version").fetchone()[0])

    def holds(self) -> bool:
        version = self._version()
        if version == self.seen:
            return True
        before, self.seen, self.digest = self.digest, version, digest(self.stage)
        return before == self.digest


def addresses(pattern: str, stage: Stage, kind: str) -> Iterator[tuple[str, str]]:
    """The address of a route for each object that it can be about."""
    parts = stage.parts.get(kind, stage.parts["intake-one"])
    plain = {"question": "ri-01", "letter": "a", "pair": "a-and-b", "code": "fr", "filename": "cairn.css", **parts}
    plain["about"] = parts["act_about"] if "/acts/" in pattern else "case"
    for name in OBJECTS if "case_id" in pattern else ("none",):
        values = plain | {"case_id": str(stage.cases.get(name, ""))}
        yield name, re.sub(r"<(?:\w+:)?(\w+)>", lambda found, values=values: values[found[1]], pattern)


def exists_for(permit: Permit, who: Principal, about: str) -> bool:
    """Whether the page is there for somebody: by the matrix for their role, by the wall for the case."""
    if permit.is_open:
        return True
    if who.actor is None or who.actor.role not in permit.roles or about in {"crossed", "gone"}:
        return False
    if (permit.name, who.kind) in SECOND_NAME_NOT_WANTED:
        return False
    if permit.name == "POST case.take-on":
        return about in {"own", "foreign"}
    if about == "foreign":
        return who.actor.role not in WORKERS and permit.action not in {"awaited", "answer-awaited"}
    return True


def expected(permit: Permit | None, method: str, who: Principal, about: str) -> set[int]:
    """The statuses that are right; `permit` is None where the page does not answer the method."""
    if permit is None:
        return {405} if who.token else {403, 405}
    if method == "POST" and not who.token:
        return {403}
    if exists_for(permit, who, about):
        return {200, 303, 400, 422}
    if who.actor is None:
        return {401} if method == "POST" else {303}
    return {404}


def permits_of(stage: Stage) -> dict[str, dict[str, Permit]]:
    """By the pattern of an address, by method, the permit of the page, in the order in which they are tried."""
    found: dict[str, dict[str, Permit]] = {}
    rules = stage.site.app.url_map.iter_rules()
    for rule in sorted(rules, key=lambda one: (one.endpoint in LAST and LAST.index(one.endpoint) + 1, len(one.rule))):
        permit = permit_of(stage.site.app, rule.endpoint)
        assert permit
        found.setdefault(rule.rule, {}).update(dict.fromkeys(rule.methods or (), permit))
    return found


def try_everything(tally: Tally, who: Principal) -> None:
    """Ask for every page by every method about every object, as one principal."""
    stage = tally.stage
    nowhere = {method: seen(who.send(method, "/nowhere")) for method in METHODS}
    door = {method: seen(who.send(method, "/cases/" + str(stage.cases["gone"]))) for method in ("GET", "HEAD")}
    unchanged = Unchanged(stage)
    for pattern, permits in permits_of(stage).items():
        for about, address in addresses(pattern, stage, who.kind):
            for method in METHODS:
                response = who.send(method, address)
                tally.cases += 1
                label = f"{who.kind}: {method} {pattern} ({about}) gives {response.status_code}"
                if response.status_code not in expected(permits.get(method), method, who, about):
                    tally.wrong.append(label)
                if response.status_code >= 400 and not unchanged.holds():
                    tally.wrong.append(f"{label} and changes the database")
                if response.status_code == 404 and seen(response) != nowhere[method]:
                    tally.wrong.append(f"{label}, which is not the constant page")
                if (
                    response.status_code == 303
                    and who.actor is None
                    and method in door
                    and seen(response) != door[method]
                ):
                    tally.wrong.append(f"{label}, which is not the constant way to the door")
                response.close()
                unchanged.holds()
    unchanged.connection.close()


def seen(response: object) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """All that somebody outside sees of an answer."""
    return response.status_code, response.data, tuple(response.headers)  # type: ignore[attr-defined]  # of the client


@pytest.fixture(scope="module")
def tally(stage: Stage) -> Tally:
    return Tally(stage)


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_by_every_method_about_every_object(tally: Tally, kind: str) -> None:
    before = len(tally.wrong)
    try_everything(tally, principal(tally.stage, kind))
    assert not tally.wrong[before:], "\n".join(tally.wrong[before:][:40])


def test_at_least_five_thousand_cases_were_generated(tally: Tally) -> None:
    print(f"access matrix: {tally.cases} cases, {len(KINDS)} principals, {len(OBJECTS)} objects")
    assert tally.cases >= 5_000
    assert {one.role for one in tally.stage.staff.values()} == set(Role)
