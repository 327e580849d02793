"""How often something may be tried: by account and source together, by account, and by source.

Whoever guesses from one place makes their own place wait, not the owner of the account elsewhere; only a guessing from
many places slows the account itself. Source: security page 4.3; ADR 0015.
"""

from triage.store.staff.attempts import count_failures
from triage.store.work import Work

WINDOW = 60 * 60
PAIR_TRIES, ACCOUNT_TRIES = 5, 50
SOURCE_TRIES, SOURCE_WINDOW = 30, 10 * 60
FIRST_WAIT, LONGEST_WAIT = 60, 15 * 60


def is_throttled(work: Work, subject: str, source: str) -> bool:
    """Whether this subject (a name, or a factor) must wait here. What is refused for that is not counted again."""
    now = int(work.now.timestamp())
    failures = count_failures(work, subject, source, since=now - WINDOW, source_since=now - SOURCE_WINDOW)
    if source and failures.of_source >= SOURCE_TRIES:
        return True
    return _must_wait(failures.of_pair - PAIR_TRIES, now - failures.last_of_pair) or _must_wait(
        failures.of_subject - ACCOUNT_TRIES, now - failures.last
    )


def is_throttled_source(work: Work, subject: str, source: str, most: int) -> bool:
    """Whether so much was tried from one source within ten minutes, whatever came of it."""
    now = int(work.now.timestamp())
    tried = count_failures(work, subject, source, since=now - WINDOW, source_since=now - SOURCE_WINDOW).of_source
    return tried >= most


def _must_wait(beyond: int, since_last: int) -> bool:
    """Whether the wait after so many failures beyond the free ones, doubled for each, is not over."""
    return beyond >= 0 and since_last < min(FIRST_WAIT * 2 ** min(beyond, 10), LONGEST_WAIT)
