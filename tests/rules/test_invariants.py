"""What no proof says of an invariant is held by a test that there is, or said to be not built yet."""

import re
import subprocess
import sys

import polib
import pytest

from tests.rules.house import ROOT
from triage.routing.laws import Invariant
from triage.routing.reading import shipped_rules


def invariants() -> tuple[Invariant, ...]:
    return shipped_rules().invariants


def collected(nodes: list[str]) -> subprocess.CompletedProcess[str]:
    """Ask pytest to find some tests, without running them."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *nodes]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_test_that_an_invariant_names_is_collected_by_pytest() -> None:
    named = sorted({name for one in invariants() for name in one.tests})
    assert len(named) > 20
    found = collected(named)
    assert found.returncode == 0, found.stdout[-2_000:] + found.stderr


def test_a_test_that_there_is_not_is_noticed() -> None:
    assert collected(["tests/rules/test_invariants.py::test_of_nothing"]).returncode != 0


def test_what_an_invariant_waits_for_is_said_without_a_number_that_readers_cannot_look_up() -> None:
    assert not [one.id for one in invariants() if re.search(r"issue|\d", one.awaits)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_invariant_and_relation_is_said_in_words(language: str) -> None:
    catalogue = polib.pofile(str(ROOT / f"locales/{language}/LC_MESSAGES/flows.po"))
    said = {entry.msgid for entry in catalogue if entry.translated()}
    wanted = {f"invariant.{one.id}" for one in invariants()}
    wanted |= {f"relation.{one.id}" for one in shipped_rules().relations}
    assert wanted - said == set()


def test_no_web_worker_imports_a_solver() -> None:
    code = "import sys, triage.web.factory, triage.proof.telling; print(sorted({'z3', 'pysat'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
