"""Read the rules of findings, the named acts and the classes of sources."""

from collections.abc import Mapping
from dataclasses import replace

from triage.flow.conditions import Condition
from triage.flow.documents import Block
from triage.flow.faults import role_fault
from triage.flow.model import About, ActDefinition, FindingDefinition, Rule, Scope
from triage.flow.problems import nearest
from triage.flow.reading_conditions import condition_at
from triage.flow.vocabulary import ROLES_OF_SCOPE, Names, Place, split_role

SIDES = ("panel", "support", "programme", "safety", "duty", "system")
TOP_BAND = "top_band"
COMPARTMENTS = ("V", "P", "S", "D", "R")


def read_findings(block: Block, names: Names) -> dict[str, FindingDefinition]:
    """Read the findings in the order of the file."""
    found = {}
    for order, name in enumerate(block.names()):
        inner = block.block(name)
        if inner is not None:
            found[name] = replace(_finding(inner, name, order, names), line=block.line_of(name))
    return found


def _finding(block: Block, name: str, order: int, names: Names) -> FindingDefinition:
    scope = Scope(_chosen(block, "scope", list(Scope)))
    once = scope in {Scope.PAIR, Scope.CASE}
    definition = FindingDefinition(
        name=name,
        scope=scope,
        clauses=block.clauses(),
        compartment=_chosen(block, "compartment", COMPARTMENTS),
        acts=block.flag("acts"),
        state=block.flag("state"),
        merged=block.flag("merged"),
        ordinal=block.flag("ordinal"),
        count=block.flag("count"),
        decided=block.flag("decided"),
        order=order,
        superseded_by=_sources(block, names),
        observers_need_two_contacts=block.flag("observers_need_two_contacts"),
        needs=tuple(_need(one, names) for one in block.blocks("needs")),
        competent=_competence(block, names),
        rules=tuple(_rule(one, names, once) for one in block.blocks("rules")),
        zero=_zero(block, names, once=once),
        unknown_when=condition_at(block, "unknown_when", Place.FINDING, names, "never", once)[0],
        falls_to_1_when=condition_at(block, "falls_to_1_when", Place.FINDING, names, "never", once)[0],
        otherwise_zero=block.flag("otherwise_zero"),
        read_by=block.text("read_by", ""),
    )
    if definition.merged and once:
        block.problems.add("F004", "Only a finding of directions or persons can be merged.", block, "merged")
    block.finish()
    return definition


def _zero(block: Block, names: Names, *, once: bool) -> Condition:
    """What rules a finding out; left out, one competent "not found" does, which is not what `always` says."""
    condition, text = condition_at(block, "zero", Place.FINDING, names, once=once)
    if "zero" in block.names() and text.strip("() ") == "always":
        message = '`zero: always` does not rule out always; left out, one competent "not found" rules out.'
        block.problems.add("F025", message, block, "zero")
    return condition


def _need(block: Block, names: Names) -> dict[str, int]:
    for kind in block.names():
        if kind not in names.kinds:
            near = nearest(kind, names.kinds)
            block.problems.add("F022", f"`{kind}` is no kind of element that any evidence counts.", block, kind, near)
    return {kind: block.number(kind, most=99) for kind in block.names()}


def _sources(block: Block, names: Names) -> tuple[str, ...]:
    words = block.texts("superseded_by")
    for word in words:
        if word not in names.sources:
            near = nearest(word, names.sources)
            block.problems.add("F012", f"`{word}` is no source.", block, "superseded_by", near)
    return words


def _chosen(block: Block, key: str, known: "list[Scope] | tuple[str, ...]") -> str:
    word = block.text(key)
    if word in known:
        return word
    if word:
        block.problems.add("F004", f"`{word}` is no {key}.", block, key, nearest(word, known))
    return str(known[0])


def _competence(block: Block, names: Names) -> str:
    word = block.text("competent", "any")
    if word not in names.competences:
        block.problems.add("F018", f"`{word}` is no competence.", block, "competent", nearest(word, names.competences))
    return word


def _rule(block: Block, names: Names, once: bool) -> Rule:
    when = condition_at(block, "when", Place.FINDING, names, once=once)[0]
    rests_on = block.texts("rests_on")
    for word in rests_on:
        _check_rests_on(block, word, names)
    strength = block.number("strength", most=4)
    if "when" not in block.values:
        block.problems.add("F003", "A rule needs `when`.", block)
    block.finish()
    return Rule(strength, when, rests_on)


def _check_rests_on(block: Block, word: str, names: Names) -> None:
    name, role = split_role(word, names.findings)
    if name not in names.findings:
        block.problems.add("F007", f"`{word}` is no finding.", block, "rests_on", nearest(word, names.findings))
        return
    for code, sentence, near in role_fault(word, name, role, ROLES_OF_SCOPE.get(names.scopes.get(name, ""))):
        block.problems.add(code, sentence, block, "rests_on", near)


def read_acts(document: Block, names: Names) -> dict[str, ActDefinition]:
    """Read the named acts, and make them known to conditions."""
    acts: dict[str, ActDefinition] = {}
    block = document.block("acts")
    for name in block.names() if block else ():
        inner = block.block(name) if block else None
        if inner is None:
            continue
        acts[name] = ActDefinition(
            name=name,
            about=About(_chosen(inner, "about", ("pair", "person", "case"))),
            values=inner.texts("values"),
            side=_chosen(inner, "side", SIDES),
            names=inner.number("names"),
            days=inner.number("days", 0),
            clauses=inner.clauses(),
            listed=inner.flag("listed"),
            read_by=inner.text("read_by", ""),
            line=inner.line,
        )
        inner.finish()
    document.finish()
    names.acts = {name: act.values for name, act in acts.items()}
    names.act_abouts = {name: str(act.about) for name, act in acts.items()}
    return acts


Lists = Mapping[str, tuple[str, ...]]
Thresholds = Mapping[str, Mapping[str, str]]


def read_sources(document: Block, names: Names) -> tuple[Mapping[str, str], Lists, Thresholds]:
    """Read the classes of sources, the word lists and the thresholds."""
    sources, words, thresholds = (document.block(key) for key in ("sources", "words", "thresholds"))
    named = {key: sources.text(key) for key in sources.names()} if sources else {}
    lists = {key: words.texts(key) for key in words.names()} if words else {}
    levels: dict[str, dict[str, str]] = {}
    for key in thresholds.names() if thresholds else ():
        inner = thresholds.block(key) if thresholds else None
        if inner is not None:
            levels[key] = {tool: _level(inner, tool) for tool in inner.names()}
    document.finish()
    names.sources = tuple(named)
    return named, lists, levels


def _level(block: Block, tool: str) -> str:
    word = block.text(tool, may_be_empty=True)
    if word not in {"", TOP_BAND} and not (word.isascii() and word.isdigit() and len(word) < 4):
        block.problems.add("F004", f"The threshold of `{tool}` is a number, `{TOP_BAND}` or empty.", block, tool)
    return word
