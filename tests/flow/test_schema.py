"""The schemas that editors read are current, accept what is shipped and refuse what nobody may write."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.flow.tiny import Tiny, read_plain, tiny_flows
from tests.flow.write_schemas import DIRECTORY, write
from triage.flow.reading import RULE_FILES
from triage.flow.schema_words import TESTS
from triage.flow.vocabulary import FUNCTIONS
from triage.settings import FLOWS

SHIPPED = sorted(path for path in FLOWS.glob("*.yml") if path.name not in RULE_FILES)
SHARED_FILES = ("findings", "acts", "sources", "safety")
COMMENT = "# yaml-language-server: $schema=schema/{}"


def schema(name: str) -> dict[str, Any]:
    return json.loads((DIRECTORY / name).read_text(encoding="utf-8"))


def faults_of(name: str, text: str) -> list[str]:
    return [error.message[:200] for error in Draft202012Validator(schema(name)).iter_errors(read_plain(text))]


def test_the_schemas_are_current_or_are_written_by_the_command(tmp_path: Path) -> None:
    for path in write(tmp_path):
        current = (DIRECTORY / path.name).read_text(encoding="utf-8")
        assert current == path.read_text(encoding="utf-8"), "run: python -m tests.flow.write_schemas"


@pytest.mark.parametrize("name", ["flow.schema.json", *(f"{one}.schema.json" for one in SHARED_FILES)])
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_flow_is_valid_and_names_its_schema(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert faults_of("flow.schema.json", text) == []
    assert text.startswith(COMMENT.format("flow.schema.json"))


@pytest.mark.parametrize("name", SHARED_FILES)
def test_what_all_flows_share_is_valid_and_names_its_schema(name: str) -> None:
    text = (FLOWS / f"{name}.yml").read_text(encoding="utf-8")
    assert faults_of(f"{name}.schema.json", text) == []
    assert text.startswith(COMMENT.format(f"{name}.schema.json"))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("acts", "side: panel", "side: pannel"),
        ("acts", "names: 2", "signatures: 2"),
        ("sources", 'uk_dash: "14"', 'uk_dash: "high"'),
        ("sources", "words:", "wards:"),
        ("safety", "question: RI-01", "question: RI-99"),
        ("safety", "  SUFF:", "  SUFFF:"),
        ("safety", "where_needed: true", "where_needed: sometimes"),
    ],
)
def test_a_mistake_in_a_shared_file_is_seen_by_the_editor(name: str, old: str, new: str) -> None:
    assert faults_of(f"{name}.schema.json", _with_line(FLOWS / f"{name}.yml", old, new)) != []


def _with_line(path: Path, old: str, new: str) -> str:
    text = path.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    sources:", "    source:"),
        ("    type: table", "    type: tabel"),
        ("finding: CTRL_xy", "finding: CTRL"),
        ("finding: CTRL_xy", "finding: CTRLE_xy"),
        ('clauses: ["4.4"', 'clauses: ["fourth"'),
        ("strength: part", "strength: parts"),
        ("{from: WD-11, queue: O-MULTIMAP", "{from: WD-11, queue: O-MULTIMAP, go: end"),
        ("[REF, POL", "[REV, POL"),
    ],
)
def test_a_mistake_is_seen_by_the_editor(old: str, new: str) -> None:
    path = next(path for path in SHIPPED if path.stem.startswith("c-"))
    assert faults_of("flow.schema.json", _with_line(path, old, new)) != []


def test_every_key_that_the_reader_knows_is_in_the_schema() -> None:
    unknown = [
        f"{tiny.path.name}: {fault}"
        for tiny in tiny_flows("features")
        for fault in faults_of("flow.schema.json", _flow_of(tiny))
        if "Additional properties" in fault
    ]
    assert unknown == []


def _flow_of(tiny: Tiny) -> str:
    text = "\n".join(tiny.lines).split("# file:")[0]
    return text if "flow: t" in text else "{flow: t, version: 1, about: case, clauses: ['1.1'], questions: []}"


def test_every_test_of_the_vocabulary_is_explained() -> None:
    assert set(TESTS) == set(FUNCTIONS)
