"""Read `flows/sheets/` into a checked catalogue, or report every problem with its code, file and line."""

import datetime as dt
import re
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from babel.core import Locale, UnknownLocaleError

from triage.flow.documents import Block, Problems, read_document
from triage.flow.problems import Problem, nearest
from triage.sheets.model import (
    COUNTRIES,
    Catalogue,
    Helpline,
    Item,
    Kind,
    Language,
    Layout,
    NotAValue,
    Part,
    Role,
    SheetDefinition,
    Side,
    Typed,
)
from triage.sheets.soundness import catalogue_problems

FOLDER = "sheets"
EASY = ("own", "same", "none")
DAYS = ("daily", "weekdays")
HOURS = re.compile(r"((?:[01]\d|2[0-4]):[0-5]\d)-((?:[01]\d|2[0-4]):[0-5]\d)", re.ASCII)
NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", re.ASCII)
PHONE = re.compile(r"\d+(?: \d+)*", re.ASCII)
ONE_OF = TypeVar("ONE_OF", bound=StrEnum)


def read_catalogue(flows: Path) -> Catalogue | tuple[Problem, ...]:
    """Read the sheets that stand beside the flows of a directory.

    Input: a directory of flows; its folder `sheets` is read. Output: the catalogue, or every problem found: files that
    cannot be read alone, then what is wrong in them, then what does not fit together.
    """
    folder, problems = flows / FOLDER, Problems()
    names = ("catalogue.yml", "parts.yml", "helplines.yml")
    tops = [read_document(folder / name, problems) for name in names]
    languages = [(path.stem, read_document(path, problems)) for path in sorted(folder.glob("languages/*.yml"))]
    found = [block for block in (*tops, *(block for _, block in languages)) if block is not None]
    if len(found) < len(tops) + len(languages):
        return tuple(problems.found)
    top, parts, helplines = found[:3]
    catalogue = Catalogue(
        version=top.text("version"),
        dated=_day(top, "dated") or dt.date.min,
        written_in=top.texts("written_in", required=True),
        values={one: _value(block) for one, block in _named(top, "values")},
        sheets={one: _sheet(one, block) for one, block in _named(top, "sheets")},
        parts={one: _part(one, block) for one, block in _named(parts, "parts")},
        helplines=tuple(_helpline(one, block) for one, block in _named(helplines, "helplines")),
        languages={code: _language(code, block) for code, block in languages if block is not None},
    )
    for block in found:
        block.finish()
    unsound = () if problems.found else catalogue_problems(catalogue)
    return catalogue if not problems.found and not unsound else (*problems.found, *unsound)


def _named(top: Block, key: str) -> list[tuple[str, Block]]:
    """The blocks of a mapping from names to blocks."""
    holder = top.block(key)
    if holder is None:
        top.problems.add("F003", f"`{key}` is missing.", top)
        return []
    found = []
    for name in holder.names():
        if not NAME.fullmatch(name):
            holder.problems.add("F004", f"`{name}` is no name of small letters, digits and hyphens.", holder, name)
        block = holder.block(name)
        if block is not None:
            found.append((name, block))
    holder.finish()
    return found


def _value(block: Block) -> dict[str, Typed]:
    """One typed value: `all`, or one for each country that has it."""
    kind = _one_of(block, "kind", Kind, Kind.NUMBER)
    found: dict[str, Typed] = {}
    for key in ("all", *COUNTRIES):
        text = block.text(key, "")
        for country in (COUNTRIES if key == "all" else (key,)) if text else ():
            _typed(block, key, kind, text, found, country)
    block.finish()
    return found


def _typed(block: Block, key: str, kind: Kind, text: str, into: dict[str, Typed], country: str) -> None:
    try:
        into[country] = Typed(kind, text)
    except NotAValue as fault:
        block.problems.add("F004", str(fault), block, key)


def _part(name: str, block: Block) -> Part:
    says = block.text("says", "")
    part = Part(
        name,
        _one_of(block, "layout", Layout, Layout.LIST),
        _one_of(block, "says", Role, Role.HELP) if says else None,
        tuple(_item(name, one) for one in block.blocks("items")),
    )
    block.finish()
    return part


