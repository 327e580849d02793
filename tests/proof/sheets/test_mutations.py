"""Each law over answers bites: a small wrong change of the flows breaks it, with a file that the evaluator replays."""

from pathlib import Path

import pytest

from tests.vignettes.told import shipped
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.proof.proofs import BROKEN
from triage.proof.sheets.laws_of_answers.asking import SheetEngine
from triage.proof.sheets.laws_of_answers.laws import AnswerProver
from triage.proof.sheets.laws_of_answers.replaying import TODAY
from triage.proof.sheets.shape.bounds import Bounds
from triage.routing.assessment import assess
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

SMALL = Bounds(accounts=2, days=2, rows=1, labels=2)

MUTATIONS = {
    "strangulation counts as possible only": (
        "b-danger.yml",
        "{finding: NFS_xy, strength: source, options: [past, year, month, fortnight]}",
        "{finding: NFS_xy, strength: 1, options: [past, year, month, fortnight]}",
        "ANS-34-answered",
    ),
    "strangulation long ago is forgotten": (
        "b-danger.yml",
        "{finding: NFS_xy, strength: source, options: [past, year, month, fortnight]}",
        "{finding: NFS_xy, strength: source, options: [year, month, fortnight]}",
        "ANS-34-answered",
    ),
    "strangulation is no critical risk": (
        "determination.yml",
        "on(NFS_xy) or on(BDREAD_xy)",
        "on(BDREAD_xy)",
        "ANS-34",
    ),
    "danger told at the door counts as possible": (
        "a-referral.yml",
        "{finding: DANGER_NOW, strength: 2, options: [danger_now]}",
        "{finding: DANGER_NOW, strength: 1, options: [danger_now]}",
        "ANS-11-answered",
    ),
    "the emergency gate waits for more": (
        "routing.yml",
        "gives: O-EMERG, when: danger,",
        "gives: O-EMERG, when: latched(O-EMERG),",
        "ANS-11",
    ),
    "a relative may interpret": (
        "a-referral.yml",
        "{finding: INTERP_BAD_x, strength: 3, options: [relative_friend, child,",
        "{finding: INTERP_BAD_x, strength: 3, options: [child,",
        "ANS-29-answered",
    ),
    "a worried worker counts as uneasy": (
        "b-danger.yml",
        "{finding: RISK_JUDG, strength: 2, options: [very_worried]}",
        "{finding: RISK_JUDG, strength: 1, options: [very_worried]}",
        "ANS-12-answered",
    ),
    "shame is no sign": (
        "b-danger.yml",
        "{finding: HBA_y, strength: 2, options: [shame]}",
        "{finding: HBA_y, strength: 1, options: [shame]}",
        "ANS-31-answered",
    ),
    "honour-based abuse raises no alert": (
        "alerts.yml",
        "when: on(HBA) or on(FM) or on(FGM)",
        "when: on(FM) or on(FGM)",
        "ANS-31",
    ),
    "a threat to die if left is possible only": (
        "b-danger.yml",
        "{finding: SUIC_x, strength: 3, options: [threat_if_left, attempt_recent, affairs_in_order]}",
        "{finding: SUIC_x, strength: 1, options: [threat_if_left, attempt_recent, affairs_in_order]}",
        "ANS-35-answered",
    ),
    "harm to a child is left out": (
        "b-danger.yml",
        "{finding: CHILD_RISK, strength: 3, options: [hurt, taken]}",
        "{finding: CHILD_RISK, strength: 3, options: [taken]}",
        "ANS-36-answered",
    ),
    "the child gate asks for more": ("routing.yml", "on(CHILD_RISK) or (harm", "on(CHILD_RISK, 3) or (harm", "ANS-36"),
    "silence rules stalking out": (
        "findings.yml",
        "competent: harmed, zero: no(DR-05)}",
        "competent: harmed, zero: not answered(DR-05_xy)}",
        "EVI-SILENCE",
    ),
    "a refusal to answer rules threats out": (
        "findings.yml",
        "competent: harmed, zero: no(DR-02)}",
        "competent: harmed, zero: no(DR-02) or answer(DR-02_xy) = DEC}",
        "EVI-SILENCE",
    ),
    "whoever acts may deny it": (
        "findings.yml",
        "competent: harmed, zero: no(DR-03)}",
        "competent: self, zero: no(DR-03)}",
        "EVI-OWN-ACTS",
    ),
    "an unsafe account is enough": (
        "findings.yml",
        "zero: no(DR-04)}",
        "zero: no(DR-04), rules: [{strength: 2, when: answer(DR-04) = discovered}]}",
        "EVI-UNSAFE",
    ),
    "one class corroborates itself": (
        "findings.yml",
        "competent: order_records, zero: no(DR-11)}",
        "competent: order_records, zero: no(DR-11), rules: [{strength: 3, when: answer(DR-11_xy) = year}]}",
        "EVI-ONE-CLASS",
    ),
}
"""What is wrong: the file, what stands there, what is put in its place, and the law that must say so."""


def changed(directory: Path, file: str, old: str, new: str) -> Loaded:
    """The shipped flows with one change."""
    for path in FLOWS.glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        if path.name == file:
            assert text.count(old) == 1, text.count(old)
            text = text.replace(old, new)
        (directory / path.name).write_text(text, encoding="utf-8")
    found = load(directory)
    assert isinstance(found, Loaded), [str(one) for one in found][:5]
    return found


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_wrong_change_breaks_its_law_with_a_file_that_replays(name: str, tmp_path: Path) -> None:
    file, old, new, law = MUTATIONS[name]
    loaded = changed(tmp_path, file, old, new)
    prover = AnswerProver(tmp_path, loaded, SheetEngine, SMALL)
    found = prover.prove(next(one for one in prover.answer_laws if one.id == law))
    assert found.status == BROKEN, found.status
    record = read_case(found.sheet, loaded.book.rulebook, TODAY)
    assert isinstance(record, CaseRecord)
    assert len(record.answers) <= 3, record.answers
    replayed, before = (assess(record, one.book, one.decider).pairs[0] for one in (loaded, shipped()))
    assert (replayed.findings.strengths, replayed.decision) != (before.findings.strengths, before.decision)
