"""What a worker reads where sheets are offered: what their person asked for first, and which numbers to check."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.web.site import NOW, Person, Site, site_in
from triage.cases.model import CaseView, NewAnswer
from triage.cases.roles import Actor, Role, Side
from triage.casework.assessments import read, record_answer, withdraw_answer
from triage.casework.demonstration import seed_case
from triage.casework.results import Recorded
from triage.store.staff.accounts import all_accounts

NEVER_CHECKED = "0808 802 1414"


def actor_of(site: Site, name: str) -> Actor:
    with site.service.reading() as work:
        found = next(one for one in all_accounts(work) if one.name == name)
    return Actor(found.id, found.name, Role(found.role), Side(found.side))


def asked_for(site: Site, case: str, name: str, value: dict[str, Any]) -> str:
    """Note what the person of somebody asked for; the id of the answer."""
    actor, case_id = actor_of(site, name), case.rpartition("/")[2]
    view = read(site.service, actor, case_id)
    assert isinstance(view, CaseView), view
    new = NewAnswer("RI-10", "OBS" if name.startswith("intake") else "ISS", value, NOW.date(), about=view.own_person)
    done = record_answer(site.service, actor, case_id, view.version, new)
    assert isinstance(done, Recorded), done
    return str(done.id)


def editions(page: str, sheet: str) -> list[str]:
    """The editions of a sheet as `language/form`, in the order in which they are offered."""
    return re.findall(rf'href="[^"]*/sheets/{sheet}/([a-z]+/[a-z]+)"', page)


def test_what_they_asked_for_stands_first_and_is_marked(site: Site, worker: Person, case: str) -> None:
    before = worker.get(f"{case}/sheets").text
    assert "They asked for" not in before
    assert editions(before, "first-contact")[0] == "en/standard"
    value = {"code": ["other_language", "large_print", "read_aloud"], "language": "Français (Belgique)"}
    asked_for(site, case, "intake-one", value)
    page = worker.get(f"{case}/sheets").text
    assert editions(page, "first-contact")[0] == "fr/large"
    assert sorted(editions(page, "first-contact")) == sorted(editions(before, "first-contact"))
    told = re.sub(r"<[^>]+>", "", page)
    assert "Français (Belgique); large print; to have it read aloud or signed." in told
    assert page.count("As they asked") == before.count("/sheets/") // 6, "one edition of each sheet"


@pytest.mark.parametrize("words", ["Urdu", "ourdou", "اردو", "Panjabi, some Urdu"])
def test_a_language_in_which_nobody_has_read_the_sheet_is_said_so(
    site: Site, worker: Person, case: str, words: str
) -> None:
    asked_for(site, case, "intake-one", {"code": ["other_language"], "language": words})
    page = worker.get(f"{case}/sheets").text
    assert "read it aloud with an interpreter, never a relative" in page
    assert "As they asked" not in page


def test_what_was_taken_back_or_said_at_another_desk_orders_nothing(engine: str, tmp_path: Path) -> None:
    site = site_in(tmp_path)
    case, worker = f"/cases/{seed_case(site.service)}", site.person("intake-one")
    before = worker.get(f"{case}/sheets").text
    for advocate in ("advocate-one", "advocate-two"):
        asked_for(site, case, advocate, {"code": ["other_language"], "language": "French"})
        assert "They asked for" in site.person(advocate).get(f"{case}/sheets").text
    given = asked_for(site, case, "intake-one", {"code": ["large_print"]})
    assert editions(worker.get(f"{case}/sheets").text, "first-contact")[0] == "en/large"
    actor, case_id = actor_of(site, "intake-one"), case.rpartition("/")[2]
    view = read(site.service, actor, case_id)
    assert isinstance(view, CaseView)
    withdraw_answer(site.service, actor, case_id, view.version, given, "They said it is not so.")
    after = worker.get(f"{case}/sheets").text
    assert "They asked for" not in after
    assert editions(after, "first-contact") == editions(before, "first-contact")


def test_staff_read_which_numbers_to_check_and_clients_do_not_see_them(site: Site, worker: Person, case: str) -> None:
    assert NEVER_CHECKED in worker.get("/sheets").text
    asked = worker.get(f"{case}/sheets/relative/en/standard").text
    assert "Check before publication" in asked
    assert NEVER_CHECKED in asked
    assert NEVER_CHECKED not in worker.get(f"{case}/sheets/first-contact/en/standard").text
    assert NEVER_CHECKED not in site.stranger().get("/s/f9mb3/uk/en/standard").text
