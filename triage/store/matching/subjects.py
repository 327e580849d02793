"""The keyed index: each person of a case under a handle that names nobody, their tokens, and what they are compared by.

A token is 64 bits of HMAC-SHA256 with a key of its own for each kind; handle and token are useless without `match.key`.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from triage.cases.compartments import REFERRED
from triage.cases.matching.identity import Identity
from triage.cases.matching.tokens import Token
from triage.store.data_keys import INSTALLATION
from triage.store.identities import identity_content, identity_from
from triage.store.keys import Key
from triage.store.sealing import Place, seal, unseal
from triage.store.tables import match_subjects, match_tokens
from triage.store.work import Work

TOKEN_BYTES, HANDLE_BYTES = 8, 16
_MOST_TOKENS_AT_ONCE = 500


class MatcherDown(RuntimeError):
    """People cannot be recognised now: there is no `match.key`, or a row of the index does not open."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A person of a case as others are compared with them.

    `by_desk` is what is known at each desk; `harms` holds the letters of those whom a referral says that they harm.
    """

    case_id: UUID
    letter: str
    opened_on: date
    harms: frozenset[str]
    by_desk: dict[str, Identity]

    @property
    def identity(self) -> Identity:
        """Everything known of the person at any desk, joined."""
        joined = Identity()
        for known in self.by_desk.values():
            joined = joined.with_details(known)
        return joined


def match_key(work: Work) -> Key:
    """Give the key of the index. Raises `MatcherDown` when this process has none."""
    if work.keys.match is None:
        raise MatcherDown("There is no match.key.")
    return work.keys.match


def keyed(work: Work, purpose: str, value: str, size: int) -> bytes:
    """The first bytes of an HMAC under a key derived for one purpose alone."""
    purpose_key = hmac.digest(match_key(work).secret, f"cairn matching v1|{purpose}".encode(), hashlib.sha256)
    return hmac.digest(purpose_key, value.encode(), hashlib.sha256)[:size]


def keep_subject(work: Work, subject: Subject, tokens: Collection[Token]) -> None:
    """Keep a person of a case in the index, in place of what was kept of them. Raises `MatcherDown`."""
    handle = _handle(work, subject.case_id, subject.letter)
    work.connection.execute(delete(match_tokens).where(match_tokens.c.handle == handle))
    work.connection.execute(delete(match_subjects).where(match_subjects.c.handle == handle))
    sealed = seal(match_key(work), _place(handle), _content(subject))
    work.connection.execute(insert(match_subjects).values(handle=handle, content=sealed))
    rows = [{"token": one, "handle": handle} for one in _hashed(work, tokens)]
    if rows:
        work.connection.execute(insert(match_tokens), rows)


def find_subject(work: Work, case_id: UUID, letter: str) -> Subject | None:
    """A person of a case as kept in the index, or None. Raises `MatcherDown`, `Unreadable`."""
    handle = _handle(work, case_id, letter)
    row = work.connection.execute(select(match_subjects).where(match_subjects.c.handle == handle)).one_or_none()
    return _subject(work, row.handle, row.content) if row else None


def candidates(work: Work, tokens: Collection[Token], besides: UUID) -> tuple[Subject, ...]:
    """Everybody of other cases who shares a token. Raises `MatcherDown`, `Unreadable`."""
    sought = sorted(_hashed(work, tokens))
    found: dict[bytes, Subject] = {}
    for start in range(0, len(sought), _MOST_TOKENS_AT_ONCE):
        handles = select(match_tokens.c.handle).where(
            match_tokens.c.token.in_(sought[start : start + _MOST_TOKENS_AT_ONCE])
        )
        for row in work.connection.execute(select(match_subjects).where(match_subjects.c.handle.in_(handles))):
            found[row.handle] = _subject(work, row.handle, row.content)
    return tuple(one for _handle_of, one in sorted(found.items()) if one.case_id != besides)


def _hashed(work: Work, tokens: Iterable[Token]) -> frozenset[bytes]:
    return frozenset(keyed(work, f"token {one.kind}", one.value, TOKEN_BYTES) for one in tokens)


def _handle(work: Work, case_id: UUID, letter: str) -> bytes:
    return keyed(work, "handle", f"{case_id}|{letter}", HANDLE_BYTES)


def _place(handle: bytes) -> Place:
    return Place("match_subjects", "content", handle.hex(), INSTALLATION)


def _content(subject: Subject) -> dict[str, Any]:
    return {
        "case": str(subject.case_id),
        "letter": subject.letter,
        "opened_on": subject.opened_on.isoformat(),
        "harms": sorted(subject.harms),
        "by_desk": {desk: identity_content(known) for desk, known in subject.by_desk.items()},
    }


def _subject(work: Work, handle: bytes, sealed: bytes) -> Subject:
    content = unseal(match_key(work), _place(handle), sealed)
    return Subject(
        UUID(content["case"]),
        content["letter"],
        date.fromisoformat(content["opened_on"]),
        _harms(content),
        {desk: identity_from(known) for desk, known in content["by_desk"].items()},
    )


def _harms(content: dict[str, Any]) -> frozenset[str]:
    """Whom somebody harms, as a referral says; an older row tells of the two with whom the case was opened alone."""
    if "harms" in content:
        return frozenset(content["harms"])
    return frozenset(REFERRED) - {content["letter"]} if content["harming"] else frozenset()
