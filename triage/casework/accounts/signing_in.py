"""Sign in with a name and a password; what comes next is the second factor, or its enrolment.

An unknown name costs the same time and gets the same answer as a wrong password. Source: security page 4.3.
"""

import secrets
from functools import cache
from uuid import UUID, uuid4

from triage.cases.roles import Role
from triage.cases.wall import Reason, Refused
from triage.casework.access.matrix import Stage
from triage.casework.accounts.making import as_kept
from triage.casework.accounts.passwords import (
    LONGEST,
    hash_password,
    is_outdated,
    matches,
    one_spelling,
    password_problem,
)
from triage.casework.accounts.sessions import begin, standing_session
from triage.casework.accounts.throttling import WINDOW, is_throttled, network_of
from triage.casework.limits import KEY, name_problem, text_problem
from triage.casework.messages.posting import say_account_changed
from triage.casework.results import SignedIn
from triage.casework.service import Service
from triage.settings import PasswordProfile
from triage.store.audit import Entry
from triage.store.staff import accounts as kept
from triage.store.staff.attempts import forget_attempts, insert_attempt
from triage.store.staff.factors import passkeys_of, read_secret
from triage.store.staff.provider_links import link_of
from triage.store.staff.sessions import delete_sessions_of
from triage.store.work import Work


def sign_in(service: Service, name: str, password: str, source: str = "") -> SignedIn | Refused:
    """Sign in.

    Inputs: name, password, and where the request comes from (an address), for the limits on failures. Output: a
    token for the cookie, of which only the hash is stored, and the stage of the session; or one and the same `Refused`
    for an unknown name, a wrong password and too many attempts.
    """
    if name_problem("name", name) or text_problem("password", password, LONGEST) or text_problem("", source, KEY):
        return Refused(Reason.SIGN_IN_REFUSED)
    name, password, place = as_kept(name), one_spelling(password), network_of(source)
    attempt, account, throttled = uuid4(), None, False
    with service.writing() as work:
        throttled = is_throttled(work, _subject(name), place)
        if throttled:
            work.audit(Entry("sign-in", "refused throttled"))
        else:
            account = kept.find_account(work, name)
            insert_attempt(work, attempt, _subject(name), place)
            work.audit(Entry("sign-in", "tried", None, account.id if account else None))
    # The hash is computed outside the transaction: a third of a second would hold up every writer.
    profile = service.settings.password_profile
    known_hash = account.password_hash if account else _hash_of_nobody(profile)
    right = not throttled and matches(profile, known_hash, password) and account is not None
    right = right and _may_use_a_password(service, account)
    if not right or account is None:
        return _refuse(service, account, throttled=throttled)
    return _begin_session(service, account, attempt, password)


def change_password(service: Service, token: str, old: str, new: str) -> SignedIn | Refused:
    """Change one's own password and end every other session; the session goes on under a new token.

    Output: the new token; `Refused` when the old password is wrong, or with what is wrong with the new one.
    """
    profile, old, new = service.settings.password_profile, one_spelling(old), one_spelling(new)
    with service.reading() as work:
        session = standing_session(work, token, Stage.FULL)
    if session is None:
        return Refused(Reason.SIGN_IN_REFUSED)
    if wrong := text_problem("password", new, LONGEST) or password_problem(new, session.account.name):
        return Refused(Reason.NOT_ACCEPTED, details=wrong)
    right = not text_problem("old", old, LONGEST) and matches(profile, session.account.password_hash, old)
    changed = hash_password(profile, new) if right else ""
    with service.writing() as work:
        account = kept.read_account(work, session.account.id)
        right = right and account is not None and account.password_hash == session.account.password_hash
        work.audit(Entry("change-password", "recorded" if right else "refused", session.account.id, session.account.id))
        if not right or account is None:
            return Refused(Reason.SIGN_IN_REFUSED)
        kept.replace_password_hash(work, account.id, changed)
        delete_sessions_of(work, account.id)
        say_account_changed(work, account.id)
        return SignedIn(
            begin(work, account, Stage.FULL, started=session.started, proved=session.proved), Stage.FULL
        )  # fmt: skip


def _subject(name: str) -> str:
    return name.casefold()


def _refuse(service: Service, account: kept.Account | None, *, throttled: bool) -> Refused:
    if not throttled:
        with service.writing() as work:
            work.audit(Entry("sign-in", "refused", None, account.id if account else None))
    return Refused(Reason.SIGN_IN_REFUSED)


def _may_use_a_password(service: Service, account: kept.Account | None) -> bool:
    """Whether a password counts: where it is switched off, not for who is linked to the provider and no administrator.

    Administrators keep theirs for the day on which the provider is down.
    """
    if service.settings.password_sign_in or account is None or account.role == Role.ADMINISTRATOR:
        return True
    with service.reading() as work:
        return link_of(work, account.id) is None


def _begin_session(service: Service, account: kept.Account, attempt: UUID, password: str) -> SignedIn | Refused:
    profile = service.settings.password_profile
    renewed = hash_password(profile, password) if is_outdated(profile, account.password_hash) else ""
    with service.writing() as work:
        current = kept.read_account(work, account.id)
        if current is None or current.closed or current.password_hash != account.password_hash:
            work.audit(Entry("sign-in", "refused", None, account.id))  # closed or changed while the hash was computed
            return Refused(Reason.SIGN_IN_REFUSED)
        now = int(work.now.timestamp())
        forget_attempts(work, attempt, _subject(account.name), before=now - WINDOW)
        if renewed:
            kept.replace_password_hash(work, account.id, renewed)
        stage = _next_stage(service, work, account)
        token = begin(work, account, stage)
        result = "recorded" if stage is Stage.FULL else f"recorded {stage}"
        work.audit(Entry("sign-in", result, account.id, account.id, account.side))
    return SignedIn(token, stage)


def _next_stage(service: Service, work: Work, account: kept.Account) -> Stage:
    """What is still wanted after the password: a second factor, or its enrolment; in the demonstration nothing."""
    if service.settings.demonstration:
        return Stage.FULL
    has_factor = read_secret(work, account.id) or passkeys_of(work, account.id)
    return Stage.FACTOR if has_factor else Stage.ENROL


@cache
def _hash_of_nobody(profile: PasswordProfile) -> str:
    """A hash to compare with when there is no such account, so that it takes as long."""
    return hash_password(profile, secrets.token_urlsafe(32))
