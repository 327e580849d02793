"""Every kind of principal who may ask for a page, each with a session made directly in the store, and their objects."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import insert

from tests.web.people.staged import people_parts
from tests.web.site import NOW, Person, Site
from tests.web.test_matches import AGAIN, COUPLE, refer
from triage.cases.model import CaseView, NewAct, NewAnswer, PersonDetails, Referral
from triage.cases.roles import Actor, Role, Side
from triage.casework import assessments
from triage.casework.access.matrix import Stage as Step
from triage.casework.accounts.making import NewAccount, add_account
from triage.casework.accounts.tokens import token_hash
from triage.casework.demonstration import seed_case
from triage.casework.matching.reviewing import Watch, watch
from triage.casework.proposing import propose_act
from triage.casework.referrals import open_case
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.store.staff import accounts as kept
from triage.store.staff.sessions import NewSession, insert_session, touch_session
from triage.store.tables import wall
from triage.web.factory import create_app

OBJECTS = ("own", "foreign", "crossed", "gone")
"""A case one works in; one of others; one in which one once stood on another side; one that does not exist."""


@dataclass
class Principal:
    """Somebody, or nobody, at a browser; `actor` is None when the program must know no one."""

    kind: str
    client: FlaskClient
    token: str
    actor: Actor | None = None

    def send(self, method: str, address: str) -> Any:
        data = {"csrf_token": self.token, "value": "typed"} if method == "POST" else None
        headers = {"X-CSRFToken": self.token} if method not in {"GET", "HEAD", "POST"} else {}
        return self.client.open(address, method=method, data=data, headers=headers)


@dataclass
class Stage:
    """The program with three cases in it, and what each member of staff may reach in the first two."""

    site: Site
    staff: dict[str, Actor]
    cases: dict[str, UUID]
    parts: dict[str, dict[str, str]]

    def session(self, actor: Actor, step: Step = Step.FULL, *, started: int = 0, seen: int = 0, proved: int = 0) -> str:
        """A session of somebody, begun, last used and last proved so many seconds ago."""
        token, now = secrets.token_urlsafe(32), int(NOW.timestamp())
        new = NewSession(token_hash(token), uuid4(), actor.id, step, now - started, now - proved)
        with self.site.service.writing(RULES) as work:
            insert_session(work, new)
            touch_session(work, new.token_hash, now - seen)
            work.is_no_act()
        return token

    def principal(self, kind: str, token: str = "", actor: Actor | None = None) -> Principal:
        """A browser that holds a session token, and a valid token for forms."""
        client, raw = self.site.app.test_client(), secrets.token_hex(20)
        with client.session_transaction() as cookie:
            cookie["csrf_token"] = raw
            if token:
                cookie["token"] = token
        form_token = URLSafeTimedSerializer(self.site.app.secret_key or b"", salt="wtf-csrf-token").dumps(raw)
        return Principal(kind, client, str(form_token), actor)


def staged(demonstration: Site) -> Stage:
    """Fill an installation and serve it in earnest: staff of every role, and cases in which they stand differently."""
    site = demonstration
    own = seed_case(site.service)
    assert own
    with site.service.reading(RULES) as work:
        staff = {one.name: _actor(one) for one in kept.all_accounts(work)}
    away = NewAccount("intake-away", Role.INTAKE_WORKER, Side.PROGRAMME, "a long enough password")
    elsewhere = Actor(_made(add_account(site.service, away)), away.name, away.role, away.side)
    cases = {"own": own, "foreign": _case(site, elsewhere), "crossed": _case(site, elsewhere), "gone": uuid4()}
    parts = {name: _parts(site, actor, own) for name, actor in staff.items()}
    for name, more in people_parts(site, staff, own).items():
        parts[name] |= more
    _have_crossed(site, cases["crossed"], staff.values())
    parts |= _proposals(site, staff, own, parts)
    match_id = _match(site, away, staff["panel-support"])
    parts = {name: one | {"match_id": match_id} for name, one in parts.items()}
    service = replace(site.service, settings=replace(site.service.settings, demonstration=False))
    return Stage(Site(create_app(service.settings, service), service), staff, cases, parts)


def _actor(account: kept.Account) -> Actor:
    return Actor(account.id, account.name, Role(account.role), Side(account.side))


def _made(result: object) -> UUID:
    assert isinstance(result, UUID), result
    return result


def _case(site: Site, worker: Actor) -> UUID:
    people = {"one": PersonDetails("Sam"), "two": PersonDetails("Robin")}
    return _made(open_case(site.service, worker, Referral(people, "one", "Early help", "")))


def _match(site: Site, away: NewAccount, member: Actor) -> str:
    """Refer one pair twice, in opposite roles, far from everybody here; give the match that the panel may open."""
    worker = Person(site.app.test_client(), away.name)
    worker.sign_in(away.password)
    for typed in (COUPLE, AGAIN):
        refer(worker, typed)
    seen = watch(site.service, member)
    assert isinstance(seen, Watch), seen
    return str(seen.matches[0].id)


def _have_crossed(site: Site, case_id: UUID, staff: Iterable[Actor]) -> None:
    """Let everybody have stood in a case on a side that is not theirs."""
    others = [{"case_id": case_id, "user_id": one.id, "side": _another_side(one)} for one in staff]
    with site.service.writing(RULES) as work:
        work.connection.execute(insert(wall), others)
        work.is_no_act()


def _another_side(actor: Actor) -> str:
    return Side.PROGRAMME if actor.side is Side.SUPPORT else Side.SUPPORT


def _parts(site: Site, actor: Actor, case_id: UUID) -> dict[str, str]:
    """What one member of staff may open in their own case: an act, and an answer of their own."""
    view = assessments.read(site.service, actor, case_id)
    own = getattr(view, "own_person", "")
    name, about = {
        Role.INTAKE_WORKER: ("litindep-sign", own.lower()),
        Role.SUPPORT_ADVOCATE: ("iss-status", own.lower()),
        Role.PANEL_MEMBER: ("cross-search", "a-and-b"),
        Role.SAFETY_LEAD: ("riskplan-adopt", "case"),
    }.get(actor.role, ("cross-search", "a-and-b"))
    parts = {"name": name, "act_about": about, "answer_id": str(uuid4()), "proposal_id": str(uuid4())}
    if isinstance(view, CaseView) and own:
        new = NewAnswer("RI-01", "REF", "neither", NOW.date())
        recorded = assessments.record_answer(site.service, actor, case_id, view.version, new)
        assert isinstance(recorded, Recorded), recorded
        parts["answer_id"] = str(recorded.id)
    return parts


def _proposals(
    site: Site, staff: dict[str, Actor], case_id: UUID, parts: dict[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    """Let an act wait for a second name: its proposer and one of its second persons may open it."""
    lead = staff["safety-lead"]
    view = assessments.read(site.service, lead, case_id)
    assert isinstance(view, CaseView), view
    new = NewAct("RISK-REASONED", "", ("BDREAD_AB",), NOW.date(), "Nobody can ask before spring.")
    waiting = propose_act(site.service, lead, case_id, view.version, new)
    assert isinstance(waiting, Recorded), waiting
    return {name: parts[name] | {"proposal_id": str(waiting.id)} for name in ("safety-lead", "panel-support")}
