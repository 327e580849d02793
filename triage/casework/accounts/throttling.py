"""How often something may be tried: by account and source together, by account, and by source.

Whoever guesses from one place makes their own place wait, not the owner of the account elsewhere; only a guessing from
many places slows the account itself. Source: security page 4.3; ADR 0015.
"""

from ipaddress import IPv6Address, ip_address, ip_network

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


def network_of(source: str) -> str:
    """Name the place of an address: itself, or the /64 that one owner of an IPv6 address has whole.

    An address of IPv4 written as one of IPv6 is that address. What is no address stands for itself.
    """
    try:
        address = ip_address(source)
    except ValueError:
        return source
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((int(address), 64), strict=False))


def _must_wait(beyond: int, since_last: int) -> bool:
    """Whether the wait after so many failures beyond the free ones, doubled for each, is not over."""
    return beyond >= 0 and since_last < min(FIRST_WAIT * 2 ** min(beyond, 10), LONGEST_WAIT)
