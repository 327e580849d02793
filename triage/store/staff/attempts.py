"""Failed attempts as they are kept: keyed indexes of what was tried, from where, and when."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from triage.store.staff.accounts import keyed
from triage.store.tables import attempts
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Failures:
    """How often something was tried lately, in all and from this source, when last; how often this source tried."""

    of_subject: int
    last: int
    of_pair: int
    last_of_pair: int
    of_source: int


def count_failures(work: Work, subject: str, source: str, *, since: int, source_since: int) -> Failures:
    """Count the failed attempts on a subject, and from a source, since the times given."""
    counted = select(func.count(), func.coalesce(func.max(attempts.c.at), 0))
    of_subject = counted.where(attempts.c.account_index == keyed(work, "attempt", subject), attempts.c.at > since)
    from_here = attempts.c.source_index == keyed(work, "source", source)
    subject_count, last = work.connection.execute(of_subject).one()
    pair_count, last_of_pair = work.connection.execute(of_subject.where(from_here)).one()
    source_count, _last = work.connection.execute(counted.where(from_here, attempts.c.at > source_since)).one()
    return Failures(subject_count, last, pair_count, last_of_pair, source_count)


def insert_attempt(work: Work, attempt_id: UUID, subject: str, source: str) -> None:
    """Count an attempt before it is known whether it succeeds, so that many at once are all counted."""
    work.connection.execute(
        insert(attempts).values(
            id=attempt_id,
            account_index=keyed(work, "attempt", subject),
            source_index=keyed(work, "source", source),
            at=int(work.now.timestamp()),
        )
    )


def forget_attempts(work: Work, attempt_id: UUID, subject: str, *, before: int) -> None:
    """After a success: forget this attempt and the failures of this subject, and whatever is too old to count."""
    index = keyed(work, "attempt", subject)
    work.connection.execute(
        delete(attempts).where(
            (attempts.c.id == attempt_id) | (attempts.c.account_index == index) | (attempts.c.at < before)
        )
    )
