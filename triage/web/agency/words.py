"""What is missing, where a referral stands and how it was answered, in the reader's language."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask_babel import lazy_gettext as _

from triage.cases.agency.lifecycle import Answered, State
from triage.cases.agency.problems import Missing

STATES: Final[Mapping[State, object]] = MappingProxyType(
    {
        State.DRAFT: _("Draft, not sent"),
        State.SENT: _("Sent"),
        State.RECEIVED: _("Received"),
        State.CONSIDERED: _("Being considered"),
        State.ANSWERED: _("Answered"),
        State.CLOSED: _("Closed by us"),
    }
)
CODES: Final[Mapping[str, object]] = MappingProxyType(
    {
        Answered.WITH_US: _("We have it. Your own duties go on. We contact you when we need something."),
        Answered.OUTSIDE_AREA: _("Outside the area we serve, by what you wrote."),
        Answered.OUTSIDE_REMIT: _("Outside what we do, by what you wrote."),
        Answered.NOT_ENOUGH: _("Too little was said to begin. You may send it again with more."),
        Answered.WITHDRAWN: _("You asked us not to go on."),
        Answered.PASSED_ON: _("We passed what you wrote on to another service. Your own duties go on."),
    }
)
SENTENCES: Final[Mapping[str, object]] = MappingProxyType(
    {
        "danger-unsaid": _("Say first whether somebody is in danger now, or would be by being contacted."),
        "holder-unsaid": _("Say which agency stays responsible for the risk. A referral does not end your duties."),
        "holder-closing": _(
            "A referral is not a reason to close a case. Keep your file open, or name who stays responsible, then send."
        ),
        "holder-unnamed": _("Name the worker who stays responsible."),
        "contact-missing": _("Say how to reach the worker who stays responsible."),
        "review-missing": _("Give the day on which the worker who stays responsible looks at this again."),
        "review-past": _("The next review must be after today, and within a year."),
        "two-people": _("A referral is about at least two people."),
        "too-many-people": _("A referral is about at most eight people. Send the others in another one."),
        "letters": _("The people have the letters A, B, C and so on, in order, each once."),
        "unnamed": _("Say what to call this person. When no name is known, say so: “not known”."),
        "no-pair": _("Say who is referred together with whom: at least one pair."),
        "too-many-pairs": _("A referral holds at most twenty pairs."),
        "pair": _("A pair is two different people of this referral, named once."),
        "alone": _("This person is in no pair. Say with whom, or take them out."),
        "about": _("This answer is about nobody of this referral."),
        "twice": _("This question is answered twice about the same."),
        "text": _("This text is too long, or holds characters that cannot be stored."),
        "identity": _("Something in what recognises this person cannot be stored: shorten it, or leave it out."),
        "birth": _("This must be a day from 1900 to today."),
        "no-question": _("This is no question that a referral answers."),
        "value": _("This does not fit the question."),
        "too-many-answers": _("A referral holds at most 500 answers."),
    }
)
"""The sentences of `triage.cases.agency.problems`, written once more so that the catalogues find them."""


def missing_in_words(missing: Missing) -> str:
    """Say one thing to put right."""
    return str(SENTENCES[missing.code])
