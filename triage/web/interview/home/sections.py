"""The task list in words: one section for each place, one line for each flow that is open there, its honest state."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for

from triage.assess.tasks import Holding, State, Task
from triage.cases.model import CaseView
from triage.web.shared.places import slug_of
from triage.web.shared.said import about_in_words
from triage.web.shared.translation import translated as _

_COLOURS: Final[Mapping[State, str]] = {
    State.NOT_STARTED: "blue",
    State.IN_PROGRESS: "turquoise",
    State.SECOND_LOOK: "yellow",
    State.WAITING: "grey",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One task: its flow, its address, its state with a colour or none, and what keeps it from being complete."""

    letter: str
    slug: str
    address: str
    state: str
    colour: str
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The tasks of one place: the whole case, a person, a pair, a direction."""

    about: str
    heading: str
    lines: tuple[Line, ...]
    waits: bool
    """Whether every line waits for another side, and for nothing else."""


def sections_of(case: CaseView, tasks: Sequence[Task], *, decides: bool) -> tuple[Section, ...]:
    """Give the sections of a case: the whole case, each person, each pair with its two directions.

    `decides`: the reader asks nothing and reads everything, and is told when it is not enough.
    """
    found = []
    for about in _places(case):
        here = [task for task in tasks if task.about == about]
        if here:
            lines = tuple(_line(case, task, decides=decides) for task in here)
            waits = all(task.state is State.WAITING and not line.hints for task, line in zip(here, lines, strict=True))
            found.append(Section(about, about_in_words(about), lines, waits))
    return tuple(found)


def _places(case: CaseView) -> Iterator[str]:
    yield ""
    yield from case.record.persons
    for pair in case.record.pairs:
        yield from (pair.undirected, f"{pair.a}>{pair.b}", f"{pair.b}>{pair.a}")


def _line(case: CaseView, task: Task, *, decides: bool) -> Line:
    first = next((step for step in task.steps if step.waiting), task.steps[0])
    slug = slug_of(task.about)
    part = url_for("interview.flow", case_id=case.id, letter=task.flow)
    address = f"{part}#{first.question.lower()}-{slug}"
    hints = _hints(task, decides=decides)
    return Line(task.flow, slug, address, _state_in_words(task.state), _COLOURS.get(task.state, ""), hints)


def _state_in_words(state: State) -> str:
    return {
        State.NOT_STARTED: _("Not started"),
        State.IN_PROGRESS: _("In progress"),
        State.SECOND_LOOK: _("Needs a second look"),
        State.COMPLETE: _("Complete"),
        State.WAITING: _("Waiting for another side"),
    }[state]


def _hints(task: Task, *, decides: bool) -> tuple[str, ...]:
    """Say what keeps a task from being complete, in numbers of questions; of what others hold, nothing."""
    mine = sum(step.waiting for step in task.those(Holding.NOTHING))
    numbers = {holding: len(task.those(holding)) for holding in Holding}
    found = (
        (mine, _("Not answered: %(num)s", num=mine) if decides else _("Questions for you: %(num)s", num=mine)),
        (numbers[Holding.UNSAFE], _("Told in unsafe conditions only: %(num)s", num=numbers[Holding.UNSAFE])),
        (numbers[Holding.TAKEN_BACK], _("Taken back: %(num)s", num=numbers[Holding.TAKEN_BACK])),
        (numbers[Holding.NOT_KNOWN], _("Not known yet: %(num)s", num=numbers[Holding.NOT_KNOWN])),
        (numbers[Holding.NOT_SAFE], _("Not safe to ask: %(num)s", num=numbers[Holding.NOT_SAFE])),
        (numbers[Holding.DECLINED], _("Declined, and not pressed for: %(num)s", num=numbers[Holding.DECLINED])),
        (decides and task.held, _("Not enough yet for a determination")),
    )
    return tuple(text for number, text in found if number)
