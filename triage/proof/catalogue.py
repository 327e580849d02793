"""Look up what entries must say: outcomes, alerts, gates, acts, questions, findings: finite lists."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from triage.flow.conditions import ROLES_AB, with_roles
from triage.flow.model import Rulebook
from triage.routing.laws import Demand, Invariant
from triage.routing.loading import Loaded
from triage.routing.rules import Alert, DecisionRules

Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Look:
    """How one key is looked up: what an entry says, which words are wrong, and the sentence about each.

    A sentence may hold `{id}`, `{word}` (the wrong one), `{said}` and `{wanted}` (all words).
    """

    said: Callable[[Any], Words]
    wrong: Callable[[Words, Words], Words]
    sentence: str


def missing_in_catalogue(loaded: Loaded, invariant: Invariant) -> tuple[str, ...]:
    """Give a plain sentence for each thing that an invariant demands of an entry and that is not so."""
    return tuple(sentence for demand in invariant.catalogue for sentence in _missing(loaded, demand))


def _missing(loaded: Loaded, demand: Demand) -> Iterator[str]:
    entries = ENTRIES[demand.of](loaded)
    for name in demand.ids:
        if name not in entries:
            yield f"There is no `{name}` among the {demand.of}."
            continue
        for key, wanted in demand.wants.items():
            look = LOOKS[demand.of, key]
            said = look.said(entries[name])
            for word in look.wrong(wanted, said):
                yield look.sentence.format(id=name, word=word, said=_listed(said), wanted=_listed(wanted))


def _listed(words: Words) -> str:
    return ", ".join(words) or "none"


def _lists(rules: DecisionRules) -> dict[str, Words]:
    """The lists by their names in roles, each with its members in roles."""
    in_roles = {letters: role for role, letters in ROLES_AB.items()}
    return {
        with_roles(name, in_roles): [with_roles(one, in_roles) for one in rules.lists[name]] for name in rules.lists
    }


def _kinds(rules: DecisionRules, book: Rulebook) -> Mapping[str, Words]:
    """The outcomes and findings of each kind, as their flags say."""
    found = {
        kind: [name for name, one in rules.outcomes.items() if getattr(one, kind)]
        for kind in ("perpetrator_focused", "hold", "gate", "support", "offered")
    }
    return found | {
        kind: [name for name, one in book.findings.items() if getattr(one, kind)]
        for kind in ("acts", "state", "merged", "otherwise_zero")
    }


ENTRIES: Mapping[str, Callable[[Loaded], Mapping[str, Any]]] = {
    "outcomes": lambda loaded: loaded.decider.rules.outcomes,
    "alerts": lambda loaded: {one.id: one for one in loaded.decider.rules.alerts},
    "gates": lambda loaded: {one.gives[0]: one for one in loaded.decider.rules.gates},
    "acts": lambda loaded: loaded.book.rulebook.acts,
    "questions": lambda loaded: loaded.book.rulebook.questions,
    "findings": lambda loaded: loaded.book.rulebook.findings,
    "lists": lambda loaded: _lists(loaded.decider.rules),
    "kinds": lambda loaded: _kinds(loaded.decider.rules, loaded.book.rulebook),
}
"""The entries of each kind by name."""


def _lacking(wanted: Words, said: Words) -> Words:
    return [word for word in wanted if word not in said]


def _beyond(wanted: Words, said: Words) -> Words:
    return [word for word in said if word not in wanted]


def _differing(wanted: Words, said: Words) -> Words:
    return [""] if set(wanted) != set(said) else []


def _fewer(wanted: Words, said: Words) -> Words:
    return said if int(said[0]) < int(wanted[0]) else []


def _longer(wanted: Words, said: Words) -> Words:
    return said if not 0 < int(said[0]) <= int(wanted[0]) else []


def _other_forms(wanted: Words, said: Words) -> Words:
    readers = {word.partition(" ")[0] for word in wanted}
    return [word for word in said if word.partition(" ")[0] in readers and word not in wanted]


def _word(name: str) -> Callable[[Any], Words]:
    """Read one value of an entry as a word."""
    return lambda entry: [str(getattr(entry, name))]


def _visible(alert: Alert) -> Words:
    """Who may see an alert, and in which form."""
    return [f"{reader} {form}" for reader, form in sorted(alert.visible.items())]


LOOKS: Mapping[tuple[str, str], Look] = {
    ("outcomes", "never_with"): Look(
        attrgetter("never_with"), _lacking, "{id} does not say that it never goes with `{word}`."
    ),
    ("outcomes", "companions"): Look(attrgetter("companions"), _lacking, "{id} does not say that it needs `{word}`."),
    ("outcomes", "dose"): Look(
        lambda one: [str(one.dose).lower()], _differing, "{id} has no text on dose and facilitation."
    ),
    ("outcomes", "action"): Look(
        lambda one: [f"{action.owner} by {action.deadline}" for action in one.actions],
        _lacking,
        "{id} has no action of `{word}`.",
    ),
    ("alerts", "owner"): Look(attrgetter("owner"), _lacking, "{id} is not answered for by `{word}`."),
    ("alerts", "deadline"): Look(_word("deadline"), _differing, "The deadline of {id} is `{said}`, not `{wanted}`."),
    ("alerts", "tier"): Look(_word("tier"), _differing, "The tier of {id} is `{said}`, not `{wanted}`."),
    ("alerts", "seen_by"): Look(_visible, _differing, "{id} may be seen by {said}, not by {wanted} alone."),
    ("alerts", "forms"): Look(_visible, _other_forms, "{id} may be seen by {word}; there, only {wanted} may be seen."),
    ("gates", "latches"): Look(
        lambda rule: [str(rule.latches).lower()], _differing, "{id} does not stay in force once it has fired."
    ),
    ("acts", "about"): Look(_word("about"), _differing, "{id} is about the {said}, not the {wanted}."),
    ("acts", "values"): Look(attrgetter("values"), _differing, "{id} says one of {said}, not one of {wanted}."),
    ("acts", "side"): Look(_word("side"), _differing, "{id} is signed by the side `{said}`, not `{wanted}`."),
    ("acts", "names"): Look(_word("names"), _fewer, "{id} needs {said} names, not {wanted}."),
    ("acts", "days"): Look(_word("days"), _longer, "{id} lasts {said} days (0: without end), not {wanted}."),
    ("questions", "about"): Look(_word("about"), _differing, "{id} is about the {said}, not the {wanted}."),
    ("questions", "sources"): Look(
        attrgetter("sources"), _beyond, "{id} may be answered by {word}, not by {wanted} alone."
    ),
    ("questions", "support_only"): Look(
        lambda one: [column.code for column in one.columns if column.support_only],
        _lacking,
        "The column `{word}` of {id} may be filled by others than the support side.",
    ),
    ("findings", "compartment"): Look(
        _word("compartment"), _differing, "{id} may be read in {said}, not in {wanted} alone."
    ),
    ("findings", "competent"): Look(
        _word("competent"), _differing, "Who may rule {id} out is `{said}`, not `{wanted}`."
    ),
    ("findings", "superseded_by"): Look(
        attrgetter("superseded_by"), _differing, "What supersedes {id} is {said}, not {wanted}."
    ),
    ("lists", "members"): Look(lambda words: words, _differing, "The list {id} holds {said}, not {wanted}."),
    ("kinds", "members"): Look(lambda words: words, _differing, "Of the kind `{id}` are {said}, not {wanted}."),
}
"""How each key of each kind of entry is looked up."""
