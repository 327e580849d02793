"""Every page, method, principal and object: the matrix says who is let in; a refusal tells and changes nothing.

The cases are generated from the route table and the matrix, on both databases.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_bytes
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.casework.agencies.sent import COMPLETE
from tests.casework.messages.kept import parked, unconfirmed
from tests.web.principals import OBJECTS, Principal, Stage, staged
from tests.web.site import site_in
from tests.web.unchanged import Unchanged
from triage.cases.agency.referral import AgencyReferral
from triage.cases.roles import Actor, Role, Side
from triage.casework.access.matrix import Permit
from triage.casework.access.matrix import Stage as Step
from triage.casework.accounts import office
from triage.casework.accounts.making import NewAccount, add_account
from triage.casework.accounts.office import CHANGE, RESET, Invited, Staff
from triage.casework.accounts.sessions import sign_out
from triage.casework.accounts.tokens import token_hash
from triage.casework.agencies.accounts import AgencyFile, invite_clerk, read_own_agency
from triage.casework.agencies.importing import Mode, Sender, import_file, sender_for
from triage.casework.agencies.organisations import add_agency_account, list_agencies
from triage.casework.agencies.sending import save_draft, send_whole
from triage.casework.demonstration import DEMONSTRATION_ACCOUNTS, DEMONSTRATION_AGENCY
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.interchange.json_files import as_json
from triage.store.staff.factors import Passkey, insert_passkey
from triage.store.staff.sessions import find_session
from triage.web.shared.guards import permit_of

METHODS = ("GET", "HEAD", "POST", "DELETE")
KINDS = (
    "anonymous", "forged", "unknown-token", "idle", "too-old", "signed-out", "closed",
    "factor-awaited", "no-factor-yet", "proved-long-ago",
    *(name for name, *_ in DEMONSTRATION_ACCOUNTS if not name.endswith("-two")),
)  # fmt: skip
WORKERS = frozenset({Role.INTAKE_WORKER, Role.SUPPORT_ADVOCATE})
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


@pytest.fixture(scope="module")
def stage(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder: Path = tmp_path_factory.mktemp(engine)
    return staged(site_in(folder))


def principal(stage: Stage, kind: str) -> Principal:
    """Somebody of a kind; those whom the program must not know carry what they once had, or made up."""
    if kind in stage.staff:
        return stage.principal(kind, stage.session(stage.staff[kind]), stage.staff[kind])
    administrator, someone = stage.staff["administrator"], stage.staff["intake-one"]
    unfinished = {
        "factor-awaited": lambda: stage.session(administrator, Step.FACTOR),
        "no-factor-yet": lambda: stage.session(administrator, Step.ENROL),
        "proved-long-ago": lambda: stage.session(administrator, proved=301),
    }
    if kind in unfinished:
        return stage.principal(kind, unfinished[kind](), administrator)
    tokens = {
        "anonymous": lambda: "",
        "forged": lambda: stage.session(someone),
        "unknown-token": lambda: "x" * 43,
        "idle": lambda: stage.session(someone, started=1000, seen=900),
        "too-old": lambda: stage.session(someone, started=36_000, seen=5),
        "signed-out": lambda: stage.session(someone),
        "closed": lambda: closed(stage),
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


def closed(stage: Stage) -> str:
    """The session of somebody whose account was closed, kept alive by nothing but the row of the session."""
    new = NewAccount(f"left {uuid4()}", Role.ADMINISTRATOR, Side.INDEPENDENT, "a long enough password")
    identity = add_account(stage.site.service, new)
    assert isinstance(identity, UUID)
    left = Actor(identity, new.name, new.role, new.side)
    assert isinstance(office.close(stage.site.service, stage.staff["administrator"], identity), Recorded)
    return stage.session(left)


def addresses_of(stage: Stage, who: Principal) -> dict[str, str]:
    """Every part of an address that means something to somebody."""
    parts = stage.parts.get(who.kind, stage.parts["intake-one"]) | flow_parts(stage) | office_parts(stage, who.kind)
    parts |= {"session_id": own_session(stage, who.actor), "passkey_id": own_passkey(stage, who.actor)}
    return (
        PLAIN
        | parts
        | agency_parts(stage, "referral_id incoming_id", who.kind)
        | agency_parts(stage, "import_id", who.kind)
        | {"about": parts["act_about"], "case_id": str(stage.cases["own"])}
    )


PLAIN = {
    "question": "ri-01", "letter": "a", "pair": "a-and-b", "code": "fr", "side": "programme",
    "two": "a-and-b", "person": "a", "mark": "0123456789abcdef",
    "opening_id": str(uuid4()), "attendant_id": str(uuid4()), "filename": "cairn.css",
    "sheet": "relative", "address": "m4kp7", "country": "uk", "language": "en", "form": "standard",
    "kind": "csv", "text": "sheet.danger.call", "waiting": "review",
}  # fmt: skip


def addresses(pattern: str, stage: Stage, who: Principal, more: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The address of a route for each object that it can be about."""
    parts = stage.parts.get(who.kind, stage.parts["intake-one"]) | more
    plain = PLAIN | parts
    plain["about"] = parts["act_about"] if "/acts/" in pattern else "case"
    plain |= agency_parts(stage, pattern, who.kind)
    if "session_id" in pattern:
        plain["session_id"] = own_session(stage, who.actor)
    if "passkey_id" in pattern:
        plain["passkey_id"] = own_passkey(stage, who.actor)
    for name in OBJECTS if "case_id" in pattern else ("none",):
        values = plain | {"case_id": str(stage.cases.get(name, ""))}
        yield name, re.sub(r"<(?:\w+:)?(\w+)>", lambda found, values=values: values[found[1]], pattern)


