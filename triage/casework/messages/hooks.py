"""Send one event to a webhook: no content, signed, to an address that was looked at, within five seconds in all.

Headers and signatures are those of Standard Webhooks, with Ed25519 (`v1a`): nothing shared lies at the receiver. Every
open key signs, so that one takes over from the other. The answer's body is not read, and no redirect is followed.
"""

import base64
import json
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from http.client import HTTPException, HTTPSConnection
from threading import Event, Timer
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from triage.casework.messages.guard import Forbidden, Resolve, Target, public_address, read_target
from triage.casework.messages.outcome import Failed

SECONDS: Final = 5.0
GONE: Final = 410


def public_half(seed: str) -> str:
    """The public key of a seed as receivers are given it: `whpk_` and 32 bytes in base64."""
    raw = _key(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return "whpk_" + base64.b64encode(raw).decode()


def new_seed() -> str:
    """Draw a private key."""
    return base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()


def signed(post_id: UUID, body: bytes, now: datetime, seeds: Sequence[str]) -> dict[str, str]:
    """The headers of an event: its id, the second at which it is sent, and a signature by every open key."""
    at = str(int(now.timestamp()))
    said = f"{post_id}.{at}.".encode() + body
    signatures = (base64.b64encode(_key(seed).sign(said)).decode() for seed in seeds)
    return {
        "webhook-id": str(post_id),
        "webhook-timestamp": at,
        "webhook-signature": " ".join(f"v1a,{one}" for one in signatures),
    }


def event_body(kind: str, reference: UUID, due: datetime) -> bytes:
    """An event: its kind, when it was published, and the opaque id to ask about. Nothing else, ever."""
    said = {"type": kind, "timestamp": due.strftime("%Y-%m-%dT%H:%M:%SZ"), "data": {"id": str(reference)}}
    return json.dumps(said, separators=(",", ":")).encode()


def send_event(
    url: str, headers: dict[str, str], body: bytes, *, loopback: bool = False, resolve: Resolve | None = None
) -> Failed | None:
    """Send an event. Output: None when it was taken, otherwise why not, without a word of the answer."""
    try:
        target = read_target(url, loopback=loopback)
        address = public_address(target, resolve, loopback=loopback)
        status = _post(target, address, headers, body)
    except Forbidden:
        return Failed("forbidden-address", for_good=True)
    except ssl.SSLError:
        return Failed("certificate")
    except (OSError, HTTPException, ValueError, AttributeError):  # the last when the time ran out while it was read
        return Failed("no-answer")
    if 200 <= status < 300:
        return None
    return Failed("gone", for_good=True) if status == GONE else Failed("refused")


class _Pinned(HTTPSConnection):
    """A connection to the address that was looked at, which must prove the name."""

    def __init__(self, target: Target, address: str) -> None:
        self._tls = ssl.create_default_context()
        self._tls.minimum_version = ssl.TLSVersion.TLSv1_2
        super().__init__(target.host, target.port, timeout=SECONDS, context=self._tls)
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), timeout=SECONDS)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()


def _post(target: Target, address: str, headers: dict[str, str], body: bytes) -> int:
    connection, over = _Pinned(target, address), Event()

    def end() -> None:
        """Whoever answers one sign at a time is not waited for."""
        over.set()
        if connection.sock is not None:
            with suppress(OSError):  # the other end was faster
                connection.sock.shutdown(socket.SHUT_RDWR)

    clock = Timer(SECONDS, end)
    clock.daemon = True
    clock.start()
    try:
        connection.request("POST", target.path, body, {"content-type": "application/json", **headers})
        status = connection.getresponse().status
        if over.is_set():  # what was read until then may look like an answer
            raise TimeoutError
        return status
    finally:
        clock.cancel()
        connection.close()


def _key(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed))
