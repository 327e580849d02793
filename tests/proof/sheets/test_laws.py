"""The laws over answers hold of every sheet; a start can be reached; what breaks is replayed by the evaluator."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.flow.conditions import parse
from triage.flow.problems import Problem
from triage.proof.proofs import BROKEN, PROVED
from triage.proof.reaching import EMPTY
from triage.proof.sheets.concrete.writing import reassessed
from triage.proof.sheets.laws_of_answers.asking import SheetEngine
from triage.proof.sheets.laws_of_answers.laws import AnswerProver
from triage.proof.sheets.laws_of_answers.reading_laws import FILE, AnswerLaw, read_answer_laws
from triage.proof.sheets.laws_of_answers.replaying import TODAY
from triage.routing.assessment import assess
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    found = load(FLOWS)
    assert isinstance(found, Loaded), found
    return found


@pytest.fixture(scope="module")
def prover(loaded: Loaded) -> AnswerProver:
    return AnswerProver(FLOWS, loaded, SheetEngine)


def test_every_law_over_answers_is_proved(prover: AnswerProver, loaded: Loaded) -> None:
    """In the order of `triage prove`, and within a budget that no busy machine changes: half as much again at most.

    524 questions of 222,000 nodes and 20 million propagations take 3.2 s of a quiet processor; with them, `make prove`
    stays below its five seconds.
    """
    prover.expect([one.id for one in loaded.decider.rules.invariants])
    found = {law.id: prover.prove(law) for law in prover.answer_laws}
    assert len(found) >= 70
    assert {name: one.sheet for name, one in found.items() if one.status != PROVED} == {}
    engine = prover.prover.engine
    assert isinstance(engine, SheetEngine)
    assert engine.questions <= 650
    assert len(prover.prover.circuit.parts) <= 280_000
    assert 0 < engine.units <= 28_000_000


def test_the_named_invariants_are_proved_from_answers(prover: AnswerProver) -> None:
    named = {"01", "02", "05", "11", "12", "13", "14", "16", "19", "20", "22", "29", "31", "34", "35", "36", "43"}
    assert {f"INV-{number}" for number in named} <= {law.invariant for law in prover.answer_laws}


def test_a_start_is_possible_or_the_laws_would_say_nothing(prover: AnswerProver, loaded: Loaded) -> None:
    """The file that breaks "nobody ever starts" starts somebody, when it is assessed without any circuit."""
    found = prover.prover.prove("nobody starts", prover.prover.words.literal(parse("each x: not effective(x)")))
    assert found.status == BROKEN
    record = read_case(found.sheet, loaded.book.rulebook, TODAY)
    assert isinstance(record, CaseRecord)
    decision = assess(record, loaded.book, loaded.decider).pairs[0].decision
    assert any(decision.effective.values())


@pytest.mark.parametrize(
    "fact",
    [
        "told(FORCE_x, 2)", "told(DANGER_NOW, 2)", "told(RISK_JUDG, 2)", "told(LITREC_x, 2)", "told(CNACUTE_x, 2)",
        "told(VELSE_x, 2)", "measure(age_from_birth, x) < 16", "told(INTERP_BAD_x, 2)", "told(HBA_x, 2)",
        "told(NFS_xy, 2)", "told(SUICPLAN_x, 2)", "told(CHILD_RISK, 2)", "act(RESX-SIGN_x)", "act(LITINDEP-SIGN_x)",
    ],
)  # fmt: skip
def test_what_a_law_is_about_can_happen(prover: AnswerProver, fact: str) -> None:
    law = prover.prover.words.literal(parse(f"each x: not {fact}"))
    assert prover.prover.find(-law) is not None


def test_a_number_that_is_read_from_columns_is_written_into_them(prover: AnswerProver) -> None:
    never = prover.prover.words.literal(parse("not measure(stop_agreed) >= 1"))
    assert prover.prover.prove("nobody agrees on a way to stop", never).status == BROKEN


def test_a_gate_of_an_earlier_day_is_closed_where_a_sheet_has_it_not_in_force(loaded: Loaded) -> None:
    """A request for joint work is refused on its first day, and stays so until it is reassessed (ADR 4)."""
    request = {"id": "a1", "question": "RI-19", "about": "A-B", "source": "REF", "value": "couple", "on": "2026-11-02"}
    sheet = {**EMPTY, "answers": [request]}
    gates = loaded.decider.rules.latching
    assert latched(sheet, loaded) == {"O-JOINT-NO"}
    assert latched(reassessed(sheet, gates), loaded) == set()
    assert latched(reassessed({**sheet, "latched": ["O-JOINT-NO"]}, gates), loaded) == {"O-JOINT-NO"}


def latched(sheet: Mapping[str, object], loaded: Loaded) -> set[str]:
    """The gates in force from earlier, as an answer file is assessed."""
    record = read_case(sheet, loaded.book.rulebook, TODAY)
    assert isinstance(record, CaseRecord), [str(one) for one in record]
    return set(assess(record, loaded.book, loaded.decider).pairs[0].latched)


def test_the_laws_of_an_invariant_are_given_to_the_prover(prover: AnswerProver) -> None:
    found = [(one.law, one.status) for one in prover.laws("INV-34")]
    assert found == [("ANS-34", PROVED), ("ANS-34-answered", PROVED)]
    assert list(prover.laws("INV-07")) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("told(NFS_xy, 2)", "told(NFZ_xy, 2)", "F007"),
        ("told(NFS_xy, 2)", "tolt(NFS_xy, 2)", "F010"),
        ("told(NFS_xy, 2)", "told(NFS_xy, 7)", "F016"),
        ("told(NFS_xy, 2)", "told(NFS, 2)", "F020"),
        ("answer(RI-09) = stays_open", "answer(RI-09) = stays_opn", "F008"),
        ("answer(RI-09) = stays_open", "answer(RI-99) = stays_open", "F006"),
        ("act(RISKPLAN-ADOPT)", "act(RISKPLAN-ADAPT)", "F013"),
        ("invariant: INV-34", "invariant: INV-99", "F004"),
        ("id: ANS-34", "id: ANS-35", "F005"),
        ("alert(AL-NFS)", "alert(AL-NFF)", "R007"),
        ("    of: acts", "    of: things", "F004"),
        ("SUFF: 0 says", "SUFI: 0 says", "F007"),
        ('clauses: ["2.4", "1.1"]', "", "F003"),
        ("told(CHILD_RISK, 2) or", "told(CHILD_RISK, 2 or", "F015"),
        ("invariant: INV-34", "invariants: INV-34", "F002"),
        ("said_with(LT-01_xy, type, children)", "said_with(LT-01_xy, typ, children)", "F009"),
        ("said_with(LT-01_xy, type, children)", "said_with(LT-01_xy, type, childen)", "F008"),
        ("serious, yes, at_request)", "serious, yes, at_requst)", "F008"),
        ("other_loss, filled)", "other_loss, full)", "F008"),
        ("said_by(CN-10_x, HLT)", "said_by(CN-10_x, HLD)", "F008"),
        ("said_by(CN-10_x, HLT)", "said_by(CN-10_x)", "F023"),
        ("said_safely(LT-02_xy, CRT)", "said_safely(LT-02_xy, CRD)", "F008"),
    ],
)
def test_a_fault_is_told_with_its_code_and_line(tmp_path: Path, loaded: Loaded, old: str, new: str, code: str) -> None:
    text = (FLOWS / FILE).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = read_answer_laws(tmp_path, loaded.book.rulebook, loaded.decider.rules)
    assert code in {one.code for one in found if isinstance(one, Problem)}, found
    assert all(one.line > 0 and one.file == FILE for one in found if isinstance(one, Problem))


def test_a_directory_without_the_file_has_no_laws_over_answers(tmp_path: Path, loaded: Loaded) -> None:
    assert read_answer_laws(tmp_path, loaded.book.rulebook, loaded.decider.rules) == ()


def test_shipped_laws_are_read_as_they_stand(loaded: Loaded) -> None:
    laws = read_answer_laws(FLOWS, loaded.book.rulebook, loaded.decider.rules)
    assert all(isinstance(one, AnswerLaw) for one in laws)
