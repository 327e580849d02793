"""Accounts and sessions: make an account, sign in, say who is signed in, sign out.

Source: security page 4.3. An unknown name costs the same time and gets the same answer as a wrong password.
"""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid4

from triage.cases.roles import SIDES_OF, Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.limits import KEY, name_problem, text_problem
from triage.casework.passwords import LONGEST, SHORTEST, hash_password, is_outdated, matches
from triage.casework.results import SignedIn
from triage.casework.service import Service
from triage.settings import PasswordProfile
from triage.store import accounts as kept
from triage.store.audit import Entry
from triage.store.work import Work

IDLE_SECONDS, LONGEST_SECONDS, SEEN_STEP = 15 * 60, 10 * 60 * 60, 60
ACCOUNT_FREE_TRIES, ACCOUNT_WINDOW = 5, 60 * 60
FIRST_WAIT, LONGEST_WAIT = 60, 15 * 60
SOURCE_TRIES, SOURCE_WINDOW = 30, 10 * 60
_TAKEN = "name: this name is taken."


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be made: the name to sign in with, a role and its side, and a first password."""

    name: str
    role: Role
    side: Side
    password: str


def add_account(service: Service, new: NewAccount, *, demonstration: bool = False) -> UUID | Refused:
    """Make an account. Output: its id; or `Refused` with a sentence for each thing wrong, a taken name included."""
    problems = [*name_problem("name", new.name), *text_problem("password", new.password, LONGEST)]
    if not problems and len(new.password) < SHORTEST:
        problems.append(f"password: at least {SHORTEST} characters.")
    if new.side not in SIDES_OF[new.role]:
        problems.append("side: this role does not stand on that side.")
    name = "" if problems else _one_spelling(new.name).strip()
    if not problems and _is_taken(service, name):
        problems.append(_TAKEN)
    if problems:
        return Refused(Reason.NOT_ACCEPTED, "6.5", tuple(problems))
    password_hash = hash_password(service.settings.password_profile, _one_spelling(new.password))
    account = kept.Account(uuid4(), name, new.role, new.side, demonstration, password_hash)
    with service.writing() as work:
        taken = kept.find_account(work, account.name) is not None
        if not taken:
            kept.insert_account(work, account)
        work.audit(Entry("add-account", "refused" if taken else "recorded", None, account.id))
    return Refused(Reason.NOT_ACCEPTED, "6.5", (_TAKEN,)) if taken else account.id


def _is_taken(service: Service, name: str) -> bool:
    with service.reading() as work:
        return kept.find_account(work, name) is not None


def _one_spelling(text: str) -> str:
    """The same letters typed on two keyboards are the same name, and the same password."""
    return unicodedata.normalize("NFKC", text)


def sign_in(service: Service, name: str, password: str, source: str = "") -> SignedIn | Refused:
    """Sign in.

    Inputs: name, password, and where the request comes from (an address), for the limits on failures. Output: a
    token for the cookie, of which only the hash is stored; or one and the same `Refused` for an unknown name, a
    wrong password and too many attempts.
    """
    if name_problem("name", name) or text_problem("password", password, LONGEST) or text_problem("", source, KEY):
        return Refused(Reason.SIGN_IN_REFUSED)
    name, password = _one_spelling(name).strip(), _one_spelling(password)
    attempt, account, throttled = uuid4(), None, False
    with service.writing() as work:
        throttled = _throttled(work, name, source)
        if throttled:
            work.audit(Entry("sign-in", "refused throttled"))
        else:
            account = kept.find_account(work, name)
            kept.insert_attempt(work, attempt, name, source, int(work.now.timestamp()))
            work.audit(Entry("sign-in", "tried", None, account.id if account else None))
    # The hash is computed outside the transaction: a third of a second would hold up every writer.
    profile = service.settings.password_profile
    known_hash = account.password_hash if account else _hash_of_nobody(profile)
    right = not throttled and matches(profile, known_hash, password) and account is not None
    if not right or account is None:
        return _refuse(service, account, throttled=throttled)
    return _begin_session(service, account, attempt, password)


def actor_of(service: Service, token: str) -> Actor | None:
    """Say who a token belongs to, and keep the session alive; None when it is unknown or over."""
    token_hash = _token_hash(token)
    with service.reading() as work:
        session = kept.find_session(work, token_hash) if token_hash else None
        now = int(work.now.timestamp())
    if not session or not token_hash:
        return None
    if now - session.seen >= IDLE_SECONDS or now - session.started >= LONGEST_SECONDS:
        return None
    if now - session.seen >= SEEN_STEP:
        with service.writing() as work:
            kept.touch_session(work, token_hash, now)
            work.is_no_act()  # that somebody is still there
    account = session.account
    return Actor(account.id, account.name, Role(account.role), Side(account.side))


def sign_out(service: Service, token: str) -> None:
    """End a session; an unknown token is no fault."""
    token_hash = _token_hash(token)
    if not token_hash:
        return
    with service.writing() as work:
        owner = kept.delete_session(work, token_hash)
        work.audit(Entry("sign-out", "recorded" if owner else "unknown", owner, owner))


def _throttled(work: Work, name: str, source: str) -> bool:
    """Whether this account, or this source, must wait. Attempts refused for that are not counted again."""
    now = int(work.now.timestamp())
    failures = kept.count_failures(work, name, source, since=now - ACCOUNT_WINDOW, source_since=now - SOURCE_WINDOW)
    if source and failures.of_source >= SOURCE_TRIES:
        return True
    beyond = failures.of_account - ACCOUNT_FREE_TRIES
    return beyond >= 0 and now - failures.last < min(FIRST_WAIT * 2 ** min(beyond, 10), LONGEST_WAIT)


def _refuse(service: Service, account: kept.Account | None, *, throttled: bool) -> Refused:
    if not throttled:
        with service.writing() as work:
            work.audit(Entry("sign-in", "refused", None, account.id if account else None))
    return Refused(Reason.SIGN_IN_REFUSED)


def _begin_session(service: Service, account: kept.Account, attempt: UUID, password: str) -> SignedIn:
    profile = service.settings.password_profile
    renewed = hash_password(profile, password) if is_outdated(profile, account.password_hash) else ""
    token = secrets.token_urlsafe(32)
    with service.writing() as work:
        now = int(work.now.timestamp())
        kept.forget_attempts(work, attempt, account.name, before=now - ACCOUNT_WINDOW)
        kept.delete_sessions_begun_before(work, now - LONGEST_SECONDS)
        kept.insert_session(work, hashlib.sha256(token.encode()).digest(), account.id, now)
        if renewed:
            kept.replace_password_hash(work, account.id, renewed)
        work.audit(Entry("sign-in", "recorded", account.id, account.id, account.side))
    return SignedIn(token)


def _token_hash(token: str) -> bytes:
    """The hash of a token, or nothing for what cannot be one."""
    is_token = len(token) == 43 and token.isascii()
    return hashlib.sha256(token.encode()).digest() if is_token else b""


@cache
def _hash_of_nobody(profile: PasswordProfile) -> str:
    """A hash to compare with when there is no such account, so that it takes as long."""
    return hash_password(profile, secrets.token_urlsafe(32))
