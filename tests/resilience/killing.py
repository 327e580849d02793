"""R1: workers are killed while they answer; nothing that was acknowledged is lost, and nothing is written twice."""

import os
import random
import signal
import threading
import time
from dataclasses import dataclass, field
from uuid import UUID

import requests
from sqlalchemy import func, select

from tests.resilience.served import QUESTION, Browser, Served, actor_named, answer, new_key, whole
from triage.casework.assessments import read
from triage.casework.installation import Verified, verify_audit
from triage.casework.service import RULES
from triage.store.tables import audit

ACCOUNTS = ("intake-one", "intake-two")


@dataclass
class Client:
    """One worker who answers without end, and sends the same form again whenever no reply came."""

    browser: Browser
    case: str
    word: str
    acknowledged: list[str] = field(default_factory=list)
    again: int = 0
    odd: list[int] = field(default_factory=list)

    def work(self, over: threading.Event) -> None:
        while not over.is_set():
            self._answer(f"{self.word}-{len(self.acknowledged)}")

    def _answer(self, text: str) -> None:
        form = answer(text) | self._patiently(lambda: self.browser.form(self.case + QUESTION)) | {"key": new_key()}
        sent = self._patiently(lambda: self.browser.send(self.case + QUESTION, form))
        if sent.status_code == 303:
            self.acknowledged.append(text)
        else:
            self.odd.append(sent.status_code)

    def _patiently(self, ask):  # type: ignore[no-untyped-def]  # gives whatever `ask` gives
        while True:
            try:
                return ask()
            except requests.RequestException:
                self.again += 1
                time.sleep(0.05)


def kill_workers(running: Served, kills: int, clients: int = 6) -> dict[str, object]:
    """Let so many clients answer while workers are killed, one after the other; say what was lost."""
    browsers = [running.browser(ACCOUNTS[number % 2]) for number in range(clients)]
    people = [Client(one, one.open_case(f"Sam {number}"), f"c{number}") for number, one in enumerate(browsers)]
    over, dice, killed = threading.Event(), random.Random(1), 0
    threads = [threading.Thread(target=one.work, args=(over,)) for one in people]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    while killed < kills:
        time.sleep(dice.uniform(0.1, 0.4))
        if len(ready := running.workers()) > 1:  # one is left, that there is something to lose
            os.kill(dice.choice(ready), signal.SIGKILL)
            killed += 1
    over.set()
    for thread in threads:
        thread.join(timeout=120)
    return _counted(running, people) | {"kills": killed, "seconds": round(time.monotonic() - began, 1)}


def _counted(running: Served, people: list[Client]) -> dict[str, object]:
    service, kept = running.service(), []
    for one in people:
        view = read(service, actor_named(service, one.browser.name), one.case.rpartition("/")[2])
        kept += [found.text for found in view.record.answers]  # type: ignore[union-attr]  # it is their own case
    acknowledged = [text for one in people for text in one.acknowledged]
    theirs = audit.c.object_id.in_([UUID(one.case.rpartition("/")[2]) for one in people])
    said = select(func.count()).where(theirs, audit.c.act == "record-answer", audit.c.result == "recorded")
    with service.reading(RULES) as work:
        lines = work.connection.execute(said).scalar_one()
    again = sum(one.again for one in people)
    figures = {
        "work": "R1 worker kills", "acknowledged": len(acknowledged), "lost": len(set(acknowledged) - set(kept)),
        "twice": len(kept) - len(set(kept)), "sent_again": again,
        "odd_answers": [status for one in people for status in one.odd],
        "acts_without_audit": max(len(kept) - lines, 0), "audit_without_act": max(lines - len(kept) - again, 0),
        "integrity": whole(service), "audit_whole": isinstance(verify_audit(service), Verified),
    }  # fmt: skip
    service.database.close()
    return figures


def held(figures: dict[str, object]) -> bool:
    """Whether nothing was lost, doubled or broken."""
    nothing = ("lost", "twice", "acts_without_audit", "audit_without_act")
    sound = figures["integrity"] == "ok" and figures["audit_whole"] is True
    return all(figures[name] == 0 for name in nothing) and sound and not figures["odd_answers"]
