"""Small rulebooks by chance, written as YAML and read as the shipped one is: questions, evidence, findings, edges."""

import json
import random
from pathlib import Path

from tests.properties.random_sheets import ON, Sheet, answer
from triage.flow.model import Rulebook
from triage.proof.sheets.shape.accounts import JUDGES

SOURCES = ("REF", "POL", "CRT", "SELF", "ISS", "CSC", "HLT", "TP", "OBS")
ROLES = {"directed": ("xy", "yx", "both"), "person": ("x", "y", "both"), "person-in-pair": ("x", "y"), "pair": ("",)}
ABOUTS = ("case", "person", "pair", "directed")
SUFFIX = {"directed": "_xy", "person": "_x", "person-in-pair": "_x", "pair": "", "case": ""}
ABOUT_PLACES = {"case": (None,), "person": ("A", "B"), "pair": ("A-B",), "directed": ("A>B", "B>A")}


def write_rulebook(directory: Path, chance: random.Random) -> None:
    """Write one rulebook that can be read without a problem."""
    scopes = {f"F{number}": chance.choice(tuple(ROLES)) for number in range(chance.randint(3, 6))}
    questions = [_question(f"Q-{number:02d}", scopes, chance) for number in range(chance.randint(3, 6))]
    for kind in ("bit", "piece"):
        counted = _evidence(questions[0], scopes, chance) | {"strength": "part", "element": kind}
        _list(questions[0]["evidence"]).append({key: value for key, value in counted.items() if key in PLAIN})
    findings = {name: _finding(name, scopes, questions, chance) for name in scopes}
    edges = _edges(questions, chance)
    flow = {"flow": "a", "version": 1, "about": "case", "opens": "always", "clauses": ["1.1"], "questions": questions}
    acts = {
        "SIGN": {"about": "person", "values": ["signed"], "side": "support", "names": 1, "days": 0, "clauses": ["1.1"]}
    }
    files = {"a.yml": flow | {"edges": edges}, "findings.yml": {"findings": findings}, "acts.yml": {"acts": acts}}
    files["sources.yml"] = {"sources": {one: one for one in SOURCES}, "words": {}, "thresholds": {}}
    for name, document in files.items():
        (directory / name).write_text(json.dumps(document, indent=1), encoding="utf-8")


PLAIN = frozenset({"finding", "strength", "options", "element"})


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def _question(name: str, scopes: dict[str, str], chance: random.Random) -> dict[str, object]:
    kind = chance.choice(("one", "many", "table"))
    options = ["none", "mild", "hard", "worst"][: chance.randint(2, 4)]
    made: dict[str, object] = {
        "id": name, "about": chance.choice(ABOUTS), "type": kind, "clauses": ["1.1"], "options": options,
        "sources": sorted(chance.sample(SOURCES, chance.randint(2, 6))), "when": "always",
    }  # fmt: skip
    if kind != "one" and chance.random() < 0.5:
        made["exclusive"] = ["none"]
    if kind == "table":
        made["scale"] = ["none", "once", "often"]
        made["columns"] = [{"code": "who", "values": ["a", "b", "both", "other"]}, {"code": "text"}]
    if made["about"] == "directed" and chance.random() < 0.3:
        made["asked"] = "x"
    made["evidence"] = [_evidence(made, scopes, chance) for _ in range(chance.randint(1, 5))]
    return made


def _evidence(question: dict[str, object], scopes: dict[str, str], chance: random.Random) -> dict[str, object]:
    finding = chance.choice(tuple(scopes))
    options = question["options"]
    assert isinstance(options, list)
    role = chance.choice(ROLES[scopes[finding]])
    made: dict[str, object] = {"finding": f"{finding}_{role}" if role else finding}
    made["strength"] = chance.choice(("source", "part", "0", "0", "1", "2", "3", "4", "rule"))
    if chance.random() < 0.8:
        made["options"] = sorted(chance.sample(options, chance.randint(1, len(options))))
    if made["strength"] == "part":
        made["element"] = chance.choice(("bit", {"kind": "bit", "key": "same"}, {"kind": "piece"}))
    if question["type"] == "table" and chance.random() < 0.5:
        made["scale"] = sorted(chance.sample(["once", "often", "none"], chance.randint(1, 2)))
    if chance.random() < 0.25:
        tests = ["source(ISS, POL)", "not unsafe(answer)", "speaker(x)", "harmed_or_support(answer)"]
        tests += ["cell(who) = a", "filled(text)"] if question["type"] == "table" else []
        made["when"] = chance.choice(tests)
    if made["strength"] == "0":
        made |= {key: True for key in ("complete", "loose") if "options" in made and chance.random() < 0.15}
    if made["strength"] in {"source", "2"} and chance.random() < 0.2:
        made |= {"only": True}
    return made


