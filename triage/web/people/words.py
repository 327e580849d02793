"""Relations, ages and reasons in words: what somebody is to somebody, how old they are, why one was not added."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from flask_babel import lazy_gettext

from triage.assess.measuring.ages import years_between
from triage.cases.members import Relation
from triage.cases.naming import Declining
from triage.web.shared.translation import day_in_words
from triage.web.shared.translation import translated as _

CHILD: Final = 16
ADULT: Final = 18
_KINDS: Final[Mapping[Relation, object]] = MappingProxyType(
    {
        Relation.PARTNER: lazy_gettext("Partner"),
        Relation.EX_PARTNER: lazy_gettext("Former partner"),
        Relation.PARENT: lazy_gettext("Parent"),
        Relation.CHILD: lazy_gettext("Child"),
        Relation.RELATIVE: lazy_gettext("Another relative"),
        Relation.OTHER: lazy_gettext("Something else, or not known"),
    }
)
_SENTENCES: Final[Mapping[Relation, object]] = MappingProxyType(
    {
        Relation.PARTNER: lazy_gettext("%(first)s is a partner of %(second)s"),
        Relation.EX_PARTNER: lazy_gettext("%(first)s is a former partner of %(second)s"),
        Relation.PARENT: lazy_gettext("%(first)s is a parent of %(second)s"),
        Relation.CHILD: lazy_gettext("%(first)s is a child of %(second)s"),
        Relation.RELATIVE: lazy_gettext("%(first)s is a relative of %(second)s"),
        Relation.OTHER: lazy_gettext("What %(first)s is to %(second)s is something else, or not known"),
    }
)
_NAMED: Final[Mapping[str, object]] = MappingProxyType(
    {
        "new_partner": lazy_gettext("New partner"),
        "ex_partner": lazy_gettext("Former partner"),
        "relative": lazy_gettext("Relative"),
        "child_elsewhere": lazy_gettext("Child who lives elsewhere"),
        "vulnerable_adult": lazy_gettext("Adult who needs protection"),
    }
)
_DECLINING: Final[Mapping[Declining, object]] = MappingProxyType(
    {
        Declining.ALREADY_HERE: lazy_gettext("This is somebody who is already in the case"),
        Declining.BY_MISTAKE: lazy_gettext("There is no such person: it was a mistake"),
        Declining.ELSEWHERE: lazy_gettext("Another service assesses this, and we know which"),
        Declining.NOT_SAFE_NOW: lazy_gettext("It is not safe to open this now"),
    }
)


def kind_in_words(relation: Relation) -> str:
    """Name a kind of relation."""
    return str(_KINDS[relation])


def relation_in_words(relation: Relation | None, first: str, second: str) -> str:
    """Say what the first is to the second; of whom nothing was said, that it is not known."""
    if relation is None:
        return _("Nobody here has said what they are to each other")
    return str(_SENTENCES[relation]) % {"first": first, "second": second}


def option_in_words(option: str) -> str:
    """Name as what an answer names somebody."""
    return str(_NAMED[option])


def declining_in_words(why: str) -> str:
    """Say why somebody who was named was not added."""
    return str(_DECLINING[Declining(why)])


def age_in_words(birth: str, year: int | None, today: date) -> str:
    """Say the age by the day of birth (ISO 8601), by the year as two ages, or that it is not known."""
    if birth:
        day = date.fromisoformat(birth)
        return _("Born on %(day)s, %(age)s years old", day=day_in_words(day), age=years_between(day, today))
    if year:
        oldest = today.year - year
        return _("Born in %(year)s, %(least)s or %(most)s years old", year=year, least=max(oldest - 1, 0), most=oldest)
    return _("Age not known. A missing age is never taken as adult.")


def youth_of(birth: str, year: int | None, today: date) -> str:
    """Say which pathway an age leads to: `child` under 16, `young` under 18, `adult`, or empty where it is not known.

    A year alone is read as the younger age that it can be.
    """
    if not birth and not year:
        return ""
    age = years_between(date.fromisoformat(birth), today) if birth else today.year - (year or 0) - 1
    return "child" if age < CHILD else "young" if age < ADULT else "adult"
