"""Clients of the API: their public keys, and the short tokens that a signed assertion of theirs is exchanged for.

OAuth 2.0 client credentials with `private_key_jwt` (RFC 6749 4.4, RFC 7523): the client signs a short assertion with a
key of which we hold the public half alone. Each assertion counts once. Source: security page 4.4; ADR 0052.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from triage.cases.roles import Action, Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.accounts.throttling import SOURCE_TRIES, SOURCE_WINDOW, is_throttled_source, network_of
from triage.casework.accounts.tokens import new_token, token_hash
from triage.casework.agencies.standing import permitted
from triage.casework.limits import as_id, name_problem
from triage.casework.service import RULES, Service
from triage.store.agency.clients import (
    Client,
    close_client,
    close_key,
    find_bearer,
    find_client,
    insert_client,
    insert_key,
    insert_token,
    note_call,
    use_assertion,
)
from triage.store.agency.once import written_first
from triage.store.agency.organisations import read_agency
from triage.store.audit import Entry
from triage.store.staff.attempts import insert_attempt
from triage.store.work import Work

ALGORITHMS: Final = ("EdDSA", "Ed25519", "ES256")
"""Signatures with a private key that never leaves the client; nothing shared, nothing unsigned."""
SCOPES: Final[Mapping[str, Action]] = {
    "referral:create": Action.SEND_REFERRAL,
    "referral:status": Action.READ_OWN_REFERRALS,
}
"""What a token may be for, and the action it is asked as."""
TOKEN_SECONDS, LONGEST_ASSERTION, LEEWAY, MARGIN = 600, 300, 30, 60
MOST_IN_A_MINUTE, MOST_AT_ONCE = 60, 20
_TRIED: Final = "token"
MOST_KEYS: Final = 2
"""Two keys of a client may be open at a time, so that one takes over from the other."""


@dataclass(frozen=True, slots=True)
class Granted:
    """A token, for how many seconds, and for which scopes; only its hash is kept."""

    token: str
    seconds: int
    scope: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many assertions were refused to one source: for how many seconds no guess of it is looked at."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls with a token: the client as an actor, and its agency."""

    actor: Actor
    agency_id: UUID


def add_client(service: Service, agency_id: UUID, name: str) -> UUID | Refused:
    """Make a client of an agency, still without a key. Output: its id."""
    wrong = name_problem("name", name)
    with service.writing(RULES) as work:
        known = not wrong and read_agency(work, agency_id) is not None
        client_id = uuid4()
        if known:
            insert_client(work, client_id, agency_id, name)
        work.audit(Entry("add-api-client", "recorded" if known else "refused", None, client_id))
    return client_id if known else Refused(Reason.NOT_ACCEPTED, "6.5", wrong or ("agency: there is no such agency.",))


def add_key(service: Service, client_id: UUID, document: str) -> str | Refused:
    """Add a public key (a JWK as JSON) to a client. Output: its key id, the thumbprint of RFC 7638.

    `Refused` for a private key, for another kind of key, and beyond two open keys: take the older one away first.
    """
    key = _public_key(document)
    if isinstance(key, str):
        return Refused(Reason.NOT_ACCEPTED, "6.5", (key,))
    thumbprint = _thumbprint(key)
    with service.writing(RULES) as work:
        client = find_client(work, client_id)
        fits = client is not None and len(client.keys) < MOST_KEYS
        kept = fits and written_first(work, lambda: insert_key(work, client_id, thumbprint, key))
        work.audit(Entry("add-api-key", "recorded" if kept else "refused", None, client_id))
    return thumbprint.hex() if kept else Refused(Reason.NOT_ACCEPTED, "6.5", ("key: no such client, or two keys.",))


def retire_key(service: Service, client_id: UUID, key_id: str) -> bool:
    """Take a key away; tokens of the client end at once. False when there is no such open key."""
    with service.writing(RULES) as work:
        done = len(key_id) == 64 and close_key(work, client_id, bytes.fromhex(key_id))
        work.audit(Entry("retire-api-key", "recorded" if done else "refused", None, client_id))
    return done


def retire_client(service: Service, client_id: UUID) -> bool:
    """Close a client for good; its tokens end at once."""
    with service.writing(RULES) as work:
        done = close_client(work, client_id)
        work.audit(Entry("retire-api-client", "recorded" if done else "refused", None, client_id))
    return done


def grant(service: Service, assertion: str, audience: str, wanted: str, source: str = "") -> Granted | Refused | Wait:
    """Exchange an assertion for a token of ten minutes.

    Inputs: the signed assertion, the address it must be made for, the scopes wanted, by blanks,
    and the address that asks. The same refusal for everything that is wrong with an assertion; of many that send it at
    once, exactly one is given a token. `Wait` for a guess from a place where many were refused within ten minutes: what
    is signed as it must be is looked at from anywhere, or somebody's guesses would stop the agencies beside them.
    People who are refused signing in there are another matter.
    """
    place = f"token|{network_of(source)}" if source else ""
    with service.reading() as work:
        signed = _signed(work, assertion, audience) is not None
        if not signed and place and is_throttled_source(work, _TRIED, place, SOURCE_TRIES):
            return Wait(SOURCE_WINDOW)
    scopes = tuple(sorted(set(wanted.split()))) or tuple(SCOPES)
    with service.writing() as work:
        client = _believed(work, assertion, audience) if signed else None
        granted: Granted | Refused
        if client is None or not set(scopes) <= set(SCOPES):
            granted = Refused(Reason.SIGN_IN_REFUSED)
            if place:
                insert_attempt(work, uuid4(), _TRIED, place)
        else:
            granted = Granted(new_token(), TOKEN_SECONDS, " ".join(scopes))
            expires = int(work.now.timestamp()) + TOKEN_SECONDS
            insert_token(work, token_hash(granted.token), client.id, granted.scope, expires)
        said = "recorded" if isinstance(granted, Granted) else "refused"
        work.audit(Entry("grant-token", said, client.id if client else None, client.id if client else None))
    return granted


