"""A provider that runs, and an installation in which its people may sign in."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pyotp
import pytest
import requests
from sqlalchemy import update

from tests.provider.identities import CLIENT, SECRET
from tests.web.site import Person, Site, opened_service, token_in
from triage.casework.provider.configuration import SECRET_FILE
from triage.casework.service import open_service
from triage.settings import PasswordProfile, ProviderSettings, Settings
from triage.store.staff.accounts import find_account
from triage.store.staff.factors import insert_authenticator
from triage.store.tables import authenticators
from triage.web.factory import create_app

HERE = Path(__file__).resolve().parent
CHEAP = PasswordProfile.CHEAP_FOR_TESTS
AUTHENTICATOR = pyotp.random_base32()


@dataclass
class Provider:
    """A provider in a process of its own."""

    process: subprocess.Popen[str]
    issuer: str

    def twist(self, **how: Any) -> None:
        """Say how the next tokens are; nothing said is an honest one for the subject u-1."""
        assert requests.post(f"{self.issuer}/twist", json=how, timeout=5).ok

    def sign_in(self, address: str) -> dict[str, str]:
        """Sign in at the provider, as a browser that follows an address does: what it is sent back with."""
        sent = requests.get(address, allow_redirects=False, timeout=5)
        assert sent.status_code == 302, sent.text
        return dict(parse_qsl(urlsplit(sent.headers["Location"]).query))


@pytest.fixture(scope="session")
def running() -> Iterator[Provider]:
    command = [sys.executable, "-m", "tests.provider.identities"]
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[1])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=HERE.parents[1]) as process:
        assert process.stdout
        yield Provider(process, f"http://127.0.0.1:{process.stdout.readline().strip()}")
        process.terminate()


@pytest.fixture
def provider(running: Provider) -> Provider:
    running.twist()
    return running


@dataclass
class Moment:
    """The clock of the installation: the real one, moved; tokens carry the real time."""

    later: float = 0
    started: float = field(default_factory=lambda: datetime.now(UTC).timestamp())

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(datetime.now(UTC).timestamp() + self.later, UTC)


@dataclass
class Desk(Site):
    """The program with a provider, and the people of one worker's browser."""

    provider: Provider
    clock: Moment

    def browser(self) -> Person:
        """A browser that has signed in nowhere."""
        return self.stranger()

    def set_out(self, browser: Person, address: str = "/sign-in/provider") -> str:
        """Press the button; give the address to which the browser is led."""
        if address == "/sign-in/provider":
            browser.token = token_in(browser.get("/sign-in"))
        response = browser.post(address, {})
        assert response.status_code == 200, response.text
        return response.headers["Refresh"].removeprefix("0;url=")

    def come_back(self, browser: Person, brought: dict[str, str]) -> Any:
        """Come back from the provider: first without our cookie, then by our own page, then by its form."""
        returned = self.app.test_client().get("/sign-in/provider/return", query_string=brought)
        assert returned.status_code == 200
        assert "Set-Cookie" not in returned.headers
        form = browser.get(returned.headers["Refresh"].removeprefix("0;url="))
        browser.token = token_in(form)
        return browser.post("/sign-in/provider/continue", brought)

    def arrive(self, browser: Person) -> Any:
        """Sign in through the provider, up to our own second factor."""
        return self.come_back(browser, self.provider.sign_in(self.set_out(browser)))

    def linked(self, name: str = "intake-one") -> Person:
        """Somebody who signs in with a password and a code, and links their account."""
        person = self.person_with_code(name)
        answered = self.come_back(person, self.provider.sign_in(self.set_out(person, "/account/provider")))
        assert answered.status_code == 303, answered.text
        return person

    def person_with_code(self, name: str) -> Person:
        person = self.browser()
        person.name = name
        person.token = token_in(person.get("/sign-in"))
        sent = {"name": name, "password": f"{name}-demonstration"}
        assert person.post("/sign-in", sent).location == "/"
        return self.give_code(person)

    def give_code(self, person: Person) -> Person:
        person.token = token_in(person.get("/second-factor"))
        code = pyotp.TOTP(AUTHENTICATOR).at(self.clock())
        answered = person.post("/second-factor", {"code": code})
        assert answered.status_code == 303, answered.text
        with self.service.writing() as work:  # a code counts once, and nobody wants to wait for the next
            work.connection.execute(update(authenticators).values(last_step=0))
            work.is_no_act()
        person.token = token_in(person.get("/account"))
        return person

    def audited(self) -> list[tuple[str, str]]:
        """What the audit says, act and result."""
        with self.service.database.reader.connect() as connection:
            rows = connection.exec_driver_sql("SELECT act, result FROM audit ORDER BY seq").all()
        return [(row[0], row[1]) for row in rows]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation of which each test has a copy."""
    folder = tmp_path_factory.mktemp("made")
    opened_service(folder).database.close()
    (folder / "keys" / SECRET_FILE).write_text(SECRET)
    return folder


@pytest.fixture
def desk(provider: Provider, made: Path, tmp_path: Path) -> Desk:
    clock, folder = Moment(), tmp_path / "copy"
    shutil.copytree(made, folder)
    settings = Settings(f"sqlite:///{folder}/cairn.sqlite3", keys=folder / "keys", password_profile=CHEAP)
    settings = replace(
        settings,
        address="http://localhost:8000",
        provider=ProviderSettings(provider.issuer, CLIENT, "Example Login"),
    )
    service = open_service(settings, clock=clock)
    with service.writing() as work:
        for name in ("intake-one", "intake-two", "administrator"):
            account = find_account(work, name)
            assert account
            insert_authenticator(work, account.id, AUTHENTICATOR, 0)
        work.is_no_act()
    return Desk(create_app(settings, service), service, provider, clock)
