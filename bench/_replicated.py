"""The shipped flows several times over: the same questions, findings and rules again under other names.

A copy reads only its own questions and findings, so a case answered in every copy costs as much again in each.
"""

from collections.abc import Mapping
from dataclasses import replace

from triage.flow.conditions import Always, And, Condition, ForPersons, Not, Or, Test
from triage.flow.model import Edge, Evidence, FindingDefinition, Flow, Gate, Question, Rule, Rulebook
from triage.flow.vocabulary import split_role


def replicated(rulebook: Rulebook, copies: int) -> Rulebook:
    """The rulebook with every flow, question and finding `copies` times; the first copy keeps its names."""
    flows, questions, findings = dict(rulebook.flows), dict(rulebook.questions), dict(rulebook.findings)
    for number in range(2, copies + 1):
        renaming = _Renaming(rulebook, number)
        flows |= {one.id: one for one in map(renaming.flow, rulebook.flows.values())}
        questions |= {one.id: one for one in map(renaming.question, rulebook.questions.values())}
        findings |= {one.name: one for one in map(renaming.finding, rulebook.findings.values())}
    return replace(rulebook, flows=flows, questions=questions, findings=findings)


def answered(case: Mapping[str, object], copies: int) -> dict[str, object]:
    """A case that answers every copy as it answers the first."""
    answers = case["answers"]
    assert isinstance(answers, list)
    again = [
        {**answer, "id": f"{answer['id']} {number}", "question": copied(answer["question"], number)}
        for number in range(2, copies + 1)
        for answer in answers
    ]
    return {**case, "answers": answers + again}


def copied(name: str, number: int) -> str:
    """The name in a later copy."""
    return f"{name}-{number}"


class _Renaming:
    def __init__(self, rulebook: Rulebook, number: int) -> None:
        self.number = number
        self.names = {*rulebook.questions, *rulebook.findings}

    def word(self, word: str) -> str:
        name, role = split_role(word, self.names)
        if name not in self.names:
            return word
        return f"{copied(name, self.number)}_{role}" if role else copied(name, self.number)

    def words(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self.word, words))

    def condition(self, condition: Condition) -> Condition:
        match condition:
            case Test():
                return replace(condition, arguments=self.words(condition.arguments))
            case And(parts):
                return And(tuple(map(self.condition, parts)))
            case Or(parts):
                return Or(tuple(map(self.condition, parts)))
            case Not(part):
                return Not(self.condition(part))
            case ForPersons(every, part):
                return ForPersons(every, self.condition(part))
            case Always():
                return condition

    def question(self, question: Question) -> Question:
        return replace(
            question,
            id=self.word(question.id),
            flow=copied(question.flow, self.number),
            when=self.condition(question.when),
            evidence=tuple(map(self.evidence, question.evidence)),
        )

    def evidence(self, evidence: Evidence) -> Evidence:
        return replace(evidence, finding=self.word(evidence.finding), when=self.condition(evidence.when))

    def finding(self, finding: FindingDefinition) -> FindingDefinition:
        return replace(
            finding,
            name=self.word(finding.name),
            rules=tuple(map(self.rule, finding.rules)),
            zero=self.condition(finding.zero),
            unknown_when=self.condition(finding.unknown_when),
            falls_to_1_when=self.condition(finding.falls_to_1_when),
        )

    def rule(self, rule: Rule) -> Rule:
        return replace(rule, when=self.condition(rule.when), rests_on=self.words(rule.rests_on))

    def flow(self, flow: Flow) -> Flow:
        return replace(
            flow,
            id=copied(flow.id, self.number),
            opens=self.condition(flow.opens),
            questions=self.words(flow.questions),
            edges=tuple(map(self.edge, flow.edges)),
            gates=tuple(map(self.gate, flow.gates)),
        )

    def edge(self, edge: Edge) -> Edge:
        return replace(edge, source=self.word(edge.source), to=self.word(edge.to), when=self.condition(edge.when))

    def gate(self, gate: Gate) -> Gate:
        return replace(gate, id=copied(gate.id, self.number), finding=self.word(gate.finding))
