"""The results of a pair in neutral words: nobody is named by a role before two people have signed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask_babel import lazy_gettext as _

from triage.web.forms.fields import Choice, Field
from triage.web.shared.letters import Letters
from triage.web.shared.posted import Typed

RESULTS: Final = ("W_A", "W_B", "W_CHILD", "W_CARE", "W_REVIEW")
"""What can be signed."""
VIEWS: Final = (*RESULTS, "W_INSUFF")
"""What can be thought: also that too little is known, which nobody signs."""

_WORDS: Final[Mapping[str, object]] = MappingProxyType(
    {
        "W_A": _("The harm goes from %(first)s to %(second)s"),
        "W_B": _("The harm goes from %(second)s to %(first)s"),
        "W_CHILD": _("Somebody here is under 16: children’s services lead"),
        "W_CARE": _("Somebody here lacks capacity: health and care lead"),
        "W_REVIEW": _("Not determined: to the review of several agencies"),
        "W_INSUFF": _("Not enough is known yet"),
    }
)


def result_in_words(result: str, letters: Letters) -> str:
    """Say a result of the pair with these letters."""
    return str(_WORDS.get(result, result)) % {"first": letters.first, "second": letters.second}


def result_field(label: str, values: tuple[str, ...], typed: Typed, letters: Letters) -> Field:
    """Make the choice of a result."""
    chosen = typed.get("result", "")
    choices = tuple(Choice(value, result_in_words(value, letters), value == chosen) for value in values)
    return Field("result", "radios", label, "", choices)


def written_field(name: str, label: str, typed: Typed) -> Field:
    """Make a field for a longer text."""
    return Field(name, "area", label, typed.get(name, ""))


def dated_field(name: str, label: str, hint: str, typed: Typed) -> Field:
    """Make a field for a day."""
    return Field(name, "date", label, typed.get(name, ""), (), hint)
