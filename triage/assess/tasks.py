"""The task list of a case: each flow at each place where it is asked, and how far it has come, for one reader.

Everything is worked out from the walks and from what this reader may read: what others hold changes nothing here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from triage.assess.context import Context
from triage.assess.paths import Walk
from triage.assess.walk import skipped
from triage.cases.record import DECLINED, NOT_SAFE_TO_ASK, Answer, CaseRecord
from triage.flow.model import About, Question, Rulebook

Mine = Callable[[Question, str], bool]
"""Whether the reader is the one who asks a question at a place."""


class Holding(StrEnum):
    """What a question holds at one place. Only `KNOWN` settles anything: unknown is never no (domain 0.3)."""

    KNOWN = "known"
    UNSAFE = "unsafe"
    NOT_KNOWN = "not-known"
    NOT_SAFE = "not-safe"
    DECLINED = "declined"
    TAKEN_BACK = "taken-back"
    NOTHING = "nothing"


class State(StrEnum):
    """How far a task has come."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    SECOND_LOOK = "second-look"
    COMPLETE = "complete"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Step:
    """One question at one place."""

    question: str
    about: str
    holding: Holding
    mine: bool
    required: bool = False

    @property
    def answered(self) -> bool:
        """Whether anything stands there, a non-answer included."""
        return self.holding not in {Holding.NOTHING, Holding.TAKEN_BACK}

    @property
    def waiting(self) -> bool:
        """Whether the reader asks it and nothing stands there, as far as they may read."""
        return self.mine and not self.answered


@dataclass(frozen=True, slots=True)
class Task:
    """One flow at one place: its questions there in order; `held` while a gate of the flow is not passed there."""

    flow: str
    about: str
    steps: tuple[Step, ...]
    held: bool

    def those(self, *holdings: Holding) -> tuple[Step, ...]:
        """The steps that hold one of these."""
        return tuple(step for step in self.steps if step.holding in holdings)

    @property
    def state(self) -> State:
        """How far it has come: complete only when every question has an answer that is known and safely obtained."""
        untouched = self.those(Holding.NOTHING)
        if any(step.mine for step in untouched):
            return State.NOT_STARTED if len(untouched) == len(self.steps) else State.IN_PROGRESS
        if len(self.those(Holding.KNOWN)) + len(untouched) < len(self.steps):
            return State.SECOND_LOOK
        return State.WAITING if untouched or self.held else State.COMPLETE


def places_of(record: CaseRecord) -> Mapping[About, tuple[str, ...]]:
    """The places of a case at which questions are asked, by what they are about, in the order of the record."""
    return {
        About.CASE: ("",),
        About.PERSON: record.persons,
        About.PAIR: tuple(pair.undirected for pair in record.pairs),
        About.DIRECTED: tuple(way for pair in record.pairs for way in (f"{pair.a}>{pair.b}", f"{pair.b}>{pair.a}")),
    }


