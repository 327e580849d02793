"""The words of the translators' room: what a text waits for, what stands in the way, what the checks found."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from flask_babel import lazy_gettext as _

from triage.casework.sheets.translating import NO_REASON, SAME, TOO_LONG, NotTaken
from triage.flow.problems import Problem
from triage.sheets.reviews import State
from triage.sheets.room.revisions import Hindrance, Step
from triage.sheets.room.rooms import Next

WAITS: Final[Mapping[Next, object]] = MappingProxyType(
    {
        Next.TRANSLATE: _("To translate"),
        Next.REVIEW: _("To review"),
        Next.PUT_BACK: _("To put back into English"),
        Next.APPROVE: _("To approve"),
        Next.DONE: _("Done"),
    }
)
STATES: Final[Mapping[State, object]] = MappingProxyType(
    {
        State.MISSING: _("Missing"),
        State.REFUSED: _("Refused by the checks"),
        State.STALE: _("The English changed"),
        State.DRAFT: _("Draft"),
        State.REVIEWED: _("Reviewed by one person"),
        State.APPROVED: _("Approved"),
        State.SOURCE: _("Written with the English"),
    }
)
STEPS: Final[Mapping[Step, object]] = MappingProxyType(
    {
        Step.WORDS: _("Typed"),
        Step.REVIEWED: _("Reviewed"),
        Step.PUT_BACK: _("Put back into English"),
        Step.APPROVED: _("Approved"),
        Step.SENT_BACK: _("Sent back"),
    }
)
HINDRANCES: Final[Mapping[Hindrance, object]] = MappingProxyType(
    {
        Hindrance.NO_WORDS: _("There is no translation yet."),
        Hindrance.STALE: _("The English changed after the translation: type it anew first."),
        Hindrance.REFUSED: _("The checks refuse this translation: type it anew first."),
        Hindrance.OWN_WORDS: _("These are your own words: somebody else reads them."),
        Hindrance.REVIEWED_BY_THEM: _("You reviewed this translation: another person goes on with it."),
        Hindrance.REVIEWED: _("Somebody reviewed this translation already."),
        Hindrance.NOT_REVIEWED: _("Somebody reviews this translation first."),
        Hindrance.NO_BACK_CHECK: _("Somebody puts it back into English first."),
        Hindrance.PUT_BACK: _("Somebody put it back into English already."),
        Hindrance.APPROVED: _("Two people approved this translation."),
    }
)
_LACKS: Final[Mapping[str, object]] = MappingProxyType(
    {
        SAME: _("These are the same words as before."),
        NO_REASON: _("Say what is wrong with it."),
        TOO_LONG: _("Write something: at most 600 characters for a text, 300 for a reason."),
    }
)
_FOUND: Final[Mapping[str, object]] = MappingProxyType(
    {
        "T005": _("The places for values, such as {emergency}, are not those of the English text."),
        "T006": _("The numbers are not those of the English text."),
        "T007": _("A “no” or “not” of the English text is lost, or one was added."),
        "T008": _("It holds a sign that cannot be seen or turns the direction."),
        "T009": _("It holds something that is not plain words."),
        "T010": _("It is too short or too long."),
        "T011": _("The plural forms are wrong."),
        "T012": _("There is no such text."),
        "T013": _("It was made from other English words than those of today."),
        "T014": _("It holds words that are not said on any sheet."),
        "T016": _("It is the English text."),
        "T018": _("Other words were typed here after the file was written."),
        "F001": _("The file cannot be read."),
        "F004": _("The file is of another language."),
        "F005": _("A text stands twice in the file."),
    }
)


def sentences(not_taken: NotTaken) -> tuple[tuple[str, str], ...]:
    """Say why a step was not taken: sentences in the reader's language, each with what the checks say exactly."""
    if not_taken.hindrance:
        return ((str(HINDRANCES[not_taken.hindrance]), ""),)
    if not_taken.lacks:
        return ((str(_LACKS[not_taken.lacks]), ""),)
    return found_in_words(not_taken.problems)


def found_in_words(problems: Iterable[Problem]) -> tuple[tuple[str, str], ...]:
    """Say what the checks found, each in the reader's language and exactly."""
    return tuple((str(_FOUND[one.code]), one.message) for one in problems)