def caller(service: Service, token: str, scope: str) -> Caller | Refused | None:
    """Say who calls: None for a token that is none or over; `Refused` when it is not for this scope.

    The client goes on as an actor of its agency, so that the wall is asked as for an account.
    """
    hashed = token_hash(token)
    with service.reading() as work:
        found = find_bearer(work, hashed) if hashed else None
    if found is None:
        return None
    actor = Actor(found.client_id, "client", Role.AGENCY_LEAD, Side.AGENCY)
    refused = permitted(actor, SCOPES[scope])
    if scope not in found.scope.split() or refused:
        return refused or Refused(Reason.NOT_YOUR_ROLE, "1.4")
    return Caller(actor, found.agency_id)


def wait_before(service: Service, calling: Caller) -> int:
    """Count a call of an agency. Output: zero, or how many seconds to wait when there were too many."""
    with service.writing() as work:
        in_a_minute, now = note_call(work, calling.agency_id, 60)
        work.is_no_act()  # what the call does has its own line
    if in_a_minute > MOST_IN_A_MINUTE:
        return 60
    return 1 if now > MOST_AT_ONCE else 0


def _believed(work: Work, assertion: str, audience: str) -> Client | None:
    """The client that signed an assertion, if it may be believed and was never used; it is used now.

    The signature is looked at again in this transaction: a key taken away meanwhile opens nothing.
    """
    signed = _signed(work, assertion, audience)
    if signed is None:
        return None
    client, proved = signed
    kept_until = int(proved["exp"]) + LEEWAY + MARGIN
    return client if use_assertion(work, client.id, proved["jti"], kept_until) else None


def _signed(work: Work, assertion: str, audience: str) -> tuple[Client, Mapping[str, Any]] | None:
    """The client that signed an assertion and what it claims, if that is for us, for now and nameable by its `jti`."""
    claims = _unproved(assertion)
    client_id = as_id(claims.get("sub"))
    client = find_client(work, client_id) if client_id and claims.get("iss") == claims.get("sub") else None
    if client is None:
        return None
    proved = _proved(assertion, client)
    now = int(work.now.timestamp())
    if proved is None or not _is_in_time(proved, now) or proved.get("aud") not in (audience, [audience]):
        return None
    identity = proved.get("jti")
    if not isinstance(identity, str) or not 8 <= len(identity) <= 128 or not identity.isascii():
        return None
    return client, proved


def _is_in_time(claims: Mapping[str, Any], now: int) -> bool:
    """Whether an assertion is for now: it ends within five minutes, has not ended, and does not begin later."""
    times = [claims.get("exp"), claims.get("iat", now), claims.get("nbf", now)]
    if not all(isinstance(one, int) and not isinstance(one, bool) for one in times):
        return False
    expires, issued, begins = (int(one) for one in times if one is not None)
    return now - LEEWAY < expires <= now + LONGEST_ASSERTION and max(issued, begins) <= now + LEEWAY


def _unproved(assertion: str) -> Mapping[str, Any]:
    """What an assertion says of itself, to find whose key to try; nothing of it is believed yet."""
    from joserfc.util import urlsafe_b64decode

    if len(assertion) > 4096 or not assertion.isascii() or assertion.count(".") != 2:
        return {}
    try:
        said = json.loads(urlsafe_b64decode(assertion.split(".")[1].encode()))
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _proved(assertion: str, client: Client) -> dict[str, Any] | None:
    """The claims of an assertion that one of the open keys of the client signed, by an algorithm of the list."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import JWKRegistry

    for key in client.keys.values():
        try:
            decoded = jwt.decode(assertion, JWKRegistry.import_key(key), algorithms=list(ALGORITHMS))
        except (JoseError, ValueError, TypeError, KeyError, RecursionError):
            continue
        return dict(decoded.claims)
    return None


def _public_key(document: str) -> dict[str, Any] | str:
    """Read a public key; or say what is wrong with it, without repeating it."""
    try:
        said = json.loads(document) if len(document) <= 2000 else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        return "key: this is no JSON Web Key."
    if "d" in said or "k" in said:
        return "key: this is a private key. Keep it, and send the public half."
    kinds = {("OKP", "Ed25519"): ("x",), ("EC", "P-256"): ("x", "y")}
    wanted = kinds.get((str(said.get("kty")), str(said.get("crv"))))
    if wanted is None:
        return "key: Ed25519 or P-256 alone."
    key = {"kty": said["kty"], "crv": said["crv"], **{name: said.get(name) for name in wanted}}
    try:
        _imported(key)
    except ValueError:
        return "key: this is no point of its curve."
    return key


def _imported(key: dict[str, Any]) -> None:
    """Raise ValueError when a key cannot be used."""
    from joserfc.errors import JoseError
    from joserfc.jwk import JWKRegistry

    try:
        _ = JWKRegistry.import_key(key).public_key
    except (JoseError, ValueError, TypeError, KeyError) as wrong:
        raise ValueError(type(wrong).__name__) from None


def _thumbprint(key: Mapping[str, Any]) -> bytes:
    """The thumbprint of RFC 7638: the hash of the required members in their order."""
    return hashlib.sha256(json.dumps(key, sort_keys=True, separators=(",", ":")).encode()).digest()
