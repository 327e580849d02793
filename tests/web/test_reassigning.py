"""On pages: who stood on both sides reads one neutral sentence; those who answer for safety choose another worker."""

import re

import pytest

from tests.web.site import Person, Site, site_in
from tests.web.test_matches import COUPLE, match_address, refer
from tests.web.two_worlds import plain

HER_SIDE = COUPLE | {"sees": "two", "received_from": "A lawyer"}
ON_HOLD = "On hold; contact the safety lead."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_in(tmp_path_factory.mktemp("reassigning"))


@pytest.fixture(scope="module")
def crossing(site: Site) -> tuple[Person, str, str]:
    """One worker speaks with him in one case and with her in another; then the panel recognises them."""
    worker = site.person("intake-one")
    cases = refer(worker, COUPLE), refer(worker, HER_SIDE)
    panel = site.person("panel-support")
    done = panel.post(f"{match_address(panel)}/review", {"same": "yes", "reason": "The dates agree."})
    assert done.status_code == 303
    return worker, *cases


def test_the_worker_reads_one_sentence_and_nothing_of_why(site: Site, crossing: tuple[Person, str, str]) -> None:
    worker, earlier, later = crossing
    answers = [worker.get(earlier), worker.get(later), worker.get(f"{earlier}/questions/ri-01/case")]
    assert [one.status_code for one in answers] == [423] * 3
    told = {re.sub(r"/cases/[^\"]*", "", plain(one.text)) for one in answers}
    assert len(told) == 1, "the same for every case and page, but for the address"
    text = answers[0].text
    assert ON_HOLD in text
    for word in ("Samir", "Claire", "Mansour", "match", "panel", "both", "direction", "recognis"):
        assert word not in text, word
    page = worker.get("/cases").text
    assert page.count(ON_HOLD) == 2
    assert f'href="{earlier}"' not in page
    assert "Samir" not in page


def test_what_was_typed_on_a_case_that_is_closed_meanwhile_comes_back(crossing: tuple[Person, str, str]) -> None:
    worker, earlier, _later = crossing
    answered = worker.post(f"{earlier}/questions/wd-01/a-to-b", {"text": "He waits at the school gate."})
    assert answered.status_code == 423
    assert "He waits at the school gate." in answered.text


def test_the_safety_lead_reassigns_on_the_page(site: Site, crossing: tuple[Person, str, str]) -> None:
    worker, earlier, _later = crossing
    lead = site.person("safety-lead")
    assert 'href="/reassign"' in lead.get("/matches").text
    page = lead.get("/reassign").text
    assert page.count("Until now: intake-one.") == 2
    forms = re.findall(r'action="(/reassign/[^"]+)"', page)
    (mine,) = [one for one in forms if earlier.rpartition("/")[2] in one]
    assert lead.post(mine, {}).status_code == 422
    (chosen,) = set(re.findall(r'value="([0-9a-f-]{36})"', page))
    assert lead.post(mine, {"worker": worker.get("/account").text[:36]}).status_code == 409
    assert lead.post(mine, {"worker": chosen}).status_code == 303
    assert lead.get("/reassign").text.count("Until now: intake-one.") == 1
    other = site.person("intake-two")
    assert other.get(earlier).status_code == 200
    assert lead.post(mine, {"worker": chosen}).status_code == 404, "sent twice, it is done once"
    assert site.person("panel-independent").get("/reassign").status_code == 404
