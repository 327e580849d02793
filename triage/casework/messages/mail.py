"""Send one e-mail by SMTP: fixed text, one recipient, encrypted on the way to a server that proves its name.

The message says nothing of the machine that sends it, and its id is that of the post: sent twice, it is one message to
a mailbox that knows it already.
"""

import smtplib
import ssl
from contextlib import AbstractContextManager
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final
from uuid import UUID

from triage.casework.messages.configuration import read_mail_secret
from triage.casework.messages.kinds import Text
from triage.casework.messages.outcome import Failed
from triage.settings import MailSettings, Settings, Transport

SECONDS: Final = 15.0


def message_of(text: Text, sender: str, recipient: str, post_id: UUID, now: datetime) -> EmailMessage:
    """The e-mail as it is sent."""
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"], message["To"] = text.subject, sender, recipient
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{post_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text.body)
    return message


def send_mail(settings: Settings, message: EmailMessage) -> Failed | None:
    """Send an e-mail. Output: None when the server took it, otherwise why not, without a word of the answer."""
    mail = settings.mail
    if mail is None:
        return Failed("no-mail-server", for_good=True)
    try:
        with _connection(mail) as server:
            if mail.transport is Transport.STARTTLS:
                server.starttls(context=_tls())
            if mail.user:
                server.login(mail.user, read_mail_secret(settings))
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        permanent = all(500 <= code < 600 for code, _said in refused.recipients.values())
        return Failed("recipient-refused", for_good=permanent)
    except ssl.SSLError:
        return Failed("certificate")
    except smtplib.SMTPAuthenticationError:
        return Failed("sign-in-refused")
    except (smtplib.SMTPException, OSError):
        return Failed("no-answer")
    return None


def _connection(mail: MailSettings) -> AbstractContextManager[smtplib.SMTP]:
    """A connection that names our domain, not this machine."""
    domain = mail.sender.rpartition("@")[2]
    if mail.transport is Transport.TLS:
        return smtplib.SMTP_SSL(mail.host, mail.port, domain, timeout=SECONDS, context=_tls())
    return smtplib.SMTP(mail.host, mail.port, domain, timeout=SECONDS)


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
