"""The form of an act: its value, the day, the reason, who else took part; and the act that was typed."""

from datetime import date
from typing import Final

from triage.cases.model import NewAct
from triage.web.shared.acts import PossibleAct
from triage.web.shared.entry import FormError
from triage.web.shared.fields import Choice, Field
from triage.web.shared.posted import Typed, date_of, text_of
from triage.web.shared.translation import translated as _
from triage.web.shared.words import Words

_LONGEST_REASON: Final = 2000
_LONGEST_NAME: Final = 100
_MARKERS: Final = ("INJ", "PHYS", "NFS", "STALK", "THKILL", "SEXV", "WEAP", "BREACH", "BDREAD")
_MARKERS_OF_PERSONS: Final = ("SUIC", "HBA", "FM", "FGM")


def _markers() -> tuple[str, ...]:
    """List the markers that can be passed over with reasons (domain 11.2)."""
    directed = tuple(f"{name}_{way}" for name in _MARKERS for way in ("AB", "BA"))
    return (*directed, *(f"{name}_{letter}" for name in _MARKERS_OF_PERSONS for letter in "AB"), "SEP")


def act_fields(one: PossibleAct, typed: Typed, words: Words) -> tuple[Field, ...]:
    """Make the fields of an act."""
    name, chosen = one.definition.name, frozenset(typed.getlist("value"))
    values = one.definition.values or _markers()
    shape = "checks" if one.definition.listed else "radios"
    options = tuple(Choice(value, _value_text(name, value, words), value in chosen) for value in values)
    names_hint = _("One name and service on each line. Leave it empty when it was you alone.")
    return (
        Field("value", shape, _("What is recorded?"), "", options),
        Field("on", "date", _("On which day?"), typed.get("on", "")),
        Field("reason", "area", _("On what grounds?"), typed.get("reason", "")),
        Field("with_names", "area", _("Who else took part?"), typed.get("with_names", ""), (), names_hint),
    )  # fmt: skip


def _value_text(act: str, value: str, words: Words) -> str:
    """Give the words of a value: of the act, of a result, or of a finding with its direction."""
    for text_id in (f"act.{act}.value.{value}", f"outcome.{value}.name"):
        if words.has(text_id):
            return words(text_id)
    finding, _bar, suffix = value.rpartition("_")
    text_id = f"finding.{finding or value}.name"
    where = " → ".join(suffix) if finding else ""
    return " · ".join(filter(None, (words(text_id), where))) if words.has(text_id) else value


def new_act(one: PossibleAct, typed: Typed, today: date) -> NewAct | tuple[FormError, ...]:
    """Read the act that was typed, or say what is missing."""
    allowed = one.definition.values or _markers()
    values = tuple(value for value in typed.getlist("value") if value)
    day, reason = date_of(text_of(typed, "on")), text_of(typed, "reason")
    names = tuple(filter(None, (name.strip() for name in text_of(typed, "with_names").split("\n"))))
    wrong = {
        "value": (not values or not set(values) <= set(allowed), _("Choose what is recorded.")),
        "on": (day is None or day > today, _("Give a day that is not in the future.")),
        "reason": (not 0 < len(reason) <= _LONGEST_REASON, _("Say on what grounds, in at most 2000 characters.")),
        "with_names": (any(len(name) > _LONGEST_NAME for name in names), _("At most 100 characters on a line.")),
    }
    errors = tuple(FormError(field, text) for field, (holds, text) in wrong.items() if holds)
    if errors or day is None:
        return errors
    return NewAct(one.definition.name, one.about, values, day, reason, names)
