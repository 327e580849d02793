"""Real servers on this machine, with a certificate of their own authority: one takes e-mail, one takes webhooks."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from triage.settings import MailSettings, Transport


def certificate_in(folder: Path) -> Path:
    """A certificate of localhost that is its own authority, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    file = folder / "localhost.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return file


def serving_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


class Inbox(Handler):
    """Keeps what arrives, or refuses it as it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []
        self.refusal = ""
        self.peers: list[str] = []
        self.signed_in = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's names
        if self.refusal:
            return self.refusal
        self.peers.append(session.host_name)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message: Message) -> None:
        self.messages.append(message)


@contextmanager
def mail_server(transport: Transport, certificate: Path, *, password: str = "") -> Iterator[tuple[MailSettings, Inbox]]:
    """A mail server that asks for the password, if there is one, over an encrypted connection alone."""
    inbox, context = Inbox(), serving_context(certificate)
    more: dict[str, Any] = {"hostname": "127.0.0.1", "port": free_port()}
    if transport is Transport.TLS:
        more["ssl_context"] = context
    if transport is Transport.STARTTLS:
        more |= {"tls_context": context, "require_starttls": True}
    if password:

        def believed(_server: Any, _session: Any, _envelope: Any, _how: str, said: LoginPassword) -> AuthResult:
            inbox.signed_in += 1
            return AuthResult(success=said == LoginPassword(b"cairn", password.encode()))

        asked = transport is Transport.STARTTLS  # the server does not count encryption from the start as such
        more |= {"authenticator": believed, "auth_required": asked, "auth_require_tls": asked}
    controller = Controller(inbox, **more)
    controller.start()
    user = "cairn" if password else ""
    try:
        yield MailSettings(transport, "localhost", controller.port, "post@desk.example.org", user), inbox
    finally:
        controller.stop()


@dataclass(slots=True)
class Receiver:
    """What arrived at a webhook, and how it answers next."""

    url: str = ""
    arrived: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answer: Callable[[BaseHTTPRequestHandler], None] | int = 204


@contextmanager
def receiver(certificate: Path) -> Iterator[Receiver]:
    """A program that takes webhooks over https."""
    kept = Receiver()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            kept.arrived.append(({name.lower(): value for name, value in self.headers.items()}, body))
            if callable(kept.answer):
                kept.answer(self)
                return
            self.send_response(kept.answer)
            if kept.answer in range(300, 400):
                self.send_header("location", kept.url + "/elsewhere")
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    server.socket = serving_context(certificate).wrap_socket(server.socket, server_side=True)
    kept.url = f"https://localhost:{server.server_port}/events"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
