"""Who looked at a case: shown to those who answer for a person's safety, and to nobody else."""

import re

from tests.web.site import Person, Site, open_case


def test_the_safety_lead_and_the_support_side_of_the_panel_see_who_looked(site: Site, worker: Person) -> None:
    case = open_case(worker)
    stranger = site.person("intake-two")
    assert stranger.get(case).status_code == 404
    for name in ("safety-lead", "panel-support"):
        page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", site.person(name).get(f"{case}/looks").text))
        assert re.search("intake-one .*? opened the case", page)
        assert re.search("intake-two .*? read the case *: *refused", page)
    assert re.search("safety-lead .*? read who looked", page)


def test_to_everybody_else_there_is_no_such_page(site: Site, worker: Person) -> None:
    case = open_case(worker)
    for name in ("intake-one", "advocate-one", "panel-independent", "manager", "auditor", "administrator"):
        assert site.person(name).get(f"{case}/looks").status_code == 404


def test_the_determination_leads_there_for_whom_it_is(site: Site, worker: Person) -> None:
    case = open_case(worker)
    pair = f"{case}/pairs/a-and-b"
    assert f"{case}/looks" in site.person("safety-lead").get(pair).text
    assert f"{case}/looks" not in site.person("panel-independent").get(pair).text
