"""Learn every name of a rulebook before anything is checked, so that a condition may use what a later file declares."""

from collections.abc import Iterable

import yaml

from triage.flow.documents import Block, Problems
from triage.flow.vocabulary import Names


def collect_names(flows: Iterable[Block], findings: Block | None, problems: Problems) -> Names:
    """Collect findings with their scopes, questions with their options, and the kinds of elements that are counted."""
    names = Names()
    if findings is not None:
        _collect_findings(findings, names)
    questions: dict[str, set[str]] = {}
    abouts: dict[str, str] = {}
    kinds: set[str] = set()
    for block in (one for flow in flows for one in _quietly(flow).blocks("questions")):
        identity = block.text("id", "")
        if identity in questions:
            # The block is of a quiet reading: only this fault of it is told here.
            problems.add("F005", f"Question `{identity}` stands twice.", block, "id")
        questions[identity] = set(block.texts("options"))
        abouts[identity] = block.text("about", "")
        kinds.update(_kind(one) for one in block.blocks("evidence"))
    names.questions, names.abouts, names.kinds = questions, abouts, kinds - {""}
    return names


def _collect_findings(findings: Block, names: Names) -> None:
    names.findings = findings.names()
    quiet = _quietly(findings)
    blocks = {name: quiet.block(name) for name in names.findings}
    names.scopes = {name: block.text("scope", "") for name, block in blocks.items() if block}
    names.merged = {name for name, block in blocks.items() if block and block.flag("merged")}


def _kind(evidence: Block) -> str:
    if isinstance(evidence.values.get("element"), yaml.ScalarNode):
        return evidence.text("element", "")
    element = evidence.block("element")
    return element.text("kind", "") if element else ""


def _quietly(block: Block) -> Block:
    """The same block, read without telling its faults, which the real reading tells."""
    return Block(block.file, block.line, block.values, block.lines, Problems())
