"""Sessions: how one begins, says who is there and how far the sign-in has come, is listed and ends.

A session ends after 15 minutes without use and after 10 hours at most; nobody has more than three. Whatever changes
what somebody may do ends their sessions in the same transaction (ASVS 7.4, 8.3.2). Source: security page 4.3; ADR 0015.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from triage.cases.roles import Actor, Role, Side
from triage.casework.access.matrix import Stage
from triage.casework.accounts.tokens import new_token, token_hash
from triage.casework.service import Service
from triage.store.audit import Entry
from triage.store.staff import sessions as kept
from triage.store.staff.accounts import Account
from triage.store.staff.sessions import NewSession, Session
from triage.store.work import Work

IDLE_SECONDS, LONGEST_SECONDS, SEEN_STEP = 15 * 60, 10 * 60 * 60, 60
FACTOR_SECONDS, FRESH_SECONDS = 5 * 60, 5 * 60
MOST_SESSIONS = 3


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody there: who, in which session, how far the sign-in has come, whether a second factor was just given."""

    actor: Actor
    session_id: UUID
    stage: Stage
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session of somebody, as they see it: when it began and was last used, and whether it is this one."""

    id: UUID
    started: int
    seen: int
    is_this: bool


def visit_of(service: Service, token: str) -> Visit | None:
    """Say who a token belongs to, and keep the session alive; None when it is unknown or over."""
    hashed = token_hash(token)
    with service.reading() as work:
        session = kept.find_session(work, hashed) if hashed else None
        now = int(work.now.timestamp())
    if not session or _is_over(session, now):
        return None
    if now - session.seen >= SEEN_STEP:
        with service.writing() as work:
            kept.touch_session(work, hashed, now)
            work.is_no_act()  # that somebody is still there
    return Visit(
        _actor(session.account), session.id, Stage(session.stage), is_fresh(service, session.proved, now)
    )  # fmt: skip


def actor_of(service: Service, token: str) -> Actor | None:
    """Say who has signed in completely with this token, or None."""
    visit = visit_of(service, token)
    return visit.actor if visit and visit.stage is Stage.FULL else None


def is_fresh(service: Service, proved: int, now: int) -> bool:
    """Whether a second factor was given within five minutes; the demonstration has none and asks for none."""
    return service.settings.demonstration or now - proved <= FRESH_SECONDS


def begin(work: Work, account: Account, stage: Stage, *, started: int = 0, proved: int = 0) -> str:
    """Begin a session and end the oldest beyond three. Output: its token, of which only the hash is kept."""
    token, now = new_token(), int(work.now.timestamp())
    kept.delete_sessions_begun_before(work, now - LONGEST_SECONDS)
    # A password alone never ends a session that a second factor began: the two are counted apart.
    earlier = [one for one in kept.sessions_of(work, account.id) if (one.stage == Stage.FULL) == (stage is Stage.FULL)]
    for session in earlier[MOST_SESSIONS - 1 :]:
        kept.delete_session_of(work, account.id, session.id)
    kept.insert_session(work, NewSession(token_hash(token), uuid4(), account.id, stage, started or now, proved))
    return token


def standing_session(work: Work, token: str, *stages: Stage) -> Session | None:
    """The session of a token that is not over and has come this far, read within a transaction."""
    hashed = token_hash(token)
    session = kept.find_session(work, hashed) if hashed else None
    if session is None or _is_over(session, int(work.now.timestamp())) or session.stage not in stages:
        return None
    return session


def sign_out(service: Service, token: str) -> None:
    """End a session; an unknown token is no fault."""
    hashed = token_hash(token)
    if not hashed:
        return
    with service.writing() as work:
        owner = kept.delete_session(work, hashed)
        work.audit(Entry("sign-out", "recorded" if owner else "unknown", owner, owner))


def list_sessions(service: Service, visit: Visit) -> tuple[SessionLine, ...]:
    """The sessions of somebody that are not over, the latest used first."""
    with service.reading() as work:
        now = int(work.now.timestamp())
        found = [one for one in kept.sessions_of(work, visit.actor.id) if not _is_over(one, now)]
    return tuple(SessionLine(one.id, one.started, one.seen, one.id == visit.session_id) for one in found)


def end_session(service: Service, visit: Visit, session_id: UUID) -> bool:
    """End one of one's own sessions; False when there is no such one."""
    with service.writing() as work:
        ended = kept.delete_session_of(work, visit.actor.id, session_id)
        work.audit(Entry("end-session", "recorded" if ended else "refused", visit.actor.id, session_id))
    return ended


def end_other_sessions(service: Service, visit: Visit) -> None:
    """End every session of one's own but this one."""
    with service.writing() as work:
        kept.delete_sessions_of(work, visit.actor.id, but=visit.session_id)
        work.audit(Entry("end-other-sessions", "recorded", visit.actor.id, visit.actor.id))


def _is_over(session: Session, now: int) -> bool:
    if session.stage == Stage.FACTOR and now - session.started >= FACTOR_SECONDS:
        return True
    return now - session.seen >= IDLE_SECONDS or now - session.started >= LONGEST_SECONDS


def _actor(account: Account) -> Actor:
    return Actor(account.id, account.name, Role(account.role), Side(account.side))
