"""JSON Schemas of the flow language, so that an editor completes names and explains keys while an author writes.

They know less than `triage check`: a condition is only a text to them. They are made from the rulebook, never by hand:
`python -m tests.flow.write_schemas`.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from triage.flow.documents import CLAUSE
from triage.flow.model import About, Kind, Move, Rulebook, Scope
from triage.flow.reading_evidence import STRENGTHS
from triage.flow.reading_findings import COMPARTMENTS, SIDES, TOP_BAND
from triage.flow.reading_flows import ATTRIBUTES
from triage.flow.schema_words import CONDITION, MEANINGS, TESTS
from triage.flow.vocabulary import FUNCTIONS, NO_ROLE, ROLES_OF_EVIDENCE, ROLES_OF_SCOPE

Schema = dict[str, object]
Fields = Mapping[str, Schema]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": "string", "minLength": 1}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
STRENGTH: Schema = {"type": "integer", "minimum": 0, "maximum": 4}
CONDITION_HERE: Schema = {"$ref": "#/$defs/condition"}
FROM_THE_ANSWER = tuple(int(word) if word.isdigit() else word for word in STRENGTHS)


def write_schemas(directory: Path, rulebook: Rulebook, competences: Iterable[str]) -> list[Path]:
    """Write the schemas of flow files, findings.yml, acts.yml, sources.yml and safety.yml; give their paths."""
    schemas = {
        "flow.schema.json": flow_schema(rulebook),
        "findings.schema.json": findings_schema(rulebook, competences),
        "acts.schema.json": acts_schema(),
        "sources.schema.json": sources_schema(),
        "safety.schema.json": safety_schema(rulebook),
    }
    directory.mkdir(exist_ok=True)
    for name, schema in schemas.items():
        (directory / name).write_text(as_written(schema), encoding="utf-8")
    return [directory / name for name in schemas]


def as_written(schema: Schema) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def flow_schema(rulebook: Rulebook) -> Schema:
    """The schema of one flow file."""
    clauses, questions = _clauses(), _one_of(rulebook.questions)
    gates = _names(rulebook, {scope: roles & NO_ROLE for scope, roles in ROLES_OF_SCOPE.items()}, merged=True)
    top: dict[str, Schema] = {
        "flow": TEXT,
        "version": NUMBER,
        "about": _one_of(About),
        "opens": CONDITION_HERE,
        "clauses": clauses,
        "borrowed": _list("borrowed", {"question": questions, "before": questions}, ("question", "before")),
        "gates": _list(
            "gate",
            {"id": TEXT, "finding": gates, "about": _one_of(About), "otherwise": TEXT},
            ("id", "finding", "about", "otherwise"),
        ),
        "questions": {"type": "array", "items": _question(rulebook)},
        "edges": {"type": "array", "items": _edge(rulebook)},
    }
    required = ("flow", "version", "about", "clauses", "questions")
    return _whole("A flow of Cairn", _object("flow", top, required))


def findings_schema(rulebook: Rulebook, competences: Iterable[str]) -> Schema:
    """The schema of findings.yml."""
    read = _names(rulebook, ROLES_OF_SCOPE)
    rule: dict[str, Schema] = {"strength": STRENGTH, "when": CONDITION_HERE, "rests_on": _words(read)}
    flags = ("acts", "state", "merged", "ordinal", "count", "decided", "observers_need_two_contacts", "otherwise_zero")
    finding: dict[str, Schema] = {
        "scope": _one_of(Scope),
        "clauses": _clauses(),
        "compartment": _one_of(COMPARTMENTS),
        **dict.fromkeys(flags, FLAG),
        "needs": {"type": "array", "items": {"type": "object", "additionalProperties": NUMBER}},
        "superseded_by": _words(_one_of(rulebook.sources)),
        "competent": _one_of(sorted(competences)),
        "rules": _list("rule", rule, ("strength", "when")),
        **dict.fromkeys(("zero", "unknown_when", "falls_to_1_when"), CONDITION_HERE),
        "read_by": TEXT,
    }
    each = _object("finding", finding, ("scope", "clauses", "compartment"))
    top: Fields = {"findings": _by_name(each)}
    return _whole("The findings of Cairn", _object("findings", top, ("findings",)))


def acts_schema() -> Schema:
    """The schema of acts.yml."""
    act: dict[str, Schema] = {
        "about": _one_of((About.PAIR, About.PERSON, About.CASE)),
        "values": _words(),
        "side": _one_of(SIDES),
        "names": NUMBER,
        "days": NUMBER,
        "clauses": _clauses(),
        "listed": FLAG,
        "read_by": TEXT,
    }
    each = _object("act", act, ("about", "values", "side", "names", "clauses"))
    return _whole("The acts of Cairn", _object("acts", {"acts": _by_name(each)}, ("acts",)))


def sources_schema() -> Schema:
    """The schema of sources.yml."""
    level: Schema = {"anyOf": [{"type": "string", "pattern": r"^\d{0,3}$"}, {"const": TOP_BAND}, {"type": "integer"}]}
    top: dict[str, Schema] = {
        "sources": _by_name(TEXT),
        "words": _by_name(_words()),
        "thresholds": _by_name(_by_name(level)),
    }
    return _whole("The sources of Cairn", _object("sources", top, ("sources",)))


def safety_schema(rulebook: Rulebook) -> Schema:
    """The schema of safety.yml."""
    questions, flows = _one_of(rulebook.questions), _one_of(rulebook.flows)
    first: dict[str, Schema] = {
        "question": questions,
        "flows": _words(flows),
        "except": _words(questions),
        "where_needed": FLAG,
        "clauses": _clauses(),
    }
    reasons = _by_name(TEXT, _one_of(rulebook.findings))
    top: dict[str, Schema] = {
        "first": _list("first", first, ("question", "clauses")),
        "zero_by_default": reasons,
        "safeguards": reasons,
        "without_attributes": _words(flows),
        "never_skipped": _words(flows),
        "interrupts": _list("interrupts", {"from": questions, "to": TEXT}, ("from", "to")),
    }
    return _whole("What must hold for safety in Cairn", _object("safety", top, ("first",)))


def _by_name(each: Schema, names: Schema | None = None) -> Schema:
    """A block of which every key is a name."""
    return {"type": "object", "additionalProperties": each, **({"propertyNames": names} if names else {})}


def _question(rulebook: Rulebook) -> Schema:
    word_lists = ("options", "scale", "exclusive", "follow_up", "follow_up_unless")
    fields: dict[str, Schema] = {
        "id": TEXT,
        "about": _one_of(About),
        "type": _one_of(Kind),
        "sources": _words(_one_of(rulebook.sources)),
        "clauses": _clauses(),
        "when": CONDITION_HERE,
        **{key: _words() for key in word_lists},
        "columns": _list(
            "column",
            {
                "code": TEXT,
                "values": _words(),
                "support_only": FLAG,
                "many": FLAG,
                "restates": _one_of(("option", "scale")),
            },
            ("code",),
        ),
        **dict.fromkeys(("topic", "section", "unit"), TEXT),
        "asked": _one_of(("x",)),
        **dict.fromkeys(("required", "multiple", "computed", "logbook"), FLAG),
        **dict.fromkeys(("max_length", "min_length"), NUMBER),
        "on_file": _words(),
        "attributes": _object("attributes", dict.fromkeys(ATTRIBUTES, _words()), ()),
        "evidence": {"type": "array", "items": _evidence(rulebook)},
        "effects": _list("effect", {"options": _words(), "scale": _words(), "text": TEXT}, ("text",)),
    }
    return _object("question", fields, ("id", "about", "type", "sources", "clauses"))


def _evidence(rulebook: Rulebook) -> Schema:
    kinds = sorted({e.element.kind for q in rulebook.questions.values() for e in q.evidence if e.element})
    keys: Schema = {"type": "object", "additionalProperties": TEXT}
    element = _object("element", {"kind": TEXT, "key": TEXT, "keys": keys, "cell": TEXT}, ("kind",))
    fields: dict[str, Schema] = {
        "finding": _names(rulebook, ROLES_OF_EVIDENCE),
        "strength": {"enum": list(FROM_THE_ANSWER)},
        **{key: _words() for key in ("options", "scale", "follow_up")},
        "when": CONDITION_HERE,
        "element": {"anyOf": [{**TEXT, "examples": kinds}, element]},
        "cap": STRENGTH,
        **dict.fromkeys(("complete", "only", "loose"), FLAG),
        "who": TEXT,
    }
    return _object("evidence", fields, ("finding", "strength"))


def _edge(rulebook: Rulebook) -> Schema:
    known = _one_of((*rulebook.flows, *rulebook.questions, *rulebook.acts))
    elsewhere: Schema = {"anyOf": [known, {"type": "string", "pattern": "^O-"}]}
    fields: dict[str, Schema] = {
        "from": _one_of(rulebook.questions),
        Move.GO: _one_of((*rulebook.questions, "end")),
        Move.INTERRUPT: elsewhere,
        Move.QUEUE: elsewhere,
        "when": CONDITION_HERE,
        "text": TEXT,
    }
    return {**_object("edge", fields, ("from", "text")), "oneOf": [{"required": [move]} for move in Move]}


def _object(name: str, fields: Fields, required: Iterable[str]) -> Schema:
    """A block that knows its keys, each with what it means for hovering."""
    described = {str(key): {**schema, "description": MEANINGS[name][key]} for key, schema in fields.items()}
    return {"type": "object", "additionalProperties": False, "properties": described, "required": list(required)}


def _list(name: str, fields: Fields, required: Iterable[str]) -> Schema:
    return {"type": "array", "items": _object(name, fields, required)}


def _words(one: Schema | None = None) -> Schema:
    """A list of words, or a single one."""
    word = one or TEXT
    return {"anyOf": [word, {"type": "array", "items": word}]}


def _one_of(words: Iterable[str]) -> Schema:
    return {"enum": [str(word) for word in words]}


def _clauses() -> Schema:
    return {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": f"^{CLAUSE.pattern}$"}}


def _whole(title: str, schema: Schema) -> Schema:
    tests = "; ".join(f"{name}({', '.join(FUNCTIONS[name].arguments)}): {said}" for name, said in TESTS.items())
    condition = {**TEXT, "description": f"{CONDITION} Tests: {tests}."}
    return {"$schema": DRAFT, "title": title, "$defs": {"condition": condition}, **schema}


def _names(rulebook: Rulebook, roles: Mapping[str, frozenset[str]], merged: bool = False) -> Schema:
    """The findings with the roles in which they may stand there."""
    names = []
    for finding in rulebook.findings.values():
        permitted = roles[finding.scope] | (NO_ROLE if merged and finding.merged else frozenset())
        names += [f"{finding.name}_{role}" if role else finding.name for role in sorted(permitted)]
    return _one_of(names)
