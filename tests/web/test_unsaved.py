"""What was typed and not recorded: back on its page, for its author alone, for a day, and nowhere else."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.databases.engines import at_the_database
from tests.web.people.staged import actor_of, view_of
from tests.web.site import NOW, Person, Site, open_case
from triage.casework.service import RULES
from triage.casework.telling.drafts import MOST_DRAFTS, drafts_in, forget_drafts, keep_draft
from triage.store.data_keys import PROGRAMME, read_data_keys
from triage.store.drafts.drafts import read_drafts
from triage.store.drafts.tables import drafts
from triage.store.tables import audit
from triage.web.interview.unsaved import LONGEST

ASK = "/questions/ri-04/case"
WORDS = "He said: <b>she</b> left on Tuesday, and"
TYPED = {
    "value": WORDS,
    "source": "REF",
    "by_other": "a neighbour",
    "contact": "3",
    "on": "2026-11-19",
    "hearsay": "yes",
}
LONG = "x" * (LONGEST + 1)
BACK = "What you had typed here is back."


@pytest.fixture
def case(worker: Person) -> str:
    return open_case(worker)


def id_of(case: str) -> UUID:
    return UUID(case.rsplit("/", 1)[1])


def held(page: str) -> str:
    found = re.search(r'<textarea[^>]*name="value"[^>]*>([^<]*)</textarea>', page)
    return unescape(found[1]) if found else ""


def test_what_was_typed_is_back_when_the_page_is_opened_again(worker: Person, case: str) -> None:
    assert worker.post(f"{case}{ASK}/typed", TYPED).status_code == 204
    page = worker.get(f"{case}{ASK}").text
    assert BACK in page
    assert held(page) == WORDS
    for value in ("a neighbour", "2026-11-19"):
        assert f'value="{value}"' in page
    assert re.search(r'name="source"[^>]*value="REF"[^>]*checked', page)
    assert re.search(r'name="hearsay"[^>]*checked', page)


def test_nothing_is_recorded_and_the_version_stays(site: Site, worker: Person, case: str) -> None:
    before = view_of(site, actor_of(site, "intake-one"), id_of(case))
    worker.post(f"{case}{ASK}/typed", TYPED)
    after = view_of(site, actor_of(site, "intake-one"), id_of(case))
    assert (after.version, after.record) == (before.version, before.record)
    assert WORDS[:8] not in worker.get(f"{case}/record").text


def test_a_button_keeps_it_without_scripts_and_leads_home_where_it_is_named(worker: Person, case: str) -> None:
    kept = worker.post(f"{case}{ASK}", {**TYPED, "then": "keep"})
    assert (kept.status_code, kept.headers["Location"]) == (303, case)
    home = worker.get(case).text
    assert "Typed, not recorded yet" in home
    assert f'href="{case}{ASK}"' in home
    assert held(worker.get(f"{case}{ASK}").text) == WORDS


def test_recording_it_or_throwing_it_away_ends_it(site: Site, worker: Person, case: str) -> None:
    version = str(view_of(site, actor_of(site, "intake-one"), id_of(case)).version)
    worker.post(f"{case}{ASK}/typed", TYPED)
    assert worker.post(f"{case}{ASK}", {**TYPED, "version": version}).status_code == 303
    assert BACK not in worker.get(f"{case}{ASK}").text
    worker.post(f"{case}{ASK}/typed", TYPED)
    assert worker.post(f"{case}{ASK}", {"then": "drop"}).status_code == 303
    page = worker.get(f"{case}{ASK}").text
    assert BACK not in page
    assert held(page) == ""


def test_the_last_word_of_a_page_counts_and_other_pages_have_their_own(worker: Person, case: str) -> None:
    for value in ("first", "second"):
        worker.post(f"{case}{ASK}/typed", {"value": value})
    worker.post(f"{case}/questions/ri-02/case/typed", {"code": "health"})
    assert held(worker.get(f"{case}{ASK}").text) == "second"
    assert re.search(r'value="health"[^>]*checked', worker.get(f"{case}/questions/ri-02/case").text)
    assert BACK not in worker.get(f"{case}/questions/ri-01/case").text


def test_nobody_else_is_given_it_on_the_same_side_or_across(site: Site, worker: Person, case: str) -> None:
    worker.post(f"{case}{ASK}/typed", TYPED)
    own = view_of(site, actor_of(site, "intake-one"), id_of(case)).own_person
    for name, person in (("intake-two", "AB".replace(own, "")), ("advocate-one", own)):
        colleague = site.person(name)
        assert colleague.post(f"{case}/take-on", {"person": person}).status_code == 303
        page = colleague.get(f"{case}{ASK}").text
        assert WORDS[:8] not in page
        assert BACK not in page
    assert site.person("panel-support").post(f"{case}{ASK}/typed", TYPED).status_code == 404


def test_who_comes_to_the_same_desk_later_is_not_given_it_either(site: Site, worker: Person, case: str) -> None:
    worker.post(f"{case}{ASK}/typed", TYPED)
    actor = actor_of(site, "intake-one")
    desk = f"programme-{view_of(site, actor, id_of(case)).own_person}"
    with site.service.reading(RULES) as work:
        keys = read_data_keys(work, id_of(case), (PROGRAMME,))
        assert len(read_drafts(work, keys, id_of(case), actor.id, desk)) == 1
        assert read_drafts(work, keys, id_of(case), uuid4(), desk) == ()


def test_it_is_sealed_and_gone_after_a_day(site: Site, worker: Person, case: str) -> None:
    worker.post(f"{case}{ASK}/typed", TYPED)
    with site.service.reading(RULES) as work:
        rows = [row for row in work.connection.execute(select(drafts)).all() if row.case_id == id_of(case)]
    assert len(rows) == 1
    assert b"Tuesday" not in rows[0].content
    actor = actor_of(site, "intake-one")
    assert forget_drafts(site.service) == 0
    late = replace(site.service, clock=lambda: NOW + timedelta(days=1, minutes=1))
    assert drafts_in(late, actor, id_of(case)) == ()
    assert forget_drafts(late) >= 1
    assert drafts_in(site.service, actor, id_of(case)) == ()


def test_one_person_keeps_so_many_of_a_case_and_the_oldest_goes(site: Site, worker: Person, case: str) -> None:
    actor, every = actor_of(site, "intake-one"), list(site.service.rules.rulebook.questions)[: MOST_DRAFTS + 2]
    for question in every:
        assert keep_draft(site.service, actor, id_of(case), (question, ""), (("value", question),)) is None
    found = [one.question for one in drafts_in(site.service, actor, id_of(case))]
    assert len(found) == MOST_DRAFTS
    assert every[-1] in found


def test_what_belongs_to_one_showing_of_a_page_is_not_kept(site: Site, worker: Person, case: str) -> None:
    worker.post(f"{case}{ASK}/typed", {**TYPED, "version": "7", "key": "k", "then": "next"})
    (kept,) = drafts_in(site.service, actor_of(site, "intake-one"), id_of(case))
    assert {name for name, _value in kept.fields} == set(TYPED)


def test_what_is_too_long_to_be_kept_is_said_so_and_stays_on_the_page(worker: Person, case: str) -> None:
    assert worker.post(f"{case}{ASK}/typed", {"value": LONG}).status_code == 413
    shown = worker.post(f"{case}{ASK}", {**TYPED, "value": LONG, "then": "keep"})
    assert shown.status_code == 413
    assert "This is too long to be kept." in shown.text
    assert 'href="#value"' in shown.text
    assert held(shown.text) == LONG
    assert 'value="a neighbour"' in shown.text
    assert BACK not in worker.get(f"{case}{ASK}").text


def test_throwing_it_away_and_leaving_ends_what_was_kept_and_leads_home(worker: Person, case: str) -> None:
    worker.post(f"{case}{ASK}/typed", TYPED)
    assert 'type="submit" name="then" value="drop-and-leave"' in worker.get(f"{case}{ASK}").text
    left = worker.post(f"{case}{ASK}", {**TYPED, "then": "drop-and-leave"})
    assert (left.status_code, left.headers["Location"]) == (303, case)
    assert "Typed, not recorded yet" not in worker.get(case).text
    assert BACK not in worker.get(f"{case}{ASK}").text


@pytest.mark.parametrize("next_act", ["keep", "drop"])
def test_an_altered_draft_stops_nothing_and_is_dropped_and_written_down(
    site: Site, worker: Person, case: str, next_act: str
) -> None:
    worker.post(f"{case}{ASK}/typed", TYPED)
    of_case = drafts.c.case_id == id_of(case)
    with at_the_database(site.service.settings.keys.parent) as connection:
        connection.execute(drafts.update().where(of_case).values(content=b"altered"))
    other = f"{case}/questions/ri-02/case"
    assert BACK not in worker.get(f"{case}{ASK}").text
    assert worker.post(other, {"code": "health", "then": next_act}).status_code == 303
    assert (BACK in worker.get(other).text) == (next_act == "keep")
    with site.service.reading(RULES) as work:
        rows = work.connection.execute(select(drafts).where(of_case)).all()
        said = select(audit.c.act, audit.c.result, audit.c.actor, audit.c.side).where(audit.c.object_id == id_of(case))
        found = [tuple(row) for row in work.connection.execute(said).all() if row.result == "unreadable"]
    assert b"altered" not in [row.content for row in rows]
    assert found == [("drop-draft", "unreadable", actor_of(site, "intake-one").id, "programme")]
