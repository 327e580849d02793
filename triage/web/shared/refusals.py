"""The refusals of casework in the reader's language: one sentence for each reason."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask_babel import lazy_gettext as _

from triage.cases.wall import Reason, Refused
from triage.casework.accounts.making import TAKEN

SENTENCES: Final[Mapping[Reason, object]] = MappingProxyType(
    {
        Reason.NO_SUCH_CASE: _("There is no such case here."),
        Reason.NOT_YOUR_ROLE: _("Your role does not do this."),
        Reason.NOT_YOUR_SOURCE: _("This kind of answer is recorded by somebody else."),
        Reason.NOT_YOUR_ACT: _("This act is signed by somebody else."),
        Reason.NOT_YOUR_PERSON: _("This is recorded by the person's own worker."),
        Reason.NOT_YOUR_ANSWER: _("There is no such answer among those you may correct."),
        Reason.ALREADY_WITHDRAWN: _("This answer has already been taken back."),
        Reason.ALREADY_TAKEN: _("This person already has a worker on your side."),
        Reason.ALREADY_WORKING: _("You already work with one person of this case."),
        Reason.SIGN_IN_REFUSED: _(
            "The name or the password is not right, or there were too many attempts. Try again later."
        ),
        Reason.CODE_REFUSED: _(
            "This code is not right, was used before, or there were too many attempts. Try the next one."
        ),
        Reason.PROVIDER_REFUSED: _("This sign-in could not be completed. Begin again, or ask who runs the accounts."),
        Reason.PROVIDER_DOWN: _("The provider of the sign-in does not answer now."),
        Reason.INVITATION_REFUSED: _("This code is not right, was used before, or is too old. Ask for a new one."),
        Reason.ANOTHER_PERSON: _("This takes two persons, and neither may be the one whose account it is."),
        Reason.LAST_ADMINISTRATOR: _("This is the last administrator: make another one first."),
        Reason.NO_SUCH_ACCOUNT: _("There is no such account here."),
        Reason.NOT_ACCEPTED: _("This cannot be recorded as it stands."),
        Reason.KEY_USED: _("This form was already sent with other content. Open the page again."),
        Reason.OWN_VIEW_FIRST: _("Record your own view before you see the proposal."),
        Reason.NO_SUCH_PAIR: _("There is no such pair in this case."),
        Reason.NO_SUCH_PERSON: _("There is no such person in this case."),
        Reason.STILL_NEEDED: _(
            "Something in this case speaks of this person. They cannot be taken away while it stands."
        ),
        Reason.TOO_MANY_PERSONS: _("No more persons can be added here. Ask the panel about a case of their own."),
        Reason.NOT_ENOUGH_KNOWN: _("Not enough is known for a determination."),
        Reason.NOT_OPEN_TODAY: _(
            "This act can name only what is open today: markers that nobody knows, or measures in force."
        ),
        Reason.ALREADY_WAITING: _("This act already waits for a second name."),
        Reason.SECOND_NAME_IS_ANOTHERS: _("The second name is another person’s."),
        Reason.WAITS_NO_MORE: _(
            "This no longer waits for a second name: it was answered, a week has passed, or the case moved on."
        ),
        Reason.NO_SUCH_MATCH: _("There is no such match here."),
        Reason.TOO_OFTEN: _("You asked this too often within an hour. Try again later."),
        Reason.MATCHER_DOWN: _("People cannot be compared now. Until they can be, nothing that waits for it starts."),
        Reason.NO_SUCH_REFERRAL: _("There is no such referral here."),
        Reason.NUMBER_USED: _("Your agency gave this number to another referral."),
        Reason.NOT_NOW: _("This cannot be done with the referral as it stands now."),
        Reason.DANGER_FIRST: _("Somebody may be in danger: take this referral into a case first."),
        Reason.TAKE_ANEW: _(
            "This referral does not say what the case says. Take it into a new case: the search then compares both."
        ),
        Reason.WHO_IS_MEANT: _("Say whether the new person is somebody who is in the case already, or somebody new."),
        Reason.NOT_TO_OPEN: _("This card is not yours to open. Hand over to a colleague, or call the safety lead."),
        Reason.ON_HOLD: _("On hold; contact the safety lead."),
        Reason.REVIEW_TOO_LATE: _("The review is at most twelve weeks from today, and after today."),
    }
)
"""The sentences of `Reason`, written once more so that the catalogues find them; a test holds the two together."""


_PROBLEMS: Final[Mapping[str, object]] = MappingProxyType(
    {
        "password: at least 15 characters.": _("Use at least 15 characters. Several words are best."),
        "password: this one is easily guessed.": _(
            "This password is easily guessed. Use several words that do not belong together."
        ),
        TAKEN: _("This name is taken, or was once: a name is never given twice."),
    }
)


def problems_in_words(refused: Refused) -> list[str]:
    """Say what is wrong about an account: each known problem in a sentence, anything else by the reason."""
    known = [str(_PROBLEMS[detail]) for detail in refused.details if detail in _PROBLEMS]
    return known or [reason_in_words(refused.reason)]


def reason_in_words(reason: Reason) -> str:
    """Say why something was refused."""
    return str(SENTENCES[reason])
