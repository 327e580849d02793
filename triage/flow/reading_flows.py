"""Read one flow file: its head, its questions with their evidence, its edges and computed gates."""

from collections.abc import Collection
from dataclasses import replace
from typing import TypeVar

import yaml

from triage.flow.conditions import Always, Condition, ConditionError, parse
from triage.flow.documents import Block
from triage.flow.model import (
    RESERVED_CODES,
    About,
    Column,
    Edge,
    Effect,
    Element,
    Evidence,
    Flow,
    Gate,
    Kind,
    Move,
    Question,
)
from triage.flow.problems import nearest
from triage.flow.vocabulary import Names, Place, faults, split_role

Enumerated = TypeVar("Enumerated", About, Kind)
STRENGTHS = ("source", "part", "count", "rule", "0", "1", "2", "3", "4")
WITH_OPTIONS = {Kind.ONE, Kind.MANY, Kind.RECORD, Kind.TABLE}


def read_flow_head(block: Block, names: Names) -> Flow:
    """Read everything of a flow but its questions and edges."""
    return Flow(
        id=block.text("flow"),
        version=block.number("version"),
        about=_one_of(block, "about", About, About.CASE),
        opens=condition_at(block, "opens", Place.ASKING, names)[0],
        questions=(),
        edges=(),
        gates=tuple(_gate(one, names) for one in block.blocks("gates")),
        clauses=block.texts("clauses", required=True),
    )


def read_question(block: Block, flow: str, names: Names) -> Question:
    """Read one question block; every fault is noted on the block's problems."""
    when, text = condition_at(block, "when", Place.ASKING, names)
    question = Question(
        id=block.text("id"),
        flow=flow,
        about=_one_of(block, "about", About, About.CASE),
        kind=_one_of(block, "type", Kind, Kind.ONE),
        sources=_known(block, "sources", names.sources, "F012"),
        clauses=block.texts("clauses", required=True),
        when=when,
        when_text=text,
        options=block.texts("options"),
        scale=block.texts("scale"),
        columns=tuple(_column(one) for one in block.blocks("columns")),
        exclusive=block.texts("exclusive"),
        follow_up=block.texts("follow_up"),
        follow_up_unless=block.texts("follow_up_unless"),
        topic=block.text("topic", ""),
        section=block.text("section", ""),
        unit=block.text("unit", ""),
        asked=block.text("asked", ""),
        required=block.flag("required"),
        multiple=block.flag("multiple"),
        computed=block.flag("computed"),
        logbook=block.flag("logbook"),
        max_length=block.number("max_length", 0),
        min_length=block.number("min_length", 0),
    )
    _check_options(block, question)
    evidence = tuple(_evidence(one, question, names) for one in block.blocks("evidence"))
    effects = tuple(_effect(one, question) for one in block.blocks("effects"))
    block.finish()
    return replace(question, evidence=evidence, effects=effects)


def read_edges(document: Block, own: Collection[str], names: Names) -> tuple[Edge, ...]:
    """Read the exceptions to the order of a flow."""
    edges = []
    for block in document.blocks("edges"):
        source = block.text("from")
        if source not in own:
            block.problems.add("F006", f"Question `{source}` is not in this flow.", block, "from", nearest(source, own))
        moves = [move for move in Move if move in block.values]
        if len(moves) != 1:
            block.problems.add("F003", "An edge has exactly one of `go`, `interrupt` and `queue`.", block)
        move = moves[0] if moves else Move.QUEUE
        to = block.text(move)
        if move is Move.GO and to not in {*own, "end"}:
            block.problems.add(
                "F019", f"`go` leads to `{to}`, which is not in this flow.", block, move, nearest(to, own)
            )
        when, text = condition_at(block, "when", Place.ASKING, names)
        edges.append(Edge(source, move, to, when, text, block.text("text")))
        block.finish()
    return tuple(edges)


def condition_at(block: Block, key: str, place: Place, names: Names, default: str = "always") -> tuple[Condition, str]:
    """Read and check the condition at a key; a faulty one is noted and reads as `always`."""
    text = " ".join(block.text(key, default).split())
    try:
        condition = parse(text)
    except ConditionError as fault:
        block.problems.add("F015", f"`{text}` is no condition: {fault} at character {fault.position + 1}.", block, key)
        return Always(), text
    for code, sentence, near in faults(condition, place, names):
        block.problems.add(code, f"In `{key}`: {sentence}", block, key, near)
    return condition, text


