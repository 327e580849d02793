"""What is said to the provider and what it answers: where to send people, and who came back with which code.

Authorization code with PKCE (RFC 7636), state, nonce; the token is believed when a key of the provider signed it by an
algorithm of `ALGORITHMS`, for this client, for this departure, in the last minutes. Nothing is followed to another
address, and nothing is kept: each sign-in asks afresh. Source: OpenID Connect Core 3.1; ADR 0046.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from triage.casework.provider.configuration import read_secret, return_address
from triage.settings import LOOPBACK, ProviderSettings, Settings

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
"""Signatures with a public key. Without any (`none`), or with a shared key (`HS256`), a token says nothing."""
SCOPE = "openid profile"
SECONDS, LEEWAY, SIGNED_IN_WITHIN, LONGEST_ANSWER = 4, 30, 300, 256 * 1024
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderDown(Exception):
    """The provider does not answer, or answers what cannot be used."""


class TokenRefused(Exception):
    """What came back proves nobody; the message says what is wrong with it, never what is in it."""


@dataclass(frozen=True, slots=True)
class Directory:
    """What the provider says of itself: where people sign in, where codes are taken, where its keys are."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the provider vouches for: its own name for them, which never changes, and what it calls them."""

    subject: str
    called: str


def drawn_from(token: str, purpose: str) -> str:
    """What follows from the token of a departure: its state, nonce and PKCE verifier, each of 256 bits."""
    drawn = hmac.new(token.encode(), f"provider {purpose}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(drawn).rstrip(b"=").decode()


def read_directory(provider: ProviderSettings) -> Directory:
    """Ask the provider where its pages are. Raises `ProviderDown`."""
    said = _fetched(provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if said.get("issuer") != provider.issuer:
        raise ProviderDown("The provider says it is another one.")
    for name in _ENDPOINTS:
        if not isinstance(said.get(name), str) or not _is_safe(said[name], provider):
            raise ProviderDown(f"The provider names no usable {name}.")
    authorization, tokens, keys = (str(said[name]) for name in _ENDPOINTS)
    return Directory(authorization, tokens, keys)


def way_there(settings: Settings, provider: ProviderSettings, directory: Directory, token: str) -> str:
    """The address to which a browser is sent; the provider is asked to have its user sign in anew."""
    with _session(settings, provider) as session:
        address, _state = session.create_authorization_url(
            directory.authorization_endpoint,
            state=drawn_from(token, "state"),
            nonce=drawn_from(token, "nonce"),
            code_verifier=drawn_from(token, "verifier"),
            prompt="login",
            max_age=SIGNED_IN_WITHIN,
        )
    return str(address)


def person_of(settings: Settings, provider: ProviderSettings, token: str, code: str, now: int) -> Person:
    """Exchange a code for a token, and read from it who came. Raises `ProviderDown`, `TokenRefused`."""
    directory = read_directory(provider)
    answered = _exchanged(settings, provider, directory, token, code)
    id_token, access_token = answered.get("id_token"), answered.get("access_token")
    if not isinstance(id_token, str) or len(id_token) > LONGEST_ANSWER:
        raise TokenRefused("no token")
    claims = _claims(id_token, _fetched(directory.jwks_uri))
    return _believed(claims, provider, {"nonce": drawn_from(token, "nonce"), "access_token": access_token}, now)


def _exchanged(
    settings: Settings, provider: ProviderSettings, directory: Directory, token: str, code: str
) -> Mapping[str, Any]:
    import requests
    from authlib.common.errors import AuthlibBaseError

    with _session(settings, provider) as session:
        try:
            answered = session.fetch_token(
                directory.token_endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=drawn_from(token, "verifier"),
                timeout=SECONDS,
                allow_redirects=False,
            )
        except AuthlibBaseError:
            raise TokenRefused("code not taken") from None
        except (requests.RequestException, ValueError):
            raise ProviderDown("The provider takes no codes.") from None
    return answered if isinstance(answered, Mapping) else {}


def _claims(id_token: str, keys: Mapping[str, Any]) -> Any:  # noqa: ANN401 - what joserfc decoded
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    try:
        return jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS))  # type: ignore[arg-type]  # the keys of the provider, as JSON
    except (JoseError, ValueError, TypeError, KeyError):
        raise TokenRefused("signature") from None


def _believed(decoded: Any, provider: ProviderSettings, params: dict[str, Any], now: int) -> Person:  # noqa: ANN401 - what joserfc decoded
    from authlib.oidc.core import CodeIDToken
    from joserfc.errors import JoseError

    wanted: dict[str, Any] = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client},
    }
    params |= {"client_id": provider.client, "max_age": SIGNED_IN_WITHIN}
    claims = CodeIDToken(decoded.claims, decoded.header, wanted, params)
    try:
        claims.validate(now=now, leeway=LEEWAY)
    except JoseError as wrong:
        raise TokenRefused(getattr(wrong, "claim", None) or type(wrong).__name__) from None
    except (TypeError, ValueError):
        raise TokenRefused("claims") from None
    if now - claims["auth_time"] > SIGNED_IN_WITHIN + LEEWAY:
        raise TokenRefused("auth_time")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not subject.isascii():
        raise TokenRefused("sub")
    called = claims.get("preferred_username") or claims.get("name") or ""
    return Person(subject, _shown(called))


def _shown(called: object) -> str:
    """A name as it may be shown: one short printable line."""
    text = called if isinstance(called, str) else ""
    return "".join(sign for sign in text if sign.isprintable())[:100]


def _session(settings: Settings, provider: ProviderSettings) -> Any:  # noqa: ANN401 - of Authlib, which ships no types
    from authlib.integrations.requests_client import OAuth2Session

    session = OAuth2Session(
        provider.client,
        read_secret(settings),
        scope=SCOPE,
        redirect_uri=return_address(settings),
        token_endpoint_auth_method="client_secret_basic",  # noqa: S106 - the name of a method
        code_challenge_method="S256",
    )
    session.trust_env = False
    return session


def _fetched(address: str) -> dict[str, Any]:
    """Fetch a small JSON object. Raises `ProviderDown`."""
    import requests

    with requests.Session() as session:
        session.trust_env = False
        try:
            answer = session.get(address, timeout=SECONDS, allow_redirects=False, stream=True)
            if answer.status_code != requests.codes.ok:
                raise ProviderDown("The provider does not answer as it should.")
            answer.raw.decode_content = True
            content = answer.raw.read(LONGEST_ANSWER + 1)
            said = json.loads(content) if len(content) <= LONGEST_ANSWER else None
        except (requests.RequestException, OSError, ValueError, RecursionError):
            raise ProviderDown("The provider cannot be reached.") from None
    if not isinstance(said, dict):
        raise ProviderDown("The provider answers something else.")
    return said


def _is_safe(address: str, provider: ProviderSettings) -> bool:
    """Whether an address that the provider names is spoken to: over TLS, unless all of it is on this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    here = parts.hostname in LOOPBACK and urlsplit(provider.issuer).hostname in LOOPBACK
    return parts.scheme == "https" or (parts.scheme == "http" and here)
