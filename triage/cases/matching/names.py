"""Names across scripts and spellings: to plain letters, then to a key that sounds the same in many languages.

The key keeps classes of consonants, since vowels are what transliteration varies most (Mohammed, Muhammad, Mehmet and
محمد have one key). It finds candidates and is deliberately generous; the score decides. Source: security page 4.2.
"""

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

from anyascii import anyascii

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
PARTICLES = frozenset(_WORDS["particles"].split())
STREET_WORDS = frozenset(_WORDS["streets"].split())

_BEFORE_ASCII = (
    *(("ç", "ch"), ("ş", "sh"), ("ș", "sh"), ("š", "sh"), ("č", "ch"), ("ž", "zh"), ("ğ", ""), ("ß", "ss"), ("ł", "l")),
    *(("ı", "i"), ("œ", "oe"), ("ø", "o"), ("þ", "th"), ("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("γγ", "ng")),
)
_ARABIC_ARTICLE = re.compile(r"\bال(?=\w{3})")
_FIRST_VOWEL = re.compile(r"\b[اأإآعאע](?=\w)")
_APART = re.compile(r"[\s\-‐-―_.,;/()&+]+")
_SERVANT_OF = re.compile(r"^a?bd(?:[aeiou]?l|[aeiou])?(?=[b-df-hj-np-tv-z]\w{2}|lh)")
_SOUNDS = (
    *((re.compile(pattern), sound) for pattern, sound in (
        (r"^ou(?=[aei])", "w"), (r"chr", "kr"), (r"chae", "kae"), (r"tsch|tch|dsch|sch|shch|sh|ch|cz|sz|ts|tz", "s"),
        (r"dzh|dj|zh|dz", "j"), (r"ph", "f"), (r"th", "t"), (r"dh", "d"), (r"kh|gh", "h"), (r"c(?=[eiy])", "s"),
        (r"ck|q", "k"), (r"x", "ks"), (r"^y", "j"), (r"^w", "f"),
    )),
)  # fmt: skip
_CLASSES = str.maketrans("bdvgcz", "ptfkks")
_DOUBLE, _VOWELS, _NO_LETTERS = re.compile(r"(.)\1+"), re.compile("[aeiouhwy]"), re.compile("[^a-z]")
_KEY_LENGTH = 6


@lru_cache(maxsize=65_536)
def parts(name: str) -> tuple[str, ...]:
    """Split a name into its words in plain small letters, without particles.

    Input: a name in any script. Output: each word as letters a to z, in the order written; a name of particles alone
    keeps them; a name that has no letters gives nothing.
    """
    text = _ARABIC_ARTICLE.sub("", unicodedata.normalize("NFKC", name)).casefold().replace("i̇", "i")
    text = _FIRST_VOWEL.sub("a", text)
    for written, plain in _BEFORE_ASCII:
        text = text.replace(written, plain)
    words = tuple(word for piece in _APART.split(text) if (word := _letters(piece)))
    return tuple(word for word in words if word not in PARTICLES and len(word) > 1) or words


def joined(name: str) -> str:
    """Give a name as one word of plain letters, particles left out."""
    return "".join(parts(name))


@lru_cache(maxsize=65_536)
def sound_keys(word: str) -> frozenset[str]:
    """Give the keys by which a word of plain letters sounds: one, or two when it holds a w.

    A w inside a word is a vowel in Yusuf (ywsf) and a v in Iwanow; both readings count. Output: at most six classes of
    consonants; a first vowel or h is `A`.
    """
    text = _SERVANT_OF.sub("", _DOUBLE.sub(r"\1", word)) or word
    text = "lah" if text in {"alah", "alh", "lh"} else text
    for pattern, sound in _SOUNDS:
        text = pattern.sub(sound, text)
    readings = {text, text[:1] + text[1:].replace("w", "f")}
    return frozenset(_key(reading) for reading in readings if reading)


def _key(text: str) -> str:
    first = "A" if text[0] in "aeiouhw" else ""
    classes = _DOUBLE.sub(r"\1", text.translate(_CLASSES))
    return (first + _VOWELS.sub("", classes).upper())[:_KEY_LENGTH] or "A"


def _letters(piece: str) -> str:
    return _NO_LETTERS.sub("", anyascii(piece).casefold())
