"""The real server over an installation in a folder: gunicorn and its workers, and browsers that speak HTTP to it."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import requests

from triage.cases.roles import Actor, Role, Side
from triage.casework.demonstration import seed_case, seed_demonstration
from triage.casework.installation import create_key_files
from triage.casework.service import RULES, Service, open_service, prepare_database
from triage.settings import PasswordProfile, Settings
from triage.store.staff.accounts import find_account

ROOT = Path(__file__).resolve().parents[2]
HIDDEN = re.compile(r'name="(csrf_token|version|key)" value="([^"]*)"')
BOOTED = 0.85
"""A worker that holds this part of the memory of one that answers has loaded the flows and answers too."""


@dataclass
class Served:
    """A server that runs: its folder, its address, the process that starts its workers."""

    folder: Path
    address: str
    process: subprocess.Popen[bytes]
    memory: int = 0

    def service(self) -> Service:
        """The same installation, opened beside the server."""
        return open_service(settings_of(self.folder))

    def workers(self) -> list[int]:
        """The workers that answer, by their process ids."""
        return [pid for pid in self._children() if _memory(pid) >= BOOTED * self.memory]

    def _children(self) -> list[int]:
        pid = self.process.pid
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))

    def warm_up(self) -> None:
        """Wait until the server answers, and note what a worker that answers weighs."""
        for _try in range(600):
            try:
                if requests.get(f"{self.address}/sign-in", timeout=5).ok:
                    break
            except requests.RequestException:
                time.sleep(0.1)
        assert self.process.poll() is None, "the server did not start"
        self.memory = max(map(_memory, self._children()))

    def browser(self, name: str) -> "Browser":
        """Somebody signed in."""
        browser = Browser(self.address, name)
        browser.sign_in()
        return browser


@dataclass
class Browser:
    """One browser that keeps cookies and fills in forms."""

    address: str
    name: str
    session: requests.Session = field(default_factory=requests.Session)

    def sign_in(self) -> None:
        hidden = self.form("/sign-in")
        password = f"{self.name}-demonstration"
        sent = self.send("/sign-in", {"csrf_token": hidden["csrf_token"], "name": self.name, "password": password})
        assert sent.status_code == 303, sent.text

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.address + path, timeout=60, allow_redirects=False)

    def form(self, path: str) -> dict[str, str]:
        """The hidden fields of the form of a page: the last one, since those of the frame stand before it."""
        page = self.get(path)
        assert page.status_code == 200, (path, page.status_code)
        return dict(HIDDEN.findall(page.text))

    def send(self, path: str, typed: dict[str, str]) -> requests.Response:
        return self.session.post(self.address + path, data=typed, timeout=60, allow_redirects=False)

    def twin(self) -> "Browser":
        """Another window of the same browser: its cookies, a connection of its own."""
        other = Browser(self.address, self.name)
        other.session.cookies.update(self.session.cookies)
        return other

    def open_case(self, called: str) -> str:
        """Open a case; give its path."""
        sent = self.send("/referrals/new", self.form("/referrals/new") | referral(called))
        assert sent.status_code == 303, sent.text
        return sent.headers["Location"]


def referral(called: str) -> dict[str, str]:
    return {
        "called-one": called, "called-two": "Robin", "sees": "one", "received_from": "Early help", "said": "unsaid",
    }  # fmt: skip


def answer(text: str) -> dict[str, str]:
    """An answer to the text question of the referral, as a form sends it."""
    said = {"source": "REF", "by": "", "alone": "yes", "on": time.strftime("%Y-%m-%d", time.gmtime()), "contact": "1"}
    return said | {"value": text}


QUESTION = "/questions/ri-04/case"


def settings_of(folder: Path, **more: object) -> Settings:
    return Settings(f"sqlite:///{folder}/cairn.sqlite3", keys=folder / "keys", demonstration=True, **more)  # type: ignore[arg-type]  # of Settings


def actor_named(service: Service, name: str) -> Actor:
    """Somebody of the demonstration."""
    with service.reading() as work:
        found = find_account(work, name)
    assert found
    return Actor(found.id, found.name, Role(found.role), Side(found.side))


def prepare(folder: Path) -> UUID:
    """Make an installation with the people of the demonstration; give the case that it is seeded with."""
    settings = settings_of(folder, password_profile=PasswordProfile.CHEAP_FOR_TESTS)
    create_key_files(settings)
    prepare_database(settings)
    service = open_service(settings)
    seed_demonstration(service)
    case_id = seed_case(service)
    service.database.close()
    assert case_id
    return case_id


@contextmanager
def served(folder: Path, workers: int) -> Iterator[Served]:
    """Serve an installation as `triage serve` does, with so many workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "TRIAGE_DATABASE_URL": f"sqlite:///{folder}/cairn.sqlite3", "TRIAGE_KEYS": str(folder / "keys"),
        "TRIAGE_DEMONSTRATION": "yes", "TRIAGE_PORT": str(port),
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    process = subprocess.Popen([*command, "--log-level", "critical", "app:app"], cwd=ROOT, env=environment)
    try:
        running = Served(folder, f"http://127.0.0.1:{port}", process)
        running.warm_up()
        yield running
    finally:
        process.terminate()
        process.wait(timeout=60)


def new_key() -> str:
    return str(uuid4())


def whole(service: Service) -> str:
    """What SQLite says of the file: `ok` when every page of it is in order."""
    with service.reading(RULES) as work:
        return str(work.connection.exec_driver_sql("PRAGMA integrity_check").scalar_one())


def _memory(pid: int) -> int:
    """The pages of memory that a process holds, or 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
