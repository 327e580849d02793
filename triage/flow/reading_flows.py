"""Read one flow file: its head, its questions with their evidence, its edges and computed gates."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from triage.flow.documents import Block
from triage.flow.faults import role_fault
from triage.flow.model import RESERVED_CODES, About, Column, Edge, Flow, Gate, Kind, Move, Question
from triage.flow.problems import nearest
from triage.flow.reading_conditions import condition_at
from triage.flow.reading_evidence import ANY_ANSWER, check_codes, read_effect, read_evidence
from triage.flow.vocabulary import NO_ROLE, ONCE, ROLES_OF_SCOPE, Names, Place

Enumerated = TypeVar("Enumerated", About, Kind)
OUTCOME = "O-"
RESTATED = ("", "option", "scale")
ATTRIBUTES = ("gender", "ethnicity", "faith", "sexuality", "nationality", "income")
"""Who somebody is, as far as nothing may be decided by it (INV-40)."""
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
        clauses=block.clauses(),
        file=block.file,
        line=block.line_of("flow"),
    )


def read_question(block: Block, flow: str, names: Names) -> Question:
    """Read one question block; every fault is noted on the block's problems."""
    about = _one_of(block, "about", About, About.CASE)
    when, text = condition_at(block, "when", Place.ASKING, names, once=about in ONCE)
    question = Question(
        id=block.text("id"),
        flow=flow,
        about=about,
        kind=_one_of(block, "type", Kind, Kind.ONE),
        sources=_known(block, "sources", names.sources, "F012", "source"),
        clauses=block.clauses(),
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
        asked=_asked(block),
        required=block.flag("required"),
        multiple=block.flag("multiple"),
        computed=block.flag("computed"),
        logbook=block.flag("logbook"),
        max_length=block.number("max_length", 0),
        min_length=block.number("min_length", 0),
        on_file=block.texts("on_file"),
        attributes=_attributes(block),
        line=block.line_of("id"),
    )
    _check_options(block, question)
    evidence = tuple(read_evidence(one, question, names) for one in block.blocks("evidence"))
    effects = tuple(read_effect(one, question) for one in block.blocks("effects"))
    block.finish()
    return replace(question, evidence=evidence, effects=effects)


def read_edges(document: Block, own: Sequence[str], names: Names, flows: Collection[str]) -> tuple[Edge, ...]:
    """Read the exceptions to the order of a flow."""
    return tuple(_edge(block, own, names, flows) for block in document.blocks("edges"))


def _edge(block: Block, own: Sequence[str], names: Names, flows: Collection[str]) -> Edge:
    source = block.text("from")
    if source and source not in own:
        block.problems.add("F006", f"Question `{source}` is not in this flow.", block, "from", nearest(source, own))
    moves = [move for move in Move if move in block.values]
    if len(moves) != 1:
        block.problems.add("F003", "An edge has exactly one of `go`, `interrupt` and `queue`.", block)
    move, to = (moves[0], block.text(moves[0])) if moves else (Move.QUEUE, "")
    for other in moves[1:]:
        block.text(other)
    if to:
        _check_target(block, move, to, source, own, {*names.questions, *names.acts, *flows})
    once = names.abouts.get(source) in ONCE
    when, text = condition_at(block, "when", Place.ASKING, names, once=once)
    edge = Edge(source, move, to, when, text, block.text("text"), block.line)
    block.finish()
    return edge


def _check_target(block: Block, move: Move, to: str, source: str, own: Sequence[str], others: Collection[str]) -> None:
    """F019: `go` leads forward in this flow, the other moves to a question, flow, act or outcome."""
    if move is not Move.GO:
        if to not in others and not to.startswith(OUTCOME):
            block.problems.add("F019", f"`{to}` is nothing to go on with.", block, move, nearest(to, others))
    elif to not in {*own, "end"}:
        message = f"`go` leads to `{to}`, which is not in this flow."
        block.problems.add("F019", message, block, move, nearest(to, own))
    elif to in own and source in own and own.index(to) <= own.index(source):
        block.problems.add("F019", f"`go` leads back to `{to}`; a flow only goes forward.", block, move)


def _one_of(block: Block, key: str, choices: type[Enumerated], default: Enumerated) -> Enumerated:
    word = block.text(key)
    if word in set(choices):
        return choices(word)
    if word:
        block.problems.add("F004", f"`{word}` is no {key}.", block, key, nearest(word, list(choices)))
    return default


def _known(block: Block, key: str, known: Collection[str], code: str, called: str) -> tuple[str, ...]:
    words = block.texts(key, required=True)
    for word in words:
        if word not in known:
            block.problems.add(code, f"`{word}` is no {called}.", block, key, nearest(word, known))
    return words


def _asked(block: Block) -> str:
    word = block.text("asked", "")
    if word not in {"", "x"}:
        block.problems.add("F004", f"`asked` may only be `x`, not `{word}`.", block, "asked")
    return word


def _gate(block: Block, names: Names) -> Gate:
    about = _one_of(block, "about", About, About.PAIR)
    finding = _known(block, "finding", names.findings, "F007", "finding")
    for word in finding:
        permitted = NO_ROLE if word in names.merged else ROLES_OF_SCOPE.get(names.scopes.get(word, ""))
        for code, sentence, near in role_fault(word, word, "", permitted):
            block.problems.add(code, sentence, block, "finding", near)
    gate = Gate(block.text("id"), finding[0] if finding else "", about, block.text("otherwise"), block.line)
    block.finish()
    return gate


def _attributes(block: Block) -> dict[str, tuple[str, ...]]:
    """Which options tell who somebody is, by the attribute that they tell."""
    inner = block.block("attributes")
    told = {name: inner.texts(name, required=True) for name in inner.names()} if inner else {}
    for name in told:
        if inner and name not in ATTRIBUTES:
            inner.problems.add("F004", f"`{name}` is no attribute.", inner, name, nearest(name, ATTRIBUTES))
    return told


def _column(block: Block) -> Column:
    restates = block.text("restates", "")
    if restates not in RESTATED:
        block.problems.add(
            "F004", f"`{restates}` is nothing to restate.", block, "restates", nearest(restates, RESTATED)
        )
    column = Column(block.text("code"), block.texts("values"), block.flag("support_only"), block.flag("many"), restates)
    block.finish()
    return column


def _check_options(block: Block, question: Question) -> None:
    for key, codes in (("options", question.options), ("scale", question.scale)):
        for code in codes:
            if code in RESERVED_CODES:
                block.problems.add("F017", f"`{code}` is reserved and offered by every question.", block, key)
        if len(set(codes)) != len(codes):
            block.problems.add("F005", f"A code stands twice in `{key}`.", block, key)
    columns = [column.code for column in question.columns]
    if len(set(columns)) != len(columns):
        block.problems.add("F005", "A column stands twice.", block, "columns")
    if question.kind in WITH_OPTIONS and not question.options and "options" not in block.values:
        block.problems.add("F003", f"A question of type {question.kind} needs `options`.", block, "type")
    given = {"exclusive": question.exclusive, "follow_up_unless": question.follow_up_unless}
    given["attributes"] = tuple(code for codes in question.attributes.values() for code in codes)
    for key, codes in given.items():
        check_codes(block, key, codes, question.options, f"`{{}}` is no option of {question.id}.")
    check_codes(
        block, "on_file", question.on_file, {*question.options, ANY_ANSWER}, f"`{{}}` is no option of {question.id}."
    )
