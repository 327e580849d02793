"""What must be in order before anybody is let in, and the commands that set it up."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from tests.casework.small_service import PASSWORD, House, settings_in
from triage.cases.roles import Role, Side
from triage.casework.demonstration import seed_demonstration
from triage.casework.engine import RulesUnreadable
from triage.casework.installation import create_key_files, reasons_not_to_serve
from triage.casework.service import RULES, NotReady, Service, open_service, prepare_database
from triage.cli.audit import audit
from triage.cli.init import init
from triage.settings import FLOWS, LOCALES, BadSetting, PasswordProfile, Settings, settings_from
from triage.store.staff import accounts


def reasons(service: Service, environment: dict[str, str] | None = None) -> list[str]:
    """By their names, but for what is said of the tests' own server, which need not survive a power cut."""
    found = [reason.split(":")[0] for reason in reasons_not_to_serve(service, environment)]
    return [name for name in found if name != "database-setting"]


EVERYWHERE = ".".join("0000")


def standard(house: House, **more: object) -> Service:
    wanted = {"password_profile": PasswordProfile.STANDARD} | more
    return replace(house.service, settings=settings_in(house.folder, **wanted))


@pytest.fixture
def manned(house: House) -> House:
    return with_everybody(house)


def with_everybody(house: House) -> House:
    """An installation with an account on either side, and an administrator."""
    house.intake()
    house.advocate()
    house.hire("Adi", Role.ADMINISTRATOR, Side.INDEPENDENT)
    return house


def test_an_installation_in_order_may_serve(manned: House) -> None:
    assert reasons(standard(manned)) == []
    assert reasons(standard(manned, host="192.0.2.1", address="https://desk.example.org", proxies=1)) == []


def test_sheets_that_cannot_be_read_are_a_reason(manned: House, tmp_path: Path) -> None:
    """Flows of one's own without their texts: before, the server started and every page of sheets was a fault."""
    flows = tmp_path / "flows"
    copytree(FLOWS, flows)
    assert reasons(standard(manned, flows=flows)) == ["sheets-unreadable"]
    copytree(LOCALES, flows / "locales")
    own = tmp_path / "whole"
    copytree(flows, own)
    assert reasons(standard(manned, flows=own)) == []


def test_a_demonstration_may_serve_with_its_own_accounts_alone(house: House) -> None:
    seed_demonstration(standard(house, demonstration=True))
    assert reasons(standard(house, demonstration=True)) == []
    assert reasons(standard(house)) == ["demonstration-account"]


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"demonstration": True, "host": "192.0.2.1"}, "demonstration-exposed"),
        ({"demonstration": True, "host": EVERYWHERE}, "demonstration-exposed"),
        ({"demonstration": True, "host": "::"}, "demonstration-exposed"),
        ({"demonstration": True, "address": "https://desk.example.org"}, "demonstration-published"),
        ({"password_profile": PasswordProfile.CHEAP_FOR_TESTS}, "password-profile"),
        ({"host": "192.0.2.1"}, "address-missing"),
        ({"host": EVERYWHERE}, "address-missing"),
        ({"address": "http://desk.example.org"}, "address-insecure"),
        ({"address": "https://domestic-abuse.example.org", "proxies": 1}, "address-tells"),
        ({"address": "https://stop-violence.example.org", "proxies": 1}, "address-tells"),
        ({"address": "https://victims.example.org", "proxies": 1}, "address-tells"),
        ({"address": "https://auteurs.example.org", "proxies": 1}, "address-tells"),
        ({"address": "https://desk.example.org"}, "proxy-unsaid"),
    ],
)
def test_a_weak_setting_is_refused_by_its_name(manned: House, settings: dict[str, object], name: str) -> None:
    assert reasons(standard(manned, **settings)) == [name]


