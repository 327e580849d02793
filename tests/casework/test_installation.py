"""What must be in order before anybody is let in, and the commands that set it up."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.casework.small_service import PASSWORD, House, settings_in
from triage.casework.demonstration import seed_demonstration
from triage.casework.engine import RulesUnreadable
from triage.casework.installation import create_key_files, reasons_not_to_serve
from triage.casework.service import NotReady, Service, open_service, prepare_database
from triage.cli.audit import audit
from triage.cli.init import init
from triage.settings import BadSetting, PasswordProfile, Settings, settings_from


def reasons(service: Service) -> list[str]:
    return [reason.split(":")[0] for reason in reasons_not_to_serve(service)]


def standard(house: House, **more: object) -> Service:
    return replace(house.service, settings=settings_in(house.folder, password_profile=PasswordProfile.STANDARD, **more))


def test_an_installation_in_order_may_serve(house: House) -> None:
    house.intake()
    house.advocate()
    assert reasons(standard(house)) == []


def test_every_reason_is_named(house: House) -> None:
    def unreadable() -> object:
        raise RulesUnreadable("F001")

    seed_demonstration(standard(house, demonstration=True))
    assert reasons(standard(house)) == ["demonstration-account"]
    assert reasons(standard(house, demonstration=True)) == []
    assert reasons(standard(house, demonstration=True, host="192.0.2.1")) == ["demonstration-exposed"]
    assert reasons(house.service) == ["demonstration-account", "password-profile"]
    assert reasons(replace(standard(house, demonstration=True), load=unreadable)) == ["flows-unreadable"]


def test_a_service_for_one_side_alone_does_not_serve(house: House) -> None:
    assert reasons(standard(house)) == ["one-sided"]
    house.intake()
    assert reasons(standard(house)) == ["one-sided"]


def test_without_keys_or_database_nothing_opens(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with pytest.raises(NotReady, match="key-missing"):
        open_service(settings)
    create_key_files(settings)
    with pytest.raises(NotReady, match="database-not-prepared"):
        open_service(settings)
    assert not (tmp_path / "cairn.sqlite3").exists()
    prepare_database(settings)
    open_service(settings).database.close()


def test_the_database_and_its_log_are_readable_by_the_owner_alone(house: House) -> None:
    house.intake()
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in house.folder.glob("cairn.sqlite3*")}
    assert modes == {f"cairn.sqlite3{ending}": "0o600" for ending in ("", "-wal", "-shm")}


def test_keys_that_others_can_read_open_nothing(house: House) -> None:
    (house.folder / "keys" / "audit.key").chmod(0o444)
    with pytest.raises(NotReady, match="key-exposed"):
        open_service(house.service.settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRIAGE_DATABASE_URL", "postgresql://localhost/cairn"),
        ("TRIAGE_DATABASE_URL", "sqlite:///:memory:"),
        ("TRIAGE_DATABASE_URL", "sqlite:///"),
        ("TRIAGE_DATABASE_URL", "cairn.sqlite3"),
        ("TRIAGE_DEMONSTRATION", "perhaps"),
        ("TRIAGE_PASSWORD_PROFILE", "cheap"),
        ("TRIAGE_PORT", "0"),
        ("TRIAGE_PORT", "65536"),
        ("TRIAGE_PORT", "٨٠٠٠"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        settings_from({name: value})


def test_settings_have_safe_defaults() -> None:
    assert settings_from({}) == Settings()
    assert (Settings().host, Settings().demonstration) == ("127.0.0.1", False)
    assert Settings().password_profile is PasswordProfile.STANDARD
    read = settings_from({"TRIAGE_HOST": "::1", "TRIAGE_PORT": "9000", "TRIAGE_DEMONSTRATION": "yes"})
    assert (read.host, read.port, read.demonstration) == ("::1", 9000, True)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "TRIAGE_DATABASE_URL": f"sqlite:///{tmp_path}/var/cairn.sqlite3",
        "TRIAGE_KEYS": str(tmp_path / "keys"),
        "TRIAGE_PASSWORD_PROFILE": "cheap-for-tests",
    }


def test_init_sets_up_and_makes_an_account_and_verify_finds_the_audit_whole(environment: dict[str, str]) -> None:
    run = CliRunner(env=environment)
    first = run.invoke(init, ["--account", "Ines", "--role", "intake-worker"], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert (first.exit_code, first.output.count("Key written")) == (0, 5)
    again = run.invoke(init)
    assert (again.exit_code, again.output.count("Key written")) == (0, 0)
    verified = run.invoke(audit, ["verify"])
    assert verified.exit_code == 0
    assert "whole: 1 rows" in verified.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--account", "Ines"], 2),
        (["--account", "Pia", "--role", "panel-member"], 2),
        (["--account", "Ines", "--role", "king"], 2),
        (["--account", "Ines", "--role", "intake-worker", "--side", "support"], 1),
    ],
)
def test_init_says_what_is_missing(environment: dict[str, str], arguments: list[str], code: int) -> None:
    done = CliRunner(env=environment).invoke(init, arguments, input=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == code


def test_verify_without_an_installation_says_what_to_run(environment: dict[str, str]) -> None:
    done = CliRunner(env=environment).invoke(audit, ["verify"])
    assert (done.exit_code, "triage init" in done.stderr) == (1, True)


def test_verify_fails_when_a_row_was_taken_out(environment: dict[str, str]) -> None:
    run = CliRunner(env=environment)
    run.invoke(init, ["--account", "Ines", "--role", "intake-worker"], input=f"{PASSWORD}\n{PASSWORD}\n")
    service = open_service(settings_from({**os.environ, **environment}))
    with service.writing() as work:
        work.connection.exec_driver_sql("DROP TRIGGER audit_refuses_delete")
        work.connection.exec_driver_sql("DELETE FROM audit")
        work.is_no_act()
    service.database.close()
    done = run.invoke(audit, ["verify"])
    assert (done.exit_code, "broken at row 1" in done.stderr) == (1, True)
