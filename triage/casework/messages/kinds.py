"""The kinds of what is said outside, and their fixed texts. None holds a name, a case, an address or a link.

Whoever reads over a shoulder, or opens another's mailbox, learns that something waits and nothing else. Source:
security page 3.7.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("en", "fr")
"""Every e-mail is written in all of these, one below the other: whoever shares a mailbox reads theirs."""


class Kind(StrEnum):
    """What is said: to agencies, to staff, and to the programs of agencies."""

    RECEIVED = "received"
    QUESTION = "question"
    ANSWERED = "answered"
    REVIEW = "review"
    INCOMING = "incoming"
    CARD = "card"
    ACCOUNT = "account"
    CONTACT = "contact"
    UPDATED = "referral.updated"


TO_AGENCIES: Final = frozenset({Kind.RECEIVED, Kind.QUESTION, Kind.ANSWERED, Kind.REVIEW})
"""E-mails that go to a mailbox of an agency; all others go to somebody who works here."""


@dataclass(frozen=True, slots=True)
class Text:
    """An e-mail: its subject, and its body in every language."""

    subject: str
    body: str


def is_mail(kind: str) -> bool:
    """Whether a kind is said by e-mail; what is not, is said to a webhook."""
    return kind != Kind.UPDATED


@cache
def texts() -> Mapping[Kind, Text]:
    """The e-mail of each kind that is one."""
    said = tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
    subject = " / ".join(said["subject"][language] for language in LANGUAGES)

    def body(kind: Kind) -> str:
        return "\n\n".join(f"{said['body'][kind][code]}\n{said['ending'][code]}" for code in LANGUAGES) + "\n"

    return {kind: Text(subject, body(kind)) for kind in Kind if is_mail(kind)}
