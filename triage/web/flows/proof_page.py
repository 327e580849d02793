"""What was proved of the flows in force, in the words of the page: read from the record beside them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from flask_babel import lazy_gettext as _

from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.flow.model import Rulebook
from triage.proof.record import FILE, LATEST, ProofRecord, digest_of, read_record
from triage.proof.telling import ShownPart, ShownProof, shown
from triage.web.shared.said import Said, about_in_words, act_lines, said
from triage.web.shared.translation import day_in_words
from triage.web.shared.words import Words

BROKEN: Final = "broken"
STATUSES: Final[Mapping[str, tuple[str, object]]] = {
    BROKEN: ("✗", _("Broken")),
    "proved": ("✓", _("Proved")),
    "proved in part": ("◐", _("Proved; something else that it says is not built yet")),
    "tested": ("☑", _("Held by tests; it is about what people and screens may do")),
    "tested in part": ("◐", _("Held by tests; something else that it says is not built yet")),
    "not built yet": ("○", _("Not built yet")),
}
"""The sign and the words of each status, in the order in which they are counted."""
ASKED: Final[Mapping[str, object]] = {
    "law": _("Its own law, of every set of facts that there can be"),
    "relation": _("Every change of facts"),
    "catalogue": _("The catalogue of outcomes and alerts, looked through"),
    "answers": _("Every answer sheet of up to three accounts of each question, on up to three days"),
}
"""What was asked of what, by the kind of the part."""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of an example: its question, whom it is about, and what was said."""

    ask: str
    about: str
    said: Said


@dataclass(frozen=True, slots=True)
class SheetShown:
    """An answer sheet as a case: who was born when, answers in their order, acts, gates in force from earlier.

    `readable` is False when the flows in force cannot read it any more.
    """

    births: tuple[tuple[str, str], ...]
    answers: tuple[Told, ...]
    acts: tuple[str, ...]
    in_force: tuple[str, ...]
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """One invariant on the page."""

    proof: ShownProof
    sign: str
    status: object
    sheet: SheetShown | None


@dataclass(frozen=True, slots=True)
class ProofPage:
    """The whole page. `record` is None when nobody proved these flows; `stale`: the files changed since."""

    record: ProofRecord | None
    stale: bool
    counts: tuple[tuple[str, object, int], ...]
    broken: tuple[Card, ...]
    cards: tuple[Card, ...]


def proof_page(flows: Path, rulebook: Rulebook, words: Words) -> ProofPage:
    """Put the record that stands beside some flows into words."""
    record, digest = _recorded(flows)
    if record is None:
        return ProofPage(None, stale=False, counts=(), broken=(), cards=())
    texts = {**words.fallback, **words.texts}
    cards = tuple(_card(shown(entry, texts), rulebook, words) for entry in record.entries)
    counted = Counter(card.proof.status for card in cards)
    return ProofPage(
        record=record,
        stale=record.digest != digest,
        counts=tuple((sign, says, counted[name]) for name, (sign, says) in STATUSES.items() if counted[name]),
        broken=tuple(card for card in cards if card.proof.status == BROKEN),
        cards=cards,
    )


@lru_cache(maxsize=4)
def _recorded(flows: Path) -> tuple[ProofRecord | None, str]:
    """The record and the digest of the flows: neither changes while a process runs, whose rules are read once too."""
    return read_record(flows / FILE), digest_of(flows)


def _card(proof: ShownProof, rulebook: Rulebook, words: Words) -> Card:
    sign, status = STATUSES[proof.status]
    sheet = None if proof.sheet is None else _sheet(proof.sheet, rulebook, words)
    return Card(proof, sign, status, sheet)


def _sheet(sheet: Mapping[str, Any], rulebook: Rulebook, words: Words) -> SheetShown:
    record = read_case(sheet, rulebook, LATEST)
    if not isinstance(record, CaseRecord):
        return SheetShown((), (), (), (), readable=False)
    return SheetShown(
        births=tuple(_births(sheet)),
        answers=tuple(
            Told(words(f"{one.question}.ask", one.about), about_in_words(one.about), said(rulebook, one, words))
            for one in record.answers
        ),
        acts=tuple(act_lines(act, words) for act in record.acts),
        in_force=tuple(words(f"outcome.{gate}.name") for gate in sheet.get("latched", ())),
    )


def _births(sheet: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for person, details in sheet["persons"].items():
        if details.get("birth"):
            yield person, day_in_words(date.fromisoformat(str(details["birth"])))


def by_kind(parts: tuple[ShownPart, ...]) -> tuple[tuple[object, tuple[str, ...]], ...]:
    """Give what was asked, kind after kind, each with what its members say."""
    return tuple(
        (says, tuple(part.says for part in parts if part.kind == kind and part.says))
        for kind, says in ASKED.items()
        if any(part.kind == kind for part in parts)
    )
