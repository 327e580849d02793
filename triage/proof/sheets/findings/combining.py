"""Combine symbolic pieces into one strength and its classes: highest, two classes, counted elements (domain 12.1)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from triage.flow.circuits.circuit import FALSE, Circuit, Literal
from triage.proof.sheets.findings.pieces import NO_CLASS, SymbolicPiece
from triage.proof.sheets.shape.accounts import STRENGTHS

NOT_COMBINED = frozenset({"rule", "count"})


@dataclass(frozen=True, slots=True)
class Weight:
    """A strength that may not stand: for 1 to 4, that it is so strong or stronger; by class, that it rests on it.

    The class `NO_CLASS` is that of sources that make none. Classes mean something only where the strength stands.
    """

    levels: Mapping[int, Literal]
    classes: Mapping[str, Literal]

    def at(self, level: int) -> Literal:
        """That it is `level` or stronger; at 0 or less that means nothing."""
        return self.levels[level]


NOTHING = Weight(dict.fromkeys(STRENGTHS, FALSE), {})


def several(circuit: Circuit, classes: Mapping[str, Literal]) -> Literal:
    """That two or more classes are among them."""
    return circuit.at_least(2, [literal for name, literal in classes.items() if name != NO_CLASS])


def classes_of(circuit: Circuit, pieces: Iterable[SymbolicPiece], level: int) -> dict[str, Literal]:
    """The classes of the pieces that stand at a strength or more."""
    at_level: dict[tuple[int, Literal], tuple[SymbolicPiece, list[Literal]]] = {}
    for piece in pieces:
        key = (id(piece.account), piece.classed)
        at_level.setdefault(key, (piece, []))[1].append(piece.at(circuit, level))
    found: dict[str, list[Literal]] = defaultdict(list)
    for piece, literals in at_level.values():
        there = circuit.any_of(literals)
        classed = circuit.all_of((there, piece.classed))
        for name, literal in piece.account.classes.items():
            found[name].append(circuit.all_of((classed, literal)))
        found[NO_CLASS].append(circuit.all_of((there, -piece.classed)))
    return {name: circuit.any_of(literals) for name, literals in found.items()}


def highest(circuit: Circuit, pieces: Sequence[SymbolicPiece]) -> Weight:
    """The highest strength; 3 when two or more different classes each give 2 or more."""
    levels = {level: circuit.any_of(piece.at(circuit, level) for piece in pieces) for level in STRENGTHS}
    carried, weak = classes_of(circuit, pieces, 2), classes_of(circuit, pieces, 1)
    levels[3] = circuit.any_of((levels[3], several(circuit, carried)))
    classes = {name: circuit.choose(levels[2], carried[name], weak[name]) for name in weak}
    return Weight(levels, classes)


def stronger(circuit: Circuit, one: Weight, other: Weight) -> Literal:
    """That the second is truly stronger than the first."""
    return circuit.any_of(circuit.all_of((other.levels[level], -one.levels[level])) for level in STRENGTHS)


def united(circuit: Circuit, parts: Iterable[tuple[Literal, Mapping[str, Literal]]]) -> dict[str, Literal]:
    """The classes of all those parts whose condition holds."""
    found: dict[str, list[Literal]] = defaultdict(list)
    for condition, classes in parts:
        for name, literal in classes.items():
            found[name].append(circuit.all_of((condition, literal)))
    return {name: circuit.any_of(literals) for name, literals in found.items()}


def chosen(circuit: Circuit, condition: Literal, then: Weight, otherwise: Weight) -> Weight:
    """One weight where a condition holds, else another."""
    levels = {level: circuit.choose(condition, then.levels[level], otherwise.levels[level]) for level in STRENGTHS}
    return Weight(levels, united(circuit, ((condition, then.classes), (-condition, otherwise.classes))))


def strongest(circuit: Circuit, one: Weight, other: Weight) -> Weight:
    """The stronger of two weights; of two as strong, the classes of both."""
    levels = {level: circuit.any_of((one.levels[level], other.levels[level])) for level in STRENGTHS}
    counts = ((-stronger(circuit, one, other), one.classes), (-stronger(circuit, other, one), other.classes))
    return Weight(levels, united(circuit, counts))


Elements = Mapping[str, Mapping[str, Weight]]


def elements_of(circuit: Circuit, pieces: Iterable[SymbolicPiece]) -> Elements:
    """Each counted element by kind and key; without a key it counts as none."""
    by_kind: dict[str, dict[str, list[SymbolicPiece]]] = defaultdict(lambda: defaultdict(list))
    for piece in pieces:
        if piece.kind and piece.key:
            by_kind[piece.kind][piece.key].append(piece)
    return {kind: {key: highest(circuit, found) for key, found in by_key.items()} for kind, by_key in by_kind.items()}


def combined(circuit: Circuit, pieces: Sequence[SymbolicPiece], needs: Sequence[Mapping[str, int]]) -> Weight:
    """Counted elements: the whole is as strong as the weakest that it needs at least; fewer leave it at 1.

    It rests on the classes of all elements as strong as the weakest one needed of their kind, and of every way in
    which it is so strong, in whatever order they were told.
    """
    counted = [piece for piece in pieces if piece.kind]
    if not needs or not counted:
        return NOTHING
    elements = elements_of(circuit, counted)
    best = NOTHING
    for need in needs:
        whole = _of_need(circuit, elements, need)
        best = strongest(circuit, best, whole)
    lone = Weight(
        {level: circuit.any_of(piece.holds for piece in counted) if level == 1 else FALSE for level in STRENGTHS},
        classes_of(circuit, counted, 1),
    )
    return chosen(circuit, best.levels[1], best, lone)


def _of_need(circuit: Circuit, elements: Elements, need: Mapping[str, int]) -> Weight:
    of_kinds = []
    for kind, count in need.items():
        found = list(elements.get(kind, {}).values())
        of_kinds.append(
            ({level: circuit.at_least(count, [one.levels[level] for one in found]) for level in STRENGTHS}, found)
        )
    levels = {level: circuit.all_of(kind[level] for kind, _ in of_kinds) for level in STRENGTHS}
    parts = []
    for weakest, found in of_kinds:
        for one in found:
            as_strong = circuit.all_of(circuit.any_of((-weakest[level], one.levels[level])) for level in STRENGTHS)
            parts.append((circuit.all_of((levels[1], one.levels[1], as_strong)), one.classes))
    return Weight(levels, united(circuit, parts))


def from_pieces(circuit: Circuit, pieces: Sequence[SymbolicPiece], needs: Sequence[Mapping[str, int]]) -> Weight:
    """The strength of a finding from its pieces alone: direct ones beside counted elements."""
    direct = [piece for piece in pieces if not piece.kind]
    whole = combined(circuit, [one for one in pieces if one.kind and one.kind not in NOT_COMBINED], needs)
    if not direct:
        return whole
    alone = highest(circuit, direct)
    levels = {level: circuit.any_of((alone.levels[level], whole.levels[level])) for level in STRENGTHS}

    def counts(one: Weight) -> Literal:
        return circuit.choose(levels[2], one.levels[2], one.levels[1])

    classes = united(circuit, ((counts(alone), alone.classes), (counts(whole), whole.classes)))
    two = circuit.all_of((circuit.any_of(piece.holds for piece in direct), levels[2], several(circuit, classes)))
    levels[3] = circuit.any_of((levels[3], two))
    return Weight(levels, classes)


def element_count(circuit: Circuit, pieces: Iterable[SymbolicPiece], kind: str) -> list[Literal]:
    """For each key of a kind, that such an element stands; one without a key is one more."""
    keys: dict[str, list[Literal]] = defaultdict(list)
    for piece in pieces:
        if piece.kind == kind:
            keys[piece.key].append(piece.holds)
    return [circuit.any_of(literals) for literals in keys.values()]


def class_count(circuit: Circuit, pieces: Iterable[SymbolicPiece], kind: str) -> list[Literal]:
    """For each class, that it carries an element of a kind at 2 or more."""
    found = classes_of(circuit, (piece for piece in pieces if piece.kind == kind), 2)
    return [literal for name, literal in found.items() if name != NO_CLASS]


def corroborated(circuit: Circuit, pieces: Sequence[SymbolicPiece], kind: str, person: str) -> Literal:
    """That an element is admitted by the person, given by two classes, or several facts are noted (correction 11)."""
    ways = [piece.holds for piece in pieces if piece.kind == "fact"]
    keys: dict[str, list[SymbolicPiece]] = defaultdict(list)
    for piece in pieces:
        if piece.kind == kind:
            own = circuit.all_of((piece.account.spoken_by(person), piece.account.safe))
            ways.append(circuit.all_of((piece.holds, own)))
            keys[piece.key].append(piece)
    ways += [several(circuit, classes_of(circuit, found, 1)) for found in keys.values()]
    return circuit.any_of(ways)
