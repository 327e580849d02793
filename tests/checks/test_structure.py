"""Each structural check finds what its tiny flow shows, and nothing once that is mended; the shipped flows pass all."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.flow.tiny import Tiny, tiny_flows
from triage.assess.findings import findings_of
from triage.checks.structure.all_kinds import checked
from triage.checks.structure.safety_file import Safety, read_safety
from triage.checks.structure.silence import values_in_silence
from triage.checks.structure.subject import Subject, measures_read
from triage.checks.wording import missing_texts
from triage.cli.check import kinds_of
from triage.flow.model import Rulebook
from triage.flow.problems import CODES, Problem
from triage.routing.checking.judging import decision_of, rule_problems
from triage.routing.checking.silence import SILENCES, measures_in_silence, silent_case
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS, LOCALES

FAULTY = tiny_flows("checks")


def _id(tiny: Tiny) -> str:
    return tiny.path.stem


def told(folder: Path) -> list[Problem]:
    return [problem for kind in kinds_of(folder) for problem in kind.problems]


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    loaded = load(FLOWS)
    assert isinstance(loaded, Loaded)
    return loaded


@pytest.fixture(scope="module")
def subject(shipped: Loaded) -> Subject:
    book = shipped.book.rulebook
    safety = read_safety(FLOWS, book)
    assert isinstance(safety, Safety)
    measured = measures_in_silence(shipped.book, measures_read(book))
    return Subject(book, decision_of(shipped.decider.rules), safety, measured)


@pytest.mark.parametrize("tiny", FAULTY, ids=_id)
def test_a_check_tells_what_its_tiny_flow_shows_and_nothing_else(tiny: Tiny, tmp_path: Path) -> None:
    found = told(tiny.written_to(tmp_path, whole=True))
    wanted = [{**one, "file": one["file"] or "flow.yml"} for one in tiny.problems]
    shown = [{"code": one.code, "file": one.file, "line": str(one.line or ""), "near": one.near} for one in found]
    assert sorted(shown, key=str) == sorted(wanted, key=str), [str(one) for one in found]
    assert _id(tiny).startswith(wanted[0]["code"]), "the file is named after its code"


@pytest.mark.parametrize("tiny", FAULTY, ids=_id)
def test_the_same_flow_mended_passes_every_check(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.mended, "say how it is mended"
    assert told(tiny.written_to(tmp_path, mended=True, whole=True)) == []


def test_the_smallest_whole_folder_passes_every_check(tmp_path: Path) -> None:
    assert told(Tiny(Path("none.yml"), []).written_to(tmp_path, whole=True)) == []


def test_the_shipped_flows_pass_every_check(subject: Subject, shipped: Loaded) -> None:
    kinds = checked(subject, rule_problems(shipped.decider.rules))
    assert [str(problem) for kind in kinds for problem in kind.problems] == []


def test_what_safety_declares_is_needed_by_the_shipped_flows(subject: Subject) -> None:
    bare = replace(subject, safety=Safety())
    codes = {problem.code for kind in checked(bare) for problem in kind.problems}
    assert codes == {"S017", "S018"}


def test_silence_gives_no_finding_a_value_that_the_check_did_not_foresee(subject: Subject, shipped: Loaded) -> None:
    foreseen = values_in_silence(subject)
    for silence in SILENCES:
        record = silent_case(shipped.book, silence)
        findings = findings_of(shipped.book, record, record.pairs[0], record.on)
        for slot in findings.context.book.slots.all:
            assert findings.strengths[slot.number] in foreseen[slot.finding.name], (silence, slot.name)


def test_a_text_of_the_decision_that_is_missing_is_told(subject: Subject, tmp_path: Path) -> None:
    book = Rulebook({}, {}, {}, {}, {}, {}, {})
    missing = missing_texts(book, LOCALES, of_decision={"rule.nowhere": "rule nowhere"})
    assert {problem.message.split("`")[1] for problem in missing} == {"rule.nowhere"}
    assert missing_texts(subject.book, LOCALES, of_decision=subject.decision.texts) == []
    assert missing_texts(subject.book, tmp_path, of_decision=subject.decision.texts) != []


def test_every_code_of_structure_has_a_section_of_its_own_on_the_page() -> None:
    page = (FLOWS.parent / "docs/checks.md").read_text(encoding="utf-8")
    titles = {f"### {code}: {wrong.removesuffix('.')}" for code, (wrong, _) in CODES.items() if code.startswith("S")}
    assert {line for line in page.splitlines() if line.startswith("### ")} == titles
