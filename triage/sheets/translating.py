"""What is wrong with a translation beside its source: lost placeholders, other numbers, a lost "not", hidden signs."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from triage.flow.problems import Problem
from triage.sheets.model import Language
from triage.sheets.texts import LONGEST_TEXT

PLACEHOLDER = re.compile(r"\{(\w+)\}")
STRAY = re.compile(r"[{}]|%\(|%[sd]")
MARKUP = re.compile(r"<[/!a-zA-Z]|&#?\w+;|\]\(|\*\*|__|`|\\|https?:|www\.|#\w+\(", re.ASCII)
SENTENCE = re.compile(r"[.!?:;…。！？：；؟؛۔।።፤፧]+")
JOINERS = {"\u200c", "\u200d"}
NEEDS_JOINERS = {"fa", "ps", "ur", "bn", "pa", "ckb", "hi"}
SHORTEST_SHARE, FEWER, LONGEST_SHARE, MORE = 0.4, 8, 2.5, 25
"""A translation has two fifths to two and a half times the signs of its source, `FEWER` less or `MORE` more."""
DENSE_SCRIPTS = {"zh", "ja", "ko"}
DENSE_SHARE = 0.15

REFUSED = frozenset({"T005", "T006", "T008", "T009", "T010"})
"""The codes for which a text is not used at all: what it says cannot be trusted."""


def problems_of_translation(
    text: str, source: str, translation: str, source_language: Language, language: Language
) -> tuple[Problem, ...]:
    """Give every problem of one translation; none when it can be shown to a reviewer.

    Input: the id of the text, the English words, their translation, and what is known of both languages. Output:
    problems T005 (placeholders), T006 (numbers), T007 (negations), T008 (hidden signs), T009 (markup), T010 (length),
    T014 (words that are not said) and T016 (not translated), each naming the text and the reason. It never raises.
    """
    if len(translation) > LONGEST_TEXT:
        return (Problem("T010", f"`{text}` has {len(translation)} signs; at most {LONGEST_TEXT} are read."),)
    found: list[Problem] = []
    for code, check in _CHECKS:
        found += [Problem(code, f"`{text}`: {reason}") for reason in check(source, translation, language)]
    if text not in language.excused:
        lost = _negations(source, translation, source_language, language)
        found += [Problem("T007", f"`{text}`: {reason}") for reason in lost]
    found += [Problem("T014", f"`{text}`: {reason}") for reason in forbidden_in(translation, language)]
    return tuple(found)


def problems_of_words(text: str, words: str, language: Language) -> tuple[Problem, ...]:
    """Give every problem that a text has by itself: hidden signs, markup, length, words that are not said."""
    found = [Problem("T008", f"`{text}`: {reason}") for reason in _hidden("", words, language)]
    found += [Problem("T009", f"`{text}`: {reason}") for reason in _markup("", words, language)]
    found += [Problem("T014", f"`{text}`: {reason}") for reason in forbidden_in(words, language)]
    return tuple(found)


def placeholders(words: str) -> tuple[str, ...]:
    """The names of the values that a text asks for, in their order."""
    return tuple(PLACEHOLDER.findall(words))


def forbidden_in(words: str, language: Language) -> Iterator[str]:
    """Give each word that no sheet says (7.2), with the reason that the file of the language gives."""
    for pattern, reason in language.forbidden.items():
        for found in re.finditer(pattern, words, re.IGNORECASE):
            yield f"`{found.group()}` is not said: {reason}."


def _placeholders(source: str, translation: str, language: Language) -> Iterator[str]:  # noqa: ARG001 - one shape
    wanted, given = Counter(placeholders(source)), Counter(placeholders(translation))
    for name in sorted((wanted - given).keys()):
        yield f"`{{{name}}}` is missing."
    for name in sorted((given - wanted).keys()):
        yield f"`{{{name}}}` is one too many."
    for stray in STRAY.findall(PLACEHOLDER.sub("", translation)):
        yield f"`{stray}` belongs to no placeholder."


def _numbers(source: str, translation: str, language: Language) -> Iterator[str]:  # noqa: ARG001 - one shape
    wanted, given = _figures(source), _figures(translation)
    if wanted != given:
        yield f"the numbers are {', '.join(given) or 'none'}; in the source {', '.join(wanted) or 'none'}."


def _figures(words: str) -> list[str]:
    """Every number written in figures, of whatever script, in Western figures, in their order."""
    plain = "".join(
        str(unicodedata.decimal(sign)) if unicodedata.category(sign) == "Nd" else sign
        for sign in PLACEHOLDER.sub("", words)
    )
    return re.findall(r"\d+", plain)


def _hidden(source: str, translation: str, language: Language) -> Iterator[str]:  # noqa: ARG001 - one shape
    for sign in dict.fromkeys(translation):
        joining = sign in JOINERS and language.code in NEEDS_JOINERS
        if unicodedata.category(sign) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"} and not joining:
            yield f"it holds the sign U+{ord(sign):04X}, which cannot be seen or turns the direction."
    if unicodedata.normalize("NFC", translation) != translation:
        yield "it is not in the composed form (NFC)."


def _markup(source: str, translation: str, language: Language) -> Iterator[str]:  # noqa: ARG001 - one shape
    for found in dict.fromkeys(MARKUP.findall(translation)):
        yield f"`{found}` looks like markup or an address; texts are plain words."


def _length(source: str, translation: str, language: Language) -> Iterator[str]:
    size, share = len(source), len(translation)
    least = size * (DENSE_SHARE if language.code in DENSE_SCRIPTS else SHORTEST_SHARE) - FEWER
    if not translation.strip() or share < least:
        yield f"it has {share} signs, the source {size}: something is missing."
    elif share > size * LONGEST_SHARE + MORE:
        yield f"it has {share} signs, the source {size}: something was added."


def _untranslated(source: str, translation: str, language: Language) -> Iterator[str]:
    if language.code != "en" and translation == source and len(PLACEHOLDER.sub("", source).split()) > 2:
        yield "it is the English text."


def _negations(source: str, translation: str, of_source: Language, of_translation: Language) -> Iterator[str]:
    """A lost or added "not", sentence by sentence where there are as many, else over the whole text."""
    ours, theirs = _sentences(source), _sentences(translation)
    if len(ours) != len(theirs):
        ours, theirs = [source], [translation]
    for one, other in zip(ours, theirs, strict=True):
        wanted, given = _counted(one, of_source), _counted(other, of_translation)
        if wanted and not given:
            yield f"the source says no or not in `{one.strip()[:60]}`, the translation does not."
        elif given and not wanted:
            yield f"the translation says no or not in `{other.strip()[:60]}`, the source does not."


def _sentences(words: str) -> list[str]:
    return [one for one in SENTENCE.split(words) if one.strip()]


def _counted(words: str, language: Language) -> int:
    return sum(len(re.findall(pattern, words, re.IGNORECASE)) for pattern in language.negations)


_Check = Callable[[str, str, Language], Iterator[str]]
_CHECKS: tuple[tuple[str, _Check], ...] = (
    ("T005", _placeholders), ("T006", _numbers), ("T008", _hidden), ("T009", _markup), ("T010", _length),
    ("T016", _untranslated),
)  # fmt: skip
