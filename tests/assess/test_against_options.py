"""Nothing of the questions is lost: the flows hold exactly the structure of options.yaml, and what page 13 changes.

`options-structure.json` holds ids, types, sources, codes, columns and evidence entries, and no texts. Every difference
between it and the flows is written below with the correction that makes it.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.assess.language import rulebook
from triage.flow.model import Evidence, Question

STRUCTURE = Path(__file__).parent / "options-structure.json"
Structure = dict[str, dict[str, Any]]
ROLES = ("xy", "yx", "x", "y", "A", "B")


@cache
def structure() -> Structure:
    return json.loads(STRUCTURE.read_text(encoding="utf-8"))


# --- what page 13 changes in the questions themselves -----------------------------------------------------------------

PERSONS = ["a", "b", "both", "child", "other"]
STATUS = ["active", "declined_informed", "offered", "not_offered", "covered_by_parent_offer"]
FORCE = ["none", "threat_or_property", "force", "unclear"]
BY_WHOM = {"by_whom": ["other", "someone_else", "accident"]}
HELD = "{now, ended_recently, planned, ended_longer}"
PROCEEDINGS = (
    f"poss(LITREC_x) or poss(LITREC_y) or answer(RI-13_x) in {HELD} or answer(RI-13_y) in {HELD} or ind(PROXY_xy)"
)
SOURCES = {
    "RI-02": ["REF", "SELF", "ISS"],  # 2
    "RI-04": ["REF", "SELF", "ISS"],  # 2
    "RI-07": ["REF", "SELF", "ISS"],  # 2
    "RI-09": ["REF", "CSC", "POL", "HLT", "CRT", "OBS"],  # 2
    "DR-22": ["ISS", "SELF"],  # 1
}
MORE_COLUMNS: dict[str, dict[str, list[str]]] = {
    "RI-12": {"child_of_pair": ["yes", "no"], "iss_offer_status": STATUS},  # 3
    "RI-16": {"iss_offer_status": STATUS},  # 3
    "RI-18": {"person": ["a", "b", "both"]},  # 10
    "DR-26": {"who": PERSONS},  # 10
    "RC-01": {"who": PERSONS, "by_whom": ["a", "b", "both", "other"]},  # 10
    "WD-05": {"force_by_a": FORCE, "force_by_b": FORCE},  # 9
    "WD-16": {"names_as_harming": ["other", "self", "third", "no_one"]},  # 7
    # Not of page 13: a further condition of the evidence that a column makes decidable ("by the other of the pair").
    "CN-04": BY_WHOM,
    "CN-06": BY_WHOM,
    "CN-09": BY_WHOM,
    "EQ-08": {"by_whom": ["other", "someone_else"]},
    "LT-01": {"type": ["children", "separation", "money_housing", "protection", "complaint", "other"]},
    "LT-09": {"facts_named": ["control", "physical", "sexual", "other"]},
}
SPLIT_AGES = ["birth_a", "birth_b", "age_a_first", "age_a_latest", "age_b_first", "age_b_latest"]  # 16
WHEN = {
    "RD-11": "signed(W_x) or signed(W_y)",  # 5
    "RC-06": "every(6-8 weeks) and ind(ISS_OK_x)",  # 27
    **{f"LT-{number:02}": PROCEEDINGS for number in range(1, 12)},  # 27
}
ALSO_IN = {f"LT-{number:02}": ["c"] for number in (1, 2, 3, 4, 5, 6, 9, 10)}  # 23


def corrected(name: str) -> dict[str, Any]:
    """The structure of a question as page 13 leaves it."""
    question = dict(structure()[name])
    columns = dict(question.get("columns", {}))
    if name == "RI-03":
        kept = {code: values for code, values in columns.items() if code not in {"birth_date_or_age", "age_at_events"}}
        first, *rest = kept.items()
        columns = dict([first]) | {code: [] for code in SPLIT_AGES} | dict(rest)
    question["columns"] = columns | MORE_COLUMNS.get(name, {})
    question["sources"] = SOURCES.get(name, question["sources"])
    question["when"] = WHEN.get(name, question["when"])
    question["also_in"] = ALSO_IN.get(name, question.get("also_in", []))
    if name == "RI-13":
        question["exclusive"] = ["none"]  # 17
    if name == "RC-02":
        question["effects"] = [[["*"], ["more", "unsure"]]]  # 22
    return question


def shape(question: dict[str, Any]) -> dict[str, Any]:
    """A question of the structure, as the flows would hold it."""
    about = "directed" if question["about"] == "pair" and question.get("directed") is not False else question["about"]
    lists = {key: question.get(key, []) for key in ("sources", "clauses", "options", "scale", "exclusive", "also_in")}
    plain = {key: question.get(key, default) for key, default in PLAIN.items()}
    return {
        "about": about,
        "kind": question["type"],
        "flow": question["flow"],
        "follow_up": question.get("follow_up", []),
        "columns": question["columns"],
        "when": question["when"],
        "effects": question["effects"],
        **lists,
        **plain,
    }


PLAIN: dict[str, Any] = {
    "multiple": False, "required": False, "computed": False, "max_length": 0, "min_length": 0, "unit": "", "topic": "",
}  # fmt: skip


def held(question: Question) -> dict[str, Any]:
    """A question as the flows hold it, in the same shape."""
    words = ("sources", "clauses", "options", "scale", "exclusive", "also_in", "follow_up")
    return {
        "about": question.about.value,
        "kind": question.kind.value,
        "flow": question.flow,
        "columns": {column.code: list(column.values) for column in question.columns},
        "when": question.when_text,
        "effects": [[list(effect.options), list(effect.scale)] for effect in question.effects],
        **{key: list(getattr(question, key)) for key in words},
        **{key: getattr(question, key) for key in PLAIN},
    }


def test_there_are_147_questions_and_the_same() -> None:
    assert len(structure()) == 147
    assert set(structure()) == set(rulebook().questions)


@pytest.mark.parametrize("name", structure())
def test_a_question_holds_exactly_what_the_options_hold(name: str) -> None:
    assert held(rulebook().questions[name]) == shape(corrected(name))


def test_the_structure_holds_no_text() -> None:
    assert not {"ask", "guidance", "note", "en", "fr"} & {key for one in structure().values() for key in one}


# --- the evidence: each finding and option ----------------------------------------------------------------------------

COUNTED = {"part", "resist+", "control+"}
BY_RULE = {
    # Computed by a rule of the finding, read from these answers (kept as `rule` entries for the trace).
    ("RI-12", "CHILD_RISK"), ("RI-16", "OTHERS_OPEN"), ("RI-04", "CROSS"), ("WD-16", "CROSS"), ("DR-25", "RISK_VOL"),
    ("WD-04", "ISOL"), ("RV-03", "ISOL"), ("RV-05", "ISOL"), ("WD-11", "MULTI"), ("CN-14", "CNPLAN"),
    ("LT-11", "LITINDEP"), ("JW-01", "KEY1"), ("JW-02", "KEY2"),
}  # fmt: skip
CHANGED: dict[tuple[str, str, str], str] = {
    # (question, finding, option) whose strength page 13 or the table of 12.4 changes: the strength now.
    ("DR-04", "SEP", "never_couple"): "0",  # 21
    ("DR-04", "APART", "never_couple"): "2",  # 12.1: as strong as it was told; counted with RI-03 by the rule
    ("DR-20", "FGM", "already"): "0",  # 15
    ("CN-12", "CN", "rather_not"): "1",  # 19
    ("WD-02", "FEAR", "afraid_word"): "part",  # 12.4: the word and one effect; alone 1
    ("RI-03", "OUTSCOPE", "carer"): "rule",  # 21: 1 until the duty manager decides
    **{("DR-06", "CTRL", code): "source" for code in ("most", "most_punished", "ended")},  # 12.4: 2 at most
    **{
        ("WD-14", "TPEV", code): "source"  # 12.4: 2 by class, 4 for an authenticated recording
        for code in ("saw_act", "heard_act", "saw_injury", "saw_fear", "has_record")
    },
}
GONE: dict[tuple[str, str, str], str] = {
    ("WD-12", "SEXV", "sulks"): "15: a cost of refusal, not sexual violence",
    ("DR-06", "CTRL", "never"): "every row of WD-01 decides (12.4)",
    ("DR-12", "CHILD_RISK", "never"): "RI-12 no_children decides (12.4)",
    **{("WD-18", name, "none"): "FORCE = 0 decides (12.4)" for name in ("RES", "FCTRL", "ISOL")},
    ("DR-29", "SHARECONSENT", "later"): "no evidence is unknown",
    ("RD-06", "REFUSED", "not_asked"): "no evidence is unknown",
    ("JW-01", "KEY1", "unclear"): "no evidence is unknown",
    **{
        ("CN-10", "CAPNO", code): "a concern keeps it unknown (unknown_when)"
        for code in ("new_confusion", "behaviour_change", "sudden")
    },
}
TURNED = {("DR-09", "MARKERS"), ("DR-14", "MARKERS"), ("DR-20", "MARKERS")}  # 22: of the direction other -> exposed
NO_FINDING = {"STAFFCONF"}
"""Of user and case: the wall between the sides reads it, no decision does (12.4)."""


def split(word: str) -> tuple[str, str]:
    name, _, role = word.rpartition("_")
    return (name, role) if role in ROLES else (word, "")


def entries() -> list[tuple[str, str, str, str, str, tuple[str, ...]]]:
    """Each evidence entry of the structure by option: question, finding, role, strength, option, scale."""
    return [
        (name, *split(finding), str(strength), option, tuple(scale))
        for name, question in structure().items()
        for finding, strength, options, scale in question["evidence"]
        for option in options
        if finding not in NO_FINDING
    ]


def speaks(evidence: Evidence, option: str, scale: tuple[str, ...]) -> bool:
    """Whether an entry of the flows speaks about an option (a column, any row) and second code of the structure."""
    if evidence.follow_up:
        return option in evidence.follow_up
    chosen = not evidence.options or option in evidence.options or option == "*" or option.startswith("column:")
    return chosen and (not scale or not evidence.scale or set(scale) <= evidence.scale)


def as_strong(evidence: Evidence, strength: str) -> bool:
    return evidence.strength == ("part" if strength in COUNTED else "rule" if strength == "unknown" else strength)


def of_whom(evidence: Evidence, question: str, finding: str, role: str) -> bool:
    """Whether an entry is about the same person or direction; a column or both persons where no role is written."""
    if (question, finding) in TURNED:
        return evidence.role == "yx"
    if question == "WD-16" and finding == "CATIM":
        return evidence.role in {"A", "B"}
    open_role = evidence.role in {"both", "who", "to_who", "by_whom"}
    return evidence.role == role or open_role or (not role and evidence.role in {"x", "y", "xy"})


def test_the_structure_has_its_evidence() -> None:
    assert len(entries()) == 1074


@pytest.mark.parametrize("name", structure())
def test_every_evidence_entry_is_in_the_flows(name: str) -> None:
    found = rulebook().questions[name].evidence
    for question, finding, role, written, option, scale in entries():
        if question != name or (question, finding, option) in GONE:
            continue
        strength = "rule" if (question, finding) in BY_RULE and finding != "KEY1" else written
        strength = CHANGED.get((question, finding, option), strength)
        if (question, finding, option) in {("JW-01", "KEY1", "vs_free"), ("JW-02", "KEY2", "done_changed")}:
            strength = "rule"
        same = [one for one in found if one.finding == finding and of_whom(one, question, finding, role)]
        wanted = [one for one in same if speaks(one, option, scale)]
        assert any(as_strong(one, strength) or as_strong(one, written) for one in wanted), (finding, option, strength)


@pytest.mark.parametrize(("question", "finding", "option"), GONE)
def test_what_is_gone_is_gone(question: str, finding: str, option: str) -> None:
    left = [
        one
        for one in rulebook().questions[question].evidence
        if one.finding == finding and option in one.options and one.strength not in {"0", "rule"}
    ]
    assert not left


@pytest.mark.parametrize(("question", "finding"), sorted(TURNED))
def test_what_is_turned_counts_for_the_other_direction_only(question: str, finding: str) -> None:
    roles = {one.role for one in rulebook().questions[question].evidence if one.finding == finding}
    assert roles == {"yx"}


def test_every_finding_of_the_table_is_there() -> None:
    named = {finding for _, finding, *_ in entries()}
    assert named <= set(rulebook().findings)


# --- nothing invented: what the flows hold beyond the structure, each with its reason ---------------------------------

ADDED: dict[tuple[str, str, str], str] = {
    ("RI-01", "CONTACT_UNSAFE", "0"): "26",
    ("RI-03", "RELIF", "0"): "21",
    **{(question, "POSTSEP", "0"): "12.4: APART = 0, said by another than who acts" for question in ("RI-03", "DR-04")},
    **{(question, "FCTRL", "0"): "12.4: RV-09 and RV-10 answered" for question in ("RV-09", "RV-10")},
    ("RI-12", "CHILD_RISK", "0"): "12.4: no children, checked",
    ("RI-13", "LITREC", "0"): "17",
    ("DR-01", "SEVPAT", "0"): "12.4: DR-01 answered",
    ("DR-07", "SEVPAT", "0"): "12.4: DR-07 answered",
    ("DR-08", "RISK_ESC", "0"): "20",
    ("DR-22", "BDREAD", "0"): "1",
    ("DR-22", "BDREAD", "1"): "12.4: relayed by another",
    ("DR-06", "CTRL", "part"): "12.4: a refusal costs (DR-06)",
    ("WD-01", "CTRL", "1"): "reading: once is neither pattern nor none",
    ("WD-04", "INJ", "0"): "8",
    ("WD-04", "SEVPAT", "0"): "8",
    ("WD-05", "FORCE", "1"): "9",
    ("WD-08", "BENEFIT", "1"): "12.4: without a concrete description of the loss",
    ("WD-09", "ECON", "1"): "12.4: 1 once",
    ("WD-13", "ECON", "1"): "12.4: 1 once",
    ("WD-18", "PHYS", "0"): "8",
    ("RV-08", "MISID", "2"): "12.4: with the other present",
    ("CN-04", "CTRL", "1"): "by whom is not known",
    ("CN-06", "NFS", "1"): "by whom is not known",
    ("CN-09", "CTRL", "1"): "by whom is not known",
    ("EQ-08", "CTRL", "1"): "by whom is not known",
    ("EQ-08", "DEP", "1"): "by whom is not known",
    **{(question, "CNACUTE", "0"): "18" for question in ("CN-04", "CN-05", "CN-09", "CN-10")},
    ("CN-10", "CAPNO", "0"): "18",
    ("CN-11", "CN", "0"): "18",
    ("CN-13", "CN", "0"): "18",
    ("LT-05", "LITSIGN", "0"): "well-founded reports are no sign (3.7)",
    **{(question, "ISOL", "2"): "12.1: as strong as it was told" for question in ("WD-04", "RV-03", "RV-05")},
    ("DU-01", "VELSE", "2"): "12.4: childhood alone is only an adult's past",
    ("EQ-01", "POPSPEC", "0"): "both chosen, whatever else is said",
    **{("RD-11", "STARTDANGER", strength): "ADR 0048: of two, whoever sees danger decides" for strength in "02"},
}


def known(name: str, evidence: Evidence) -> bool:
    of_finding = [one for one in entries() if one[0] == name and one[1] == evidence.finding]
    for option in evidence.options or {"*"}:
        alike = [one for one in of_finding if one[4] in {option, "*"} or option == "*" or one[4].startswith("column:")]
        if not any(
            as_strong(evidence, one[3]) or CHANGED.get((name, one[1], one[4])) == evidence.strength for one in alike
        ):
            return False
    return True


@pytest.mark.parametrize("name", structure())
def test_no_evidence_is_invented(name: str) -> None:
    for evidence in rulebook().questions[name].evidence:
        if evidence.strength != "rule" and (name, evidence.finding, evidence.strength) not in ADDED:
            assert known(name, evidence), evidence
