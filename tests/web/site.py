"""A real installation with the shipped flows over a real SQLite file, and people who use it through its pages."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from tests.databases.engines import database_settings, prepare_copy
from triage.casework.demonstration import seed_demonstration
from triage.casework.installation import create_key_files
from triage.casework.service import Service, open_service
from triage.settings import PasswordProfile, Settings
from triage.web.factory import create_app

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="(\d+)"')


class Compiled(BytecodeCache):
    """Templates as they were compiled for the first program of this process; the same text is not compiled again."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key, bucket.checksum] = bucket.code


Flask.jinja_options = {"bytecode_cache": Compiled()}


def opened_service(folder: Path, flows: Path = ROOT / "flows") -> Service:
    """An installation in a folder: keys, database, flows, demonstration accounts, and a clock that stands."""
    settings = Settings(
        keys=folder / "keys",
        flows=flows,
        demonstration=True,
        password_profile=PasswordProfile.CHEAP_FOR_TESTS,
        **database_settings(folder),
    )
    create_key_files(settings)
    prepare_copy(settings)
    service = open_service(settings, clock=lambda: NOW)
    seed_demonstration(service)
    return service


@dataclass
class Person:
    """Somebody at a browser that keeps cookies; `token` is what every form of the session carries."""

    client: FlaskClient
    name: str
    token: str = ""

    def sign_in(self, password: str | None = None) -> TestResponse:
        self.token = token_in(self.client.get("/sign-in"))
        sent = {"csrf_token": self.token, "name": self.name, "password": password or f"{self.name}-demonstration"}
        response = self.client.post("/sign-in", data=sent)
        if response.status_code == 303:
            self.token = token_in(self.client.get("/account"))
        return response

    def get(self, address: str, **more: Any) -> TestResponse:
        return self.client.get(address, **more)

    def post(self, address: str, typed: dict[str, Any], **more: Any) -> TestResponse:
        """Send a form with the token of the session."""
        return self.client.post(address, data={"csrf_token": self.token} | typed, **more)

    def fill_in(self, address: str, typed: dict[str, Any]) -> TestResponse:
        """Open a form and send it with what was typed, and the version that the page showed."""
        version = VERSION.search(self.get(address).text)
        hidden = {"version": version[1] if version else "0", "key": str(uuid4())}
        return self.post(address, hidden | typed)


@dataclass
class Site:
    """The program and its people."""

    app: Flask
    service: Service

    def person(self, name: str) -> Person:
        """Somebody signed in."""
        person = Person(self.app.test_client(), name)
        assert person.sign_in().status_code == 303
        return person

    def stranger(self) -> Person:
        """Somebody who is not signed in."""
        return Person(self.app.test_client(), "nobody")


def site_in(folder: Path, flows: Path = ROOT / "flows") -> Site:
    """Start the program over an installation in a folder."""
    service = opened_service(folder, flows)
    return Site(create_app(service.settings, service), service)


def token_in(response: TestResponse) -> str:
    """The token of the first form of a page."""
    found = TOKEN.search(response.text)
    assert found, response.text[:500]
    return found[1]


def open_case(person: Person, sees: str = "one", births: tuple[str, str] = ("1990-05-01", "")) -> str:
    """Open a case of Sam and Robin; give its address."""
    typed = {
        "called-one": "Sam", "birth-one": births[0], "called-two": "Robin", "birth-two": births[1], "sees": sees,
        "received_from": "Early help", "facts": "Police were called on 3 November.",
    }  # fmt: skip
    response = person.post("/referrals/new", typed)
    assert response.status_code == 303, response.text
    return str(response.location)


def circumstances(source: str, by: str = "", on: str = "2026-11-20") -> dict[str, str]:
    """What every answer says besides itself."""
    return {"source": source, "by": by, "alone": "yes", "on": on, "contact": "1"}
