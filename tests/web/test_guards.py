"""Every page says who it is for; nobody else learns that it exists; a page without a guard stops the start."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.web.site import Person, Site, open_case
from triage.cases.roles import Role
from triage.casework.demonstration import DEMONSTRATION_ACCOUNTS
from triage.web.shared.access import ACCESS, ANYONE
from triage.web.shared.guards import UnguardedRoute, check_every_route, for_roles

PARTS = {
    "question": "ri-01", "about": "case", "letter": "a", "answer_id": "00000000-0000-4000-8000-000000000000",
    "name": "iss-status", "pair": "a-and-b", "code": "fr",
}  # fmt: skip
GONE = "00000000-0000-4000-8000-000000000000"


def pages(site: Site, method: str) -> Iterator[tuple[str, str]]:
    """Every route for a method: its endpoint and its address, `CASE` standing for the id of a case."""
    for rule in site.app.url_map.iter_rules():
        if method in (rule.methods or ()) and rule.endpoint != "static":
            address = re.sub(r"<(?:uuid:)?(\w+)>", lambda found: PARTS.get(found[1], "CASE"), rule.rule)
            yield rule.endpoint, address


def every_page(site: Site) -> Iterator[tuple[str, str, str]]:
    for method in ("GET", "POST"):
        yield from ((endpoint, address, method) for endpoint, address in pages(site, method))


def test_every_route_has_a_line_in_the_access_table(site: Site) -> None:
    assert {rule.endpoint for rule in site.app.url_map.iter_rules()} == set(ACCESS)
    assert len(ACCESS) >= 25


def test_every_address_is_lower_case_words(site: Site) -> None:
    plain = re.compile(r"(?:/(?:[a-z]+(?:-[a-z]+)*|<(?:uuid:)?\w+>))*/?")
    assert [
        rule.rule for rule in site.app.url_map.iter_rules() if not plain.fullmatch(rule.rule.split("<path:")[0])
    ] == []


def bare(view: object, endpoint: str = "door.danger") -> Flask:
    app = Flask("attic", static_folder=None)
    app.view_functions["static"] = lambda: ""
    app.add_url_rule("/attic", endpoint, view)  # type: ignore[arg-type]  # what is added is the point of the test
    return app


def test_a_route_without_a_guard_stops_the_start() -> None:
    with pytest.raises(UnguardedRoute, match=r"door\.danger: no guard"):
        check_every_route(bare(lambda: ""))


def test_a_route_outside_the_table_stops_the_start() -> None:
    with pytest.raises(UnguardedRoute, match=r"attic: not in the access table"):
        check_every_route(bare(for_roles(Role.PANEL_MEMBER)(lambda _actor: ""), "attic"))


def test_a_guard_wider_than_the_table_stops_the_start() -> None:
    with pytest.raises(UnguardedRoute, match="differ"):
        check_every_route(bare(for_roles(*Role)(lambda _actor: "")))


def test_a_line_without_a_page_stops_the_start() -> None:
    with pytest.raises(UnguardedRoute, match="no such page"):
        check_every_route(Flask("attic"))


def test_strangers_are_sent_to_the_door_and_their_posts_refused(site: Site) -> None:
    stranger = site.stranger()
    stranger.token = "none"
    for endpoint, address in pages(site, "GET"):
        response = stranger.get(address.replace("CASE", GONE))
        wanted = 200 if ACCESS[endpoint] is ANYONE else 303
        assert (endpoint, response.status_code) == (endpoint, wanted)
    for endpoint, address in pages(site, "POST"):
        response = stranger.post(address.replace("CASE", GONE), {"value": "typed"})
        assert (endpoint, response.status_code) == (endpoint, 403)


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Person]:
    return {name: site.person(name) for name, *_ in DEMONSTRATION_ACCOUNTS}


def test_the_access_table_is_what_the_pages_do(site: Site, everybody: dict[str, Person]) -> None:
    case = open_case(everybody["intake-one"]).rsplit("/", 1)[1]
    role_of = {name: role for name, role, *_ in DEMONSTRATION_ACCOUNTS}
    seen = 0
    for endpoint, address in [*pages(site, "GET"), *pages(site, "POST")]:
        for name, person in everybody.items():
            method = person.get if (endpoint, address) in set(pages(site, "GET")) else None
            response = (
                method(address.replace("CASE", case)) if method else person.post(address.replace("CASE", case), {})
            )
            allowed = ACCESS[endpoint] is ANYONE or role_of[name] in ACCESS[endpoint]
            assert response.status_code < 500
            assert allowed or response.status_code == 404, (endpoint, name)
            if endpoint == "door.sign_out":
                person.sign_in()
            seen += 1
    assert seen > 200


def test_an_unknown_case_and_a_case_of_others_look_the_same(everybody: dict[str, Person]) -> None:
    case = open_case(everybody["intake-one"])
    for name in ("intake-two", "advocate-one"):
        forbidden, unknown = everybody[name].get(case), everybody[name].get(f"/cases/{GONE}")
        assert forbidden.status_code == unknown.status_code == 404
        assert forbidden.data.replace(case.encode(), b"") == unknown.data.replace(f"/cases/{GONE}".encode(), b"")
