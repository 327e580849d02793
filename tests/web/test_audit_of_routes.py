"""Every page that takes a form leaves the line in the audit that is declared here, read from the table of routes."""

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.casework.agencies.sent import COMPLETE
from tests.web.principals import Principal, Stage, staged
from tests.web.site import NOW, circumstances, site_in
from tests.web.test_access_matrix import addresses_of, principal
from triage.cases.model import CaseView, NewAnswer
from triage.cases.roles import Role, Side
from triage.casework.access.matrix import access_matrix
from triage.casework.accounts.making import NewAccount, add_account
from triage.casework.assessments import read, record_answer
from triage.casework.openings.opening import open_card
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.interchange.json_files import as_json
from triage.store.cases import find_case
from triage.store.tables import audit
from triage.web.shared.guards import permit_of

NOTHING = ""
"""A page that does nothing anybody did: it keeps a language, or a session alive."""
NEW = "seven grey gulls over wet slates"
READING = frozenset(
    {
        "read-case",
        "read-proposal",
        "read-matches",
        "list-cases",
        "list-accounts",
        "list-messages",
        "list-openings",
        "read-handings",
        "read-attendants",
        "publish",
        "read-own-referrals",
        "read-incoming",
        "list-agencies",
        "read-agency",
        "list-shared-addresses",
    }
)
"""What a page notes because it reads a case to answer."""
EVENTS = {
    "POST door.sign-in": "sign-in",
    "POST door.sign-out": "sign-out",
    "POST door.accept-invitation": "accept-invitation",
    "POST door.language": NOTHING,
    "POST provider.leave": "provider-sign-in",
    "POST provider.arrive": "provider-sign-in",
    "POST provider.link": "link-provider",
    "POST provider.unlink": "unlink-provider",
    "POST factor.prove": "second-factor",
    "POST factor.enrol": "enrol-factor",
    "POST factor.replace": "enrol-factor",
    "POST factor.prove-passkey": "second-factor",
    "POST factor.add-passkey": "add-passkey",
    "POST factor.remove-passkey": "remove-passkey",
    "POST factor.renew-codes": "renew-recovery-codes",
    "POST own-account.password": "change-password",
    "POST own-account.end-session": "end-session",
    "POST own-account.end-others": "end-other-sessions",
    "POST instruction.ask": "ask-to-start",
    "POST sheet.hand-out": "hand-out",
    "POST sheet.print-for": "print-sheet",
    "POST translation.write": "translation-write",
    "POST translation.review": "translation-review",
    "POST translation.put-back": "translation-put-back",
    "POST translation.approve": "translation-approve",
    "POST translation.send-back": "translation-send-back",
    "POST translation.import": "translation-import",
    "POST message.decide": "retry-message",
    "POST message.confirm": "confirm-webhook",
    "POST account.invite": "invite",
    "POST account.take-invitation-back": "take-invitation-back",
    "POST account.close": "close-account",
    "POST account.ask": "ask-reset-factors",
    "POST account.answer": "decline-reset-factors",
    "POST referral.new": "match-search open-case",
    "POST agency-referral.begin": "write-referral",
    "POST agency-referral.people": "write-referral",
    "POST agency-referral.answer": "write-referral",
    "POST agency-referral.send": "send-referral",
    "POST agency-referral.reply": "reply-to-us",
    "POST agency-referral.holder-closes": "holder-closes",
    "POST agency-referral.file": "import-referrals",
    "POST agency-referral.file-withdraw": "withdraw-import",
    "POST agency.add": "add-agency",
    "POST agency.invite": "invite",
    "POST agency.address": "propose-mailbox",
    "POST agency.confirm-address": "confirm-mailbox",
    "POST colleague.invite": "invite",
    "POST colleague.take-back": "take-invitation-back",
    "POST colleague.close": "close-account",
    "POST colleague.address": "propose-mailbox",
    "POST shared-address.allow": "allow-mailbox",
    "POST incoming.take": "match-search take-referral",
    "POST incoming.ask": "ask-agency",
    "POST incoming.decline": "decline-referral",
    "POST incoming.close": "close-referral",
    "POST incoming.transfer": "transfer-referral",
    "POST incoming.hand-over": "hand-over-referral",
    "POST case.still-answering": NOTHING,
    "POST answer.keep-typed": NOTHING,
    "POST case.take-on": "take-on",
    "POST attendant.name": "name-attendant",
    "POST attendant.end": "end-attendant",
    "POST people.add": "match-search add-person",
    "POST people.correct": "match-search correct-person",
    "POST people.take-away": "agree-person-away",
    "POST people.relate": "match-search state-relation",
    "POST people.open-pair": "open-pair",
    "POST people.decline": "decline-named",
    "POST answer.record": "record-answer",
    "POST answer.correct": "record-answer",
    "POST answer.withdraw": "withdraw-answer",
    "POST act.record": "record-act",
    "POST act.answer-awaited": "confirm-act",
    "POST determination.own-view": "record-own-view",
    "POST determination.sign": "sign",
    "POST opening.open": "open-card",
    "POST opening.close": "close-card",
    "POST opening.review": "review-opening",
    "POST reassignment.choose": "reassign",
    "POST match.review": "review-match keep-out",
    "POST match.search": "look-up-person match-search",
    "POST match.others": "look-up-person",
}
"""For each page that takes a form, the acts that its lines in the audit name."""
WITH_A_PROVIDER = {name for name in EVENTS if name.startswith("POST provider.")}
"""Driven against a real provider in tests/provider."""
SOMEBODY = {
    "POST agency-referral.file": "agency-lead",
    "POST factor.enrol": "no-factor-yet", "POST factor.prove": "factor-awaited",
    "POST factor.prove-passkey": "factor-awaited", "POST account": "administrator", "POST message": "administrator",
    "POST act.record": "safety-lead",
    "POST act.answer-awaited": "panel-support", "POST determination": "panel-independent",
    "POST match": "panel-independent", "POST door.accept-invitation": "anonymous", "POST door.sign-in": "anonymous",
    "POST reassignment": "safety-lead", "POST sheet": "intake-one", "POST instruction": "intake-one",
    "POST opening": "intake-one", "POST opening.review": "safety-lead",
    "POST attendant": "intake-one",
    "POST people": "intake-one", "POST people.open-pair": "safety-lead", "POST people.take-away": "panel-support",
    "POST answer": "intake-one", "POST case": "intake-one", "POST referral": "intake-one",
    "POST agency": "administrator", "POST colleague": "agency-lead", "POST shared-address": "safety-lead",
    "POST agency-referral": "agency-clerk", "POST incoming": "intake-one", "POST translation.approve": "reviewer",
}  # fmt: skip
"""Who sends a form: the longest beginning counts; otherwise a translator."""