def flow_parts(stage: Stage) -> dict[str, str]:
    """A flow, a set of rules, a finding and an outcome, as the pages of the flows write them."""
    text = stage.principal("author", stage.session(stage.staff["author"])).client.get("/flows").text
    found = {kind: re.search(rf'href="/flows/{kind}/([^"/]+)"', text) for kind in ("rules", "findings", "outcomes")}
    assert all(found.values()), found
    names = {"rules": "rules", "findings": "finding", "outcomes": "outcome"}
    return {names[kind]: one[1] for kind, one in found.items() if one}


def office_parts(stage: Stage, kind: str) -> dict[str, str]:
    """A session of one's own, and an account, an invitation and a request that the office may act upon."""
    service, staff = stage.site.service, stage.staff
    parts = {"account_id": str(staff["translator"].id)}
    invited = office.invite(service, staff["administrator"], f"invited {uuid4()}", Role.AUDITOR, Side.INDEPENDENT)
    assert isinstance(invited, Invited)
    asker = staff["manager" if kind != "manager" else "administrator"]
    kind_asked = CHANGE if kind == "data-protection" else RESET
    asked = office.ask(service, asker, staff["translator"].id, kind_asked, (Role.TRANSLATOR, Side.INDEPENDENT))
    assert isinstance(asked, Recorded)
    found = office.staff_of(service, asker)
    assert isinstance(found, Staff)
    parts |= {"message_id": str(parked(service)), "webhook_id": str(unconfirmed(service))}
    parts |= {"invitation_id": str(found.invitations[-1].id), "request_id": str(asked.id)}
    parts["agency_id"] = str(next(one.id for one in list_agencies(service) if one.name == DEMONSTRATION_AGENCY))
    return parts | (colleague_parts(stage) if kind == "agency-lead" else {})


def colleague_parts(stage: Stage) -> dict[str, str]:
    """A clerk and an invitation that a lead may act upon."""
    lead = stage.staff["agency-lead"]
    assert isinstance(invite_clerk(stage.site.service, lead, "Somebody new"), Invited)
    file = read_own_agency(stage.site.service, lead)
    assert isinstance(file, AgencyFile)
    return {"account_id": str(new_clerk(stage)), "invitation_id": str(file.invitations[-1].id)}


def new_clerk(stage: Stage) -> UUID:
    """The account of a clerk of the agency of the demonstration."""
    service = stage.site.service
    agency = next(one.id for one in list_agencies(service) if one.name == DEMONSTRATION_AGENCY)
    new = NewAccount(f"clerk {uuid4()}", Role.AGENCY_CLERK, Side.AGENCY, "a long enough password")
    made = add_agency_account(service, agency, new, demonstration=True)
    assert isinstance(made, UUID), made
    return made


def agency_parts(stage: Stage, pattern: str, kind: str) -> dict[str, str]:
    """A draft of the agency, or a referral that it sent, when the address is about one."""
    if "import_id" in pattern:
        return {"import_id": imported(stage)}
    if "incoming_id" not in pattern and "referral_id" not in pattern:
        return {}
    clerk, number = stage.staff["agency-lead" if kind == "agency-lead" else "agency-clerk"], str(uuid4())
    draft = save_draft(stage.site.service, clerk, AgencyReferral())
    sent = send_whole(stage.site.service, clerk, replace(COMPLETE, external_reference=number), number)
    assert isinstance(draft, Recorded)
    assert isinstance(sent, Recorded), sent
    return {"referral_id": str(draft.id), "incoming_id": str(sent.id)}


def imported(stage: Stage) -> str:
    """A file that the agency has just sent."""
    sender = sender_for(stage.site.service, stage.staff["agency-lead"])
    assert isinstance(sender, Sender)
    content = as_json([replace(COMPLETE, external_reference=str(uuid4()))])
    done = import_file(stage.site.service, sender, content, Mode.ALL)
    assert done.import_id, done
    return str(done.import_id)


def own_session(stage: Stage, actor: Actor | None) -> str:
    """Another session of somebody, which they may end."""
    if actor is None:
        return str(uuid4())
    hashed = token_hash(stage.session(actor))
    with stage.site.service.reading(RULES) as work:
        found = find_session(work, hashed)
    assert found
    return str(found.id)


