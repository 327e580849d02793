"""A mail server is configured whole, encrypted and with a sender that tells nothing; or the service does not begin."""

from dataclasses import replace
from pathlib import Path

import pytest

from triage.casework.installation import TELLING
from triage.casework.messages.configuration import mail_reasons
from triage.settings import BadSetting, MailSettings, Settings, Transport, settings_from

GOOD = {"TRIAGE_MAIL_SERVER": "smtps://mail.example.org:465", "TRIAGE_MAIL_FROM": "post@example.org"}
MAIL = MailSettings(Transport.TLS, "mail.example.org", 465, "post@example.org", "cairn")


def test_a_mail_server_is_read_as_it_is_said() -> None:
    assert settings_from(GOOD | {"TRIAGE_MAIL_USER": "cairn"}).mail == MAIL
    assert settings_from({}).mail is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRIAGE_MAIL_SERVER", one)
        for one in (
            "", "mail.example.org", "mail.example.org:465", "https://mail.example.org:465", "smtps://mail.example.org",
            "smtps://mail.example.org:0", "smtps://mail.example.org:70000", "smtps://user:secret@mail.example.org:465",
            "smtps://mail.example.org:465/", "smtps://:465", "SMTPS://mail.example.org:465",
        )
    ]
    + [
        ("TRIAGE_MAIL_FROM", one)
        for one in ("", "post", "post@example", "Cairn <post@example.org>", "post@example.org\nBcc: x@y.org", "a@b@c.d")
    ]
    + [("TRIAGE_MAIL_USER", "two\nlines")],
)  # fmt: skip
def test_a_mail_setting_that_cannot_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name) as refused:
        settings_from(GOOD | {name: value})
    assert "secret" not in str(refused.value)


def test_a_weak_mail_server_is_refused_by_its_name(tmp_path: Path) -> None:
    def reasons(mail: MailSettings, *, demonstration: bool = False) -> list[str]:
        settings = Settings(keys=tmp_path, mail=mail, demonstration=demonstration)
        return [one.split(":")[0] for one in mail_reasons(settings, TELLING)]

    assert reasons(MAIL) == ["mail-secret-missing"]
    secret = tmp_path / "mail.secret"
    secret.write_text("a password for mail", encoding="utf-8")
    secret.chmod(0o444)
    assert reasons(MAIL) == ["mail-secret-exposed"]
    secret.chmod(0o400)
    assert reasons(MAIL) == []
    weak = replace(MAIL, transport=Transport.PLAIN, sender="post@domestic-abuse.example.org")
    assert reasons(weak) == ["mail-unencrypted", "mail-sender-tells"]
    assert reasons(weak, demonstration=True) == []
