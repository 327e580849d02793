"""Read the invariants and the relations of `invariants.yml`, noting every fault with its line."""

from collections.abc import Collection, Iterable

from triage.flow.conditions import Always, And, Condition
from triage.flow.documents import Block
from triage.flow.problems import nearest
from triage.routing.laws import Invariant, Never, Relation, Residual
from triage.routing.readers.demands import read_demand
from triage.routing.readers.rules import condition_at, conditions_at, justified_clauses
from triage.routing.vocabulary import Names, Stage

KINDS = ("law", "relational", "tested", "operational")
ROOMS = ("cases", "casework", "web")
CHANGES = ("exchanged", "withdrawn", "forgotten", "added", "any")
SAME = ("results", "gates")
KEEPS = ("gates", "holds")


def read_invariants(document: Block, names: Names, focused: Collection[str]) -> tuple[Invariant, ...]:
    """Read the invariants; one kept by a law must state it, and what no law says must name its tests or its issue."""
    return tuple(_invariant(block, names, focused) for block in document.blocks("invariants"))


def _invariant(block: Block, names: Names, focused: Collection[str]) -> Invariant:
    kind = one_of(block, "kind", KINDS)
    found = Invariant(
        id=block.text("id"),
        kind=kind,
        clauses=justified_clauses(block, names),
        law=_law(block, names) if kind == "law" or "law" in block.values else None,
        room=one_of(block, "room", ROOMS) if kind == "tested" else "",
        catalogue=tuple(read_demand(one, names, focused) for one in block.blocks("catalogue")),
        answers=block.texts("answers"),
        tests=block.texts("tests"),
        awaits=block.text("awaits", ""),
    )
    if kind in {"tested", "operational"} and not found.tests and not found.awaits:
        sentence = "What no law says needs `tests` that hold it, or the issue that it `awaits`."
        block.problems.add("F003", sentence, block)
    block.finish()
    return found


def _law(block: Block, names: Names) -> Condition:
    """Read a law: one condition, or a list of conditions that all hold."""
    parts = conditions_at(block, "law", Stage.LAW, names)
    return parts[0] if len(parts) == 1 else And(parts)


def read_relations(document: Block, names: Names, invariants: Iterable[Invariant]) -> tuple[Relation, ...]:
    """Read what changes can never do; each belongs to an invariant."""
    known = {one.id for one in invariants}
    relations = tuple(_relation(block, names, known) for block in document.blocks("relations"))
    document.finish()
    return relations


def _relation(block: Block, names: Names, invariants: Collection[str]) -> Relation:
    stand_ins = block.block("stand_ins")
    relation = Relation(
        id=block.text("id"),
        invariant=one_of(block, "of", invariants),
        change=one_of(block, "change", CHANGES),
        facts=_findings(block, "facts", names),
        same=_each_of(block, "same", SAME),
        keeps=_each_of(block, "keeps", KEEPS),
        stand_ins={name: one_of(stand_ins, name, names.outcomes) for name in stand_ins.names()} if stand_ins else {},
        never=tuple(_never(one, names) for one in block.blocks("never")),
    )
    block.finish()
    return relation


def _never(block: Block, names: Names) -> Never:
    never = Never(
        before=condition_at(block, "before", Stage.LAW, names),
        after=condition_at(block, "after", Stage.LAW, names),
        but=tuple(_residual(one, names) for one in block.blocks("but")),
    )
    block.finish()
    return never


def _residual(block: Block, names: Names) -> Residual:
    when = condition_at(block, "when", Stage.LAW, names) if "when" in block.values else Always()
    residual = Residual(_findings(block, "changed", names), block.number("level", most=4), when)
    block.finish()
    return residual


def _findings(block: Block, key: str, names: Names) -> tuple[str, ...]:
    """Read findings, or lists of them, in roles."""
    words, known = block.texts(key), names.known("counted")
    for word in words:
        if word not in known:
            block.problems.add("F007", f"`{word}` is no finding known here.", block, key, nearest(word, known))
    return words


def _each_of(block: Block, key: str, known: Collection[str]) -> tuple[str, ...]:
    words = block.texts(key)
    check_words(block, key, words, known)
    return words


def one_of(block: Block, key: str, known: Collection[str]) -> str:
    """Read one word of those known."""
    word = block.text(key)
    check_words(block, key, (word,) if word else (), known)
    return word


def check_words(block: Block, key: str, words: Iterable[str], known: Collection[str]) -> None:
    """Note every word that is not among those known."""
    for word in words:
        if word not in known:
            block.problems.add("F004", f"`{word}` is no value of `{key}`.", block, key, nearest(word, known))
