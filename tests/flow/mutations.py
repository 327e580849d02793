"""Break the text of a flow file as tired people and hostile ones do; the chance is seeded, so a crash comes again."""

import re
from collections.abc import Callable
from random import Random

ODD = (
    "", "null", "~", "[]", "{}", "[[a], b]", "[{a: b}]", "{a: {b: c}}", "!!int 3", "!x y", "&a x", "*a", "'", '"',
    '"\\0"', '"\\e[31m"', "\x07", "\0", "|\n", ">", "-", "?", "true", "yes", "-1", "1e9", "9" * 40, "é", "\u202e", "💥",
    "a" * 3_000, "<<: *a", "[" * 60, "x_y", "_xy", "always", "never", "not always", "ind(", "(" * 50, "A>B", "0", "5",
)  # fmt: skip
_VALUE = re.compile(r"(?<=: )[^\s,{}\[\]][^,{}\[\]\n]*")
_KEY = re.compile(r"\b[a-z_]+(?=: )")
_WORD = re.compile(r"[A-Za-z0-9_-]{2,}")


def broken(text: str, chance: Random) -> str:
    """The text after one to three mutations."""
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(MUTATIONS)(text, chance)
    return text


def misspelt(text: str, chance: Random) -> str:
    """The text with one to three other words or values in it, still YAML more often than not."""
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(GENTLE)(text, chance)
    return text


def _somewhere(pattern: re.Pattern[str], text: str, chance: Random, make: Callable[[str], str]) -> str:
    places = list(pattern.finditer(text))
    if not places:
        return text
    place = chance.choice(places)
    return text[: place.start()] + make(place.group()) + text[place.end() :]


def _odd_value(text: str, chance: Random) -> str:
    return _somewhere(_VALUE, text, chance, lambda _: chance.choice(ODD))


def _odd_key(text: str, chance: Random) -> str:
    return _somewhere(_KEY, text, chance, lambda key: chance.choice((key[:-1], key * 2, "Ω", "42", "[a]", "? a")))


def _other_word(text: str, chance: Random) -> str:
    words = _WORD.findall(text)
    return _somewhere(_WORD, text, chance, lambda _: chance.choice(words))


def _other_value(text: str, chance: Random) -> str:
    values = _VALUE.findall(text)
    return _somewhere(_VALUE, text, chance, lambda _: chance.choice(values))


def _without_a_line(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    number = chance.randrange(len(lines))
    return "".join(lines[:number] + lines[number + 1 :])


def _a_line_twice(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return "".join(lines)


def _indented(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    number = chance.randrange(len(lines))
    lines[number] = "  " + lines[number]
    return "".join(lines)


def _sign(text: str, chance: Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice("{}[]:,&*!|>'\"%@`#\t\n\0\ufeff-") + text[place + chance.randint(0, 2) :]


def _cut(text: str, chance: Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


GENTLE = (_odd_value, _odd_key, _other_word, _other_value, _other_word, _other_value)
MUTATIONS = (*GENTLE, _without_a_line, _a_line_twice, _indented, _sign, _cut)
