"""What must be in order before e-mail is sent: an encrypted way, a sender that tells nothing, a secret that is kept."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from triage.settings import Settings, Transport

SECRET_FILE: Final = "mail.secret"  # noqa: S105 - the name of a file
"""In the folder of the keys: the password with which this service signs in at the mail server."""


def read_mail_secret(settings: Settings) -> str:
    """The password for the mail server, or an empty text."""
    try:
        return _file(settings).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def mail_reasons(settings: Settings, telling: frozenset[str]) -> Iterator[str]:
    """Every reason why this installation must not serve with the mail server as it is configured, each with its name.

    `telling` are parts of words that a sender must not hold: it stands in mailboxes and on shared screens.
    """
    mail = settings.mail
    if mail is None or settings.demonstration:
        return
    if mail.transport is Transport.PLAIN:
        yield "mail-unencrypted: TRIAGE_MAIL_SERVER must begin with smtps:// or smtp:// (which asks for STARTTLS)."
    if any(word in mail.sender.replace("-", "").casefold() for word in telling):
        yield "mail-sender-tells: TRIAGE_MAIL_FROM must say nothing about what the service is for."
    if not mail.user:
        return
    if not read_mail_secret(settings):
        yield f"mail-secret-missing: write the password for the mail server into {_file(settings)}, mode 0400."
    elif stat.S_IMODE(_file(settings).stat().st_mode) & 0o077:
        yield f"mail-secret-exposed: {_file(settings)} can be read by others; it must be 0400."


def _file(settings: Settings) -> Path:
    return settings.keys / SECRET_FILE
