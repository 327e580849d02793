"""Draw one finding: the answers that count for it, what they are worth, its rules, and the findings these read."""

from collections.abc import Iterable, Iterator

from triage.checks.coverage_marks import Coverage
from triage.checks.names_read import ACT, FINDING, QUESTION, names_read
from triage.checks.pictures.model import Link, LinkKind, Node, NodeKind, Outline, Picture
from triage.checks.pictures.order import in_reading_order
from triage.checks.pictures.texts import Texts, capital, shortened
from triage.checks.pictures.things import (
    act_node,
    clauses_outline,
    condition_outline,
    finding_node,
    finding_title,
    question_node,
)
from triage.checks.pictures.words import Speaker
from triage.flow.conditions import Always, Condition
from triage.flow.model import Evidence, FindingDefinition, Question, Rulebook

LONGEST_LABEL = 200
FAR = frozenset({FINDING, ACT})
"""What is drawn of findings further away: their questions are named in their own boxes."""
NEAR = FAR | {QUESTION}


def finding_picture(
    name: str, speaker: Speaker, coverage: Coverage | None = None, used: Iterable[Outline] = ()
) -> Picture:
    """Draw the slice that leads to a finding; raises KeyError when there is none of that name.

    `used` says who reads it, where the caller knows.
    """
    book, texts = speaker.book, speaker.texts
    definition = book.findings[name]
    asked = [book.questions[question] for question in asked_in(name, book)]
    nodes = {question.id: question_node(question, speaker, coverage) for question in asked}
    links = [link for question in asked for link in _evidence(question, name, speaker)]
    rules = tuple(_rules(definition, speaker))
    nodes |= {node.id: node for node, _ in rules}
    links += [Link(node.id, name, LinkKind.GIVES, node.title, label) for node, label in rules]
    read = [(condition, node.id) for (node, _), condition in zip(rules, _rule_conditions(definition), strict=True)]
    read += [(one, name) for one in (definition.zero, definition.unknown_when, definition.falls_to_1_when)]
    for condition, reader in read:
        _add_read(condition, reader, nodes, links, speaker, NEAR)
    _add_far(nodes, links, speaker)
    nodes[name] = _itself(definition, speaker, tuple(used))
    ordered = [node for node in in_reading_order(nodes.values(), links) if node.id != name]
    return Picture(
        id=f"finding {name}",
        title=finding_title(name, texts),
        description=texts.phrase("finding.describe"),
        nodes=(*ordered, nodes[name]),
        links=tuple(link for link in links if link.source != name),
        language=texts.language,
    )


def evidence_words(evidence: Evidence, question: Question, speaker: Speaker) -> str:
    """Say which answers a piece of evidence is about, and under which condition."""
    speaker, texts = speaker.of(question), speaker.texts
    order = {code: number for number, code in enumerate((*question.options, *question.scale, *question.follow_up))}
    parts = [
        speaker.options(tuple(sorted(codes, key=lambda code: order.get(code, 0))), kind)
        for codes, kind in ((evidence.options, "option"), (evidence.scale, "scale"), (evidence.follow_up, "follow_up"))
        if codes
    ]
    if not isinstance(evidence.when, Always):
        parts.append(texts.phrase("if", when=speaker.sentence(evidence.when)))
    return ", ".join(parts) or texts.phrase("any_answer")


def strength_words(evidence: Evidence, texts: Texts) -> str:
    """Say what a piece of evidence is worth."""
    if evidence.strength == "0":
        return texts.phrase("strength.zero")
    if evidence.strength.isdigit():
        return texts.phrase("strength.number", level=texts(f"strength.{evidence.strength}"))
    kind = texts.phrase(f"kind.{evidence.element.kind}") if evidence.element else ""
    return texts.phrase(f"strength.{evidence.strength}", kind=kind)


