"""The rules are read whole or not at all: every fault is told with its file, its line and the nearest known name."""

import shutil
from pathlib import Path

import pytest

from tests.routing.decisions import decider
from triage.flow.problems import Problem
from triage.routing.reading import FILES, UnreadableRules, read_rules, shipped_rules
from triage.routing.rules import DecisionRules
from triage.settings import FLOWS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rules, to be spoiled."""
    for name in FILES:
        shutil.copy(FLOWS / name, tmp_path / name)
    return tmp_path


def spoil(folder: Path, name: str, old: str, new: str) -> tuple[Problem, ...]:
    """Change one thing of one file, and give what is told about it."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    read = read_rules(folder)
    assert not isinstance(read, DecisionRules)
    return read


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "near"),
    [
        ("determination.yml", "not ind(SUFF)", "not ind(SUFFF)", "F007", "SUFF"),
        ("determination.yml", "ind(FEAR_xy)", "ind(FEAR_x)", "F007", ""),
        ("determination.yml", "and explained_y", "and explaned_y", "R001", "explained_y"),
        ("determination.yml", "count(on: harmful_acts_xy)", "count(on: harmful_act_xy)", "F007", "harmful_acts_xy"),
        ("determination.yml", "count(doubt: risk_inputs)", "count(doubted: risk_inputs)", "R009", "doubt"),
        ("determination.yml", "[HBA, FM, FGM, SEP]", "[HBA, FM, FGN, SEP]", "F007", "FGM"),
        ("determination.yml", "not ind(SUFF)", "not indicated(SUFF)", "F010", ""),
        ("determination.yml", "not ind(SUFF)", "not ind(SUFF, 7)", "R009", ""),
        ("determination.yml", "not ind(SUFF)", "not ind(SUFF) and", "F015", ""),
        ("determination.yml", "not ind(SUFF)", "gate(O-EMERG)", "R008", ""),
        ("determination.yml", "when: always", "when: ind(SUFF)", "R011", ""),
        ("determination.yml", "  harm:", "  harm-done:", "R010", ""),
        ("determination.yml", "gives: W_REVIEW", "gives: [W_REVIEW, W_CARE]", "R010", ""),
        ("routing.yml", "result(W_CHILD)", "result(W_CHILDREN)", "R003", "W_CHILD"),
        ("routing.yml", "gives: O-CAPVA", "gives: O-KAPVA", "R002", "O-CAPVA"),
        ("routing.yml", "latched(O-COMM-HOLD)", "latched(O-COM-HOLD)", "R004", "O-COMM-HOLD"),
        ("routing.yml", "collected(x)", "collected(z)", "R005", ""),
        ("routing.yml", "when: danger", "when: gate(O-OUT)", "R008", ""),
        ("routing.yml", "READY_x = 1", "READY_x = one", "F016", ""),
        ("routing.yml", 'clauses: ["4.1", "1.1"]', 'clauses: ["4.7", "1.1"]', "R012", ""),
        ("routing.yml", 'clauses: ["4.1", "1.1"]', 'clauses: ["4.1"]', "R013", ""),
        ("routing.yml", "id: hold-case, gives: O-CASE-HOLD", "id: hold-case, gives: O-VS", "R014", ""),
        ("routing.yml", "id: hold-support", "id: hold-case", "F005", ""),
        ("routing.yml", "latches: false", "latch: false", "F002", ""),
        ("alerts.yml", "stopped(x, 8)", "stopped(x, 9)", "R006", ""),
        ("alerts.yml", "tier: red", "tier: crimson", "F004", ""),
        ("alerts.yml", "{S: full, V: instruction", "{S: whole, V: instruction", "F004", ""),
        ("outcomes.yml", "never_with: [O-VS, O-VS-RES, certificate]", "never_with: [O-VSS]", "R002", "O-VS"),
        ("outcomes.yml", "    support: true", "    support: true\n    perpetrator_focused: true", "R014", ""),
        ("standard.yml", '"7.3", "7.4"]', '"7.3"]', "R012", ""),
        ("invariants.yml", "alert(AL-NFS)", "alert(AL-NFF)", "R007", "AL-NFS"),
        ("invariants.yml", "kind: law\n", "kind: lore\n", "F004", ""),
        ("invariants.yml", "change: withdrawn", "change: withdraw", "F004", "withdrawn"),
        ("invariants.yml", "of: INV-41", "of: INV-91", "F004", ""),
        ("invariants.yml", "changed: supporting_yx", "changed: suporting_yx", "F007", "supporting_yx"),
        ("invariants.yml", "keeps: [holds]", "keeps: [hopes]", "F004", "holds"),
        ("invariants.yml", "same: [results, gates]", "same: [results, gate]", "F004", "gates"),
        ("invariants.yml", "O-CN-PLAN: O-CN-FIRST}", "O-CN-PLAN: O-CN-FURST}", "F004", "O-CN-FIRST"),
        ("invariants.yml", "outcomes: [O-CAPVA]", "outcomes: [O-CAPVB]", "R002", "O-CAPVA"),
        ("invariants.yml", "alerts: [AL-INT]", "alerts: [AL-INN]", "R007", "AL-INT"),
        ("invariants.yml", "raised(AL-SUIC)", "raised(AL-SUID)", "R007", "AL-SUIC"),
        ("invariants.yml", ', awaits: "caseload limits"', "", "F003", ""),
        ("invariants.yml", "after: not RISK_HIGH", "after: not RISK_HIHG", "R001", "RISK_HIGH"),
    ],
)  # fmt: skip
def test_a_fault_is_told(folder: Path, name: str, old: str, new: str, code: str, near: str) -> None:
    told = [one for one in spoil(folder, name, old, new) if one.code == code]
    assert told, code
    assert told[0].file == name
    assert told[0].line > 0
    assert not near or told[0].near == near


