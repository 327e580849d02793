"""Hostile forms: whatever is posted to any page, the answer is a plain refusal, never a fault, and nothing is lost."""

import random
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote_from_bytes
from uuid import UUID

import pytest

from tests.casework.agencies.sent import COMPLETE
from tests.web.people.staged import attending
from tests.web.site import Person, Site, circumstances, open_case
from tests.web.test_guards import pages
from triage.cases.agency.referral import AgencyReferral
from triage.cases.roles import Actor, Role, Side
from triage.casework.agencies.answering import ask
from triage.casework.agencies.organisations import list_agencies
from triage.casework.agencies.sending import save_draft, send_whole
from triage.casework.service import RULES
from triage.store.staff.accounts import find_account

FORMS_FOR_EACH_PAGE = 120
HOSTILE = (
    "", " ", "\0", "a\0b", "\ufffd", "\u202e", "é" * 5000, "x" * 20_000, "-1", "0", "1", "2147483648",
    "9" * 30, "9" * 5000, "1e9", "NaN", "٣", "2026-02-30", "0000-00-00", "9999-99-99", "null", "[]", "{}",
    "<script>alert(1)</script>", "{{ 7*7 }}", "%s%s%n", "' OR 1=1 --", "../../etc/passwd", "A>B", "A", "NK", "DEC",
    "NSA", "danger_now", "neither", "SELF", "ISS", "REF", "yes", "W_A", "W_INSUFF", "signed", "2026-11-20", "row",
    "00000000-0000-4000-8000-000000000000", "\n" * 100, "a" * 101, "😀" * 50, "\x1b[2J", "\u2028",
)  # fmt: skip
RAW = (b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80", b"%ED%A0%80", b"%FF", b"%00", b"%")
NAMES = (
    "code", "value", "source", "by", "by_other", "alone", "on", "contact", "version", "key", "then", "rows",
    "non_answer", "row-0-code", "row-99999999999-code", "grid-money-scale", "cell-channel", "row-0-scale", "reason",
    "corrects", "copy_of", "recording", "tainted", "follow_up", "result", "grounds", "contrary", "would_change",
    "review_on", "with_names", "person", "name", "password", "called-one", "birth-one", "sees", "facts", "back",
    "received_from", "x" * 200, "", "new_password", "repeated_password", "standing", "kind", "sure", "credential",
    "called-a", "birth-a", "people", "pair", "number", "opinion", "reply", "holder", "question", "sees", "case",
    "mode", "kept", "file", "words", "seen",
    "first_name", "name_is_safe", "day", "time", "ground", "service", "agreed-A", "agreed-B",
    "known", "since", "until",
)  # fmt: skip
TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16", "application/json",
    "text/plain", "multipart/form-data; boundary=x", "multipart/form-data", "application/xml", "",
)  # fmt: skip


def body(chance: random.Random, token: str) -> bytes:
    """A form with the token, some fields that pages know, and values that nobody types."""
    parts = [f"csrf_token={token}".encode()]
    for _ in range(chance.randrange(8)):
        name = quote_from_bytes(chance.choice(NAMES).encode()).encode()
        value = chance.choice(HOSTILE)
        raw = chance.random() < 0.1
        parts.append(name + b"=" + (chance.choice(RAW) if raw else quote_from_bytes(value.encode()).encode()))
    return b"&".join(parts)


def hostile_forms(chance: random.Random, token: str) -> Iterator[tuple[bytes, str]]:
    for number in range(FORMS_FOR_EACH_PAGE):
        odd = number % 10 == 0
        yield body(chance, token), chance.choice(TYPES) if odd else TYPES[0]


@pytest.fixture(scope="module")
def ready(site: Site, worker: Person) -> tuple[str, str]:
    """A case with an answer: its id, and the id of the answer."""
    case = open_case(worker)
    assert (
        worker.fill_in(case + "/questions/ri-01/case", {"code": "neither", **circumstances("REF")}).status_code == 303
    )
    text = worker.get(case + "/questions/ri-01/case").text
    return case.rsplit("/", 1)[1], text.split("/answers/")[1][:36]


