"""Whom to call when somebody is in danger: the numbers of one country, read from `numbers.toml` and checked."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from triage.settings import BadSetting
from triage.web.shared.language import LANGUAGES

LISTS: Final = Path(__file__).with_name("numbers.toml")
_DIALLED: Final = re.compile(r"[0-9]{2,5}|[0-9]{3,5}( [0-9]{2,4}){1,4}")
_SCHEMES: Final[Mapping[str, str]] = {"call": "tel", "text": "sms"}


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """One number: as it is dialled, the address that dials it; by language whom it reaches, and when."""

    number: str
    address: str
    what: Mapping[str, str]
    hours: Mapping[str, str]


def emergency_numbers(country: str, lists: Path = LISTS) -> tuple[EmergencyNumber, ...]:
    """Give the numbers of a country (two letters of ISO 3166), the first to call first.

    Raises `BadSetting` when there is no list for it, or when an entry of its list is not whole: a danger page with a
    gap is worse than a program that does not start.
    """
    known: dict[str, list[dict[str, Any]]] = tomllib.loads(lists.read_text(encoding="utf-8"))
    if not known.get(country):
        raise BadSetting(f"TRIAGE_COUNTRY must be one of {', '.join(sorted(known))}: {lists.name} has no other list.")
    if problems := [problem for entry in known[country] for problem in _problems(entry)]:
        raise BadSetting(f"{lists.name}, {country}: {' '.join(problems)}")
    return tuple(_number(entry) for entry in known[country])


def _problems(entry: Mapping[str, Any]) -> Iterator[str]:
    """Say what an entry lacks."""
    number = str(entry.get("number", ""))
    if not _DIALLED.fullmatch(number):
        yield f"{number or 'an entry'} is no number to dial."
    if entry.get("by") not in _SCHEMES:
        yield f"{number}: by must be {' or '.join(_SCHEMES)}."
    for part in ("what", "hours"):
        told = entry.get(part)
        said = told if isinstance(told, dict) else {}
        yield from (f"{number}: {part} is missing in {one}." for one in LANGUAGES if not str(said.get(one, "")).strip())


def _number(entry: Mapping[str, Any]) -> EmergencyNumber:
    address = f"{_SCHEMES[entry['by']]}:{entry['number'].replace(' ', '')}"
    return EmergencyNumber(entry["number"], address, entry["what"], entry["hours"])