def test_all_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    spoil(folder, "determination.yml", "not ind(SUFF)", "not ind(SUFFF)")
    told = spoil(folder, "routing.yml", "when: danger", "when: dangre")
    assert [(one.file, one.code) for one in told] == [("determination.yml", "F007"), ("routing.yml", "R001")]
    assert str(told[0]).startswith("determination.yml:")


def test_a_definition_that_reads_itself_is_told_which_it_may_read(folder: Path) -> None:
    (told,) = spoil(folder, "determination.yml", "danger: on(DANGER_NOW)", "danger: danger or on(DANGER_NOW)")
    assert told.message == "In `danger`: `danger` is no definition known here (one may use those above it)."


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "alerts.yml").unlink()
    with pytest.raises(UnreadableRules, match=r"alerts.yml: F001 There is no such file"):
        shipped_rules(folder)
    (folder / "alerts.yml").mkdir()
    with pytest.raises(UnreadableRules, match=r"alerts.yml: F001 It is no ordinary file"):
        shipped_rules(folder)


def test_what_page_11_calls_a_hold_a_gate_and_perpetrator_focused_is_so_flagged() -> None:
    rules = decider().rules
    assert rules.holding == {"O-CASE-HOLD", "O-ISS-HOLD", "O-LIT-HOLD", "O-COMM-HOLD", "O-CN-FIRST", "O-CN-PLAN"}
    assert rules.focused == {
        *("O-BC-GRP", "O-BC-121", "O-BC-LANG", "O-BC-SPEC", "O-BC-CN", "O-BC-IF", "O-PREP", "O-IMAC"),
        *("O-DUAL-HBA", "O-DUAL-YP", "O-DUAL-OTH", "O-YP"),
    }
    assert {name for name, outcome in rules.outcomes.items() if outcome.gate} == set(rules.gate_names)
    assert rules.latching == set(rules.gate_names) - {"O-JOINT-GATE"}


def test_no_route_of_a_person_holds_what_its_outcome_never_goes_with() -> None:
    rules = decider().rules
    for rule in rules.steps:
        for name in rule.gives:
            assert not set(rule.gives) & set(rules.outcomes[name].never_with)


def test_every_clause_is_there_and_every_rule_cites_some() -> None:
    rules = decider().rules
    assert len(rules.clauses) == 37
    cited = {
        clause
        for group in (rules.results, rules.gates, rules.steps, rules.holds)
        for one in group
        for clause in one.clauses
    }
    assert {"1.1", "1.2", "2.4", "4.2", "4.4", "4.5", "4.6", "5.4", "5.5"} <= cited
    every = {clause for one in rules.outcomes.values() for clause in one.clauses} | cited
    every |= {clause for one in (*rules.invariants, *rules.alerts) for clause in one.clauses}
    assert set(rules.clauses) - every <= {"1.5", "2.1", "2.3", "2.5", "2.6", "6.2", "6.3", "7.3", "7.4", "1.3", "5.2"}