POSTS = (
    "door.sign_in_post", "door.language", "intake.referral_post", "interview.take_on",
    "interview.answer", "interview.typed",
    "interview.correct_post", "interview.withdraw_post", "interview.act_post", "interview.awaited_post",
    "panel.own_view", "panel.sign", "door.invitation_post", "own.prove_post", "own.replace_post", "own.password_post",
    "office.invite_post", "office.close", "office.ask", "office.decide_message",
    "office.agency_added", "office.agency_invited", "office.agency_address", "office.agency_confirmed",
    "agency.colleague_invited", "agency.colleague_closed", "agency.colleague_address",
    "own.prove_passkey", "own.add_passkey_post",
    "matches.review", "agency.people_post", "agency.answer", "agency.reply_post", "agency.holder_post",
    "sheets.handed", "sheets.for_them", "incoming.take_post", "incoming.ask_post", "incoming.decline_post",
    "incoming.transfer_post",
    "translations.write", "translations.put_back_post", "translations.send_back", "translations.exchange_post",
    "agency.file_post", "openings.new_post", "openings.review", "openings.address_allowed", "matches.choose",
    "people.new_post", "people.said_of_post", "people.away_post", "people.relation_post", "people.open_to_both_post",
    "people.decline_post", "people.attendant_post", "people.attendant_end_post",
)  # fmt: skip
NOTHING_TYPED = {
    "door.sign_out", "interview.still_answering", "own.renew_codes", "own.end_session", "own.end_others",
    "own.enrol_post", "own.remove_passkey", "agency.begin", "agency.file_withdraw", "agency.send_post",
    "openings.close", "intake.ask", "translations.review", "translations.approve",
    "incoming.close_post", "incoming.hand_over", "agency.colleague_taken_back",
    "matches.search", "matches.others", "office.take_back", "office.answer",
    "office.confirm_webhook",
}  # fmt: skip
"""Pages that take a press of a button, and the first enrolment, which is the page of another authenticator again."""
OF_A_PROVIDER = {"provider.leave", "provider.arrive", "provider.link", "provider.unlink"}
"""Pages that do not exist here, where no provider is configured: tests/provider sends them what it likes."""


WHO = {
    "interview.act_post": "advocate-one",
    "interview.awaited_post": "panel-support",
    "panel.own_view": "panel-support",
    "panel.sign": "panel-support",
    "office.invite_post": "administrator",
    "office.close": "administrator",
    "office.ask": "manager",
    "office.decide_message": "administrator",
    **dict.fromkeys(
        ("office.agency_added", "office.agency_invited", "office.agency_address", "office.agency_confirmed"),
        "administrator",
    ),
    **dict.fromkeys(("agency.colleague_invited", "agency.colleague_closed", "agency.colleague_address"), "agency-lead"),
    "matches.review": "panel-support",
    "matches.choose": "panel-support",
    "openings.review": "safety-lead",
    "openings.address_allowed": "safety-lead",
    "people.open_to_both_post": "panel-support",
    "agency.people_post": "agency-clerk",
    "agency.answer": "agency-clerk",
    "agency.reply_post": "agency-clerk",
    "agency.holder_post": "agency-clerk",
    "agency.file_post": "agency-lead",
    **dict.fromkeys(("translations.write", "translations.send_back", "translations.exchange_post"), "translator"),
    "translations.put_back_post": "reviewer",
}


def test_every_page_that_takes_a_form_is_tried(site: Site) -> None:
    assert {endpoint for endpoint, _ in pages(site, "POST")} == {*POSTS, *NOTHING_TYPED, *OF_A_PROVIDER}


def account_id(site: Site, name: str) -> str:
    with site.service.reading(RULES) as work:
        found = find_account(work, name)
    assert found
    return str(found.id)


