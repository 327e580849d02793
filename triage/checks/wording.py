"""Texts of the flows: which a rulebook needs, which a language lacks, and words not to be said before a determination.

Texts stand in `locales/<language>/LC_MESSAGES/flows.po` under stable ids: `RI-01.ask`, `finding.CTRL.name`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polib

from triage.flow.conditions import tests
from triage.flow.model import RESERVED_CODES, ActDefinition, Flow, Question, Rulebook
from triage.flow.problems import Problem, nearest

LANGUAGES = ("en", "fr")
STRENGTHS = ("0", "1", "2", "3", "4", "unknown", "was")
COMPARTMENTS = ("V", "P", "S", "D", "R")
NOTHING_MORE: Mapping[str, str] = {}
OWNERS = frozenset(
    {"flow", "finding", "act", "source", "non_answer", "strength", "compartment"}
    | {
        "rule",
        "outcome",
        "alert",
        "clause",
        "invariant",
        "answer_law",
        "result",
        "never",
        "companion",
        "owner",
        "deadline",
    }
)
"""What a text id begins with when it is not a question or the edge of a flow."""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Words that are not said before a determination, and why not."""

    words: re.Pattern[str]
    why: str


def _words(pattern: str, why: str) -> Forbidden:
    return Forbidden(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), why)


LABELS = "it says who harms before that has been determined"
SHARING = "it shares the blame, and hides who did what to whom"
HUMILIATING = "it humiliates"
FORBIDDEN: Mapping[str, tuple[Forbidden, ...]] = {
    "en": (
        _words(r"(?:perpetrator|offender|abuser|batterer|aggressor|wrongdoer)s?", LABELS),
        _words(r"mutual(?:ly)?|as bad as each other|high-conflict|tit for tat|toxic (?:couple|relationship)", SHARING),
        _words(r"hysterical|craz(?:y|ies)|insane|pathetic|stupid|monsters?|liars?|psychos?|sluts?", HUMILIATING),
    ),
    "fr": (
        _words(r"auteur(?:[·.]?e)?s?|autrices?|agresseu(?:r|se)s?|bourreaux?|coupables?", LABELS),
        _words(r"réciproques?|mutuel(?:le)?s?|torts partagés|conflictuel(?:le)?s?|couple (?:violent|toxique)", SHARING),
        _words(r"hystériques?|folles?|fous?|menteu(?:r|se)s?|pathétiques?|stupides?|monstres?|pervers", HUMILIATING),
    ),
}
PERMITTED: Mapping[str, str] = {
    "RI-02.guidance": "quotes the label in order to distrust it",
    "RI-04.guidance": "quotes the words that share the blame, because they hide who did what",
    "RI-20.guidance": "says that an arrest does not make anyone the primary perpetrator",
    "DR-09.guidance": "names the side of the service that must not ask",
    "WD-04.guidance": "says that defensive marks sit on whoever attacked",
    "WD-07.guidance": "quotes the label of an old record that may be wrong",
    "WD-15.guidance": "names the side of the service that must not ask",
    "RV-04.guidance": "says that an arrest does not make anyone the primary perpetrator",
    "RV-09.guidance": "quotes the word that must never be written",
    "LT-06.guidance": "names the side of the service that the answer never reaches",
}
"""Texts that may say such a word, each with its reason."""


def catalogue_of(locales: Path, language: str) -> Path:
    """Where the texts of the flows stand in one language."""
    return locales / language / "LC_MESSAGES" / "flows.po"


def read_catalogue(path: Path) -> dict[str, str]:
    """Give the text of each id; one that is empty, or waits for a second person (fuzzy), is not there."""
    return {entry.msgid: entry.msgstr for entry in _entries(path)}


