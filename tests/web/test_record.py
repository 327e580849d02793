"""All answers on one page, the record of one side on paper, and both directions of a pair side by side."""

import re

import pytest

from tests.web.site import Person, Site, circumstances
from tests.web.told_case import ToldCase, told

CODE_WORD = "bring the blue folder"
ROW = re.compile(r'<tr class="govuk-table__row">\s*<th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', re.DOTALL)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def own_letter(person: Person, case: str) -> str:
    found = re.search(r"You work with ([A-Z])", person.get(case).text)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def full(site: Site) -> ToldCase:
    return told(site, "R14")


def test_every_answer_can_be_checked_and_changed_from_one_page(worker: Person, case: str) -> None:
    worker.fill_in(f"{case}/questions/ri-01/case", {"code": "neither", **circumstances("REF")})
    worker.fill_in(f"{case}/questions/ri-04/case", {"value": "Found the door open.", **circumstances("REF")})
    page = worker.get(f"{case}/check").text
    assert "Found the door open." in page
    assert len(re.findall(r"/answers/[0-9a-f-]{36}/correct", page)) == 2
    assert len(re.findall(r"/answers/[0-9a-f-]{36}/take-back", page)) == 2
    assert "wait for you" in page
    assert f'href="{case}/check"' in worker.get(f"{case}/parts/a").text


def test_who_only_reads_changes_nothing_there(site: Site, worker: Person, case: str) -> None:
    worker.fill_in(f"{case}/questions/ri-01/case", {"code": "neither", **circumstances("REF")})
    page = site.person("panel-support").get(f"{case}/check").text
    assert "cairn-answer" in page
    assert "/correct" not in page
    assert "to print" not in page


def test_the_record_holds_what_its_own_side_wrote_and_nothing_of_the_other(
    site: Site, worker: Person, case: str
) -> None:
    """Even the card of safe contact, which an advocate reads wherever it was written, stays off her paper."""
    letter = own_letter(worker, case)
    advocate = site.person("advocate-one")
    assert advocate.post(f"{case}/take-on", {"person": letter}).status_code == 303
    card = {"code": "phone", "cell-code_word": CODE_WORD, **circumstances("SELF", letter)}
    assert worker.fill_in(f"{case}/questions/ri-06/{letter.lower()}", card).status_code == 303
    theirs = {"value": "Heard by the support service.", **circumstances("ISS", letter)}
    assert advocate.fill_in(f"{case}/questions/ri-04/case", theirs).status_code in {303, 422}
    assert CODE_WORD in advocate.get(f"{case}/check").text
    assert CODE_WORD not in advocate.get(f"{case}/record").text
    assert CODE_WORD in worker.get(f"{case}/record").text
    assert "Heard by the support service." not in worker.get(f"{case}/record").text


def test_the_record_keeps_what_was_taken_back_and_corrected_with_the_reason(worker: Person, case: str) -> None:
    for code, reason in (("neither", "Another family."), ("contact_dangerous", "Said of another day.")):
        worker.fill_in(f"{case}/questions/ri-01/case", {"code": code, **circumstances("REF")})
        one = re.findall(r"/answers/[0-9a-f-]{36}/take-back", worker.get(f"{case}/questions/ri-01/case").text)[-1]
        worker.fill_in(case + one, {"reason": reason})
    page = worker.get(f"{case}/record").text
    assert "Another family." in page
    assert "Said of another day." in page
    assert "/correct" not in page


def test_nobody_else_prints_a_record(site: Site, case: str) -> None:
    for name in ("panel-support", "safety-lead", "intake-two", "manager"):
        assert site.person(name).get(f"{case}/record").status_code == 404


# --- both directions -------------------------------------------------------------------------------------------------


def test_both_directions_are_hidden_until_ones_own_view_is_recorded(full: ToldCase) -> None:
    address = f"{full.address}/pairs/a-and-b/directions"
    page = full.person("panel-independent").get(address).text
    assert "Record your own view first" in page
    assert ROW.search(page) is None
    full.own_view("panel-independent", "W_INSUFF")
    assert ROW.search(full.person("panel-independent").get(address).text)
    assert full.person("intake-one").get(address).status_code == 404
    assert full.person("advocate-one").get(address).status_code == 404


def test_the_same_finding_stands_on_one_line_in_both_directions_with_its_sources(full: ToldCase) -> None:
    member = full.own_view("panel-support", "W_INSUFF")
    page = member.get(f"{full.address}/pairs/a-and-b/directions").text
    lines = {words_of(name): [words_of(cell) for cell in CELL.findall(cells)] for name, cells in ROW.findall(page)}
    control = lines["Control of Y’s daily life by X"]
    assert len(control) == 2
    assert control[0].startswith("From A towards B:")
    assert control[1].startswith("From B towards A:")
    proposed = member.get(f"{full.address}/pairs/a-and-b").text
    for letter, other, cell in (("A", "B", control[0]), ("B", "A", control[1])):
        stated = re.search(rf"Control of {other}’s daily life by {letter}: ([^<]+)<", proposed)
        if stated:
            assert stated[1].strip() in cell
    assert all(len(cells) == 2 for cells in lines.values())
    assert "The answers" in control[0] + control[1]
    assert not re.search(r"\b\d+ (?:times|answers)\b", words_of(page))  # nothing is counted
