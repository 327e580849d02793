"""Commands about flows tell everything in English or in French: proofs, problems, what no vignette visits."""

import re
from pathlib import Path

import polib
import pytest
import yaml
from click.testing import CliRunner, Result

from tests.proof.broken_flows import CLOSING, changed_flows
from triage.checks.structure.all_kinds import KINDS
from triage.cli import main
from triage.cli.telling.words import LANGUAGES, Words
from triage.flow.problems import CODES, Problem
from triage.settings import FLOWS, LOCALES

TOLD_BY_CHECK = [code for code in CODES if code[0] in "FSRTW"]


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def entries(language: str) -> dict[str, str]:
    return {one.msgid: one.msgstr for one in polib.pofile(str(LOCALES / language / "LC_MESSAGES" / "commands.po"))}


def test_both_languages_have_the_same_texts() -> None:
    english, french = (entries(language) for language in LANGUAGES)
    assert english.keys() == french.keys()
    assert all(french.values())
    alike = {one for one in english if english[one] == french[one]}
    assert {one.partition(".")[0] for one in alike} <= {"kind", "coverage"}, alike


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_of_the_flows_and_every_kind_of_check_has_words(language: str) -> None:
    say = Words(language)
    for code in TOLD_BY_CHECK:
        assert code in say.problem(Problem(code, "There is `this`.", "a.yml", 3, "that"))
    assert {say(f"kind.{kind}") for kind in ("reading", *KINDS, "texts", "sheets")}


def test_the_words_of_codes_are_those_of_their_table() -> None:
    english = entries("en")
    assert {code: english[f"problem.{code}"] for code in TOLD_BY_CHECK} == {one: CODES[one][0] for one in TOLD_BY_CHECK}


def test_what_is_not_built_yet_is_what_the_invariants_say() -> None:
    invariants = yaml.safe_load((FLOWS / "invariants.yml").read_text(encoding="utf-8"))["invariants"]
    awaited = {f"awaits.{one['id']}": one["awaits"] for one in invariants if one.get("awaits")}
    assert {key: text for key, text in entries("en").items() if key.startswith("awaits.")} == awaited
    assert Words("fr").awaited("INV-08", "something else") == "something else"


def test_a_problem_in_french_says_its_names_and_the_nearest() -> None:
    told = Words("fr").problem(Problem("F006", "There is no question `WD-99`.", "a-referral.yml", 12, "WD-09"))
    assert told.startswith("a-referral.yml:12: F006 Il n’y a pas de question")
    assert "`WD-99`" in told
    assert "Vouliez-vous dire `WD-09` ?" in told
    assert "There" not in told


def test_problems_of_a_folder_are_counted_in_french(tmp_path: Path) -> None:
    flows = changed_flows(tmp_path, ("routing.yml", "when: poss(CASECLOSE)", "when: poss(CASECLOZE)"))
    found = run("check", str(flows), "--language", "fr")
    assert found.exit_code == 1
    assert "constat" in found.output
    assert "lecture : 1 problème" in found.output
    assert in_english(found.output) == []


def test_a_broken_law_is_told_in_french(tmp_path: Path) -> None:
    flows = changed_flows(tmp_path, CLOSING)
    found = run("prove", str(flows), "--only", "INV-14", "--lang", "fr", "--without-answers", "--without-relations")
    assert found.exit_code == 1, found.output
    assert "INV-14  rompu" in found.output
    assert "Rien d’autre n’est connu." in found.output
    assert "s de temps de processeur" in found.output
    assert in_english(found.output) == []


def in_english(told: str) -> list[str]:
    """The English texts of commands, of more than one word, that stand somewhere."""
    parts = (part.strip() for text in entries("en").values() for part in re.split(r"\{\w+\}", text))
    return [part for part in parts if " " in part and part in told]


def test_what_no_vignette_visits_is_told_in_french() -> None:
    found = run("coverage", "--summary", "--language", "fr")
    assert found.exit_code == 0
    assert "visitées par les vignettes" in found.output
    assert "visited" not in found.output
