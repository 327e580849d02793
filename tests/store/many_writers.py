"""Started by test_concurrency: one writer in its own process, which reports every answer that was acknowledged.

Arguments: the folder of the installation, the id and name of the worker, the id of the case, how many answers, and a
word that tells this writer's answers from the others'.
"""

import sys
from pathlib import Path
from random import Random
from time import sleep
from uuid import UUID

from tests.casework.small_service import settings_in, small_rules, words
from triage.cases.roles import Actor, Role, Side
from triage.casework.assessments import record_answer
from triage.casework.results import Conflict, Recorded
from triage.casework.service import open_service

PAUSE = 0.05
"""Seconds at most between an answer and the next."""


def write(folder: str, worker_id: str, name: str, case_id: str, wanted: int, word: str) -> None:
    service = open_service(settings_in(Path(folder)), small_rules(lambda record: record))
    worker = Actor(UUID(worker_id), name, Role.INTAKE_WORKER, Side.PROGRAMME)
    version, done, conflicts, dice = 0, 0, 0, Random(word)
    while done < wanted:
        text = f"{word}-{done}"
        result = record_answer(service, worker, UUID(case_id), version, words(text), text)
        if isinstance(result, Recorded):
            done, version = done + 1, result.version
            print("kept", text, flush=True)
            sleep(dice.uniform(0, PAUSE))  # as long as nobody pauses, a fair queue lets the same one write each time
        elif isinstance(result, Conflict):
            conflicts, version = conflicts + 1, result.version
        else:
            raise TypeError(result)
    print("conflicts", conflicts, flush=True)


if __name__ == "__main__":
    folder, worker_id, name, case_id, wanted, word = sys.argv[1:]
    write(folder, worker_id, name, case_id, int(wanted), word)