OF_PEOPLE = {
    "POST people.add": {"called": "Alex", "to": "A", "relation": "partner"},
    "POST people.correct": {"called": "Alex", "reason": "Misheard."},
    "POST people.take-away": {"reason": "Nobody of this name."},
    "POST people.relate": {"relation": "ex-partner", "reason": "They have parted."},
    "POST people.open-pair": {"reason": "She was asked."},
    "POST people.decline": {"why": "named-by-mistake", "reason": "Misheard."},
    "POST attendant.name": {"kind": "co-facilitator", "known": "outside", "name": "Noor Amari", "since": "2026-11-20"},
    "POST attendant.end": {"until": NOW.date().isoformat()},
}
"""What somebody types on the pages of people."""
OF_AGENCIES = {
    "POST agency.add": {"name": "A law firm"},
    "POST agency.invite": {"name": "Somebody of theirs", "role": "agency-lead"},
    "POST agency.address": {"address": "duty@agency.example.org"},
    "POST agency.confirm-address": {"address": "duty@agency.example.org"},
    "POST colleague.invite": {"name": "Somebody of ours"},
    "POST colleague.close": {"sure": "yes"},
    "POST colleague.address": {"address": "duty@agency.example.org"},
}
"""What the office and a lead type on the pages of agencies."""


@dataclass(frozen=True)
class Line:
    """What one line of the audit says."""

    act: str
    result: str
    actor: Any


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder: Path = tmp_path_factory.mktemp("audit")
    return staged(site_in(folder))


def forms(stage: Stage, name: str, who: Principal) -> dict[str, Any]:
    """What somebody types so that the page does what it is for."""
    answer = {"code": "neither", **circumstances("REF"), "reason": "A slip of the pen.", "key": name}
    act = {"value": "adopted", "on": "2026-11-20", "reason": "Talked through.", "key": name}
    typed = {
        "POST door.sign-in": {"name": "intake-one", "password": "not this one"},
        "POST door.accept-invitation": {"code": "AAAA-" * 5 + "AAAA", "password": NEW, "repeated_password": NEW},
        "POST factor.prove": {"code": "000000"},
        "POST factor.enrol": {"code": "000000"},
        "POST factor.replace": {"code": "000000"},
        "POST factor.prove-passkey": {"credential": "{}"},
        "POST factor.add-passkey": {"credential": "{}", "name": "key"},
        "POST own-account.password": {
            "password": "not this one", "new_password": NEW, "repeated_password": NEW,
        },
        "POST account.invite": {"name": "Somebody new", "standing": "auditor/independent"},
        "POST account.close": {"sure": "yes"},
        "POST account.ask": {"kind": "reset-factors", "standing": "translator/independent"},
        "POST account.answer": {"reply": "decline"},
        "POST message.decide": {"reply": "again"},
        "POST referral.new": {
            "called-one": "Sam", "called-two": "Robin", "sees": "one", "received_from": "Early help", "said": "unsaid",
        },
        "POST agency-referral.people": {"people": "2", "called-a": "Sam", "called-b": "Robin", "version": "1"},
        "POST agency-referral.answer": {"code": "neither", "version": "1"},
        "POST agency-referral.reply": {"reply": "The county court."},
        "POST agency-referral.holder-closes": {"holder": "Since Monday."},
        "POST agency-referral.file": {"mode": "check", "kept": b64encode(as_json([COMPLETE])).decode()},
        "POST incoming.take": {"pair": "A-B", "sees": "B"},
        "POST incoming.ask": {"question": "Which court?"},
        "POST incoming.decline": {"reason": "outside-area"},
        "POST incoming.transfer": {"ground": "life-at-risk", "service": "Another service", "words": "He is armed."},
        "POST case.take-on": {"person": "b", "letter": "B"},
        "POST answer.record": answer, "POST answer.correct": answer, "POST answer.withdraw": answer,
        "POST act.record": act,
        "POST translation.import": {"file": (BytesIO(b'msgid ""\n'), "sheets.po")},
        "POST sheet.hand-out": {"how": "kept-here", "key": name},
        "POST sheet.print-for": {"alone": "yes", "could-be-seen": "no", "kept-for-them": "no"},
        "POST act.answer-awaited": {"reply": "confirm", "reason": "I agree."},
        "POST opening.open": {"reference": "BCDFGHJK", "letter": "A", "danger": "life", "words": "He is at the door."},
        "POST opening.review": {"right": "yes", "said": "It was."},
        "POST reassignment.choose": {"worker": "nobody"},
        "POST match.review": {"same": "yes", "reason": "The same people."},
        "POST determination.own-view": {"result": "W_A", "grounds": "What was said."},
        "POST determination.sign": {
            "result": "W_A", "contrary": "None.", "would_change": "Records.", "review_on": "2026-12-20", "key": name,
        },
    }.get(name, (OF_PEOPLE | OF_AGENCIES).get(name, {}))  # fmt: skip
    if who.actor and "version" not in typed:
        view = read(stage.site.service, who.actor, stage.cases["own"])
        typed = typed | ({"version": str(view.version)} if isinstance(view, CaseView) else {})
    return typed


