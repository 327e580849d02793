"""The pages of people: added, put right, taken away, related, opened to both sides, named and declined."""

import re
from html import unescape

import pytest

from tests.web.people.families import Family, family
from tests.web.people.staged import added, named, view_of
from tests.web.site import Person, Site
from triage.cases.members import pair_of
from triage.web.shared.places import slug_of

MIKA = {"called": "Mika", "birth": "1981-09-09", "relation": "partner", "assessed": "yes", "year-new": "", "to": "A"}


@pytest.fixture(scope="module")
def three(site: Site) -> Family:
    return family(site)


def main_of(page: str) -> str:
    text = page.split("<main", 1)[1].split("</main", 1)[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def test_a_person_is_added_with_age_and_pair_from_the_page(three: Family) -> None:
    page = f"{three.address}/people/new"
    nobody = "Y" if three.added == "Z" else "Z"
    wrong = three.worker.fill_in(page, MIKA | {"called": " ", "birth": "2030-01-01", "to": nobody, "relation": "boss"})
    assert wrong.status_code == 422
    for field in ("called", "birth", "to", "relation"):
        assert f'href="#{field}"' in wrong.text, field
    assert "<title>Error:" in wrong.text
    child = {"called": "Jo", "birth": "2012-03-04", "relation": "child", "to": three.own}
    done = three.worker.fill_in(page, child)
    assert done.status_code == 303, done.text
    told = main_of(three.worker.get(f"{three.address}/people").text)
    assert "Jo Under 16 Born on 4 Mar 2012, 14 years old" in told
    assert "Children’s services lead" in told
    year = {"called": "Lou", "birth": "", "year-new": "2009", "relation": "relative", "to": three.own}
    assert three.worker.fill_in(page, year).status_code == 303
    told = main_of(three.worker.get(f"{three.address}/people").text)
    assert "Lou 16 or 17 Born in 2009, 16 or 17 years old" in told
    assert "Robin Age not known. A missing age is never taken as adult." in told


def test_the_same_form_sent_twice_adds_one_person(three: Family) -> None:
    page = f"{three.address}/people/new"
    typed = MIKA | {"called": "Twice", "key": "one form", "version": str(version(three))}
    assert [three.worker.post(page, typed).status_code for _ in range(2)] == [303, 303]
    assert three.worker.get(f"{three.address}/people").text.count("<bdi>Twice</bdi>") == 1


def test_what_was_said_is_put_right_with_a_reason_and_stays(three: Family) -> None:
    page = f"{three.address}/people/{three.added.lower()}"
    assert three.worker.fill_in(page, {"called": "Mica", "birth": ""}).status_code == 422, "a reason is asked"
    typed = {"called": "Mica", "birth": "2009-01-02", "reason": "Seen on a letter of the court."}
    assert three.worker.fill_in(page, typed).status_code == 303
    told = main_of(three.worker.get(f"{three.address}/people").text)
    assert "Mica 16 or 17" in told
    assert "A programme for young people" in told
    assert "Seen on a letter of the court." in told
    before = main_of(three.worker.get(page).text)
    assert re.search("Mika ?, 1981-09-09", before), "nothing is lost"


def test_a_form_that_was_overtaken_keeps_what_was_typed(three: Family) -> None:
    page = f"{three.address}/people/{three.added.lower()}"
    stale = {"called": "Micah", "birth": "", "reason": "Half a sentence", "version": "0"}
    shown = three.worker.post(page, stale)
    assert shown.status_code == 409
    assert "This case has changed" in shown.text
    assert 'value="Micah"' in shown.text
    assert "Half a sentence" in shown.text


def test_two_persons_are_related_and_their_pair_is_opened_from_the_table(three: Family) -> None:
    pair = pair_of(three.other, three.added)
    page = f"{three.address}/relationships/{slug_of(pair.undirected)}"
    listed = main_of(three.worker.get(f"{three.address}/relationships").text)
    assert "What the person of a line is to the person of a column" in listed
    assert three.worker.fill_in(page, {"relation": "boss"}).status_code == 422
    assert three.worker.fill_in(page, {"relation": "parent", "assessed": "yes"}).status_code == 303
    listed = main_of(three.worker.get(f"{three.address}/relationships").text)
    assert f"{pair.a} is a parent of {pair.b}" in listed
    assert f"{pair.b} is a child of {pair.a}" in listed
    assert three.worker.fill_in(page, {"relation": "ex-partner"}).status_code == 422, "a later word needs a reason"
    assert three.worker.fill_in(page, {"relation": "ex-partner", "reason": "Misread."}).status_code == 303
    listed = main_of(three.worker.get(f"{three.address}/relationships").text)
    assert f"{pair.a} is a former partner of {pair.b}" in listed
    assert three.worker.get(f"{three.address}/questions/wd-05/{slug_of(pair.undirected)}").status_code == 200


def test_the_support_side_of_the_panel_opens_a_pair_and_nobody_else(three: Family) -> None:
    page = f"{three.address}/relationships/{slug_of(three.pair)}/open"
    for name in ("intake-one", "panel-independent", "advocate-one"):
        assert three.site.person(name).get(page).status_code == 404, name
    member = three.site.person("panel-support")
    assert page in member.get(f"{three.address}/relationships").text
    assert member.fill_in(page, {"reason": " "}).status_code == 422
    assert member.fill_in(page, {"reason": "She was asked through her advocate."}).status_code == 303


def test_somebody_added_by_mistake_leaves_and_the_panel_is_told(three: Family) -> None:
    letter = added(three.site, three.actor("intake-one"), three.id, "Slip")
    page = f"{three.address}/people/{letter.lower()}/take-away"
    assert three.worker.fill_in(page, {}).status_code == 422
    assert three.worker.fill_in(page, {"reason": "Nobody of this name."}).status_code == 303
    mine = main_of(three.worker.get(f"{three.address}/people").text)
    assert f"{letter}: Slip – Nobody of this name. Bring them back" in mine
    lead = three.site.person("safety-lead")
    told = main_of(lead.get(f"{three.address}/people").text)
    assert "A worker says that this person was added by mistake." in told
    assert lead.fill_in(page, {"reason": "I asked; it was a slip."}).status_code == 303
    assert "Bring them back" not in main_of(three.worker.get(f"{three.address}/people").text)
    assert three.worker.get(f"{three.address}/people/{letter.lower()}").status_code == 404


def test_whom_an_answer_names_is_added_or_declined_from_the_page(three: Family) -> None:
    ines = three.actor("intake-one")
    mark = named(three.site, ines, three.id, "P7")
    other = named(three.site, ines, three.id, "P8", "ex_partner")
    told = main_of(three.worker.get(f"{three.address}/people").text)
    assert f"New partner: P7 Named in an answer about {three.own} To be decided Proposed as a pair" in told
    form = three.worker.get(f"{three.address}/people/new?named={mark}").text
    for prefilled in ('value="P7"', 'value="partner" checked', 'name="assessed" type="checkbox" value="yes" checked'):
        assert prefilled in form, prefilled
    typed = MIKA | {"called": "P7", "to": three.own, "named": mark}
    assert three.worker.fill_in(f"{three.address}/people/new", typed).status_code == 303
    assert three.worker.fill_in(f"{three.address}/people/new", typed).status_code == 404, "taken up once"
    page = f"{three.address}/named/{other}"
    assert three.worker.fill_in(page, {"why": "because", "reason": "x"}).status_code == 422
    assert three.worker.fill_in(page, {"why": "assessed-elsewhere", "reason": "By the north."}).status_code == 303
    told = main_of(three.worker.get(f"{three.address}/people").text)
    assert "Added as" in told
    assert "Declined Another service assesses this, and we know which. By the north." in told


def test_another_desk_reads_of_nobody_and_its_answers_are_the_constant_page(three: Family) -> None:
    """Whoever works with the other person knows nobody of those, and cannot tell a letter that is taken from none."""
    colleague, letter = three.site.person("intake-two"), added(three.site, three.actor("intake-one"), three.id, "Hid")
    assert colleague.post(f"{three.address}/take-on", {"person": three.other}).status_code == 303
    told = main_of(colleague.get(f"{three.address}/people").text)
    assert "Hid" not in told
    assert "P7" not in told
    free = next(
        one for one in "XYZWVU" if one not in view_of(three.site, three.actor("panel-support"), three.id).called
    )
    for page in ("people/{}", "people/{}/take-away", "relationships/a-and-{}", "relationships/a-and-{}/open"):
        pages = [colleague.get(f"{three.address}/{page.format(one.lower())}") for one in (letter, free)]
        assert [one.status_code for one in pages] == [404, 404], page
        assert pages[0].data == pages[1].data, page


@pytest.mark.parametrize("page", ["people/new", "people/{}", "people/{}/take-away", "relationships/{}", "named/{}"])
def test_the_forms_are_kept_while_a_danger_is_told(three: Family, page: str) -> None:
    ines = three.actor("intake-one")
    letter = added(three.site, ines, three.id, "Kept") if page.count("take") else three.added
    part = {"relationships/{}": slug_of(three.pair), "named/{}": named(three.site, ines, three.id, page)}
    address = f"{three.address}/{page.format(part.get(page, letter.lower()))}"
    form = three.worker.get(address)
    assert re.search(r'class="cairn-header__danger" type="submit" form="form"', form.text)
    typed = {"called": "Half a na", "reason": "Half a sentence"}
    danger = three.worker.post(address, typed | {"then": "danger"})
    assert danger.status_code == 200
    assert "999" in danger.text
    back = three.worker.post(address, typed | {"then": "return"})
    assert back.status_code == 200
    assert ("Half a na" if page == "people/new" else "Half a sentence" if "rel" not in page else "form") in back.text


def version(three: Family) -> int:
    return view_of(three.site, three.actor("intake-one"), three.id).version


def test_the_home_of_a_case_leads_here(three: Family) -> None:
    home = Person.get(three.worker, three.address).text
    assert f'href="{three.address}/people"' in home
    assert f'href="{three.address}/relationships"' in home
