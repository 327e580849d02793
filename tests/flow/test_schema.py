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
COMMENT = "# yaml-language-server: $schema=schema/{}"


def schema(name: str) -> dict[str, Any]:
    return json.loads((DIRECTORY / name).read_text(encoding="utf-8"))


def faults_of(name: str, text: str) -> list[str]:
    return [error.message[:200] for error in Draft202012Validator(schema(name)).iter_errors(read_plain(text))]


def test_the_schemas_are_current_or_are_written_by_the_command(tmp_path: Path) -> None:
    for path in write(tmp_path):
        current = (DIRECTORY / path.name).read_text(encoding="utf-8")
        assert current == path.read_text(encoding="utf-8"), "run: python -m tests.flow.write_schemas"


@pytest.mark.parametrize("name", ["flow.schema.json", "findings.schema.json"])
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_flow_is_valid_and_names_its_schema(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert faults_of("flow.schema.json", text) == []
    assert text.startswith(COMMENT.format("flow.schema.json"))


def test_the_shipped_findings_are_valid_and_name_their_schema() -> None:
    text = (FLOWS / "findings.yml").read_text(encoding="utf-8")
    assert faults_of("findings.schema.json", text) == []
    assert text.startswith(COMMENT.format("findings.schema.json"))


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