def definition_outlines(definition: FindingDefinition, speaker: Speaker) -> Iterator[Outline]:
    """Say how a finding is made, ruled out, kept open and weakened."""
    texts = speaker.texts
    yield Outline(texts(f"finding.{definition.name}.meaning"))
    if definition.needs:
        ways = [
            texts.every([
                texts.phrase("finding.need", number=number, kind=texts.phrase(f"kind.{kind}"))
                for kind, number in way.items()
            ])
            for way in definition.needs
        ]  # fmt: skip
        yield Outline(texts.phrase("finding.needs", ways=texts.either(ways)))
    whom = texts.phrase(f"competence.{definition.competent}")
    if definition.otherwise_zero:
        yield Outline(texts.phrase("finding.otherwise_zero"))
    elif definition.zero == Always(value=False):
        yield Outline(texts.phrase("finding.zero.default", whom=whom))
    named = {
        "finding.zero": definition.zero,
        "finding.unknown_when": definition.unknown_when,
        "finding.falls": definition.falls_to_1_when,
    }
    for phrase, condition in named.items():
        if condition != Always(value=False):
            yield Outline(texts.phrase(phrase), (speaker.outline(condition),))
    yield Outline(texts.phrase("finding.competent", whom=whom))
    if definition.state:
        yield Outline(texts.phrase("finding.state"))
    yield clauses_outline(definition.clauses, texts)


def asked_in(name: str, book: Rulebook) -> tuple[str, ...]:
    """Give the questions whose answers count for a finding."""
    return tuple(
        question.id for question in book.questions.values() if any(one.finding == name for one in question.evidence)
    )


def _evidence(question: Question, name: str, speaker: Speaker) -> Iterator[Link]:
    for evidence in question.evidence:
        if evidence.finding == name:
            words = evidence_words(evidence, question, speaker)
            brief = evidence_words(evidence, question, speaker.briefly())
            lead = strength_words(evidence, speaker.texts)
            label = shortened(brief, LONGEST_LABEL)
            yield Link(question.id, name, LinkKind.EVIDENCE, capital(lead), label, Outline(words))


def _rule_conditions(definition: FindingDefinition) -> Iterator[Condition]:
    return (rule.when for rule in definition.rules)


def _rules(definition: FindingDefinition, speaker: Speaker) -> Iterator[tuple[Node, str]]:
    texts = speaker.texts
    for number, rule in enumerate(definition.rules, start=1):
        level = texts(f"strength.{rule.strength}")
        said = speaker.briefly().sentence(rule.when)
        node = Node(
            id=f"rule {number}",
            kind=NodeKind.RULE,
            title=texts.phrase("finding.rule", level=level),
            text=shortened(texts.phrase("if", when=said), LONGEST_LABEL + 60),
            details=(condition_outline(rule.when, speaker),),
        )
        yield node, texts.phrase("strength.number", level=level)


def _itself(definition: FindingDefinition, speaker: Speaker, used: tuple[Outline, ...]) -> Node:
    texts = speaker.texts
    outlines = tuple(definition_outlines(definition, speaker))
    by = (Outline(texts.phrase("finding.used"), used),) if used else ()
    node = finding_node(definition.name, speaker, note=outlines[1].text)
    return Node(node.id, NodeKind.FINDING, node.title, node.text, node.note, node.href, (*outlines, *by))


def _add_read(
    condition: Condition,
    reader: str,
    nodes: dict[str, Node],
    links: list[Link],
    speaker: Speaker,
    kinds: frozenset[str],
) -> None:
    """Add what a condition reads, of these kinds, with a link from each to its reader."""
    book, texts = speaker.book, speaker.texts
    for kind, word in dict.fromkeys(names_read(condition, book)):
        if kind in kinds and word != reader:
            if word not in nodes:
                nodes[word] = _read_node(kind, word, speaker)
            title = nodes[reader].title if reader in nodes else reader
            link = Link(word, reader, LinkKind.READS, texts.phrase("lead.reads", target=title))
            known = (one.source == word and one.target == reader for one in links)
            if not any(known):
                links.append(link)


def _read_node(kind: str, word: str, speaker: Speaker) -> Node:
    if kind == FINDING:
        return finding_node(word, speaker, asked_in(word, speaker.book))
    if kind == ACT:
        return act_node(word, speaker.texts)
    return question_node(speaker.book.questions[word], speaker, None)


def _add_far(nodes: dict[str, Node], links: list[Link], speaker: Speaker) -> None:
    """Add the findings and acts that the findings there read in their turn, until nothing is new."""
    waiting = [node.id for node in nodes.values() if node.kind is NodeKind.FINDING]
    while waiting:
        name = waiting.pop(0)
        before = set(nodes)
        for condition in speaker.book.findings[name].conditions:
            _add_read(condition, name, nodes, links, speaker, FAR)
        waiting += [one for one in nodes if one not in before and nodes[one].kind is NodeKind.FINDING]
