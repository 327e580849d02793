"""The second factor: codes of an authenticator, each used once, and recovery codes for when it is lost.

A code belongs to a time step of 30 seconds (RFC 6238); one step before and after is accepted. What is kept is the last
step that was used, raised in one statement: the same code never counts twice, however it is typed. Source: security
page 4.3; ASVS 6.5.1 to 6.5.5; ADR 0015.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID, uuid4

import pyotp

from triage.cases.wall import Reason, Refused
from triage.casework.access.matrix import Stage
from triage.casework.accounts.sessions import begin, standing_session
from triage.casework.accounts.throttling import WINDOW, is_throttled, network_of
from triage.casework.accounts.tokens import new_code, token_hash, typed_code
from triage.casework.messages.posting import say_account_changed
from triage.casework.results import SignedIn
from triage.casework.service import Service
from triage.store.audit import Entry
from triage.store.staff import factors as kept
from triage.store.staff.accounts import Account
from triage.store.staff.attempts import forget_attempts, insert_attempt
from triage.store.staff.sessions import Session, delete_session, delete_sessions_of
from triage.store.work import Work

STEP_SECONDS, LEEWAY, DIGITS = 30, 1, 6
RECOVERY_CODES = 10
ISSUER = "Cairn"
"""What an authenticator shows: the neutral name of the service (security page 3.7)."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An authenticator to be set up: its secret to type, and the address that a picture for the camera holds."""

    secret: str
    address: str


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A second factor is enrolled: the new token of the session, and the recovery codes, shown this once."""

    token: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody has: an authenticator or not, passkeys by id and name, how many recovery codes are left."""

    has_authenticator: bool
    passkeys: tuple[tuple[UUID, str], ...]
    recovery_codes: int


def factors_of(service: Service, user_id: UUID) -> Factors:
    """Say what second factors somebody has; a secret is never shown again."""
    with service.reading() as work:
        passkeys = tuple((one.id, one.name) for one in kept.passkeys_of(work, user_id))
        return Factors(bool(kept.read_secret(work, user_id)), passkeys, kept.count_recovery_codes(work, user_id))


def offer(service: Service, token: str, name: str) -> Offer:
    """Offer an authenticator to this session.

    The secret follows from the token, so that showing it again writes nothing, and another session is offered another.
    """
    drawn = hmac.new(service.keys.index.secret, b"authenticator|" + token_hash(token), hashlib.sha256).digest()
    secret = base64.b32encode(drawn[:20]).decode()
    return Offer(secret, pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER))


def enrol(service: Service, token: str, typed: str) -> Enrolled | Refused:
    """Enrol the authenticator that was offered, once it gave a right code; every other session ends."""
    with service.writing() as work:
        session = standing_session(work, token, Stage.ENROL, Stage.FULL)
        if session is None:
            work.audit(Entry("enrol-factor", "refused no session"))
            return Refused(Reason.CODE_REFUSED)
        owner, secret = session.account.id, offer(service, token, session.account.name).secret
        step = next((one for one in _steps(work) if _is_code(secret, one, typed)), None)
        work.audit(Entry("enrol-factor", "refused" if step is None else "recorded", owner, owner))
        if step is None:
            return Refused(Reason.CODE_REFUSED)
        kept.delete_authenticator(work, owner)
        kept.insert_authenticator(work, owner, secret, step)
        codes = _new_codes(work, owner)
        return Enrolled(renewed(work, session), codes)


def new_recovery_codes(service: Service, token: str) -> Enrolled | Refused:
    """Give ten new recovery codes; those of before count no more, and every other session ends."""
    with service.writing() as work:
        session = standing_session(work, token, Stage.FULL)
        owner = session.account.id if session else None
        work.audit(Entry("renew-recovery-codes", "recorded" if session else "refused", owner, owner))
        if session is None:
            return Refused(Reason.CODE_REFUSED)
        codes = _new_codes(work, session.account.id)
        return Enrolled(renewed(work, session), codes)


def prove(service: Service, token: str, typed: str, source: str = "") -> SignedIn | Refused:
    """Take a code of the authenticator, or a recovery code, to complete a sign-in or before a sensitive act.

    Output: the session under a new token; or `Refused`, the same for a wrong code, a used one and too many attempts.
    """
    with service.writing() as work:
        session = standing_session(work, token, Stage.FACTOR, Stage.FULL)
        if session is None:
            work.audit(Entry("second-factor", "refused no session"))
            return Refused(Reason.CODE_REFUSED)
        account, subject, attempt = session.account, throttle_subject(session.account), uuid4()
        place = network_of(source)
        if is_throttled(work, subject, place):
            work.audit(Entry("second-factor", "refused throttled", account.id, account.id))
            return Refused(Reason.CODE_REFUSED)
        insert_attempt(work, attempt, subject, place)
        how = _used(work, account.id, typed)
        said = f"recorded {how}" if how else "refused"
        work.audit(Entry("second-factor", said, account.id, account.id, account.side))
        if not how:
            return Refused(Reason.CODE_REFUSED)
        forget_attempts(work, attempt, subject, before=int(work.now.timestamp()) - WINDOW)
        return SignedIn(promoted(work, session, token), Stage.FULL)


def throttle_subject(account: Account) -> str:
    """Under which name the second factors of an account are counted."""
    return f"factor|{account.id}"


def promoted(work: Work, session: Session, token: str) -> str:
    """Replace a session that a second factor just proved by one under a new token; its other limits stay."""
    delete_session(work, token_hash(token))
    now = int(work.now.timestamp())
    started = session.started if session.stage == Stage.FULL else now
    return begin(work, session.account, Stage.FULL, started=started, proved=now)


def renewed(work: Work, session: Session) -> str:
    """End every session of somebody whose factors changed, and begin this one again under a new token."""
    delete_sessions_of(work, session.account.id)
    say_account_changed(work, session.account.id)
    now = int(work.now.timestamp())
    return begin(work, session.account, Stage.FULL, started=session.started, proved=now)


def _used(work: Work, user_id: UUID, typed: str) -> str:
    """Use up what was typed; say what it was, or an empty text."""
    secret = kept.read_secret(work, user_id)
    for step in _steps(work):
        if secret and _is_code(secret, step, typed) and kept.use_step(work, user_id, step):
            return "code"
    code = typed_code(typed)
    return "recovery code" if code and kept.use_recovery_code(work, user_id, code) else ""


def _steps(work: Work) -> range:
    """The time steps whose codes are accepted now."""
    now = int(work.now.timestamp()) // STEP_SECONDS
    return range(now - LEEWAY, now + LEEWAY + 1)


def _is_code(secret: str, step: int, typed: str) -> bool:
    """Whether this is the code of a step; blanks do not count, and only ASCII digits do."""
    digits = "".join(typed.split())
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdigit():
        return False
    return hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step), digits)


def _new_codes(work: Work, user_id: UUID) -> tuple[str, ...]:
    codes = tuple(new_code() for _code in range(RECOVERY_CODES))
    kept.replace_recovery_codes(work, user_id, codes)
    return codes
