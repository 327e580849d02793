"""How long a referral takes to be opened and searched among 200,000 people in the real store: JSON lines.

`python bench/match_store.py [people]`. The people are written by the functions of the store, a thousand a transaction;
the referrals go through `open_case`, which draws keys, seals, audits, indexes and searches in one durable transaction.
"""

import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

from _people import CORRUPTIONS, REGION, Person, Population

from triage.cases.matching.tokens import tokens_of
from triage.cases.model import PersonDetails, Referral
from triage.cases.roles import Actor, Role, Side
from triage.casework.accounts.making import NewAccount, add_account
from triage.casework.installation import create_key_files
from triage.casework.matching import searching
from triage.casework.matching.reviewing import Watch, watch
from triage.casework.referrals import open_case
from triage.casework.service import RULES, Service, open_service, prepare_database
from triage.settings import PasswordProfile, Settings
from triage.store.cases import StoredCase, insert_case
from triage.store.data_keys import create_data_keys
from triage.store.matching.matches import note_searched
from triage.store.matching.subjects import Subject, keep_subject

PEOPLE, ASKED, AT_ONCE = 200_000, 300, 500


def opened(folder: Path) -> Service:
    """An installation in a folder."""
    settings = Settings(
        f"sqlite:///{folder}/cairn.sqlite3", keys=folder / "keys", password_profile=PasswordProfile.CHEAP_FOR_TESTS
    )
    create_key_files(settings)
    prepare_database(settings)
    return open_service(settings)


def fill(service: Service, couples: Iterator[tuple[Person, Person]]) -> None:
    """Keep couples as cases with their people in the index, as a search of each would."""
    while some := tuple(islice(couples, AT_ONCE)):
        with service.writing(RULES) as work:
            work.is_no_act()
            for couple in some:
                case = StoredCase(uuid4(), uuid4().hex[:16], work.today, "programme-A")
                people = dict(zip("AB", couple, strict=True))
                called = {letter: {"called": one.identity.given, "birth": ""} for letter, one in people.items()}
                insert_case(work, create_data_keys(work, case.id), case, {"said_to_harm": ["A"]}, called)
                for letter, one in people.items():
                    harms = frozenset("B") if letter == "A" else frozenset[str]()
                    subject = Subject(case.id, letter, case.opened_on, harms, {"programme-A": one.identity})
                    keep_subject(work, subject, tokens_of(one.identity, REGION))
                note_searched(work, case.id, searched=True)


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    made = Population(2026)
    searching.MOST_SEARCHES = 10 * ASKED  # the limit of an hour is for people
    with tempfile.TemporaryDirectory() as folder:
        service = opened(Path(folder))
        couples = list(made.couples(count // 2))
        began = time.process_time()
        fill(service, iter(couples))
        filled = time.process_time() - began
        identity = add_account(
            service, NewAccount("bench", Role.INTAKE_WORKER, Side.PROGRAMME, "a long enough password")
        )
        panel = add_account(service, NewAccount("panel", Role.PANEL_MEMBER, Side.INDEPENDENT, "a long enough password"))
        assert isinstance(identity, UUID)
        assert isinstance(panel, UUID)
        worker = Actor(identity, "bench", Role.INTAKE_WORKER, Side.PROGRAMME)
        wall, cpu = [], []
        for couple in made.dice.sample(couples, ASKED):
            kind = made.dice.choice(tuple(CORRUPTIONS))
            known = [CORRUPTIONS[kind](one, made) for one in reversed(couple)]
            people = {key: PersonDetails(one.given, None, one) for key, one in zip(("one", "two"), known, strict=True)}
            sent = Referral(people, "one", "Bench", "", frozenset({"one"}))
            start, busy = time.perf_counter(), time.process_time()
            assert isinstance(open_case(service, worker, sent), UUID)
            wall.append(time.perf_counter() - start)
            cpu.append(time.process_time() - busy)
        seen = watch(service, Actor(panel, "panel", Role.PANEL_MEMBER, Side.INDEPENDENT))
        assert isinstance(seen, Watch)
        found = len({one.later for one in seen.matches if one.bearing})
        size = sum(path.stat().st_size for path in Path(folder).glob("cairn.sqlite3*"))
    print(json.dumps({
        "people": count, "filled_cpu_seconds": round(filled, 1), "referrals": ASKED, "pairs_found": found,
        "open_and_search_milliseconds_median": round(1000 * statistics.median(wall), 1),
        "open_and_search_milliseconds_most": round(1000 * max(wall), 1),
        "cpu_milliseconds_median": round(1000 * statistics.median(cpu), 1),
        "cpu_milliseconds_most": round(1000 * max(cpu), 1),
        "database_mib": size // 2**20, "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
