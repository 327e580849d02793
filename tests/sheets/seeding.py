"""Errors as translators make them, put into good French texts by chance: what kind, what it does, and to which text."""

import random
import re
from collections.abc import Callable

from triage.sheets.translating import PLACEHOLDER

DIRECTION = "\u202e\u202d\u202a\u202b\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\ufeff\u00ad"
NOT = re.compile(r"\b(?:ne |n’)((?:\w+[ ’-]){1,3}?)(?:pas|jamais|rien)\b ?|\bne (\w+) ")
PLAIN_YES = re.compile(r"^(?!.*\b(?:pas|jamais|sans|rien|ni|aucun)\b).*\b[Vv]ous \w+")
Spoil = Callable[[str, random.Random], str]


def placeholder(text: str, chance: random.Random) -> str:
    """Drop, rename, double, translate, break or glue a placeholder."""
    whole = chance.choice(list(PLACEHOLDER.finditer(text)))
    name = whole[1]
    longer, shouted, opened, closed = f"{{{name}s}}", f"{{{name.upper()}}}", f"{{{name}", f"{name}}}"
    wrong = (
        "",
        longer,
        shouted,
        opened,
        closed,
        whole[0] * 2,
        f"{{ {name} }}",
        f"%({name})s",
        "{urgence}",
        f"<{name}>",
    )
    return text[: whole.start()] + chance.choice(wrong) + text[whole.end() :]


def number(text: str, chance: random.Random) -> str:
    """Write a figure where none is, or other figures in the place of a value, in Western or Eastern figures."""
    figure = chance.choice(["7", "24", "61", "0800 111", "٢٢", "۱۷", "१६", "1 000"])
    values = list(PLACEHOLDER.finditer(text))
    if values and chance.random() < 0.5:
        whole = chance.choice(values)
        return text[: whole.start()] + figure + text[whole.end() :]
    words = text.split(" ")
    words.insert(chance.randrange(1, len(words) + 1), figure)
    return " ".join(words)


def direction(text: str, chance: random.Random) -> str:
    """Slip in a sign that turns the direction or has no width."""
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(DIRECTION) + text[place:]


def negation(text: str, chance: random.Random) -> str:
    """Lose a "not": what must never be done becomes an order."""
    found = chance.choice(list(NOT.finditer(text)))
    return text[: found.start()] + (found[1] or f"{found[2]} ") + text[found.end() :]


def added_negation(text: str, chance: random.Random) -> str:
    """Add a "not" around one verb, as in "vous ne pouvez pas"."""
    found = chance.choice(list(re.finditer(r"\b([Vv]ous|[Tt]u|[Nn]ous) (\w+)", text)))
    return text[: found.start()] + f"{found[1]} ne {found[2]} pas" + text[found.end() :]


def markup(text: str, chance: random.Random) -> str:
    """Leave the marks of a word processor, of a page or of typst."""
    return chance.choice(["<b>{}</b>", "**{}**", "{}&nbsp;", "#text({})", "{} https://example.org", "`{}`"]).format(
        text
    )


def cut(text: str, chance: random.Random) -> str:
    """Lose the end of a text."""
    return text[: chance.randrange(1, max(2, len(text) // 4))]


def doubled(text: str, chance: random.Random) -> str:
    """Paste a text again and again."""
    return " ".join([text] * chance.choice([4, 5, 50]))


KINDS: dict[str, tuple[Spoil, int, Callable[[str], object]]] = {
    "placeholder": (placeholder, 40, PLACEHOLDER.search),
    "number": (number, 40, len),
    "direction": (direction, 40, len),
    "lost negation": (negation, 35, NOT.search),
    "added negation": (
        added_negation,
        15,
        PLAIN_YES.search,
    ),
    "markup": (markup, 10, len),
    "a cut text": (cut, 10, lambda text: len(text) > 60),
    "a doubled text": (doubled, 10, lambda text: len(text) > 60),
}
"""Each kind of error: how it is made, how many of the 200 there are, and which texts can have it."""


def seeded(texts: dict[str, str], seed: int) -> list[tuple[str, str, str]]:
    """Make the 200 errors: kind, id of the text, the spoiled words; always other words than the good ones."""
    chance = random.Random(seed)
    found = []
    for kind, (spoil, times, fits) in KINDS.items():
        fitting = [text for text, words in texts.items() if fits(words)]
        while sum(one == kind for one, _, _ in found) < times:
            text = chance.choice(fitting)
            spoiled = spoil(texts[text], chance)
            if spoiled != texts[text]:
                found.append((kind, text, spoiled))
    return found
