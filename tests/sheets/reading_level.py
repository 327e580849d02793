"""How hard a text is: Flesch-Kincaid grade for English, Kandel and Moles for French, and the longest sentence."""

import re

SENTENCES = re.compile(r"[.!?:;]+(?:\s|$)|\n")
WORDS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[’']", re.IGNORECASE)


def sentences_of(text: str) -> list[list[str]]:
    """The words of each sentence; a colon ends one, as it lets a reader rest."""
    found = [WORDS.findall(sentence) for sentence in SENTENCES.split(text)]
    return [words for words in found if words]


def syllables_in_english(word: str) -> int:
    """Groups of vowels, a silent e at the end and in -ed left out."""
    plain = re.sub(r"(?:[^laeiouy]es|[^dt]ed|[^l]e)$", lambda found: found[0][0], word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def syllables_in_french(word: str) -> int:
    """Groups of vowels, a silent e, es or ent at the end left out."""
    plain = re.sub(r"(?<=[^aeiouyéèêà])(?:e|es)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouyàâäéèêëîïôöùûüœæ]+", plain)))


def grade_in_english(text: str) -> float:
    """The Flesch-Kincaid grade: years of school in the United States; the reading age is about five years more."""
    sentences = sentences_of(text)
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(map(syllables_in_english, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def ease_in_french(text: str) -> float:
    """The reading ease of Kandel and Moles (1958), from 0 (hard) to 100 (very easy)."""
    sentences = sentences_of(text)
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(map(syllables_in_french, words))
    return 207 - 1.015 * len(words) / len(sentences) - 73.6 * syllables / len(words)
