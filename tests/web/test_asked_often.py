"""On the page of opened cards the safety lead, and nobody else, is told about whom it was asked too often."""

from tests.web.people.staged import actor_of
from tests.web.site import Person, Site, open_case
from triage.cases.roles import Action
from triage.casework.publishing.asking import TOO_OFTEN, is_answered, stays_held
from triage.casework.standing import Standing, stand


def test_the_safety_lead_is_told_on_the_page_of_opened_cards(site: Site, worker: Person) -> None:
    case = open_case(worker)
    actor = actor_of(site, "intake-one")
    with site.service.writing(actor) as work:
        standing = stand(work, actor, case.rsplit("/", 1)[1], Action.ASK_TO_START)
        assert isinstance(standing, Standing)
        stays_held(work, standing)
        answered = [is_answered(work, standing) for _time in range(TOO_OFTEN)]
        work.is_no_act()
    assert answered == [False] * TOO_OFTEN
    lead = site.person("safety-lead")
    told = lead.get("/openings").text
    assert "Asked too often whether work may start" in told
    assert f"{standing.case.reference}</span> · Person {standing.own_person}" in told
    assert "3 questions that were not answered" in told
    assert "Asked too often" not in site.person("manager").get("/openings").text
    assert worker.get("/openings").status_code == 404
    worker.get(f"{case}/start")
    worker.post(f"{case}/start", {})
    assert "asked whether work may start" in lead.get(f"{case}/looks").text
