"""Read lists, definitions and ordered rules out of the blocks of a rule file, noting every fault with its line."""

import re
from collections.abc import Iterator
from dataclasses import replace

from triage.flow.conditions import ROLES_AB, ROLES_BA, Condition, ConditionError, parse, tests, with_roles
from triage.flow.documents import Block
from triage.flow.problems import nearest
from triage.routing.rules import NEVER, Definition, Rule
from triage.routing.vocabulary import Names, Stage, faults

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_SAME = {role: role for role in ROLES_AB}
_SWAPPED = {"xy": "yx", "yx": "xy", "x": "y", "y": "x"}
_ENDING_ALWAYS = ("results", "steps")


def read_lists(document: Block, names: Names) -> dict[str, tuple[str, ...]]:
    """Read the named lists of findings, and give them with persons in place of roles."""
    block, written = document.block("lists"), dict[str, tuple[str, ...]]()
    for name in block.names() if block else ():
        if block is None:
            continue
        _check_name(block, name)
        written[name] = block.texts(name)
        for member in written[name]:
            if member not in names.findings:
                block.problems.add("F007", f"`{member}` is no finding.", block, name, nearest(member, names.findings))
    names.lists = {with_roles(name, roles) for name in written for roles in (_SAME, _SWAPPED)}
    return {
        with_roles(name, roles): tuple(with_roles(member, roles) for member in members)
        for name, members in written.items()
        for roles in (ROLES_AB, ROLES_BA)
    }


def read_definitions(document: Block, names: Names) -> Iterator[Definition]:
    """Read the definitions in order; one may use those above it, in either direction."""
    block = document.block("definitions")
    for name in block.names() if block else ():
        if block is None:
            continue
        _check_name(block, name)
        yield Definition(name, condition_at(block, name, Stage.DEFINITION, names), block.line_of(name))
        names.definitions |= {name, with_roles(name, _SWAPPED)}


def read_ordered(document: Block, key: str, stage: Stage, names: Names) -> tuple[Rule, ...]:
    """Read one ordered list of rules; a list of which the first line counts must end with one that always applies."""
    blocks = document.blocks(key)
    rules = tuple(_rule(block, stage, names) for block in blocks)
    if not rules:
        document.problems.add("F003", f"`{key}` has no rule.", document, key)
    elif key in _ENDING_ALWAYS and blocks[-1].text("when", "") != "always":
        document.problems.add("R011", f"The last rule of `{key}` must apply always.", blocks[-1], "when")
    _check_twice(blocks, rules)
    if stage is Stage.RESULT:
        given = {name for rule in rules for name in rule.gives}
        names.results |= given | {with_roles(name, _SWAPPED) for name in given}
    return rules


def gate_names(document: Block) -> set[str]:
    """Learn the names of all gates first: any of them may be latched whatever else holds."""
    return {block.text("gives", "") for block in document.blocks("gates")}


def read_gates(document: Block, names: Names) -> tuple[Rule, ...]:
    """Read the gates in order; one may read those above it."""
    blocks, rules = document.blocks("gates"), list[Rule]()
    for block in blocks:
        latches = "latches" not in block.values or block.flag("latches")
        rule = replace(_rule(block, Stage.GATE, names), latches=latches)
        known = {gate.gives[0] for gate in rules if gate.gives}
        for test in tests(rule.when):
            if test.function == "gate" and test.arguments[0] not in known:
                block.problems.add("R008", f"`{test.arguments[0]}` is not known yet at this point.", block, "when")
        rules.append(rule)
    _check_twice(blocks, tuple(rules))
    return tuple(rules)


def justified_clauses(block: Block, names: Names) -> tuple[str, ...]:
    """Read the clauses of a rule; the last must be of standard 1 (clause 1.5)."""
    clauses = block.texts("clauses", required=True)
    for clause in clauses:
        if clause not in names.clauses:
            block.problems.add("R012", f"`{clause}` is no clause.", block, "clauses", nearest(clause, names.clauses))
    if clauses and not clauses[-1].startswith("1."):
        block.problems.add("R013", "The last clause must be of standard 1 (clause 1.5).", block, "clauses")
    return clauses


def condition_at(block: Block, key: str, stage: Stage, names: Names) -> Condition:
    """Read and check the condition at a key; a faulty one is noted and reads as `never`."""
    return _condition(block, key, block.text(key), stage, names)


def conditions_at(block: Block, key: str, stage: Stage, names: Names) -> tuple[Condition, ...]:
    """Read and check the conditions at a key, one or a list; a faulty one is noted and reads as `never`."""
    texts = block.texts(key, required=True)
    return tuple(_condition(block, key, text, stage, names) for text in texts) or (NEVER,)


def _condition(block: Block, key: str, written: str, stage: Stage, names: Names) -> Condition:
    text = " ".join(written.split())
    try:
        condition = parse(text)
    except ConditionError as fault:
        if text:
            sentence = f"`{text}` is no condition: {fault} at character {fault.position + 1}."
            block.problems.add("F015", sentence, block, key)
        return NEVER
    found = list(faults(condition, stage, names))
    for code, sentence, near in found:
        block.problems.add(code, f"In `{key}`: {sentence}", block, key, near)
    return NEVER if found else condition


def _rule(block: Block, stage: Stage, names: Names) -> Rule:
    gives = block.texts("gives", required=stage not in {Stage.STEP, Stage.EFFECTIVE})
    for outcome in gives if stage is not Stage.RESULT else ():
        if outcome not in names.outcomes:
            block.problems.add("R002", f"`{outcome}` is no outcome.", block, "gives", nearest(outcome, names.outcomes))
    if len(gives) != 1 and stage not in {Stage.STEP, Stage.EFFECTIVE}:
        block.problems.add("R010", "A rule of this list gives exactly one thing.", block, "gives")
    rule = Rule(
        id=block.text("id"),
        when=condition_at(block, "when", stage, names),
        gives=gives,
        clauses=justified_clauses(block, names),
        step=block.number("step") if stage is Stage.STEP else 0,
        with_holds=stage is Stage.STEP and block.flag("with_holds"),
        line=block.line,
    )
    if stage is Stage.STEP and not gives and not rule.with_holds:
        block.problems.add("F003", "A step gives an outcome, or the collected holds.", block)
    block.finish()
    return rule


def _check_twice(blocks: tuple[Block, ...], rules: tuple[Rule, ...]) -> None:
    for number, rule in enumerate(rules):
        if rule.id in {earlier.id for earlier in rules[:number]}:
            blocks[number].problems.add("F005", f"Rule `{rule.id}` stands twice.", blocks[number], "id")


def _check_name(block: Block, name: str) -> None:
    if not _NAME.fullmatch(name):
        block.problems.add("R010", f"`{name}` is no name: letters, digits and `_` only.", block, name)
