"""Draw one set of rules: each rule in its order, its condition beside it, and below what the rules give."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from triage.checks.coverage_marks import Coverage
from triage.checks.pictures.model import Link, LinkKind, Node, NodeKind, Outline, Picture
from triage.checks.pictures.order import beneath
from triage.checks.pictures.rule_sets import (
    ALERTS,
    DEFINITIONS,
    EFFECTIVE,
    GATES,
    HOLDS,
    ORDERED,
    ROUTES,
    Decision,
    RuleShown,
)
from triage.checks.pictures.texts import Texts, capital, shortened
from triage.checks.pictures.things import clauses_outline, condition_outline, mark_of, outcome_node, outcome_title
from triage.checks.pictures.words import Speaker
from triage.flow.conditions import Always, Condition, tests

COLLECTED, MAY_START = "collected", "may-start"
LONGEST_LABEL, LONGEST_LEAD = 240, 64


def rules_picture(name: str, decision: Decision, speaker: Speaker, coverage: Coverage | None = None) -> Picture:
    """Draw a set of rules, or the definitions; raises KeyError when there is no such set."""
    if name == DEFINITIONS:
        return definitions_picture(decision, speaker)
    texts, rules = speaker.texts, decision.sets[name]
    column = tuple(rule_node(rule, number, name, speaker, coverage) for number, rule in enumerate(rules, start=1))
    below = {node.id: node for rule in rules for node in _given(rule, name, texts)}
    links = [*(_in_order(column, texts) if name in ORDERED else ())]
    links += [link for rule in rules for link in _gives(rule, name, speaker)]
    kind = "ordered" if name in ORDERED else "needed" if name == EFFECTIVE else "every"
    return Picture(
        id=f"rules {name}",
        title=texts.phrase(f"rules.{name}"),
        description=texts.phrase(f"rules.{kind}"),
        nodes=(*column, *beneath(below.values(), column, links)),
        links=tuple(links),
        language=texts.language,
    )


def rule_node(rule: RuleShown, number: int, group: str, speaker: Speaker, coverage: Coverage | None) -> Node:
    """Draw one rule: its number or step, its sentence, its id; its whole condition stands in the text."""
    texts = speaker.texts
    title = texts.phrase("rule.step", number=rule.step) if rule.step else texts.phrase("rule.number", number=number)
    notes = [rule.id]
    if group == ALERTS:
        title = f"{rule.id} · {texts(f'alert.{rule.id}.name')}"
        owners = texts.every([texts(owner) for owner in rule.owners])
        notes = [texts.phrase("rule.answered", owners=owners, deadline=texts(rule.deadline))]
    if group == GATES and rule.latches:
        notes.append(texts.phrase("rule.latches"))
    return Node(
        id=rule.id,
        kind=NodeKind.RULE,
        title=title,
        text=texts(rule.text),
        note="; ".join(notes),
        details=(clauses_outline(rule.clauses, texts),),
        mark=None if coverage is None else mark_of(texts, seen=rule.id in coverage.rules),
    )


def _given(rule: RuleShown, group: str, texts: Texts) -> Iterator[Node]:
    if group == ALERTS:
        tiers = (rule.tier, "red") if rule.raised and not _never(rule.raised) else (rule.tier,)
        yield from (Node(tier, NodeKind.OUTCOME, tier, texts(f"tier.{tier}")) for tier in tiers)
    elif group == EFFECTIVE:
        yield Node(MAY_START, NodeKind.END, texts.phrase("start.may"))
    else:
        yield from (outcome_node(name, texts) for name in rule.gives)
        if not rule.gives:
            title = texts.phrase("rule.collected")
            yield Node(COLLECTED, NodeKind.GROUP, HOLDS, title, href=f"rules/{HOLDS}")


def _never(condition: Condition) -> bool:
    return condition == Always(value=False)


def _gives(rule: RuleShown, group: str, speaker: Speaker) -> Iterator[Link]:
    texts = speaker.texts
    if group == ALERTS:
        yield gives_link(rule.id, rule.tier, rule.tier, rule.when, speaker)
        if rule.raised and not _never(rule.raised):
            red = gives_link(rule.id, "red", "red", rule.raised, speaker)
            yield replace(red, kind=LinkKind.INTERRUPT)
        return
    if group == EFFECTIVE:
        yield replace(gives_link(rule.id, MAY_START, "", rule.when, speaker), lead=texts.phrase("start.needed"))
        return
    for name in rule.gives:
        link = gives_link(rule.id, name, outcome_lead(name, texts), rule.when, speaker)
        beside = texts.phrase("rule.holds_beside") if rule.with_holds and group == ROUTES else ""
        yield replace(link, label=f"{link.label} ({beside})") if beside else link
    if not rule.gives:
        yield gives_link(rule.id, COLLECTED, texts.phrase("rule.collected"), rule.when, speaker)


def outcome_lead(name: str, texts: Texts) -> str:
    """Name an outcome on a line that leads to it."""
    return shortened(f"{name} · {outcome_title(name, texts)}".rstrip(" ·"), LONGEST_LEAD)


def gives_link(source: str, target: str, lead: str, when: Condition | None, speaker: Speaker) -> Link:
    """Lead from a rule to what it gives, under its condition."""
    texts = speaker.texts
    if when is None:
        label = texts.phrase("rule.outside")
        return Link(source, target, LinkKind.GIVES, lead, label, Outline(label))
    if isinstance(when, Always):
        label = texts.phrase("rule.always")
        return Link(source, target, LinkKind.GIVES, lead, label, Outline(label))
    label = texts.phrase("if", when=speaker.briefly().sentence(when))
    whole = Outline("", (condition_outline(when, speaker),))
    return Link(source, target, LinkKind.GIVES, lead, shortened(label, LONGEST_LABEL), whole)


def _in_order(column: tuple[Node, ...], texts: Texts) -> Iterator[Link]:
    for here, following in pairwise(column):
        yield Link(here.id, following.id, LinkKind.OTHERWISE, "", texts.phrase("otherwise"))


def definitions_picture(decision: Decision, speaker: Speaker) -> Picture:
    """Draw what the rules mean by their words: each definition, what it says, and who reads it."""
    texts = speaker.texts
    nodes = [definition_node(name, decision, speaker) for name in decision.definitions]
    links = [
        Link(word, name, LinkKind.READS, speaker.definition(name))
        for name, condition in decision.definitions.items()
        for word in defined_in(condition, decision)
    ]
    readers: dict[str, Node] = {}
    for group, rules in decision.sets.items():
        read = dict.fromkeys(word for rule in rules for word in defined_in(rule.when, decision))
        readers |= {group: group_node(group, decision, texts)} if read else {}
        links += [Link(word, readers[group].id, LinkKind.READS, readers[group].title) for word in read]
    return Picture(
        id=f"rules {DEFINITIONS}",
        title=texts.phrase(f"rules.{DEFINITIONS}"),
        description=texts.phrase("rules.defined"),
        nodes=(*nodes, *beneath(readers.values(), nodes, links)),
        links=tuple(links),
        language=texts.language,
    )


def definition_node(name: str, decision: Decision, speaker: Speaker) -> Node:
    """Draw a definition: its words, its meaning shortened; the whole meaning stands in the text."""
    condition = decision.definitions[name]
    said = speaker.briefly().sentence(condition)
    return Node(
        id=name,
        kind=NodeKind.DEFINITION,
        title=capital(speaker.definition(name)),
        text=shortened(said, LONGEST_LABEL),
        note=name,
        href=f"rules/{DEFINITIONS}",
        details=(condition_outline(condition, speaker),),
    )


def defined_in(condition: Condition | None, decision: Decision) -> Iterator[str]:
    """Give the definitions that a condition names, in roles as they are defined, each once."""
    if condition is None:
        return
    words = dict.fromkeys(test.arguments[0] for test in tests(condition) if test.function == "name")
    yield from dict.fromkeys(filter(None, (defined_as(word, decision) for word in words)))


def defined_as(word: str, decision: Decision) -> str:
    """Give the name under which a definition stands: `core_yx` is defined as `core_xy`."""
    stem, _, role = word.rpartition("_")
    turned = {"yx": f"{stem}_xy", "y": f"{stem}_x"}.get(role, word)
    return next((name for name in (word, turned) if name in decision.definitions), "")


def group_node(group: str, decision: Decision, texts: Texts) -> Node:
    """Draw a whole set of rules as one box."""
    counted = texts.phrase("slice.set", number=len(decision.sets.get(group, ())))
    return Node(f"set {group}", NodeKind.GROUP, texts.phrase(f"rules.{group}"), counted, href=f"rules/{group}")
