"""Read what the answers of a question do: evidence for findings, and effects besides."""

from collections.abc import Collection, Iterable
from dataclasses import replace

import yaml

from triage.flow.documents import Block
from triage.flow.faults import role_fault
from triage.flow.model import RESERVED_CODES, Effect, Element, Evidence, Question
from triage.flow.problems import nearest
from triage.flow.reading_conditions import condition_at
from triage.flow.vocabulary import ROLES_OF_EVIDENCE, Names, Place, split_role

STRENGTHS = ("source", "part", "count", "rule", "0", "1", "2", "3", "4")
FROM_A_COLUMN = frozenset({"who", "to_who", "by_whom"})
ANY_TEXT, ANY_ANSWER = "column:text", "*"


def read_evidence(block: Block, question: Question, names: Names) -> Evidence:
    """Read one piece of evidence of a question."""
    finding, role = _finding(block, names)
    evidence = Evidence(
        finding=finding,
        role=role,
        strength=_strength(block),
        options=frozenset(codes_among(block, "options", question.options, question.id)),
        scale=frozenset(codes_among(block, "scale", question.scale, question.id)),
        when=condition_at(block, "when", Place.EVIDENCE, _names_of(question, names))[0],
        element=_element(block, question),
        cap=block.number("cap", 4, most=4),
        complete=block.flag("complete"),
        only=block.flag("only"),
        loose=block.flag("loose"),
        who=block.text("who", ""),
        follow_up=frozenset(codes_among(block, "follow_up", question.follow_up, question.id)),
    )
    if evidence.strength == "part" and evidence.element is None and "element" not in block.values:
        block.problems.add("F003", "A part needs `element`: what it is one of.", block)
    if evidence.complete and not question.options:
        message = "`complete` asks for a row for every option, and there are none here."
        block.problems.add("F004", message, block, "complete")
    _check_who(block, evidence, question)
    block.finish()
    return evidence


def read_effect(block: Block, question: Question) -> Effect:
    """Read one effect of an answer."""
    spoken = (*question.options, *question.follow_up, *sorted(RESERVED_CODES), ANY_TEXT, ANY_ANSWER)
    effect = Effect(
        codes_among(block, "options", spoken, question.id, "option"),
        codes_among(block, "scale", question.scale, question.id),
        block.text("text"),
    )
    block.finish()
    return effect


def codes_among(
    block: Block, key: str, known: Collection[str], question: str, called: str | None = None
) -> tuple[str, ...]:
    """The codes at a key, each of which must be known to the question."""
    codes = block.texts(key)
    check_codes(block, key, codes, known, f"`{{}}` is no {called or key} of {question}.")
    return codes


def check_codes(block: Block, key: str, codes: Iterable[str], known: Collection[str], message: str) -> None:
    """F008: each code is one of those known."""
    for code in codes:
        if code not in known:
            block.problems.add("F008", message.format(code), block, key, nearest(code, known))


def check_column(block: Block, key: str, column: str, known: Collection[str]) -> None:
    """F009: the column is one of the question's."""
    if column and column not in known:
        block.problems.add("F009", f"`{column}` is no column of this question.", block, key, nearest(column, known))


def _finding(block: Block, names: Names) -> tuple[str, str]:
    word = block.text("finding")
    finding, role = split_role(word, names.findings)
    if word and finding not in names.findings:
        block.problems.add("F007", f"`{finding}` is no finding.", block, "finding", nearest(finding, names.findings))
    else:
        permitted = ROLES_OF_EVIDENCE.get(names.scopes.get(finding, ""))
        for code, sentence, near in role_fault(word, finding, role, permitted):
            block.problems.add(code, sentence, block, "finding", near)
    return finding, role


def _strength(block: Block) -> str:
    strength = block.text("strength")
    if strength and strength not in STRENGTHS:
        block.problems.add("F004", f"`{strength}` is no strength.", block, "strength", nearest(strength, STRENGTHS))
    return strength


def _names_of(question: Question, names: Names) -> Names:
    columns = {column.code: column.values for column in question.columns}
    return replace(names, options=question.options, columns=columns)


def _check_who(block: Block, evidence: Evidence, question: Question) -> None:
    check_column(block, "who", evidence.who, [column.code for column in question.columns])
    if evidence.role in FROM_A_COLUMN and "who" not in block.values:
        block.problems.add("F003", f"`_{evidence.role}` needs `who`: the column that says whose.", block, "finding")


def _element(block: Block, question: Question) -> Element | None:
    if isinstance(block.values.get("element"), yaml.ScalarNode):
        return Element(block.text("element"))
    inner = block.block("element")
    if inner is None:
        return None
    keys = inner.block("keys")
    shared = {word: keys.text(word) for word in keys.names()} if keys else {}
    element = Element(inner.text("kind"), inner.text("key", ""), shared, inner.text("cell", ""))
    if keys:
        check_codes(inner, "keys", shared, question.options, f"`{{}}` is no option of {question.id}.")
    check_column(inner, "cell", element.cell, ["scale", *(column.code for column in question.columns)])
    inner.finish()
    return element