@dataclass(frozen=True)
class Position:
    """Where a case stands for one reader.

    `walks` by flow and place; `None` while the reader may not see what follows from the answers: then every question
    may be asked and no gate is known to be passed. `contexts` are the pairs of which they see it.
    """

    rulebook: Rulebook
    record: CaseRecord
    walks: Mapping[tuple[str, str], Walk] | None
    contexts: Sequence[Context]
    set_aside: Mapping[str, str]

    @cached_property
    def _told(self) -> Mapping[tuple[str, str], list[Answer]]:
        """The answers that are not set aside, those taken back included, by question and place."""
        told = defaultdict[tuple[str, str], list[Answer]](list)
        for answer in self.record.answers:
            if answer.id not in self.set_aside:
                told[answer.question, answer.about].append(answer)
        return told

    @cached_property
    def unsafe(self) -> frozenset[str]:
        """The ids of the answers obtained unsafely: so recorded, or told at a contact that was not free (RI-17)."""
        accounts = (account.answer.id for c in self.contexts for account in c.unsafe_accounts)
        return frozenset((*accounts, *(answer.id for answer in self.record.answers if answer.unsafe)))

    @cached_property
    def places(self) -> Mapping[About, tuple[str, ...]]:
        """The places of the case, by what a question is about."""
        return places_of(self.record)

    def steps(self, flow: str, mine: Mine, after: tuple[str, str] | None = None) -> Iterator[Step]:
        """The steps of a flow in order: what is asked, and what was answered and still counts.

        `after` names a question and its place: then from the step that follows it round to it, each worked out when it
        is asked for; from the start when it is no step of the flow.
        """
        questions = [self.rulebook.questions[identity] for identity in self.rulebook.flows[flow].questions]
        places = [(question, about) for question in questions for about in self.places[question.about]]
        keys = [(question.id, about) for question, about in places] if after else []
        if after in keys and self._step(flow, *places[keys.index(after)], mine):
            start = keys.index(after) + 1
            places = [*places[start:], *places[:start]]
        found = (self._step(flow, question, about, mine) for question, about in places)
        return (step for step in found if step)

    def _step(self, flow: str, question: Question, about: str, mine: Mine) -> Step | None:
        answers = self._told.get((question.id, about), ())
        stands = any(answer.withdrawn is None for answer in answers)
        if not stands and not self._asked(flow, question, about):
            return None
        return Step(question.id, about, self._holding(answers), mine(question, about), question.required)

    def tasks(self, mine: Mine) -> tuple[Task, ...]:
        """The tasks in the order of the flows, each place in the order in which it is first asked."""
        found = []
        for flow in self.rulebook.flows:
            by_place = defaultdict[str, list[Step]](list)
            for step in self.steps(flow, mine):
                by_place[step.about].append(step)
            found += [Task(flow, about, tuple(steps), self._held(flow, about)) for about, steps in by_place.items()]
        return tuple(found)

    def _holding(self, answers: Sequence[Answer]) -> Holding:
        """The best that stands: of each source and speaker the latest counts."""
        standing = [answer for answer in answers if answer.withdrawn is None]
        if not standing:
            return Holding.TAKEN_BACK if answers else Holding.NOTHING
        latest = {(one.source, one.by): one for one in sorted(standing, key=lambda one: one.on)}  # stable
        said = [one for one in latest.values() if not one.non_answer]
        if said:
            return Holding.UNSAFE if all(one.id in self.unsafe for one in said) else Holding.KNOWN
        without = {one.non_answer for one in latest.values()}
        if NOT_SAFE_TO_ASK in without:
            return Holding.NOT_SAFE
        return Holding.DECLINED if without == {DECLINED} else Holding.NOT_KNOWN

    def _asked(self, flow: str, question: Question, about: str) -> bool:
        """Whether a question is asked at a place: its flow is open, its condition holds, no edge passes over it.

        Of a person of several pairs it is asked when any of them asks it. Of a pair that the reader sees nothing of,
        everything is asked.
        """
        if self.walks is None:
            return True
        walk = self.walks.get((flow, about))
        if walk is None or question.id in walk.path:
            return walk is not None
        own = [c for c in self.contexts if c.places.get(about, ("", False))[1]]
        return not own or any(_asked_in(c, flow, question, c.places[about][0]) for c in own)

    def _held(self, flow: str, about: str) -> bool:
        walk = self.walks.get((flow, about)) if self.walks else None
        passed = walk.path if walk else ()
        gates = self.rulebook.flows[flow].gates
        return any(gate.id not in passed for gate in gates if about in self.places[gate.about])


def _asked_in(c: Context, flow: str, question: Question, orientation: str) -> bool:
    place = (question.id, orientation)
    if not c.asked(place):
        return False
    number = c.book.numbers[place]
    own = (
        one
        for one in c.book.leaping
        if (one.flow.id, one.about, one.orientation) == (flow, question.about, orientation)
    )
    return not any(number in skipped(c, route) for route in own)
