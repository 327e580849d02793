"""The form of an act: its value, the day, the reason, who else took part; and the act that was typed."""

from datetime import date
from typing import Final

from triage.cases.model import NewAct
from triage.cases.record import Act
from triage.web.forms.entry import FormError
from triage.web.forms.fields import Choice, Field
from triage.web.shared.acts import PossibleAct
from triage.web.shared.posted import Typed, date_of, text_of
from triage.web.shared.said import act_value_in_words
from triage.web.shared.translation import translated as _
from triage.web.shared.words import Words

_LONGEST_REASON: Final = 2000
_LONGEST_NAME: Final = 100


def act_fields(one: PossibleAct, values: tuple[str, ...], typed: Typed, words: Words) -> tuple[Field, ...]:
    """Make the fields of an act that can hold these values; one of two names has no line for others."""
    name, chosen = one.definition.name, frozenset(typed.getlist("value"))
    shape = "checks" if one.definition.listed else "radios"
    texts = {value: act_value_in_words(name, value, words, one.about) for value in values}
    options = tuple(Choice(value, text, value in chosen) for value, text in texts.items())
    others_hint = _("One name and service on each line. Leave it empty when it was you alone.")
    others = Field("with_names", "area", _("Who else took part?"), typed.get("with_names", ""), (), others_hint)
    return (
        Field("value", shape, _("What is recorded?"), "", options),
        Field("on", "date", _("On which day?"), typed.get("on", "")),
        Field("reason", "area", _("On what grounds?"), typed.get("reason", "")),
        *(() if one.of_two else (others,)),
    )  # fmt: skip


def act_typed(act: Act) -> Typed:
    """Give an act as it would be typed; the others who took part stand one on a line."""
    typed = Typed({"on": act.on.isoformat(), "reason": act.reason})
    typed["with_names"] = "\n".join(one.name for one in act.by[1:])
    typed.setlist("value", list(act.values))
    return typed


def new_act(one: PossibleAct, allowed: tuple[str, ...], typed: Typed, today: date) -> NewAct | tuple[FormError, ...]:
    """Read the act that was typed, or say what is missing."""
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
