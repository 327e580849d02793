"""Flows that break invariants, with the record of it: by answers, by facts, and by a change of facts."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from triage.proof.proofs import Proof
from triage.proof.proving import prove
from triage.proof.record import FILE, entry_of, write_record
from triage.proof.sheets.laws_of_answers.asking import SheetEngine
from triage.proof.sheets.laws_of_answers.laws import AnswerProver
from triage.proof.sheets.shape.bounds import Bounds
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

SMALL = Bounds(accounts=2, days=2, rows=1, labels=2)
STRANGULATION = (
    "b-danger.yml",
    "{finding: NFS_xy, strength: source, options: [past, year, month, fortnight]}",
    "{finding: NFS_xy, strength: 1, options: [past, year, month, fortnight]}",
)
"""Strangulation counts as possible only: no law over facts can see it, one over answers does (INV-34)."""
CLOSING = ("routing.yml", "when: poss(CASECLOSE)", "when: ind(CASECLOSE)")
"""A start is no longer held while the holder may be closing: INV-14 and INV-42 break."""


def changed_flows(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """The shipped flows in a folder of their own with some lines changed: the file, what stands there, what will."""
    flows = folder / "flows"
    shutil.copytree(FLOWS, flows, ignore=shutil.ignore_patterns("vignettes", "schema", FILE))
    for file, old, new in changes:
        text = (flows / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        (flows / file).write_text(text.replace(old, new), encoding="utf-8")
    return flows


def recorded(flows: Path) -> tuple[Proof, ...]:
    """Prove some invariants of broken flows, and leave the record beside them."""
    loaded = load(flows)
    assert isinstance(loaded, Loaded), loaded
    of_facts: Iterable[Proof] = prove(loaded, only={"INV-07", "INV-10", "INV-14", "INV-24", "INV-42"})
    of_answers = prove(loaded, only={"INV-34"}, sheets=AnswerProver(flows, loaded, SheetEngine, SMALL))
    proofs = tuple(sorted((*of_facts, *of_answers), key=lambda one: one.id))
    write_record(flows / FILE, flows, [entry_of(one, loaded) for one in proofs], relations=True, answers=True)
    return proofs
