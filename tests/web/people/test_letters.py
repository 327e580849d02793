"""The pages of any pair name its own two persons, and nobody whom their reader may not see."""

import re

import pytest

from tests.web.people.families import Family, family
from tests.web.people.staged import view_of
from tests.web.site import NOW, Person, Site
from triage.cases.model import NewAnswer, Raw
from triage.cases.record import Pair
from triage.cases.wall import Refused
from triage.casework.assessments import record_answer
from triage.web.shared.letters import OPENING, Letters, letters_of, others_of
from triage.web.shared.places import slug_of
from triage.web.shared.said import finding_name
from triage.web.shared.words import Words

PAIRS = (Pair("A", "B"), Pair("B", "K"))
NAMING = r"(?:from|towards|to|For|Person|of|and|could) {letter}\b"
"""How the pages name a person; a capital A that opens a sentence is no name."""


@pytest.fixture(scope="module")
def three(site: Site) -> Family:
    return family(site)


def panel(three: Family) -> Person:
    return three.site.person("panel-support")


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1].split("</main", 1)[0]))


@pytest.mark.parametrize(
    ("about", "pairs", "letters"),
    [
        ("B-K", (), Letters("B", "K")),
        ("K>B", (), Letters("B", "K")),
        ("", PAIRS[:1], OPENING),
        ("", PAIRS[1:], Letters("B", "K")),
        ("A", PAIRS, OPENING),
        ("K", PAIRS, Letters("B", "K")),
        ("", PAIRS, Letters("the first of a pair", "the second of a pair")),
        ("", (), OPENING),
    ],
)
def test_a_place_says_whom_the_rules_call_a_and_b(
    three: Family, about: str, pairs: tuple[Pair, ...], letters: Letters
) -> None:
    with three.site.app.test_request_context():
        assert letters_of(about, pairs) == letters


def test_the_other_one_of_a_person_is_everybody_they_are_a_pair_with() -> None:
    assert [others_of(one, PAIRS) for one in "ABKZ"] == ["B", "A / K", "B", ""]
    words = Words("en", {"ask": "What did A do to B?"}, {}).among(PAIRS)
    assert [words("ask", one) for one in "ABK"] == [
        "What did A do to B?", "What did B do to A / K?", "What did K do to B?",
    ]  # fmt: skip


def test_every_page_of_a_pair_names_its_own_two(three: Family) -> None:
    member, slug = panel(three), slug_of(three.pair)
    view = {"result": "W_INSUFF", "grounds": "Too little is known."}
    pages = ["", "/meaning", "/routes", "/directions"]
    before = words_of(member.get(f"{three.address}/pairs/{slug}").text)
    assert f"The harm goes from {three.own} to {three.added}" in before
    assert f"Who else could {three.added} be?" in before
    assert member.post(f"{three.address}/pairs/{slug}/own-view", view).status_code == 303
    for page in pages:
        text = words_of(member.get(f"{three.address}/pairs/{slug}{page}").text)
        for letter in (three.own, three.added):
            assert re.search(rf"\b{letter}\b", text), (page, letter)
        assert not re.search(NAMING.format(letter=three.other), text), (page, text)


def test_the_worker_of_the_other_person_reads_of_nobody_who_was_added(three: Family) -> None:
    """Two programme workers of one case: whom one of them added does not show at the desk of the other."""
    colleague = three.site.person("intake-two")
    assert colleague.post(f"{three.address}/take-on", {"person": three.other}).status_code == 303
    for page in ("", "/check", "/acts", "/findings", "/questions/ri-01/case", "/record"):
        shown = colleague.get(f"{three.address}{page}")
        assert shown.status_code == 200, page
        text = words_of(shown.text)
        assert "Mika" not in text, page
        assert not re.search(NAMING.format(letter=three.added), text), page
        assert not re.search(r"first of a pair", text), page


def test_the_page_of_the_whole_case_offers_everybody_whom_its_reader_sees(three: Family) -> None:
    page = three.worker.get(f"{three.address}/questions/rc-01/case").text
    offered = re.search(r'<select[^>]*name="row-0-cell-who".*?</select>', page, re.DOTALL)
    assert offered
    options = re.findall(r'value="(\w*)"[^>]*>\s*([^<]*?)\s*</option>', offered[0])
    assert options == [
        ("", ""), ("a", "Person A"), ("b", "Person B"), (three.added.lower(), f"Person {three.added}"),
        ("both", "Everybody in the case"), ("child", "A child"), ("other", "Someone else"),
    ]  # fmt: skip


def test_whom_an_answer_of_the_whole_case_names_is_kept_and_said(three: Family) -> None:
    letter = three.added.lower()
    form = {"row-0-code": "suicidality", "row-0-cell-who": letter, "source": "OBS", "on": "2026-11-20"}
    form["version"] = str(view_of(three.site, three.actor("intake-one"), three.id).version)
    assert three.worker.post(f"{three.address}/questions/rc-01/case", form).status_code == 303
    assert f"Person {three.added}" in words_of(three.worker.get(f"{three.address}/questions/rc-01/case").text)


@pytest.mark.parametrize("name", ["intake-two", "advocate-one"])
def test_nobody_names_a_person_whom_they_do_not_see(three: Family, name: str) -> None:
    """A letter across the wall is refused like one that does not exist, on the page and by the duty."""
    colleague = three.site.person(name)
    colleague.post(f"{three.address}/take-on", {"person": three.other})
    actor, offered = three.actor(name), []
    page = colleague.get(f"{three.address}/questions/rc-01/case").text
    assert f"Person {three.added}" not in page
    for letter in (three.added, next(one for one in "CDE" if one != three.added)):
        value: Raw = [{"code": "suicidality", "who": letter.lower()}]
        new = NewAnswer("RC-01", "OBS" if name == "intake-two" else "ISS", value, NOW.date())
        offered.append(
            record_answer(three.site.service, actor, three.id, view_of(three.site, actor, three.id).version, new)
        )
    assert offered[0] == offered[1]
    assert isinstance(offered[0], Refused)


@pytest.mark.parametrize(
    ("code", "pairs", "name"),
    [
        ("BDREAD_KM", PAIRS, "K, M"),
        ("BDREAD_AB", PAIRS, "A, B"),
        ("BDREAD_AB", PAIRS[1:], "B, K"),
        ("NEED_K", PAIRS, "K, B"),
        ("SUFF", PAIRS, "Enough"),
        ("NOTHING_AB", PAIRS, "NOTHING_AB"),
    ],
)
def test_a_finding_of_a_case_is_named_with_its_own_persons(code: str, pairs: tuple[Pair, ...], name: str) -> None:
    texts = {"finding.BDREAD.name": "{x}, {y}", "finding.NEED.name": "{x}, {y}", "finding.SUFF.name": "Enough"}
    assert finding_name(code, Words("en", texts, {}).among(pairs), "") == name