def _item(part: str, block: Block) -> Item:
    name = block.text("id")
    only = block.text("only", "")
    _among(block, "only", only, ("", *COUNTRIES))
    easy = block.text("easy", "own")
    _among(block, "easy", easy, EASY)
    item = Item(f"sheet.{part}.{name}", block.flag("safety"), only, easy)
    block.finish()
    return item


def _sheet(name: str, block: Block) -> SheetDefinition:
    sheet = SheetDefinition(
        id=name,
        audience=block.text("audience"),
        pathway=block.text("pathway"),
        address=block.text("address"),
        side=_one_of(block, "side", Side, Side.NEUTRAL),
        outcomes=block.texts("outcomes"),
        parts=block.texts("parts", required=True),
        lines=block.texts("lines"),
        core=block.flag("core"),
        spoken=block.flag("spoken"),
    )
    block.finish()
    return sheet


def _helpline(name: str, block: Block) -> Helpline:
    country = block.text("country")
    _among(block, "country", country, COUNTRIES)
    phone = block.text("phone")
    if not PHONE.fullmatch(phone):
        block.problems.add("F004", f"`{phone}` is no number to call: digits in groups.", block, "phone")
    by, days = block.text("by", "call"), block.text("days", "daily")
    _among(block, "by", by, ("call", "text"))
    _among(block, "days", days, DAYS)
    hours = block.text("hours", "")
    opens, closes = _opening(block, hours)
    line = Helpline(
        id=name,
        country=country,
        side=_one_of(block, "side", Side, Side.NEUTRAL),
        kind=block.text("kind"),
        name=block.text("name", ""),
        phone=phone,
        by=by,
        always_open=hours == "always",
        opens=opens,
        closes=closes,
        days=days,
        verified_on=_day(block, "verified_on"),
    )
    block.finish()
    return line


def _opening(block: Block, hours: str) -> tuple[str, str]:
    """From when to when a line answers; nothing where it always does, or where nobody knows."""
    if hours in {"", "always"}:
        return "", ""
    found = HOURS.fullmatch(hours)
    if found is None:
        block.problems.add("F004", "`hours` are `always`, or such as 09:00-19:00.", block, "hours")
        return "", ""
    return found[1], found[2]


def _language(code: str, block: Block) -> Language:
    try:
        Locale.parse(code)
    except (ValueError, UnknownLocaleError):
        block.problems.add("F004", f"`{code}` is no code of a language.", block)
    negations = block.texts("negations", required=True)
    forbidden = _words(block, "forbidden")
    for key, pattern in [*(("negations", one) for one in negations), *(("forbidden", one) for one in forbidden)]:
        try:
            re.compile(pattern)
        except re.error as fault:
            block.problems.add("F004", f"`{pattern}` is no pattern of words: {fault}.", block, key)
    language = Language(
        code, block.text("name"), block.texts("fonts", required=True), negations, forbidden,
        _words(block, "excused"), _words(block, "terms"), block.texts("called"),
    )  # fmt: skip
    block.finish()
    return language


def _words(block: Block, key: str) -> dict[str, str]:
    """A mapping of words to words; nothing where it is not written."""
    holder = block.block(key)
    if holder is None:
        return {}
    found = {name: holder.text(name) for name in holder.names()}
    holder.finish()
    return found


def _one_of(block: Block, key: str, kind: type[ONE_OF], default: ONE_OF) -> ONE_OF:
    word = block.text(key, default.value)
    _among(block, key, word, [one.value for one in kind])
    return kind(word) if word in {one.value for one in kind} else default


def _among(block: Block, key: str, word: str, known: Collection[str]) -> None:
    if word not in known:
        wanted = ", ".join(f"`{one}`" for one in known if one)
        block.problems.add("F004", f"`{key}` is one of {wanted}.", block, key, nearest(word, known))


def _day(block: Block, key: str) -> dt.date | None:
    word = block.text(key, "")
    try:
        return dt.date.fromisoformat(word) if word else None
    except ValueError:
        block.problems.add("F004", f"`{key}` is a day such as 2026-11-26.", block, key)
        return None
