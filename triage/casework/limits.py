"""What may come in at all: sizes, characters, dates and ids, checked before anything reaches the database."""

import unicodedata
from datetime import date
from uuid import UUID

from triage.cases.matching.identity import Identity
from triage.cases.model import NewAct, NewAnswer

NAME, CODE, REASON, TEXT, KEY = 200, 200, 4_000, 20_000, 200
ROWS, DEPTH, LARGEST = 2_000, 5, 2**31 - 1
MANY = 10
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ALLOWED_CONTROLS = frozenset("\n\r\t")


def as_id(value: object) -> UUID | None:
    """Read an id as it comes from a URL, or None when it is not one."""
    if isinstance(value, UUID):
        return value
    if not isinstance(value, str) or len(value) != 36 or not value.isascii():
        return None
    try:
        return UUID(value)
    except ValueError:
        return None


def text_problem(what: str, text: object, limit: int, *, required: bool = False) -> tuple[str, ...]:
    """Say what is wrong with a text, in one sentence, or nothing. Line breaks and tabs are its only controls."""
    if not isinstance(text, str):
        return (f"{what}: this must be a text.",)
    if required and not text.strip():
        return (f"{what}: this must not be empty.",)
    if len(text) > limit:
        return (f"{what}: at most {limit} characters.",)
    for sign in text:
        kind = unicodedata.category(sign)
        if kind == "Cs" or (kind == "Cc" and sign not in _ALLOWED_CONTROLS):
            return (f"{what}: this holds a character that cannot be stored.",)
    return ()


def name_problem(what: str, name: object) -> tuple[str, ...]:
    """Say what is wrong with a name: a short text that does not turn the direction of what stands around it."""
    wrong = text_problem(what, name, NAME, required=True)
    if not wrong and isinstance(name, str) and (_BIDI_CONTROLS & set(name) or "\n" in name):
        return (f"{what}: this holds a character that does not belong in a name.",)
    return wrong


def identity_problems(key: str, known: Identity, today: date) -> tuple[str, ...]:
    """Say everything that is wrong with what is known of a person: at most ten names and contact points of a kind."""
    said = {"given": (known.given,), "family": (known.family,), "also": known.also, "former": known.former}
    said |= {"phones": known.phones, "emails": known.emails}
    said["addresses"] = tuple(text for one in known.addresses for text in (one.street, one.postcode))
    problems = [f"{what} ({key}): at most {MANY}." for what, texts in said.items() if len(texts) > 2 * MANY]
    for what, texts in said.items():
        problems += [wrong for text in texts if text for wrong in name_problem(f"{what} ({key})", text)]
    if known.birth is not None:
        problems += date_problem(f"birth ({key})", known.birth, today)
    if known.birth_year is not None and not EARLIEST.year <= known.birth_year <= today.year:
        problems.append(f"birth_year ({key}): this must be a year from 1900 to this one.")
    return tuple(problems)


def date_problem(what: str, day: object, today: date) -> tuple[str, ...]:
    """Say what is wrong with a day: before 1900, after today, or not a plain date."""
    if type(day) is not date:
        return (f"{what}: this must be a date.",)
    return () if EARLIEST <= day <= today else (f"{what}: this must be a day from 1900 to today.",)


def raw_problem(value: object) -> tuple[str, ...]:
    """Say what is wrong with a raw value: too deep, too many parts, or a text or number that cannot be stored."""
    left: list[tuple[object, int]] = [(value, 0)]
    parts = 0
    while left:
        one, depth = left.pop()
        parts += 1
        if depth > DEPTH or parts > ROWS:
            return ("value: this has too many parts.",)
        if isinstance(one, str):
            if wrong := text_problem("value", one, TEXT):
                return wrong
        elif isinstance(one, dict):
            left += [(part, depth + 1) for pair in one.items() for part in pair]
        elif isinstance(one, list):
            left += [(part, depth + 1) for part in one]
        elif one is not None and (not isinstance(one, int) or abs(one) > LARGEST):
            return ("value: this number cannot be stored.",)
    return ()


def answer_problems(new: NewAnswer, today: date) -> tuple[str, ...]:
    """Say everything that is wrong with the form of a new answer; what it means is judged by the rules."""
    codes = ("question", "source", "about", "follow_up", "by", "contact", "recording", "copy_of")
    problems = [wrong for name in codes for wrong in text_problem(name, getattr(new, name), CODE)]
    problems += text_problem("reason", new.reason, REASON, required=new.corrects is not None)
    if new.ask_again is not None and not (type(new.ask_again) is date and EARLIEST <= new.ask_again <= LATEST):
        problems.append("ask_again: this must be a day from 1900 to 2200.")
    return (*problems, *date_problem("on", new.on, today), *raw_problem(new.value))


def act_problems(new: NewAct, today: date) -> tuple[str, ...]:
    """Say everything that is wrong with the form of a new act; every act states a reason (domain 12.3)."""
    problems = [*text_problem("act", new.act, CODE, required=True), *text_problem("about", new.about, CODE)]
    problems += [wrong for value in new.values for wrong in text_problem("value", value, CODE, required=True)]
    problems += [wrong for name in new.with_names for wrong in name_problem("with", name)]
    problems += text_problem("reason", new.reason, REASON, required=True)
    if len(new.values) > ROWS or len(new.with_names) > ROWS:
        problems.append("value: this has too many parts.")
    return (*problems, *date_problem("on", new.on, today))