def _finding(
    name: str, scopes: dict[str, str], questions: list[dict[str, object]], chance: random.Random
) -> dict[str, object]:
    scope = scopes[name]
    made: dict[str, object] = {"compartment": "D", "scope": scope, "clauses": ["1.1"], "acts": chance.random() < 0.5}
    made["competent"] = chance.choice(sorted(JUDGES))
    if chance.random() < 0.3:
        made["state"] = True
        made |= {"superseded_by": ["ISS", "POL"]} if chance.random() < 0.4 else {}
    if scope in {"directed", "person"} and chance.random() < 0.4:
        made["merged"] = True
    if chance.random() < 0.5:
        made["needs"] = chance.choice(([{"bit": 2}], [{"bit": 1, "piece": 1}, {"piece": 2}], [{"piece": 2}]))
    if chance.random() < 0.2:
        made["observers_need_two_contacts"] = True
    earlier = [one for one in scopes if one < name]
    if chance.random() < 0.6:
        made["rules"] = [_rule(scope, scopes, earlier, questions, chance) for _ in range(chance.randint(1, 2))]
    if chance.random() < 0.4:
        asked = chance.choice(questions)["id"]
        made["zero"] = chance.choice(
            (f"no({asked})", "never", f"no({asked}, any)", f"no({asked}) and not {_told(questions, chance)}")
        )
    if chance.random() < 0.15:
        made["unknown_when"] = _told(questions, chance)
    if chance.random() < 0.1:
        made["otherwise_zero"] = True
    return _alike(made, scope)


def _alike(made: dict[str, object], scope: str) -> dict[str, object]:
    """What is one value for the pair treats both alike: conditions that name roles are left out."""
    if scope == "pair":
        made["rules"] = [one for one in made.get("rules", ()) if "_x" not in str(one)]  # type: ignore[attr-defined]  # a list of blocks, built just above
        for key in ("zero", "unknown_when"):
            if "answer" in str(made.get(key, "")):
                made.pop(key)
    return made


def _rule(
    scope: str, scopes: dict[str, str], earlier: list[str], questions: list[dict[str, object]], chance: random.Random
) -> dict[str, object]:
    parts = [_told(questions, chance)]
    if earlier:
        other = chance.choice(earlier)
        predicate = chance.choice(("ind", "poss", "zero", "doubt", "unk", "on"))
        parts.append(f"{chance.choice(('', 'not '))}{predicate}({other}{SUFFIX[scopes[other]]})")
    if scope != "pair":
        parts.append(chance.choice(("act(SIGN_x)", "elements(bit) >= 2", "classes(bit) >= 1", "corroborated(bit)")))
    chosen = chance.sample(parts, chance.randint(1, len(parts)))
    made: dict[str, object] = {"strength": chance.randint(1, 4), "when": chance.choice((" and ", " or ")).join(chosen)}
    if scope == "pair":
        made["when"] = parts[0]
    if earlier and chance.random() < 0.5:
        other = chance.choice(earlier)
        made["rests_on"] = [f"{other}{SUFFIX[scopes[other]]}"]
    return made


def _told(questions: list[dict[str, object]], chance: random.Random) -> str:
    question = chance.choice(questions)
    options = question["options"]
    assert isinstance(options, list)
    return chance.choice((f"answer({question['id']}) = {chance.choice(options)}", f"answered({question['id']})",
                          f"declined_twice({question['id']})"))  # fmt: skip


def _edges(questions: list[dict[str, object]], chance: random.Random) -> list[dict[str, object]]:
    first = questions[0]
    if chance.random() < 0.5:
        return []
    options = first["options"]
    assert isinstance(options, list)
    goal = chance.choice(["end", *(str(one["id"]) for one in questions[1:])])
    return [{"from": first["id"], "go": goal, "when": f"answer({first['id']}) = {options[-1]}", "text": "a.edge.1"}]


def sheet_of(book: Rulebook, chance: random.Random, most: int) -> Sheet:
    """One case of a random rulebook: up to `most` records of each place."""
    answers = []
    for question in book.questions.values():
        for about in ABOUT_PLACES[question.about]:
            for _ in range(chance.randint(0, most)):
                answers.append({**answer(question, about, 0, chance), "id": f"a{len(answers)}"})
    acts = [{"act": "SIGN", "about": who, "value": "signed", "on": ON.isoformat(), "by": ["support: N. S"]}
            for who in "AB" if chance.random() < 0.5]  # fmt: skip
    return {"id": "random", "on": ON.isoformat(), "persons": {"A": {}, "B": {}}, "pairs": [["A", "B"]],
            "answers": answers, "acts": acts}  # fmt: skip
