"""Read `flows/` into a checked Rulebook, or report every problem at once with its code, file and line."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from triage.flow.documents import Block, Problems, read_document
from triage.flow.faults import symmetry_fault
from triage.flow.model import Flow, Question, Rulebook
from triage.flow.names import collect_names
from triage.flow.problems import Problem, nearest
from triage.flow.reading_findings import read_acts, read_findings, read_sources
from triage.flow.reading_flows import read_edges, read_flow_head, read_question
from triage.flow.vocabulary import ONCE, Names

RULES_OF_FINDINGS = ("acts.yml", "findings.yml", "sources.yml")
RULE_FILES = frozenset(
    {*RULES_OF_FINDINGS, "determination.yml", "routing.yml", "outcomes.yml", "alerts.yml"}
    | {"invariants.yml", "standard.yml", "safety.yml", "answer-laws.yml"}
)
"""The files of `flows/` that hold rules; every other `*.yml` there is a flow."""


MOST_QUESTIONS = 2_000
"""More than ten times what the shipped flows ask; the work of the checks grows with the questions."""


class Vocabulary:
    """The names that the program, not the flows, gives to conditions: measures and competences.

    Measures given as a mapping say what each is of (`person`, `direction` or nothing), and are checked for it.
    """

    def __init__(self, measures: Collection[str] = (), competences: Collection[str] = ()) -> None:
        self.measures, self.competences = measures, competences


def read_rulebook(directory: Path, words: Vocabulary | None = None) -> Rulebook | tuple[Problem, ...]:
    """Read all flows and finding rules of a directory.

    `words` are the measures and competences that the program offers to conditions. A directory with a problem gives
    no rulebook: a flow that has problems is never served. A file that cannot be read is reported alone, because
    every name that it holds would be missed elsewhere.
    """
    problems = Problems()
    paths = sorted(path for path in directory.glob("*.yml") if path.name not in RULE_FILES)
    if not paths:
        return (Problem("F001", "There is no flow in this directory.", str(directory.name)),)
    read = {
        path.name: read_document(path, problems) for path in (*(directory / name for name in RULES_OF_FINDINGS), *paths)
    }
    documents = {name: document for name, document in read.items() if document is not None}
    if (number := sum(map(_questions_in, documents.values()))) > MOST_QUESTIONS:
        sentence = f"There are {number} questions in this directory; at most {MOST_QUESTIONS} are read."
        return (Problem("F001", sentence, str(directory.name)),)
    book = _assemble(documents, problems, words or Vocabulary()) if len(documents) == len(read) else None
    found = tuple(sorted(problems.found, key=lambda one: (one.file, one.line, one.code)))
    return book if book is not None and not found else found


def _questions_in(document: Block) -> int:
    questions = document.values.get("questions")
    return len(questions.value) if isinstance(questions, yaml.SequenceNode) else 0


def _assemble(documents: dict[str, Block], problems: Problems, words: Vocabulary) -> Rulebook:
    rules = {name: documents.pop(name) for name in RULES_OF_FINDINGS}
    findings_block = rules["findings.yml"].block("findings")
    if findings_block is None and "findings" not in rules["findings.yml"].values:
        problems.add("F003", "`findings` is missing.", rules["findings.yml"])
    names = collect_names(documents.values(), findings_block, problems)
    names.measures, names.competences = words.measures, words.competences
    acts = read_acts(rules["acts.yml"], names)
    sources, lists, thresholds = read_sources(rules["sources.yml"], names)
    findings = read_findings(findings_block, names) if findings_block else {}
    rules["findings.yml"].finish()
    flows, questions = _read_flows(documents, names)
    return Rulebook(flows, questions, findings, acts, sources, lists, thresholds)


def _read_flows(documents: Mapping[str, Block], names: Names) -> tuple[dict[str, Flow], dict[str, Question]]:
    flows: dict[str, Flow] = {}
    questions: dict[str, Question] = {}
    borrowed: list[tuple[str, Block]] = []
    heads = {name: read_flow_head(documents[name], names) for name in sorted(documents)}
    for name, flow in heads.items():
        document = documents[name]
        if flow.id in flows:
            document.problems.add("F005", f"Flow `{flow.id}` stands in two files.", document, "flow")
        own = [read_question(block, flow.id, names) for block in document.blocks("questions")]
        if not own and "questions" not in document.values:
            document.problems.add("F003", "A flow needs `questions`.", document)
        if any(question.about in ONCE for question in own):
            for code, sentence, _ in symmetry_fault(flow.opens):
                document.problems.add(code, f"In `opens`: {sentence}", document, "opens")
        order = tuple(question.id for question in own)
        questions.update(zip(order, own, strict=True))
        edges = read_edges(document, order, names, [head.id for head in heads.values()])
        flows[flow.id] = replace(flow, questions=order, edges=edges)
        borrowed += [(flow.id, block) for block in document.blocks("borrowed")]
        document.finish()
    for flow_id, block in borrowed:
        _borrow(flows, questions, flow_id, block)
    return flows, questions


def _borrow(flows: dict[str, Flow], questions: dict[str, Question], flow_id: str, block: Block) -> None:
    question, before = block.text("question"), block.text("before")
    block.finish()
    flow, order = flows[flow_id], list(flows[flow_id].questions)
    known: tuple[tuple[str, str, Collection[str]], ...] = (("question", question, questions), ("before", before, order))
    unknown = [(key, word, names) for key, word, names in known if word not in names]
    for key, word, names in unknown:
        if word:
            block.problems.add("F006", f"Question `{word}` is not known here.", block, key, nearest(word, names))
    if question in order:
        block.problems.add("F005", f"Question `{question}` is in this flow already.", block, "question")
    if unknown or question in order:
        return
    order.insert(order.index(before), question)
    flows[flow_id] = replace(flow, questions=tuple(order))
    questions[question] = replace(questions[question], also_in=(*questions[question].also_in, flow_id))