def wanted_texts(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Give every text id that a rulebook needs, with what needs it."""
    for flow in rulebook.flows.values():
        yield f"flow.{flow.id}.title", f"flow {flow.id}"
        yield from ((edge.text, f"an edge of flow {flow.id}") for edge in flow.edges if edge.text)
    for question in rulebook.questions.values():
        yield from ((text, f"question {question.id}") for text in _of_question(question))
    for name in rulebook.findings:
        yield from ((f"finding.{name}.{part}", f"finding {name}") for part in ("name", "meaning"))
    for act in rulebook.acts.values():
        yield from ((text, f"act {act.name}") for text in _of_act(act))
    yield from ((f"source.{code}", f"source class {code}") for code in rulebook.sources)
    yield from ((f"non_answer.{code}", "every question") for code in sorted(RESERVED_CODES))
    yield from ((f"strength.{code}", "every finding") for code in STRENGTHS)
    yield from ((f"compartment.{code}", "every answer") for code in COMPARTMENTS)


def missing_texts(
    rulebook: Rulebook,
    locales: Path,
    languages: Collection[str] = LANGUAGES,
    of_decision: Mapping[str, str] = NOTHING_MORE,
) -> list[Problem]:
    """F014: every text that a rulebook needs is there in every language; and what a decision needs besides."""
    wanted = {**dict(wanted_texts(rulebook)), **of_decision}
    return [problem for language in languages for problem in _missing(wanted, locales, language)]


def unused_texts(rulebook: Rulebook, locales: Path, languages: Collection[str] = LANGUAGES) -> list[Problem]:
    """W002: no text of a question, flow, finding, act or source is kept that nothing shows.

    Notes of questions are free, and texts of decisions (outcomes, alerts, clauses) are not the rulebook's.
    """
    wanted = {text for text, _ in wanted_texts(rulebook)} | {f"{name}.note" for name in rulebook.questions}
    kinds = {_kind(text) for text in wanted}
    return [
        Problem("W002", f"`{entry.msgid}` is shown by nothing.", _shown(locales, language), entry.linenum or 0)
        for language in languages
        for entry in _readable_entries(catalogue_of(locales, language))
        if entry.msgid not in wanted and _kind(entry.msgid) in kinds
    ]


def forbidden_words(rulebook: Rulebook, locales: Path, languages: Collection[str] = LANGUAGES) -> list[Problem]:
    """W001: before a determination no question or guidance says who harms, shares the blame or humiliates."""
    early = {text for text in _texts_before_a_determination(rulebook) if text not in PERMITTED}
    return [
        Problem("W001", f"`{said}` in `{entry.msgid}`: {why}.", _shown(locales, language), entry.linenum or 0)
        for language in languages
        for entry in _readable_entries(catalogue_of(locales, language))
        if entry.msgid in early
        for said, why in forbidden_in(entry.msgstr, language)
    ]


def forbidden_in(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Give each forbidden word of a text, as it stands there, with the reason."""
    for forbidden in FORBIDDEN.get(language, ()):
        yield from ((found.group(), forbidden.why) for found in forbidden.words.finditer(text))


def _entries(path: Path) -> list[polib.POEntry]:
    # polib would take the path of a file that is not there for the text of a catalogue.
    entries = polib.pofile(str(path)) if path.is_file() else ()
    return [entry for entry in entries if entry.msgstr and not entry.obsolete and not entry.fuzzy]


def _readable_entries(path: Path) -> list[polib.POEntry]:
    # A catalogue that cannot be read is reported once, by `missing_texts`.
    try:
        return _entries(path)
    except (OSError, ValueError):
        return []


def _shown(locales: Path, language: str) -> str:
    return catalogue_of(locales, language).relative_to(locales.parent).as_posix()


def _missing(wanted: Mapping[str, str], locales: Path, language: str) -> Iterator[Problem]:
    path, shown = catalogue_of(locales, language), _shown(locales, language)
    if not path.is_file():
        yield Problem("F014", f"There is no catalogue of the texts in `{language}`.", shown)
        return
    try:
        known = read_catalogue(path)
    except (OSError, ValueError) as fault:
        yield Problem("F001", f"The catalogue cannot be read: {fault}.", shown)
        return
    orphans = known.keys() - wanted.keys()
    for text, where in wanted.items():
        if text not in known:
            alike = [orphan for orphan in orphans if _kind(orphan) == _kind(text)]
            message = f"`{text}` has no text in `{language}`; {where} needs it."
            yield Problem("F014", message, shown, near=nearest(text, alike))


def _kind(text: str) -> str:
    """What a text id is of: `finding`, `source`; for questions and edges their part, such as `.option`."""
    owner, _, rest = text.partition(".")
    return owner if owner in OWNERS else "." + rest.partition(".")[0]


def _of_question(question: Question) -> Iterator[str]:
    parts = ["ask", "guidance"] + (["topic"] if question.topic else [])
    parts += [f"option.{code}" for code in question.options]
    parts += [f"scale.{code}" for code in question.scale]
    parts += [f"follow_up.{code}" for code in question.follow_up]
    for column in question.columns:
        parts += [f"column.{column.code}", *(f"column.{column.code}.{value}" for value in column.values)]
    yield from (f"{question.id}.{part}" for part in parts)
    yield from (effect.text for effect in question.effects)


def _of_act(act: ActDefinition) -> Iterator[str]:
    yield from (f"act.{act.name}.{part}" for part in ("name", "help"))
    yield from (f"act.{act.name}.value.{value}" for value in act.values)


def _texts_before_a_determination(rulebook: Rulebook) -> Iterator[str]:
    for question in rulebook.questions.values():
        if not _opened_by_signature(rulebook.flows[question.flow]):
            yield from (f"{question.id}.{part}" for part in ("ask", "guidance"))


def _opened_by_signature(flow: Flow) -> bool:
    return any(test.function == "signed" for test in tests(flow.opens))
