"""A provider that is configured weakly is refused by a name, before anybody is served."""

from dataclasses import replace
from pathlib import Path

import pytest

from triage.casework.provider.configuration import SECRET_FILE, provider_reasons
from triage.settings import BadSetting, ProviderSettings, Settings, settings_from

LOGIN = ProviderSettings("https://login.example.org", "desk", "Login")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / SECRET_FILE).write_text("a secret that only these two know\n")
    (tmp_path / SECRET_FILE).chmod(0o400)
    return Settings(keys=tmp_path, provider=LOGIN, address="https://desk.example.org")


def names(settings: Settings) -> list[str]:
    return [reason.split(":")[0] for reason in provider_reasons(settings)]


def test_a_provider_in_order_is_accepted(settings: Settings) -> None:
    assert names(settings) == []
    assert names(replace(settings, provider=replace(LOGIN, issuer="http://127.0.0.1:9000"))) == []
    assert names(replace(settings, provider=None)) == []


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"provider": replace(LOGIN, issuer="http://login.example.org")}, "provider-insecure"),
        ({"provider": replace(LOGIN, issuer="http://127.0.0.1.example.org")}, "provider-insecure"),
        ({"address": ""}, "provider-address"),
        ({"demonstration": True}, "provider-in-demonstration"),
        ({"provider": None, "password_sign_in": False}, "no-way-in"),
    ],
)
def test_a_weak_provider_is_refused(settings: Settings, change: dict[str, object], name: str) -> None:
    assert names(replace(settings, **change)) == [name]


def test_the_secret_is_there_readable_by_its_owner_alone_and_long(settings: Settings) -> None:
    file = settings.keys / SECRET_FILE
    file.chmod(0o440)
    assert names(settings) == ["provider-secret-exposed"]
    file.unlink()
    assert names(settings) == ["provider-secret-missing"]
    file.write_text("short")
    file.chmod(0o400)
    assert names(settings) == ["provider-secret-weak"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRIAGE_OIDC_ISSUER", "login.example.org"),
        ("TRIAGE_OIDC_ISSUER", "ftp://login.example.org"),
        ("TRIAGE_OIDC_ISSUER", "https://user:secret@login.example.org"),
        ("TRIAGE_OIDC_ISSUER", "https://login.example.org/?a=b"),
        ("TRIAGE_OIDC_ISSUER", "https://[login"),
        ("TRIAGE_OIDC_ISSUER", ""),
        ("TRIAGE_OIDC_CLIENT", ""),
        ("TRIAGE_OIDC_CLIENT", "d\x00sk"),
        ("TRIAGE_PASSWORD_SIGN_IN", "perhaps"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(name: str, value: str) -> None:
    right = {"TRIAGE_OIDC_ISSUER": LOGIN.issuer, "TRIAGE_OIDC_CLIENT": LOGIN.client}
    with pytest.raises(BadSetting, match=name):
        settings_from(right | {name: value})


def test_a_provider_is_read_from_the_environment() -> None:
    said = {"TRIAGE_OIDC_ISSUER": LOGIN.issuer, "TRIAGE_OIDC_CLIENT": "desk", "TRIAGE_OIDC_NAME": "Login"}
    assert settings_from(said).provider == LOGIN
    assert settings_from({"TRIAGE_PASSWORD_SIGN_IN": "no"}).password_sign_in is False
