"""What every page says to a browser, and what the program believes of a request: headers, cookies, addresses."""

import logging
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.web.site import Person, Site, open_case, token_in
from triage.casework.service import RULES
from triage.store.staff.accounts import find_account
from triage.store.tables import attempts, audit
from triage.web.factory import create_app
from triage.web.shared.guards import permit_of

PAGES = ("/sign-in", "/danger", "/nowhere", "/account", "/cases", "/flows", "/static/cairn.css")


@pytest.fixture(scope="module")
def public(site: Site) -> Flask:
    """The program as it is configured behind a proxy that speaks HTTPS."""
    settings = replace(site.service.settings, address="https://desk.example.org", proxies=1)
    return create_app(settings, replace(site.service, settings=settings))


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_headers_that_protect(worker: Person, address: str) -> None:
    with worker.get(address) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not [name for name in headers.keys() if name.lower().startswith("access-control-")]  # noqa: SIM118 - pairs
    assert re.search("; charset=utf-8|^image/|javascript", headers["Content-Type"])
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


def test_behind_https_the_cookie_is_bound_to_the_host_and_browsers_stay_with_https(public: Flask) -> None:
    answer = public.test_client().get("/sign-in", base_url="https://desk.example.org")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_request_for_another_host_is_refused(public: Flask) -> None:
    for name in ("evil.example.org", "desk.example.org.evil.example.org", "[::1", "a" * 300):
        answer = public.test_client().get("/sign-in", headers={"Host": name})
        assert answer.status_code == 400
        assert name not in answer.text


def test_where_no_proxy_stands_nobody_says_where_they_come_from(site: Site) -> None:
    stranger = site.stranger()
    stranger.token = token_in(stranger.get("/sign-in"))
    for number in range(2):
        sent = {"name": "nobody", "password": "not this one"}
        stranger.post("/sign-in", sent, headers={"X-Forwarded-For": f"192.0.2.{number}"})
    with site.service.reading() as work:
        assert len({row.source_index for row in work.connection.execute(select(attempts))}) == 1


@pytest.mark.parametrize(
    "back", ["//evil.example.org", "https://evil.example.org", "/\\evil.example.org", "javascript:alert(1)", "\t//evil"]
)
def test_no_form_leads_elsewhere(site: Site, back: str) -> None:
    stranger = site.stranger()
    stranger.token = token_in(stranger.get("/sign-in"))
    assert stranger.post("/language/fr", {"back": back}).location == "/"


def test_signing_out_clears_what_the_browser_holds(site: Site) -> None:
    person = site.person("translator")
    answer = person.post("/sign-out", {})
    assert '"storage"' in answer.headers["Clear-Site-Data"]


def test_every_page_of_somebody_signed_in_has_a_way_to_sign_out(worker: Person) -> None:
    for address in ("/cases", "/account", "/flows", open_case(worker)):
        assert 'action="/sign-out"' in worker.get(address).text


@pytest.mark.parametrize(
    "address",
    ["/.git/config", "/.env", "/static/", "/static/../app.py", "/static/%2e%2e/app.py", "/app.py", "/metrics", "/docs",
     "/admin", "/debug", "/console", "/static/.htaccess", "/robots.txt", "/backup.sqlite3"],
)  # fmt: skip
def test_nothing_is_served_but_pages(worker: Person, address: str) -> None:
    assert worker.get(address).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND"])
def test_a_method_that_no_page_has_is_refused(worker: Person, method: str) -> None:
    answer = worker.client.open("/cases", method=method, headers={"X-CSRFToken": worker.token})
    assert answer.status_code in {403, 405}


def test_only_posts_take_forms_and_each_wants_the_token(site: Site) -> None:
    for rule in site.app.url_map.iter_rules():
        permit = permit_of(site.app, rule.endpoint)
        assert permit
        assert ("POST" in (rule.methods or ())) == (permit.method == "post")
        assert not {"PUT", "PATCH", "DELETE"} & (rule.methods or set())


def test_fields_that_a_form_does_not_have_change_nothing(site: Site, worker: Person) -> None:
    with site.service.reading() as work:
        before = find_account(work, "intake-one")
    more = {"role": "administrator", "side": "support", "id": "0", "user_id": "0", "is_fresh": "1", "stage": "full"}
    open_case(worker)
    worker.post("/account/sessions/end-others", more)
    worker.post("/account/password", more | {"password": "x", "new_password": "y", "repeated_password": "y"})
    with site.service.reading() as work:
        assert find_account(work, "intake-one") == before


def test_a_field_sent_twice_is_read_once(worker: Person) -> None:
    case = open_case(worker)
    address = f"{case}/questions/ri-01/case"
    typed = {"code": ["neither", "danger_now"], "source": "REF", "alone": "yes", "on": "2026-11-20", "contact": "1"}
    worker.post(address, typed | {"version": ["0", "7"], "key": ["a", "b"], "by": ""})
    assert worker.get(address).text.count("taken back") <= 1
    assert worker.get(f"{case}/answers").status_code == 404


def test_password_fields_hide_what_is_typed_and_let_it_be_pasted(site: Site, worker: Person) -> None:
    pages = (site.stranger().get("/sign-in"), site.stranger().get("/invitation"), worker.get("/account/password"))
    for page in pages:
        fields = re.findall(r"<input[^>]*id=\"[a-z_]*password\"[^>]*>", page.text)
        assert fields
        assert all('type="password"' in one for one in fields)
        assert all(re.search(r'autocomplete="(current|new)-password"', one) for one in fields)
        assert "onpaste" not in page.text
        assert "maxlength" not in "".join(fields)


def test_a_fault_says_nothing_and_logs_neither_what_was_typed_nor_a_line_of_its_own(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("a secret of the inside\nERROR forged line")

    monkeypatch.setattr("triage.web.door.views.sign_in_with", broken)
    stranger = site.stranger()
    stranger.token = token_in(stranger.get("/sign-in"))
    with caplog.at_level(logging.INFO):
        answer = stranger.post("/sign-in", {"name": "canary-name\nforged", "password": "canary-password"})
    assert answer.status_code == 500
    for told in (answer.text, caplog.text):
        assert "canary" not in told
        assert "a secret of the inside" not in told
        assert "Traceback" not in told
    (line,) = [one for one in caplog.records if one.name == "triage.web"]
    assert line.getMessage() == "fault RuntimeError at POST /sign-in"


def test_the_audit_says_when_in_one_time_for_all_and_nothing_that_was_typed(site: Site, worker: Person) -> None:
    open_case(worker)
    with site.service.reading(RULES) as work:
        rows = work.connection.execute(select(audit)).all()
    assert rows
    for row in rows:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", row.utc)
        assert re.fullmatch(r"[a-z.-]{1,32}", row.act)
        assert re.fullmatch(r"[a-z_ -]{1,80}", row.result)


def test_static_files_are_those_of_the_project(site: Site) -> None:
    assert Path(site.app.static_folder or "").name == "static"
    assert not list(Path(site.app.static_folder or "").rglob(".git"))
