"""What is to be asked again, and what a safe way is to be found for, in words."""

from dataclasses import dataclass
from datetime import date

from triage.cases.follow_ups import FollowUp, SafeWay
from triage.casework.telling.follow_ups import ToDo
from triage.web.shared.said import about_in_words
from triage.web.shared.translation import day_in_words
from triage.web.shared.translation import translated as _
from triage.web.shared.words import Words


@dataclass(frozen=True, slots=True)
class ToDoLine:
    """One question to be asked: its place, in words, what is to be done when; `presses` when it is due."""

    question: str
    about: str
    where: str
    ask: str
    what: str
    presses: bool

    @property
    def place(self) -> tuple[str, str]:
        """The question and where it is asked."""
        return self.question, self.about


def to_do_lines(to_do: ToDo, today: date, words: Words) -> tuple[ToDoLine, ...]:
    """Give the lines: first what a safe way is to be found for, then what to ask again, the most pressing first."""
    said = words.among(to_do.pairs)
    safe = (
        _line(
            one, said, _("Not safe to ask since %(day)s: find a safe way.", day=day_in_words(one.since)), presses=True
        )
        for one in to_do.safe_ways
    )
    again = (_line(one, said, _when(one.due, today), presses=one.due <= today) for one in to_do.follow_ups)
    return (*safe, *again)


def _when(due: date, today: date) -> str:
    day = day_in_words(due)
    return _("To ask again since %(day)s", day=day) if due <= today else _("To ask again on %(day)s", day=day)


def _line(one: FollowUp | SafeWay, words: Words, what: str, *, presses: bool) -> ToDoLine:
    ask = words(f"{one.question}.ask", one.about)
    return ToDoLine(one.question, one.about, about_in_words(one.about), ask, what, presses)