def new_answer(stage: Stage, who: Principal) -> str:
    """An answer that somebody may take back."""
    assert who.actor
    view = read(stage.site.service, who.actor, stage.cases["own"])
    assert isinstance(view, CaseView)
    new = NewAnswer("RI-01", "REF", "neither", NOW.date())
    recorded = record_answer(stage.site.service, who.actor, stage.cases["own"], view.version, new)
    assert isinstance(recorded, Recorded), recorded
    return str(recorded.id)


def new_opening(stage: Stage) -> str:
    """A card that somebody opened whose case it is not."""
    with stage.site.service.reading(RULES) as work:
        case = find_case(work, stage.cases["foreign"])
    assert case
    opened = open_card(stage.site.service, stage.staff["intake-one"], case.reference, "A", "life", "He is at the door.")
    assert isinstance(opened, Recorded), opened
    return str(opened.id)


def sender(stage: Stage, name: str) -> Principal:
    found = max((one for one in SOMEBODY if name.startswith(one)), key=len, default="")
    return principal(stage, SOMEBODY.get(found, "translator"))


def lines(stage: Stage) -> list[Line]:
    with stage.site.service.reading(RULES) as work:
        rows = work.connection.execute(select(audit).order_by(audit.c.seq)).all()
    return [Line(row.act, row.result, row.actor) for row in rows]


def posts(stage: Stage) -> dict[str, str]:
    """The pattern of the address of each page that takes a form, by its permit."""
    found = {}
    for rule in stage.site.app.url_map.iter_rules():
        permit = permit_of(stage.site.app, rule.endpoint)
        if permit and permit.method == "post":
            found.setdefault(permit.name, rule.rule)
    return found


def test_every_route_that_takes_a_form_declares_its_event(stage: Stage) -> None:
    assert set(EVENTS) == set(posts(stage)) == {name for name in access_matrix().permits if name.startswith("POST ")}


@pytest.mark.parametrize("name", sorted(set(EVENTS) - WITH_A_PROVIDER))
def test_a_form_leaves_the_line_that_is_declared(stage: Stage, name: str) -> None:
    who = sender(stage, name)
    values = addresses_of(stage, who)
    if "/questions/" in posts(stage)[name]:
        values["about"] = "case"
    if name == "POST answer.withdraw":
        values["answer_id"] = new_answer(stage, who)
    if name in {"POST opening.close", "POST opening.review"}:
        values["opening_id"] = new_opening(stage)
    if name == "POST account.close":
        new = NewAccount("Somebody who leaves", Role.AUDITOR, Side.INDEPENDENT, "a long enough password")
        values["account_id"] = str(add_account(stage.site.service, new))
    typed = forms(stage, name, who) | {"csrf_token": who.token}
    before = lines(stage)
    address = "/".join(
        values[part.strip("<>").rpartition(":")[2]] if part.startswith("<") else part
        for part in posts(stage)[name].split("/")
    )
    answered = who.client.post(address, data=typed)
    added = [one for one in lines(stage)[len(before) :] if one.act not in READING]
    told = (name, answered.status_code, [(one.act, one.result) for one in added])
    assert {one.act for one in added} == set(EVENTS[name].split()), told
    if who.actor:
        assert {one.actor for one in added} <= {who.actor.id}, told
