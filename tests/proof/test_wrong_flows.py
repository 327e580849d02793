"""Small wrong changes of the shipped flows: each breaks its invariant, by what entries say, by facts or by answers."""

import shutil
from pathlib import Path

import pytest
import yaml

from tests.proof.broken_flows import SMALL
from triage.proof.catalogue import missing_in_catalogue
from triage.proof.proving import Prover, second_engine
from triage.proof.record import FILE
from triage.proof.sheets.laws_of_answers.asking import SheetEngine
from triage.proof.sheets.laws_of_answers.laws import AnswerProver
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

WRONG = yaml.safe_load((Path(__file__).parent / "wrong-flows.yml").read_text(encoding="utf-8"))


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    shutil.copytree(FLOWS, tmp_path / "flows", ignore=shutil.ignore_patterns("vignettes", "schema", "sheets", FILE))
    return tmp_path / "flows"


def is_broken(flows: Path, name: str) -> bool:
    """Whether an invariant is broken: by what entries say, by some facts, or by some answers within small bounds."""
    loaded = load(flows)
    assert isinstance(loaded, Loaded), [str(one) for one in loaded][:5]
    prover = Prover(loaded, second_engine())
    invariant = next(one for one in prover.rules.invariants if one.id == name)
    if missing_in_catalogue(loaded, invariant):
        return True
    if invariant.law is not None and prover.engine.find(-prover.decision.laws[name]) is not None:
        return True
    answers = AnswerProver(flows, loaded, SheetEngine, SMALL)
    return not all(answers.holds(law) for law in answers.answer_laws if law.invariant == name)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda one: one["wrong"])
def test_a_wrong_change_breaks_its_invariant(wrong: dict[str, str], flows: Path) -> None:
    path = flows / wrong["file"]
    text = path.read_text(encoding="utf-8")
    assert text.count(wrong["old"]) == 1, text.count(wrong["old"])
    path.write_text(text.replace(wrong["old"], wrong["new"]), encoding="utf-8")
    assert is_broken(flows, wrong["breaks"])


def test_there_are_more_than_fifty_of_all_kinds() -> None:
    assert len(WRONG) > 50
    assert len({one["file"] for one in WRONG}) >= 12
    assert len({one["breaks"] for one in WRONG}) >= 18
