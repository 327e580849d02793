"""How often it was asked whether work with a person may start, since the last batch."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from triage.store.publishing.tables import start_questions
from triage.store.work import Work

OPEN, HELD = "open", "held"


@dataclass(frozen=True, slots=True)
class Questions:
    """What was asked about one person since a batch.

    Attributes: when the last time of answering began (seconds since 1970), how many there were, how often somebody
    asked without being answered, and whether the answer stays a hold.
    """

    started: int = 0
    uses: int = 0
    tries: int = 0
    held: bool = False


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Questions about one person on one day of publication that were not answered."""

    case_id: UUID
    letter: str
    day: date
    times: int


def take_questions(work: Work, case_id: UUID, letter: str, day: date) -> Questions:
    """Give what was asked about a person since the batch of a day, held for this transaction alone."""
    mine = _mine(case_id, letter, day)
    try:
        with work.connection.begin_nested():
            work.connection.execute(insert(start_questions).values(_row(case_id, letter, day) | _values(Questions())))
    except IntegrityError:  # somebody asked before
        pass
    row = work.connection.execute(select(start_questions).where(mine).with_for_update()).one()
    return Questions(row.started, row.uses, row.tries, row.state == HELD)


def keep_questions(work: Work, case_id: UUID, letter: str, day: date, asked: Questions) -> None:
    """Keep what was asked, of what `take_questions` gave."""
    work.connection.execute(update(start_questions).where(_mine(case_id, letter, day)).values(_values(asked)))


def unanswered(work: Work, least: int, since: date) -> tuple[Unanswered, ...]:
    """Everybody about whom it was asked at least so often on a day without an answer, since a day; the latest first."""
    rows = work.connection.execute(
        select(start_questions)
        .where(start_questions.c.tries >= least, start_questions.c.published_on >= since)
        .order_by(start_questions.c.published_on.desc(), start_questions.c.tries.desc())
    )
    return tuple(Unanswered(row.case_id, row.letter, row.published_on, row.tries) for row in rows)


def forget_questions(work: Work, before: date) -> None:
    """Forget what was asked before a day."""
    work.connection.execute(delete(start_questions).where(start_questions.c.published_on < before))


def _row(case_id: UUID, letter: str, day: date) -> dict[str, object]:
    return {"case_id": case_id, "letter": letter, "published_on": day}


def _mine(case_id: UUID, letter: str, day: date) -> ColumnElement[bool]:
    of_person = (start_questions.c.case_id == case_id) & (start_questions.c.letter == letter)
    return of_person & (start_questions.c.published_on == day)


def _values(asked: Questions) -> dict[str, object]:
    state = HELD if asked.held else OPEN
    return {"started": asked.started, "uses": asked.uses, "tries": asked.tries, "state": state}
