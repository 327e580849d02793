"""R12: many processes write to one database at once; they queue, and none is told that it is locked."""

import multiprocessing
import time
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

from tests.casework.small_service import House, words
from triage.cases.roles import Actor
from triage.casework.assessments import record_answer
from triage.casework.results import Conflict, Recorded
from triage.casework.service import open_service


def queued_writers(folder: Path, writers: int, seconds: float) -> dict[str, object]:
    """Let so many processes answer in cases of their own for so many seconds; say how long each write took."""
    house = House(folder)
    workers = [house.intake(f"Ines {number}") for number in range(writers)]
    cases = [str(house.open_case(worker)) for worker in workers]
    house.service.database.close()
    forking = multiprocessing.get_context("fork")
    ready = forking.Barrier(writers)
    running = []
    for worker, case in zip(workers, cases, strict=True):
        ours, theirs = forking.Pipe(duplex=False)
        process = forking.Process(target=_write, args=(house, worker, case, (ready, seconds), theirs))
        process.start()
        running.append((process, ours))
    took, faults, each = [], [], []
    for process, ours in running:
        one_took, one_faults = ours.recv()
        took, faults = took + one_took, faults + one_faults
        each.append(len(one_took))
        process.join()
    took.sort()
    return {
        "work": "R12 queued writers", "writers": writers, "seconds": seconds, "writes": len(took),
        "faults": len(faults), "first_fault": next(iter(faults), ""), "fewest_by_one": min(each),
        "p50_ms": round(1000 * took[len(took) // 2], 1), "p99_ms": round(1000 * took[len(took) * 99 // 100], 1),
        "longest_ms": round(1000 * took[-1], 1), "p99_within_a_second": took[len(took) * 99 // 100] < 1,
    }  # fmt: skip


def held(figures: dict[str, object]) -> bool:
    """Whether nobody was refused for a lock and everybody came to write; the contract's second is told beside it."""
    return figures["faults"] == 0 and figures["fewest_by_one"] != 0


def _write(house: House, worker: Actor, case: str, when: tuple[Barrier, float], told: Connection) -> None:
    """Write once everybody is ready, at least once and until the time is over; tell how long each took, what failed."""
    ready, seconds = when
    service = open_service(house.service.settings, house.service.load())
    took: list[float] = []
    faults: list[str] = []
    version = 0
    ready.wait(120)
    end = time.time() + seconds
    while time.time() < end or not (took or faults):
        began = time.perf_counter()
        try:
            result = record_answer(service, worker, case, version, words(f"{version}"), f"key {version}")
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is counted
            faults.append(type(fault).__name__)
            continue
        if isinstance(result, Recorded):
            took.append(time.perf_counter() - began)
            version = result.version
        else:
            faults.append("conflict" if isinstance(result, Conflict) else "refused")
    service.database.close()
    told.send((took, faults))
