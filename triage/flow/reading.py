"""Read `flows/` into a checked Rulebook, or report every problem at once with its code, file and line."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from triage.flow.documents import Block, Problems, read_document
from triage.flow.model import Flow, Question, Rulebook
from triage.flow.problems import Problem
from triage.flow.reading_findings import read_acts, read_findings, read_sources
from triage.flow.reading_flows import read_edges, read_flow_head, read_question
from triage.flow.vocabulary import Names

RULE_FILES = frozenset(
    {"findings.yml", "acts.yml", "sources.yml", "determination.yml", "routing.yml", "outcomes.yml", "alerts.yml"}
    | {"invariants.yml", "standard.yml"}
)
"""The files of `flows/` that hold rules; every other `*.yml` there is a flow."""


def read_rulebook(directory: Path, words: "Vocabulary | None" = None) -> Rulebook | tuple[Problem, ...]:
    """Read all flows and finding rules of a directory.

    `words` are the measures and competences that the program offers to conditions. A directory with a problem gives
    no rulebook: a flow that has problems is never served.
    """
    problems, documents = Problems(), {}
    paths = sorted(directory.glob("*.yml"))
    if not paths:
        return (Problem("F001", "There is no flow in this directory.", str(directory.name)),)
    for path in paths:
        if path.name not in RULE_FILES or path.name in {"findings.yml", "acts.yml", "sources.yml"}:
            document = read_document(path, problems)
            if document is not None:
                documents[path.name] = document
    book = _assemble(documents, problems, words or Vocabulary())
    found = tuple(sorted(problems.found, key=lambda one: (one.file, one.line, one.code)))
    return found or book


class Vocabulary:
    """The names that the program, not the flows, gives to conditions: measures and competences."""

    def __init__(self, measures: frozenset[str] = frozenset(), competences: frozenset[str] = frozenset()) -> None:
        self.measures, self.competences = measures, competences


def _assemble(documents: dict[str, Block], problems: Problems, words: Vocabulary) -> Rulebook:
    names = Names(measures=words.measures, competences=words.competences)
    empty = Block("", 0, {}, {}, problems)
    acts = read_acts(documents.pop("acts.yml", empty), names)
    sources, lists, thresholds = read_sources(documents.pop("sources.yml", empty), names)
    findings_document = documents.pop("findings.yml", empty)
    findings_block = findings_document.block("findings")
    names.findings = tuple(findings_block.names()) if findings_block else ()
    _collect_names(documents.values(), names, problems)
    findings = read_findings(findings_block, names) if findings_block else {}
    findings_document.finish()
    flows, questions = _read_flows(documents, names)
    return Rulebook(flows, questions, findings, acts, sources, lists, thresholds)


def _collect_names(documents: Collection[Block], names: Names, problems: Problems) -> None:
    """Learn all ids first, so that a condition may name a question of a later file."""
    questions: dict[str, set[str]] = {}
    columns: dict[str, set[str]] = {}
    quiet = Problems()
    for document in documents:
        for block in Block(document.file, 1, document.values, document.lines, quiet).blocks("questions"):
            identity = block.text("id", "")
            if identity in questions:
                problems.add("F005", f"Question `{identity}` stands twice.", block, "id")
            questions[identity] = {*block.texts("options"), *block.texts("scale"), *block.texts("follow_up")}
            for column in block.blocks("columns"):
                columns.setdefault(column.text("code", ""), set()).update(column.texts("values"))
    names.questions, names.columns = questions, columns


def _read_flows(documents: Mapping[str, Block], names: Names) -> tuple[dict[str, Flow], dict[str, Question]]:
    flows: dict[str, Flow] = {}
    questions: dict[str, Question] = {}
    borrowed: list[tuple[str, Block]] = []
    for name in sorted(documents):
        document = documents[name]
        flow = read_flow_head(document, names)
        if flow.id in flows:
            document.problems.add("F005", f"Flow `{flow.id}` stands in two files.", document, "flow")
        own = [read_question(block, flow.id, names) for block in document.blocks("questions")]
        questions.update({question.id: question for question in own})
        edges = read_edges(document, {question.id for question in own}, names)
        flows[flow.id] = replace(flow, questions=tuple(question.id for question in own), edges=edges)
        borrowed += [(flow.id, block) for block in document.blocks("borrowed")]
        document.finish()
    for flow_id, block in borrowed:
        _borrow(flows, questions, flow_id, block)
    return flows, questions


def _borrow(flows: dict[str, Flow], questions: dict[str, Question], flow_id: str, block: Block) -> None:
    question, before = block.text("question"), block.text("before")
    block.finish()
    flow, order = flows[flow_id], list(flows[flow_id].questions)
    for key, word, known in (("question", question, questions), ("before", before, order)):
        if word not in known:
            block.problems.add("F006", f"Question `{word}` is not known here.", block, key)
            return
    order.insert(order.index(before), question)
    flows[flow_id] = replace(flow, questions=tuple(order))
    questions[question] = replace(questions[question], also_in=(*questions[question].also_in, flow_id))
