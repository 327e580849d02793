"""Sign in, or link one's account, through the provider of identities: set out, come back, and what that gives.

The provider takes the place of the password and of nothing else: an account is made by an invitation alone, its role
and side are never read from the provider, and our own second factor is always asked. Source: ADR 0046.
"""

import hmac
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from triage.cases.wall import Reason, Refused
from triage.casework.access.matrix import Stage
from triage.casework.accounts.sessions import begin, standing_session
from triage.casework.accounts.throttling import is_throttled, is_throttled_source, network_of
from triage.casework.accounts.tokens import new_token, token_hash
from triage.casework.messages.posting import say_account_changed
from triage.casework.provider import conversation
from triage.casework.provider.conversation import Person, ProviderDown, TokenRefused, drawn_from
from triage.casework.results import SignedIn
from triage.casework.service import Service
from triage.settings import ProviderSettings
from triage.store.audit import Entry
from triage.store.staff import accounts
from triage.store.staff import provider_links as kept
from triage.store.staff.attempts import insert_attempt
from triage.store.staff.factors import passkeys_of, read_secret
from triage.store.work import Work

AWAY_SECONDS: Final = 10 * 60
_ACT, _LINK = "provider-sign-in", "link-provider"
_SET_OUT: Final = "provider-set-out"
MOST_SET_OUTS: Final = 60
"""From one place in ten minutes: enough for an office behind one address; a flood does not reach the provider."""
_REFUSED: Final = Refused(Reason.PROVIDER_REFUSED)


@dataclass(frozen=True, slots=True)
class SetOut:
    """Where the browser goes, and the token that it brings back, kept in its cookie."""

    address: str
    token: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider gave the browser to bring back."""

    code: str
    state: str
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """The account is linked; nothing else of the session changed."""


def set_out(service: Service, session_token: str = "", source: str = "") -> SetOut | Refused:
    """Set out to the provider: to sign in, or with the token of a complete session to link its account.

    Each setting out is counted by where the request comes from, before the provider is asked for anything; from one
    place so many in ten minutes, apart from what is counted against passwords. `TOO_OFTEN` beyond, `PROVIDER_DOWN`.
    """
    provider, place = _provider(service), f"{_SET_OUT}|{network_of(source)}"
    with service.writing() as work:
        if is_throttled_source(work, _SET_OUT, place, MOST_SET_OUTS):
            work.audit(Entry(_LINK if session_token else _ACT, "refused throttled"))
            return Refused(Reason.TOO_OFTEN)
        insert_attempt(work, uuid4(), _SET_OUT, place)
        work.is_no_act()  # the act follows when the provider has answered
    try:
        directory = conversation.read_directory(provider)
    except ProviderDown:
        return Refused(Reason.PROVIDER_DOWN)
    token = new_token()
    with service.writing() as work:
        session = standing_session(work, session_token, Stage.FULL) if session_token else None
        owner = session.account.id if session else None
        before = int(work.now.timestamp()) - AWAY_SECONDS
        kept.insert_departure(work, token_hash(token), owner, forget_before=before)
        work.audit(Entry(_LINK if session_token else _ACT, "set out", owner, owner))
    return SetOut(conversation.way_there(service.settings, provider, directory, token), token)


def come_back(
    service: Service, departure: str, answer: Answer, session_token: str = "", source: str = ""
) -> SignedIn | Linked | Refused:
    """Take what the browser brought back from the provider.

    Inputs: the token of the departure from the cookie, what came back, the token of a running session if any, where
    the request comes from. Output: a session that awaits the second factor; or that the account is linked; or one and
    the same `Refused` for everything that is wrong, and another when the provider is down.
    """
    provider, place = _provider(service), network_of(source)
    with service.writing() as work:
        subject, now = f"provider|{place}", int(work.now.timestamp())
        throttled, attempt = is_throttled(work, subject, place), uuid4()
        setting_out = None
        if not throttled and hmac.compare_digest(drawn_from(departure, "state").encode(), answer.state.encode()):
            setting_out = kept.use_departure(work, token_hash(departure), since=now - AWAY_SECONDS)
        if setting_out is None:
            if not throttled:
                insert_attempt(work, attempt, subject, place)
            work.audit(Entry(_ACT, "refused throttled" if throttled else "refused state"))
            return _REFUSED
        work.is_no_act()  # the act follows when the provider has answered
    if answer.issuer and answer.issuer != provider.issuer:
        return _refused(service, "issuer", place)
    try:
        person = conversation.person_of(service.settings, provider, departure, answer.code, now)
    except ProviderDown:
        _refused(service, "provider down", place)
        return Refused(Reason.PROVIDER_DOWN)
    except TokenRefused as why:
        return _refused(service, str(why), place)
    with service.writing() as work:
        if setting_out.user_id is None:
            return _signed_in(work, provider, person, place)
        return _linked(work, provider, person, (session_token, setting_out))


def unlink(service: Service, session_token: str) -> bool:
    """Take the link of one's own account away; False when there is none."""
    with service.writing() as work:
        session = standing_session(work, session_token, Stage.FULL)
        owner = session.account.id if session else None
        gone = kept.delete_link(work, owner) if owner else False
        work.audit(Entry("unlink-provider", "recorded" if gone else "refused", owner, owner))
        if gone and owner:
            say_account_changed(work, owner)
    return gone


def link_name(service: Service, session_token: str) -> str | None:
    """What the provider calls who is signed in, when their account is linked; None without a link."""
    with service.reading() as work:
        session = standing_session(work, session_token, Stage.FULL)
        return kept.link_of(work, session.account.id) if session else None


def _signed_in(work: Work, provider: ProviderSettings, person: Person, place: str) -> SignedIn | Refused:
    """Begin a session of whoever is linked; it opens nothing but the page of the second factor."""
    user_id = kept.linked_user(work, provider.issuer, person.subject)
    account = accounts.read_account(work, user_id) if user_id else None
    why = "unknown subject" if account is None else "closed" if account.closed else ""
    if account and not why and not (read_secret(work, account.id) or passkeys_of(work, account.id)):
        why = "no second factor"  # it is enrolled with an invitation, never on the word of the provider
    work.audit(Entry(_ACT, f"refused {why}" if why else "recorded factor", user_id, user_id))
    if account is None or why:
        insert_attempt(work, uuid4(), f"provider|{place}", place)
        return _REFUSED
    return SignedIn(begin(work, account, Stage.FACTOR), Stage.FACTOR)


def _linked(
    work: Work, provider: ProviderSettings, person: Person, coming: tuple[str, kept.Departure]
) -> Linked | Refused:
    """Link the account of the session that set out; another session, or none, links nothing."""
    token, setting_out = coming
    session = standing_session(work, token, Stage.FULL)
    owner = session.account.id if session else None
    linked = owner is not None and owner == setting_out.user_id
    if linked and owner:
        linked = kept.insert_link(work, owner, provider.issuer, person.subject, person.called)
    work.audit(Entry(_LINK, "recorded" if linked else "refused", owner, setting_out.user_id))
    if linked and owner:
        say_account_changed(work, owner)
    return Linked() if linked else _REFUSED


def _refused(service: Service, why: str, place: str) -> Refused:
    with service.writing() as work:
        insert_attempt(work, uuid4(), f"provider|{place}", place)
        work.audit(Entry(_ACT, f"refused {why}"[:80]))
    return _REFUSED


def _provider(service: Service) -> ProviderSettings:
    provider = service.settings.provider
    if provider is None:
        raise LookupError("No provider is configured.")
    return provider
