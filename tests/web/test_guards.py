"""Every page says what it does; nobody else learns that it exists; a page without a guard stops the start."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from tests.web.site import Person, Site, open_case
from triage.casework.access.matrix import access_matrix, read_matrix
from triage.casework.service import RULES
from triage.web.shared.guards import UnguardedRoute, check_every_route, permit_of, reads

PARTS = {
    "person": "a", "two": "a-and-b", "mark": "0123456789abcdef",
    "question": "ri-01", "about": "case", "letter": "a", "answer_id": "00000000-0000-4000-8000-000000000000",
    "name": "iss-status", "pair": "a-and-b", "code": "fr", "sheet": "relative",
    "address": "m4kp7", "country": "uk", "language": "en", "form": "standard",
    "text": "sheet.danger.call", "waiting": "review",
}  # fmt: skip
DANGER = access_matrix().permits["GET door.danger"].does
GONE = "00000000-0000-4000-8000-000000000000"


def pages(site: Site, method: str) -> Iterator[tuple[str, str]]:
    """Every route for a method: its endpoint and its address, `CASE` standing for the id of a case."""
    for rule in site.app.url_map.iter_rules():
        if method in (rule.methods or ()) and rule.endpoint != "static":
            address = re.sub(r"<(?:uuid:)?(\w+)>", lambda found: PARTS.get(found[1], "CASE"), rule.rule)
            yield rule.endpoint, address


def test_every_route_has_its_own_permit_and_every_permit_a_route(site: Site) -> None:
    endpoints = {rule.endpoint for rule in site.app.url_map.iter_rules()}
    permits = {permit.name for one in endpoints if (permit := permit_of(site.app, one))}
    assert permits == set(access_matrix().permits)
    assert len(endpoints) >= 30


def test_every_address_is_lower_case_words(site: Site) -> None:
    plain = re.compile(r"(?:/(?:[a-z]+(?:-[a-z]+)*|<(?:uuid:)?\w+>))*/?")
    assert [
        rule.rule for rule in site.app.url_map.iter_rules() if not plain.fullmatch(rule.rule.split("<path:")[0])
    ] == []


def attic(view: object = None, method: str = "GET") -> Flask:
    """A program of the page of danger and, in the attic, another page."""
    app = Flask("attic", static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.add_url_rule("/danger", "danger", reads("door", "danger")(lambda: ""))
    if view:
        app.add_url_rule("/attic", "attic", view, methods=[method])  # type: ignore[arg-type]  # what is added is the test
    return app


SMALL = read_matrix(f'[door]\nsays = "The door"\n[door.get]\ndanger = {{ open = true, does = "{DANGER}" }}')


def test_a_program_whose_pages_and_permits_agree_starts() -> None:
    check_every_route(attic(), SMALL)


@pytest.mark.parametrize(
    ("app", "said"),
    [
        (attic(lambda: ""), "attic: no permit"),
        (attic(reads("attic", "dust")(lambda: "")), "attic: no permit"),
        (attic(reads("case", "list")(lambda _actor: "")), "attic: no permit"),
        (attic(reads("door", "danger")(lambda: ""), "POST"), "attic: it answers POST, its permit is GET door.danger"),
        (Flask("empty", static_folder=None), "GET door.danger: in matrix.toml, but no such page"),
    ],
)
def test_a_page_without_a_permit_and_a_permit_without_a_page_stop_the_start(app: Flask, said: str) -> None:
    with pytest.raises(UnguardedRoute, match=said):
        check_every_route(app, SMALL)


def test_an_action_that_the_matrix_does_not_name_is_denied_to_everybody(site: Site) -> None:
    with site.app.test_request_context("/attic"), pytest.raises(NotFound):
        reads("attic", "dust")(lambda: "in the attic")()


WITHOUT_A_PROVIDER = {"provider.come_home", "provider.go_on"}


def test_strangers_are_sent_to_the_door_and_their_posts_refused(site: Site) -> None:
    stranger = site.stranger()
    stranger.token = "none"
    for endpoint, address in pages(site, "GET"):
        response = stranger.get(address.replace("CASE", GONE))
        permit = permit_of(site.app, endpoint)
        wanted = 200 if permit and permit.is_open else 303
        wanted = 404 if endpoint in WITHOUT_A_PROVIDER else wanted
        assert (endpoint, response.status_code) == (endpoint, wanted)
    for endpoint, address in pages(site, "POST"):
        response = stranger.post(address.replace("CASE", GONE), {"value": "typed"})
        assert (endpoint, response.status_code) == (endpoint, 403)


def test_a_page_refused_to_a_role_is_noted_with_who_and_what(site: Site) -> None:
    assert site.person("advocate-two").get("/referrals/new").status_code == 404
    with site.service.reading(RULES) as work:
        row = work.connection.exec_driver_sql("SELECT act, result, side FROM audit ORDER BY seq DESC").first()
    assert tuple(row) == ("referral.new", "refused not_your_role", "support")


def test_an_unknown_case_and_a_case_of_others_look_the_same(site: Site, worker: Person) -> None:
    case = open_case(worker)
    for name in ("intake-two", "advocate-one"):
        person = site.person(name)
        forbidden, unknown = person.get(case), person.get(f"/cases/{GONE}")
        assert forbidden.status_code == unknown.status_code == 404
        assert (forbidden.data, list(forbidden.headers)) == (unknown.data, list(unknown.headers))