def referral_id(site: Site, endpoint: str) -> str:
    """A draft for the pages of a draft, and for the others a referral that was sent and about which we asked."""
    clerk, worker = actor(site, "agency-clerk"), actor(site, "intake-one")
    if endpoint in {"agency.people_post", "agency.answer"}:
        return str(save_draft(site.service, clerk, AgencyReferral()).id)
    sent = send_whole(site.service, clerk, replace(COMPLETE, external_reference=endpoint), endpoint)
    ask(site.service, worker, sent.id, "Which court?")
    return str(sent.id)


def actor(site: Site, name: str) -> Actor:
    with site.service.reading(RULES) as work:
        found = find_account(work, name)
    assert found
    return Actor(found.id, found.name, Role(found.role), Side(found.side))


@pytest.mark.parametrize("endpoint", POSTS)
def test_no_form_is_a_fault(site: Site, ready: tuple[str, str], endpoint: str) -> None:
    chance = random.Random(endpoint)
    person = site.person(WHO.get(endpoint, "intake-one"))
    address = dict(pages(site, "POST"))[endpoint].replace("CASE", ready[0])
    address = address.replace("00000000-0000-4000-8000-000000000000", ready[1])
    if "/agency/referrals/" in address or "/incoming/" in address:
        address = address.replace(ready[0], referral_id(site, endpoint))
    if endpoint == "people.attendant_end_post":
        named = attending(site, actor(site, "intake-one"), UUID(ready[0]))
        address = f"/cases/{ready[0]}/attending/{named}/end"
    if "/office/agencies/" in address:
        address = address.replace(ready[0], str(list_agencies(site.service)[0].id))
    if "/colleagues/" in address:
        address = address.replace(ready[0], account_id(site, "agency-clerk"))
    if "/office/accounts/" in address:
        address = address.replace(ready[0], account_id(site, "translator"))
    questions = ("ri-01/case", "wd-01/a-to-b", "wd-05/a-and-b", "ri-06/a", "ri-04/case", "wd-02/b-to-a", "lt-08/a")
    for form, kind in hostile_forms(chance, person.token):
        place = address.replace("ri-01/case", chance.choice(questions))
        response = person.client.post(place, data=form, content_type=kind or None)
        assert response.status_code < 500, (place, form[:300], kind)
        assert response.status_code in {200, 204, 303} or 400 <= response.status_code < 500


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": b"x=" + b"y" * 300_000, "content_type": TYPES[0]}, 413),
        ({"data": b"[1]", "content_type": "application/json"}, 415),
        ({"data": b"a=%FF", "content_type": TYPES[0]}, 400),
        ({"data": b"a=%ED%A0%80", "content_type": TYPES[0]}, 400),
        ({"data": b"a=%00", "content_type": TYPES[0]}, 400),
        ({"data": b"a=1", "content_type": TYPES[1]}, 415),
        ({"data": b"&".join(b"a=1" for _ in range(1200)), "content_type": TYPES[0]}, 400),
    ],
)
def test_each_refusal_says_so_in_a_page(worker: Person, sent: dict[str, object], status: int) -> None:
    response = worker.client.post("/referrals/new", **sent)  # type: ignore[arg-type]  # the test client's own keywords
    assert response.status_code == status
    assert "<h1" in response.text


@pytest.mark.parametrize(
    "address",
    [
        "/cases/1", "/cases/00000000-0000-4000-8000-00000000000g", "/cases/%00", "/cases/٣", "/cases/" + "9" * 5000,
        "/cases/00000000-0000-4000-8000-000000000000/questions/ri-01/case", "/%ED%A0%80", "/nowhere",
    ],
)  # fmt: skip
def test_an_odd_address_is_a_page_that_does_not_exist(worker: Person, address: str) -> None:
    assert worker.get(address).status_code == 404


@pytest.mark.parametrize(
    "place", ["RI-01/case", "ri-01/a", "ri-99/case", "ri-01/case-and-a", "wd-01/a-to-a", "wd-01/a-to-z"]
)
def test_a_question_at_a_wrong_place_does_not_exist(worker: Person, ready: tuple[str, str], place: str) -> None:
    assert worker.get(f"/cases/{ready[0]}/questions/{place}").status_code == 404
