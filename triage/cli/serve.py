"""`triage serve`: serve the screens, or say every reason why not; with `--demonstration`, set everything up first."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from triage.casework.agencies.marking import mark_sent_before
from triage.casework.demonstration import seed_case, seed_demonstration
from triage.casework.installation import create_key_files, reasons_not_to_serve
from triage.cli.installation import CHECK_FAILED, give_up, opened, prepared, read_settings
from triage.settings import Settings

DEMONSTRATION_FOLDER = Path("var/demonstration")
_PROGRAM = Path(__file__).resolve().parents[2]


@click.command()
@click.option("--demonstration", is_flag=True, help="Serve synthetic people with printed passwords, on this machine.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on (TRIAGE_PORT, or 8000).")
def serve(demonstration: bool, port: int | None) -> None:
    """Serve the installation that the environment names.

    Nothing is served while keys are missing, weak or readable by others, flows have problems, one side has no
    account, nobody administers accounts, a demonstration account exists outside a demonstration, or something is
    configured weakly: each reason is said by its name.
    """
    settings = read_settings()
    settings = replace(settings, port=port or settings.port, demonstration=demonstration or settings.demonstration)
    if settings.demonstration:
        settings = _in_its_own_folder(settings)
        create_key_files(settings)
        prepared(settings)
    with opened(settings) as service:
        accounts = seed_demonstration(service) if settings.demonstration else []
        if reasons := reasons_not_to_serve(service, os.environ):
            give_up(reasons, CHECK_FAILED)
        if settings.demonstration:
            seed_case(service)
        mark_sent_before(service)
    if accounts:
        click.echo(f"Demonstration on http://{settings.host}:{settings.port}/ . Accounts (name, password, who):")
    for name, password, words in accounts:
        click.echo(f"  {name:<18} {password:<32} {words}")
    _become_the_server(settings)


def _in_its_own_folder(settings: Settings) -> Settings:
    """Unless the environment says otherwise, a demonstration keeps apart from a real installation."""
    apart = Settings(database_url=f"sqlite:///{DEMONSTRATION_FOLDER}/cairn.sqlite3", keys=DEMONSTRATION_FOLDER / "keys")
    url = settings.database_url if "TRIAGE_DATABASE_URL" in os.environ else apart.database_url
    keys = settings.keys if "TRIAGE_KEYS" in os.environ else apart.keys
    return replace(settings, database_url=url, keys=keys)


def _from_anywhere(database_url: str) -> str:
    """The URL of a database as it must be said in another folder: a file by its whole path."""
    file = database_url.removeprefix("sqlite:///")
    return database_url if file == database_url else f"sqlite:///{Path(file).absolute()}"


def _become_the_server(settings: Settings) -> None:
    """Replace this process by the web server, which reads the same settings from its environment."""
    environment = {
        **os.environ,
        "TRIAGE_DATABASE_URL": _from_anywhere(settings.database_url),
        "TRIAGE_KEYS": str(settings.keys.absolute()),
        "TRIAGE_FLOWS": str(settings.flows.absolute()),
        "TRIAGE_HOST": settings.host,
        "TRIAGE_PORT": str(settings.port),
        "TRIAGE_ADDRESS": settings.address,
        "TRIAGE_PROXIES": str(settings.proxies),
        "TRIAGE_DEMONSTRATION": "yes" if settings.demonstration else "no",
    }
    bind = f"[{settings.host}]" if ":" in settings.host else settings.host
    command = [sys.executable, "-m", "gunicorn", "--chdir", str(_PROGRAM), "--bind", f"{bind}:{settings.port}"]
    sys.stdout.flush()
    os.execve(sys.executable, [*command, "--workers", "2", "--log-level", "warning", "app:app"], environment)  # noqa: S606 — our own program, no shell
