"""Read what an invariant demands of entries: outcomes, alerts, gates, acts, questions, findings, lists and kinds."""

from collections.abc import Collection, Mapping

from triage.flow.documents import Block
from triage.flow.problems import nearest
from triage.routing.laws import Demand
from triage.routing.vocabulary import Names

FOCUSED = "perpetrator-focused"
ALL = "all"

KEYS: Mapping[str, tuple[str, ...]] = {
    "outcomes": ("never_with", "companions", "owner", "deadline", "dose"),
    "alerts": ("owner", "deadline", "tier", "seen_by", "forms"),
    "gates": ("latches",),
    "acts": ("about", "values", "side", "names", "days"),
    "questions": ("about", "sources", "support_only"),
    "findings": ("compartment", "competent", "superseded_by"),
    "lists": ("members",),
    "kinds": ("members",),
}
"""What may be demanded of entries of each kind. Words must all be said, but for these:

`deadline`, `tier`, `about`, `side`, `compartment`, `competent`: just that word. `values`, `members`, `seen_by` (with
forms): these and no others. `sources`: no others. `forms`: whoever sees an alert there, in one of these forms. `names`:
so many at least. `days`: so many at most, and an end at all. `owner` and `deadline` of an outcome: of one action.
`kinds` are those of outcomes and findings, as their flags say (`hold`, `state`).
"""


def read_demand(block: Block, names: Names, focused: Collection[str]) -> Demand:
    """Read one demand. Acts, questions and findings are looked up when it is proved, for other files hold them."""
    of = next((kind for kind in KEYS if kind in block.values), "outcomes")
    ids = _ids(block, of, names, focused)
    wants = {key: words for key in KEYS[of] if (words := _words(block, key))}
    if not wants:
        block.problems.add("F003", "Nothing is demanded.", block)
    block.finish()
    return Demand(of, ids, _of_one_action(wants) if of == "outcomes" else wants)


def _ids(block: Block, of: str, names: Names, focused: Collection[str]) -> tuple[str, ...]:
    known = {"outcomes": names.outcomes, "alerts": names.alerts, "gates": names.gates, "lists": names.lists}.get(of)
    ids, left_out = block.texts(of, required=True), block.texts("but") if "but" in block.values else ()
    if ids == (FOCUSED,):
        return tuple(sorted(focused))
    if ids == (ALL,) and known is not None:
        return tuple(one for one in sorted(known) if one not in left_out)
    for word in ids:
        if known is not None and word not in known:
            code = {"alerts": "R007", "gates": "R004", "lists": "F007"}.get(of, "R002")
            block.problems.add(code, f"`{word}` is none of the {of}.", block, of, nearest(word, known))
    return ids


def _words(block: Block, key: str) -> tuple[str, ...]:
    """The words of a key: a list, a single one, or for each name of a block each of its words."""
    if key not in block.values:
        return ()
    if key not in {"seen_by", "forms"}:
        return block.texts(key, required=True)
    inner = block.block(key)
    return tuple(f"{name} {word}" for name in inner.names() for word in inner.texts(name)) if inner else ()


def _of_one_action(wants: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    rest = {key: words for key, words in wants.items() if key not in {"owner", "deadline"}}
    if "owner" in wants:
        rest["action"] = (" by ".join((*wants["owner"], *wants.get("deadline", ()))),)
    return rest