@pytest.mark.parametrize(
    ("switch", "value"),
    [
        ("FLASK_DEBUG", "1"), ("FLASK_DEBUG", "true"), ("FLASK_RUN_FROM_CLI", "true"), ("WERKZEUG_RUN_MAIN", "true"),
        ("PYTHONINSPECT", "1"), ("PYTHONOPTIMIZE", "2"), ("SQLALCHEMY_ECHO", "1"), ("FLASK_ENV", "development"),
    ],
)  # fmt: skip
def test_a_switch_for_development_is_refused(manned: House, switch: str, value: str) -> None:
    assert reasons(standard(manned), {switch: value}) == ["development-switch"]
    assert f"development-switch: {switch}" in str(reasons_not_to_serve(standard(manned), {switch: value}))
    assert reasons(standard(manned), {switch: ""}) == []


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (lambda folder: (folder / "cairn.sqlite3").chmod(0o640), "database-exposed"),
        (lambda folder: (folder / "cairn.sqlite3").chmod(0o604), "database-exposed"),
        (lambda folder: (folder / "keys").chmod(0o750), "key-folder-exposed"),
        (lambda folder: (folder / "keys").chmod(0o701), "key-folder-exposed"),
    ],
)
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, spoil: Callable[[Path], None], name: str) -> None:
    manned = with_everybody(House(tmp_path))
    spoil(manned.folder)
    assert reasons(standard(manned)) == [name]


def test_keys_in_the_folder_of_the_database_are_refused(tmp_path: Path) -> None:
    manned = with_everybody(House(tmp_path))
    manned.folder.chmod(0o700)
    assert reasons(standard(manned, keys=manned.folder)) == ["keys-beside-database"]


@pytest.mark.parametrize("left", ["Ines", "Ada", "Adi"])
def test_a_service_without_both_sides_and_an_administrator_does_not_serve(manned: House, left: str) -> None:
    with manned.service.writing(RULES) as work:
        found = accounts.find_account(work, left)
        assert found
        accounts.close_account(work, found.id)
        work.is_no_act()
    assert reasons(standard(manned)) == ["no-administrator" if left == "Adi" else "one-sided"]


def test_flows_that_cannot_be_read_are_refused(manned: House) -> None:
    def unreadable() -> object:
        raise RulesUnreadable("F001")

    assert reasons(replace(standard(manned), load=unreadable)) == ["flows-unreadable"]


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


def test_the_database_and_its_log_are_readable_by_the_owner_alone(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.intake()
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in house.folder.glob("cairn.sqlite3*")}
    assert modes == {f"cairn.sqlite3{ending}": "0o600" for ending in ("", "-wal", "-shm", "-queue")}


def test_keys_that_others_can_read_open_nothing(house: House) -> None:
    (house.folder / "keys" / "audit.key").chmod(0o444)
    with pytest.raises(NotReady, match="key-exposed"):
        open_service(house.service.settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRIAGE_DATABASE_URL", "postgresql://localhost/cairn"),
        ("TRIAGE_DATABASE_URL", "postgresql+psycopg://localhost/cairn"),
        ("TRIAGE_DATABASE_URL", "postgresql+psycopg://cairn_app@localhost"),
        ("TRIAGE_DATABASE_URL", "postgresql+psycopg://cairn_app:secret@localhost/cairn"),
        ("TRIAGE_DATABASE_OWNER_URL", "sqlite:///var/cairn.sqlite3"),
        ("TRIAGE_DATABASE_OWNER_URL", "postgresql+psycopg://cairn_owner:secret@localhost/cairn"),
        ("TRIAGE_DATABASE_URL", "sqlite:///:memory:"),
        ("TRIAGE_DATABASE_URL", "sqlite:///"),
        ("TRIAGE_DATABASE_URL", "cairn.sqlite3"),
        ("TRIAGE_DEMONSTRATION", "perhaps"),
        ("TRIAGE_PASSWORD_PROFILE", "cheap"),
        ("TRIAGE_ADDRESS", "desk.example.org"),
        ("TRIAGE_ADDRESS", "ftp://desk.example.org"),
        ("TRIAGE_ADDRESS", "https://desk.example.org/cairn"),
        ("TRIAGE_ADDRESS", "https://user:secret@desk.example.org"),
        ("TRIAGE_ADDRESS", "https://[desk"),
        ("TRIAGE_ADDRESS", "https://desk.example.org:99999"),
        ("TRIAGE_PROXIES", "many"),
        ("TRIAGE_PROXIES", "6"),
        ("TRIAGE_PROXIES", "-1"),
        ("TRIAGE_PROXIES", "٣"),
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
    assert (first.exit_code, first.output.count("Key written")) == (0, 6)
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
    with service.writing(RULES) as work:
        work.connection.exec_driver_sql("DROP TRIGGER audit_refuses_delete")
        work.connection.exec_driver_sql("DELETE FROM audit")
        work.is_no_act()
    service.database.close()
    done = run.invoke(audit, ["verify"])
    assert (done.exit_code, "broken at row 1" in done.stderr) == (1, True)
