"""Two forms of one thing side by side: where they differ, a choice for each field, the form that the choices make."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from triage.web.forms.fields import Choice, Field
from triage.web.shared.posted import MOST_FIELDS, Typed, fields_to_keep
from triage.web.shared.translation import translated as _

MINE: Final = "mine"
RECORDED: Final = "recorded"
PICKED: Final = "pick-"
_OF_ONE_WORKER: Final = frozenset({"version", "key", "rows", "reason"})


@dataclass(frozen=True, slots=True)
class InWords:
    """One field in words: its label, and what it holds."""

    label: str
    value: str


def field_in_words(field: Field, label: str = "") -> InWords:
    """Put a field into words: the texts of what is chosen in it, or what is written."""
    chosen = [choice.text for choice in field.choices if choice.checked and choice.value]
    return InWords(label or field.label, ", ".join(chosen) if field.choices else field.value)


def differing(mine: Mapping[str, InWords], recorded: Mapping[str, InWords], typed: Typed) -> tuple[Field, ...]:
    """Give a choice for each field in which two forms differ; one's own is chosen until another is.

    Inputs: the fields of both forms by name, in words; and what was chosen so far.
    """
    names = [*mine, *(name for name in recorded if name not in mine)]
    return tuple(
        _choice(name, mine.get(name), recorded.get(name), typed)
        for name in names
        if _value(mine.get(name)) != _value(recorded.get(name))
    )


def _value(field: InWords | None) -> str:
    return field.value if field else ""


def _choice(name: str, mine: InWords | None, recorded: InWords | None, typed: Typed) -> Field:
    nothing, theirs = _("nothing"), typed.get(f"{PICKED}{name}") == RECORDED
    label = next(one.label for one in (mine, recorded) if one)
    choices = (
        Choice(MINE, _("Mine: %(value)s", value=_value(mine) or nothing), not theirs),
        Choice(RECORDED, _("Recorded now: %(value)s", value=_value(recorded) or nothing), theirs),
    )
    return Field(f"{PICKED}{name}", "radios", label, "", choices)


def kept(mine: Typed) -> str:
    """Write a form as one text, for a hidden field of the page on which the choices are made."""
    return urlencode(fields_to_keep(mine.items(multi=True)))


def is_kept_in(typed: Typed) -> bool:
    """Say whether a form is one of choices, with one's own form kept in it."""
    return MINE in typed


def mine_in(typed: Typed) -> Typed:
    """Give one's own form out of the form of choices; what is none gives an empty one."""
    try:
        return Typed(fields_to_keep(parse_qsl(typed[MINE], keep_blank_values=True, max_num_fields=MOST_FIELDS)))
    except ValueError:  # more fields than a form may have
        return Typed()


def merged(typed: Typed, recorded: Typed) -> Typed:
    """Give the form that the choices make: one's own, and from what is recorded each field chosen there.

    The version is left out: the form that comes is one of the case as it stands now.
    """
    made = mine_in(typed)
    taken = {
        name.removeprefix(PICKED) for name, value in typed.items() if name.startswith(PICKED) and value == RECORDED
    } - _OF_ONE_WORKER
    for name in taken:
        made.setlist(name, recorded.getlist(name))
        if not made.getlist(name):
            made.poplist(name)
    if taken and (rows := [form["rows"] for form in (made, recorded) if form.get("rows", "").isdecimal()]):
        made["rows"] = max(rows, key=int)
    for name in ("version", "key"):
        made.poplist(name)
    return made