def _one_of(block: Block, key: str, choices: type[Enumerated], default: Enumerated) -> Enumerated:
    word = block.text(key)
    if word in set(choices):
        return choices(word)
    if word:
        block.problems.add("F004", f"`{word}` is no {key}.", block, key, nearest(word, list(choices)))
    return default


def _known(block: Block, key: str, known: Collection[str], code: str) -> tuple[str, ...]:
    words = block.texts(key, required=True)
    for word in words:
        if word not in known:
            block.problems.add(code, f"`{word}` is not known.", block, key, nearest(word, known))
    return words


def _gate(block: Block, names: Names) -> Gate:
    about = _one_of(block, "about", About, About.PAIR)
    finding = _known(block, "finding", names.findings, "F007")
    gate = Gate(block.text("id"), finding[0] if finding else "", about, block.text("otherwise"))
    block.finish()
    return gate


def _column(block: Block) -> Column:
    column = Column(block.text("code"), block.texts("values"), block.flag("support_only"), block.flag("many"))
    block.finish()
    return column


def _check_options(block: Block, question: Question) -> None:
    for key in ("options", "scale"):
        codes = block.texts(key)
        for code in codes:
            if code in RESERVED_CODES:
                block.problems.add("F014", f"`{code}` is reserved and offered by every question.", block, key)
        if len(set(codes)) != len(codes):
            block.problems.add("F005", f"An option stands twice in `{key}`.", block, key)
    if question.kind in WITH_OPTIONS and not question.options:
        block.problems.add("F003", f"A question of type {question.kind} needs `options`.", block, "type")
    for code in question.exclusive:
        if code not in question.options:
            near = nearest(code, question.options)
            block.problems.add("F008", f"`{code}` is no option of {question.id}.", block, "exclusive", near)


def _evidence(block: Block, question: Question, names: Names) -> Evidence:
    finding, role = split_role(block.text("finding"), names.findings)
    if finding not in names.findings:
        block.problems.add("F007", f"`{finding}` is no finding.", block, "finding", nearest(finding, names.findings))
    strength = block.text("strength")
    if strength not in STRENGTHS:
        block.problems.add("F004", f"`{strength}` is no strength.", block, "strength", nearest(strength, STRENGTHS))
    own = Names(**{name: getattr(names, name) for name in Names.__dataclass_fields__})
    own.options = {*question.options, *question.scale, *question.follow_up}
    own.columns = {column.code: column.values for column in question.columns}
    evidence = Evidence(
        finding=finding,
        role=role,
        strength=strength,
        options=_codes(block, "options", question.options, question.id),
        scale=_codes(block, "scale", question.scale, question.id),
        when=condition_at(block, "when", Place.EVIDENCE, own)[0],
        element=_element(block),
        cap=block.number("cap", 4),
        complete=block.flag("complete"),
        only=block.flag("only"),
        loose=block.flag("loose"),
        who=block.text("who", ""),
        follow_up=_codes(block, "follow_up", question.follow_up, question.id),
    )
    if strength == "part" and evidence.element is None:
        block.problems.add("F003", "A part needs `element`: what it is one of.", block)
    block.finish()
    return evidence


def _codes(block: Block, key: str, known: Collection[str], question: str) -> frozenset[str]:
    codes = block.texts(key)
    for code in codes:
        if code not in known:
            block.problems.add("F008", f"`{code}` is no {key} of {question}.", block, key, nearest(code, known))
    return frozenset(codes)


def _element(block: Block) -> Element | None:
    if "element" not in block.values:
        return None
    if isinstance(block.values["element"], yaml.ScalarNode):
        return Element(block.text("element"))
    inner = block.block("element")
    if inner is None:
        return None
    keys = inner.block("keys")
    shared = {word: keys.text(word) for word in keys.names()} if keys else {}
    element = Element(inner.text("kind"), inner.text("key", ""), shared, inner.text("cell", ""))
    inner.finish()
    return element


def _effect(block: Block, question: Question) -> Effect:
    spoken = {*question.options, *question.follow_up, *RESERVED_CODES, "column:text", "*"}
    options = block.texts("options")
    for code in options:
        if code not in spoken:
            block.problems.add(
                "F008", f"`{code}` is no option of {question.id}.", block, "options", nearest(code, spoken)
            )
    effect = Effect(options, block.texts("scale"), block.text("text"))
    block.finish()
    return effect