def own_passkey(stage: Stage, actor: Actor | None) -> str:
    """A passkey of somebody, which they may remove."""
    passkey = Passkey(uuid4(), actor.id if actor else uuid4(), "key", token_bytes(16), b"a public key", 0)
    if actor:
        with stage.site.service.writing(RULES) as work:
            assert insert_passkey(work, passkey)
            work.is_no_act()
    return str(passkey.id)


def exists_for(permit: Permit, who: Principal, about: str) -> bool:
    """Whether the page is there for somebody: by the matrix for their role, by the wall for the case."""
    if permit.resource == "provider":
        return False  # none is configured here
    if permit.is_open:
        return True
    if who.actor is None or who.actor.role not in permit.roles or about in {"crossed", "gone"}:
        return False
    if permit.name in {"GET look.read", "GET reassignment.list"} and who.kind == "panel-independent":
        return False
    if permit.name in {"POST reassignment.choose", "GET opening.read", "POST opening.close", "POST opening.review"}:
        return False  # nobody waits for another worker here, and no card was opened
    if (permit.name, who.kind) in SECOND_NAME_NOT_WANTED:
        return False
    if permit.action in {"take-away", "open-pair"} and (about != "own" or who.kind == "panel-independent"):
        return False  # by the support side of the panel or the safety lead, of whom they may see there
    if permit.name == "POST case.take-on":
        return about in {"own", "foreign"}
    if about == "foreign":
        return who.actor.role not in WORKERS and permit.action not in {"awaited", "answer-awaited"}
    return True


STEP_OF = {"factor-awaited": Step.FACTOR, "no-factor-yet": Step.ENROL}


def expected(permit: Permit | None, method: str, who: Principal, about: str) -> set[int]:
    """The statuses that are right; `permit` is None where the page does not answer the method."""
    if permit is None:
        return {405} if who.token else {403, 405}
    if method == "POST" and not who.token:
        return {403}
    step = STEP_OF.get(who.kind, Step.FULL)
    if not permit.is_open and (who.actor is None or step not in permit.stages):
        if who.actor is not None and step is Step.FULL:
            return {404}
        return {401} if method == "POST" else {303}
    if permit.is_fresh and who.kind == "proved-long-ago" and who.actor and who.actor.role in permit.roles:
        return {403} if method == "POST" else {303}
    held = {423} if permit.name in {"POST instruction.ask", "POST sheet.hand-out"} else set()
    return {200, 204, 303, 400, 409, 422, 429, *held} if exists_for(permit, who, about) else {404}


def permits_of(stage: Stage) -> dict[str, dict[str, Permit]]:
    """By the pattern of an address, by method, the permit of the page: a case before its parts."""
    found: dict[str, dict[str, Permit]] = {}
    for rule in sorted(stage.site.app.url_map.iter_rules(), key=lambda one: len(one.rule)):
        permit = permit_of(stage.site.app, rule.endpoint)
        assert permit
        found.setdefault(rule.rule, {}).update(dict.fromkeys(rule.methods or (), permit))
    return found


def tried(permits: dict[str, Permit], about: str) -> Iterator[str]:
    """The methods that are tried: one that the page does not answer, about the first object alone."""
    return (method for method in METHODS if method in permits or about in {OBJECTS[0], "none"})


def sender(who: Principal) -> Callable[[str, str], Any]:
    """How a principal asks: with the same cookie each time, though an answer drops a session that is over."""
    before = who.client.get_cookie("session")

    def send(method: str, address: str) -> Any:
        if who.actor is None and before:
            who.client.set_cookie("session", before.value)
        return who.send(method, address)

    return send


def try_everything(tally: Tally, who: Principal) -> None:
    """Ask for every page by every method about every object, as one principal."""
    stage = tally.stage
    send = sender(who)
    nowhere = {method: seen(send(method, "/nowhere")) for method in METHODS}
    door = {method: seen(send(method, "/cases/" + str(stage.cases["gone"]))) for method in ("GET", "HEAD")}
    more = flow_parts(stage) | office_parts(stage, who.kind)
    unchanged = Unchanged(stage.site.service)
    for pattern, permits in permits_of(stage).items():
        for about, address in addresses(pattern, stage, who, more):
            for method in tried(permits, about):
                unchanged.holds()  # what the harness itself wrote is no change
                response = send(method, address)
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
                if who.actor and "Set-Cookie" in response.headers:  # another session, or another language: begin again
                    who = principal(stage, who.kind)
                    send = sender(who)
    if not unchanged.close():
        tally.wrong.append(f"{who.kind}: something was written that no statement told of")


def seen(response: Any) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """All that somebody outside sees of an answer; of a cookie, which is signed with the second, that it came."""
    headers = tuple((name, "" if name == "Set-Cookie" else value) for name, value in response.headers)
    return response.status_code, response.data, headers


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
