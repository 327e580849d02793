"""The page of findings shows a worker those of their compartments alone, even where all rests on their own answers."""

from uuid import UUID

from tests.web.people.staged import actor_of, view_of
from tests.web.site import NOW, Person, Site, open_case
from triage.cases.model import NewAnswer
from triage.casework.assessments import record_answer
from triage.casework.results import Recorded


def test_a_worker_reads_no_finding_of_the_determination_room(site: Site, worker: Person) -> None:
    """Danger is of the safety board; whom a referrer names as the one who harms is for the panel alone."""
    case = open_case(worker)
    actor, case_id = actor_of(site, "intake-one"), UUID(case.rsplit("/", 1)[1])
    for question, value, about in (("RI-21", "a", "A-B"), ("RI-01", "danger_now", "")):
        version = view_of(site, actor, case_id).version
        done = record_answer(
            site.service, actor, case_id, version, NewAnswer(question, "REF", value, NOW.date(), about)
        )
        assert isinstance(done, Recorded), (question, done)
    page = worker.get(f"{case}/findings").text
    assert "Immediate danger" in page
    assert "as the one who harms" not in page
    assert "never shown here, whether there are any or not" in page
