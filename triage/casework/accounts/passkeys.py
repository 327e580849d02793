"""Passkeys (WebAuthn) as a second factor beside the authenticator: add one, give one, take one away.

What a passkey signs follows from the session's token and the time (HMAC): showing the page writes nothing, and as every
success puts the session under a new token, nothing that was signed counts twice. Source: security page 4.3; ADR 0017.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from uuid import UUID, uuid4

from triage.cases.wall import Reason, Refused
from triage.casework.access.matrix import Stage
from triage.casework.accounts.second_factor import ISSUER, promoted, renewed, throttle_subject
from triage.casework.accounts.sessions import standing_session
from triage.casework.accounts.throttling import WINDOW, is_throttled, network_of
from triage.casework.accounts.tokens import token_hash
from triage.casework.limits import NAME, name_problem
from triage.casework.results import SignedIn
from triage.casework.service import Service
from triage.store.audit import Entry
from triage.store.staff import factors as kept
from triage.store.staff.attempts import forget_attempts, insert_attempt
from triage.store.staff.factors import Passkey
from triage.store.staff.sessions import Session
from triage.store.work import Work

CHALLENGE_SECONDS = 5 * 60
LONGEST_REPLY, DEEPEST_REPLY = 16_000, 6
_ADD, _PROVE = "add", "prove"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where people reach the program: the host that a passkey belongs to, and the whole origin that it signs."""

    host: str
    address: str


def options_to_add(service: Service, token: str, origin: Origin, name: str) -> str:
    """Give, as JSON, what a browser needs to make a passkey for this session's account."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    with service.reading() as work:
        session = standing_session(work, token, Stage.FULL)
        known = kept.passkeys_of(work, session.account.id) if session else ()
        challenge = _challenges(service, work, token, _ADD)[0]
    options = generate_registration_options(
        rp_id=origin.host, rp_name=ISSUER, user_name=name, challenge=challenge,
        user_id=session.account.id.bytes if session else b"-",
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential_id) for one in known],
    )  # fmt: skip
    return str(options_to_json(options))


def options_to_prove(service: Service, token: str, origin: Origin) -> str:
    """Give, as JSON, what a browser needs to use a passkey of this session's account; empty when it has none."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    with service.reading() as work:
        session = standing_session(work, token, Stage.FACTOR, Stage.FULL)
        known = kept.passkeys_of(work, session.account.id) if session else ()
        challenge = _challenges(service, work, token, _PROVE)[0]
    if not known:
        return ""
    allowed = [PublicKeyCredentialDescriptor(id=one.credential_id) for one in known]
    options = generate_authentication_options(rp_id=origin.host, challenge=challenge, allow_credentials=allowed)
    return str(options_to_json(options))


def add_passkey(service: Service, token: str, origin: Origin, name: str, reply: str) -> SignedIn | Refused:
    """Keep a passkey that the browser made; every other session ends. Input: its name, the browser's reply in JSON."""
    if name_problem("name", name) or len(name) > NAME:
        return Refused(Reason.NOT_ACCEPTED, details=("name: say what you call it.",))
    with service.writing() as work:
        session = standing_session(work, token, Stage.FULL)
        passkey = _made(service, work, session, token, origin, (name, reply)) if session else None
        is_kept = passkey is not None and kept.insert_passkey(work, passkey)
        owner = session.account.id if session else None
        work.audit(Entry("add-passkey", "recorded" if is_kept else "refused", owner, passkey.id if passkey else None))
        if session is None or not is_kept:
            return Refused(Reason.CODE_REFUSED)
        return SignedIn(renewed(work, session), Stage.FULL)


def remove_passkey(service: Service, token: str, passkey_id: UUID) -> SignedIn | Refused:
    """Take a passkey of one's own away; every other session ends."""
    with service.writing() as work:
        session = standing_session(work, token, Stage.FULL)
        gone = session is not None and kept.delete_passkey(work, session.account.id, passkey_id)
        owner = session.account.id if session else None
        work.audit(Entry("remove-passkey", "recorded" if gone else "refused", owner, passkey_id))
        if session is None or not gone:
            return Refused(Reason.NO_SUCH_ACCOUNT)
        return SignedIn(renewed(work, session), Stage.FULL)


def prove_with_passkey(
    service: Service, token: str, origin: Origin, reply: str, source: str = ""
) -> SignedIn | Refused:
    """Take what a passkey signed, to complete a sign-in or before a sensitive act; the session gets a new token."""
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
        right = _is_signed(service, work, session, token, origin, reply)
        said = "recorded passkey" if right else "refused"
        work.audit(Entry("second-factor", said, account.id, account.id, account.side))
        if not right:
            return Refused(Reason.CODE_REFUSED)
        forget_attempts(work, attempt, subject, before=int(work.now.timestamp()) - WINDOW)
        return SignedIn(promoted(work, session, token), Stage.FULL)


def _made(
    service: Service, work: Work, session: Session, token: str, origin: Origin, named: tuple[str, str]
) -> Passkey | None:
    """The passkey of a browser's reply, or None."""
    from webauthn import verify_registration_response
    from webauthn.helpers.exceptions import WebAuthnException

    name, reply = named[0], _read(named[1])
    for challenge in _challenges(service, work, token, _ADD) if reply else ():
        try:
            made = verify_registration_response(
                credential=reply, expected_challenge=challenge, expected_rp_id=origin.host,
                expected_origin=origin.address,
            )  # fmt: skip
        except (WebAuthnException, ValueError, TypeError, KeyError):
            continue
        identity = (uuid4(), session.account.id, name)
        return Passkey(*identity, made.credential_id, made.credential_public_key, made.sign_count)
    return None


def _is_signed(service: Service, work: Work, session: Session, token: str, origin: Origin, text: str) -> bool:
    """Whether one of the account's passkeys signed what this session asked for."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.exceptions import WebAuthnException

    reply = _read(text)
    for passkey in kept.passkeys_of(work, session.account.id) if reply else ():
        for challenge in _challenges(service, work, token, _PROVE):
            try:
                if base64url_to_bytes(str(reply.get("rawId", ""))) != passkey.credential_id:
                    continue
                used = verify_authentication_response(
                    credential=reply, expected_challenge=challenge, expected_rp_id=origin.host,
                    expected_origin=origin.address, credential_public_key=passkey.public_key,
                    credential_current_sign_count=passkey.uses,
                )  # fmt: skip
            except (WebAuthnException, ValueError, TypeError, KeyError):
                continue
            return kept.note_passkey_use(work, passkey, used.new_sign_count)
    return False


def _read(text: str) -> dict[str, object]:
    """The reply of a browser, or nothing for what is none."""
    if len(text) > LONGEST_REPLY or text.count("{") + text.count("[") > DEEPEST_REPLY:
        return {}
    try:
        reply = json.loads(text)
    except ValueError:
        return {}
    return reply if isinstance(reply, dict) else {}


def _challenges(service: Service, work: Work, token: str, purpose: str) -> tuple[bytes, bytes]:
    """What a passkey must sign in this session: now, and five minutes ago."""
    period = int(work.now.timestamp()) // CHALLENGE_SECONDS

    def drawn(which: int) -> bytes:
        text = f"passkey|{purpose}|{which}|".encode() + token_hash(token)
        return hmac.new(service.keys.index.secret, text, hashlib.sha256).digest()

    return drawn(period), drawn(period - 1)
