"""Draw the slice of an outcome or result: the rules that give it, what they read, all else that can matter counted."""

from collections.abc import Callable, Iterator

from triage.checks.coverage_marks import Coverage
from triage.checks.names_read import ACT, FINDING, QUESTION
from triage.checks.pictures.model import Link, LinkKind, Node, NodeKind, Outline, Picture, slug
from triage.checks.pictures.of_finding import asked_in
from triage.checks.pictures.of_flow import edge_link
from triage.checks.pictures.of_rules import definition_node, gives_link, group_node, outcome_lead, rule_node
from triage.checks.pictures.order import in_reading_order
from triage.checks.pictures.reach import DEFINITION, OUTCOME, RULE, SET, Reach, Thing
from triage.checks.pictures.rule_sets import RuleShown
from triage.checks.pictures.texts import shortened
from triage.checks.pictures.things import (
    act_node,
    finding_node,
    finding_title,
    outcome_node,
    outcome_title,
    question_node,
)
from triage.checks.pictures.words import Speaker
from triage.flow.conditions import Condition

LONGEST_LEAD = 60


def outcome_picture(name: str, reach: Reach, speaker: Speaker, coverage: Coverage | None = None) -> Picture:
    """Draw what leads to an outcome or a result; an outcome that nothing gives has a picture of itself alone."""
    drawing = _Drawing(name, reach, speaker, coverage)
    for group, rule in reach.decision.giving(name):
        drawing.add_rule(group, rule)
    drawing.add_flows()
    texts, last = speaker.texts, drawing.itself()
    nodes = [node for node in in_reading_order(drawing.nodes.values(), drawing.links) if node.id != name]
    return Picture(
        id=f"outcome {name}",
        title=f"{name} · {outcome_title(name, texts)}".rstrip(" ·"),
        description=texts.phrase("slice.describe"),
        nodes=(*nodes, last),
        links=tuple(drawing.links),
        language=texts.language,
    )


class _Drawing:
    def __init__(self, name: str, reach: Reach, speaker: Speaker, coverage: Coverage | None) -> None:
        self.name, self.reach, self.speaker, self.coverage = name, reach, speaker, coverage
        self.texts, self.book = speaker.texts, speaker.book
        self.nodes: dict[str, Node] = {}
        self.links: list[Link] = []

    def add_rule(self, group: str, rule: RuleShown) -> None:
        number = self.reach.decision.sets[group].index(rule) + 1
        node = rule_node(rule, number, group, self.speaker, self.coverage)
        self.nodes[node.id] = node
        self.links.append(gives_link(node.id, self.name, outcome_lead(self.name, self.texts), rule.when, self.speaker))
        if earlier := self.reach.earlier(group, rule):
            before = Node(
                id=f"before {node.id}",
                kind=NodeKind.GROUP,
                title=self.texts.phrase("slice.earlier"),
                text=self.texts.phrase("slice.set", number=len(earlier)),
                note=self.texts.phrase(f"rules.{group}"),
                href=f"rules/{group}",
                details=(self._named(earlier),),
            )
            self.nodes[before.id] = before
            self._link(before, node)
        self._add_read(rule.when, node)

    def _named(self, rules: tuple[RuleShown, ...]) -> Outline:
        counted = self.texts.phrase("slice.set", number=len(rules))
        return Outline(counted, tuple(Outline(self.texts(one.text)) for one in rules))

    def _link(self, source: Node, target: Node) -> None:
        link = Link(source.id, target.id, LinkKind.READS, shortened(target.title, LONGEST_LEAD))
        if link not in self.links:
            self.links.append(link)

    def _add_read(self, condition: Condition | None, reader: Node) -> None:
        for thing in dict.fromkeys(self.reach.read_by(condition)):
            if thing.id in {reader.id, self.name}:
                continue
            new = thing.id not in self.nodes
            node = self._node(thing)
            self.nodes.setdefault(node.id, node)
            self._link(node, reader)
            if thing.kind == DEFINITION and new:
                self._add_read(self.reach.decision.definitions[thing.id], node)

    def _node(self, thing: Thing) -> Node:
        if thing.kind == FINDING:
            return finding_node(thing.id, self.speaker, asked_in(thing.id, self.book))
        if thing.kind == QUESTION:
            return question_node(self.book.questions[thing.id], self.speaker, self.coverage)
        if thing.kind == DEFINITION:
            return definition_node(thing.id, self.reach.decision, self.speaker)
        if thing.kind == SET:
            return group_node(thing.id, self.reach.decision, self.texts)
        return act_node(thing.id, self.texts) if thing.kind == ACT else outcome_node(thing.id, self.texts)

    def add_flows(self) -> None:
        """Add the questions from which an edge of a flow leads here."""
        for flow in self.book.flows.values():
            for edge in flow.edges:
                if edge.to == self.name:
                    question = question_node(self.book.questions[edge.source], self.speaker, self.coverage)
                    self.nodes[question.id] = question
                    target = {self.name: outcome_node(self.name, self.texts)}
                    self.links.append(edge_link(flow, edge, self.speaker, target, self.coverage))

    def itself(self) -> Node:
        """Draw the outcome, with everything that can matter, counted and listed."""
        behind = self.reach.backwards(Thing(OUTCOME, self.name))
        wanted = (RULE, FINDING, QUESTION, ACT)
        kinds = {kind: sorted(thing.id for thing in behind if thing.kind == kind) for kind in wanted}
        counts = self.texts.phrase(
            "slice.counts", rules=len(kinds[RULE]), findings=len(kinds[FINDING]), questions=len(kinds[QUESTION])
        )
        node = outcome_node(self.name, self.texts)
        none = self.texts.phrase("slice.none")
        return Node(
            node.id, node.kind, node.title, node.text, counts if self.links else none, node.href,
            tuple(self._listed(kinds)),
        )  # fmt: skip

    def _listed(self, kinds: dict[str, list[str]]) -> Iterator[Outline]:
        texts, rules = self.texts, self.reach.rules
        said: dict[str, tuple[str, Callable[[str], str], str]] = {
            RULE: ("slice.rules", lambda name: texts(rules[name][1].text), ""),
            FINDING: ("slice.findings", lambda name: finding_title(name, texts), "findings/"),
            QUESTION: ("slice.questions", lambda name: texts(f"{name}.ask"), "questions/"),
            ACT: ("slice.acts", lambda name: texts(f"act.{name}.name"), ""),
        }
        for kind, (phrase, name_of, address) in said.items():
            parts = tuple(
                Outline(f"{name}: {name_of(name)}", href=address + slug(name) if address else "")
                for name in kinds[kind]
            )
            if parts:
                yield Outline(texts.phrase(phrase), parts)
