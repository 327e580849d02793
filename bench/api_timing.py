"""What the time of an answer of the API tells of whether somebody is known: known against unknown people, as JSON.

`python bench/api_timing.py [requests]`: sends that many referrals of each kind in turn, over a store in which the known
people have cases in the opposite role, and prints medians and the AUC of a classifier by time (0.5 tells nothing). The
clock of the installation is moved, so that the limits are not met.
"""

import json
import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.casework.agencies.sent import COMPLETE, Post, turned
from tests.databases.engines import DATABASES, SQLITE
from tests.web.api.calling import Program, as_sent, program
from triage.cases.agency.referral import AgencyReferral
from triage.casework.agencies.taking import Taking, take

REQUESTS, KNOWN, WARM = 500, 20, 20


def known_people(post: Post) -> list[AgencyReferral]:
    """Couples who have a case here already, named in the opposite role by another agency."""
    lawyer, worker = post.outside("lawyer", agency="A law firm"), post.staff("worker")
    couples = []
    for number in range(KNOWN):
        couple = replace(COMPLETE, persons=tuple(_named(one, f"known{number:02}") for one in COMPLETE.persons))
        arrived = post.arrives(lawyer, turned(couple, "b"), uuid4().hex)
        taken = take(post.service, worker, arrived, Taking("A-B", "A"))
        assert isinstance(getattr(taken, "id", None), UUID), taken
        couples.append(couple)
    return couples


def _named(person: object, word: str) -> object:
    known = replace(person.known, family=f"{person.known.family}-{word}", phones=(), emails=(f"{word}@example.org",))  # type: ignore[attr-defined]  # a ReferredPerson
    return replace(person, called=f"{person.called} {word}", known=known)  # type: ignore[type-var]  # the same


def body_of(referral: AgencyReferral) -> dict[str, object]:
    """The referral as the API takes it, every body of the same length."""
    body = as_sent()
    for sent, person in zip(body["persons"], referral.persons, strict=True):
        sent["called"] = person.called
        sent["identity"] = {
            "given": person.known.given,
            "family": person.known.family,
            "emails": list(person.known.emails),
        }
    return body


def measured(caller: Program, body: dict[str, object]) -> float:
    """Seconds of one referral, by the clock."""
    sent, headers = (
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {caller.bearer}", "Idempotency-Key": uuid4().hex},
    )
    caller.post.now += timedelta(seconds=2)
    begun = time.perf_counter()
    answer = caller.http.post("/api/v1/referrals", data=sent, headers=headers, content_type="application/json")
    took = time.perf_counter() - begun
    assert answer.status_code == 202, answer.text
    return took


def auc(known: list[float], unknown: list[float]) -> float:
    """How often a known one took longer than an unknown one; ties count half."""
    ordered = sorted([(took, 1) for took in known] + [(took, 0) for took in unknown])
    ranks = sum(rank for rank, (_took, is_known) in enumerate(ordered, 1) if is_known)
    return (ranks - len(known) * (len(known) + 1) / 2) / (len(known) * len(unknown))


def main(requests: int) -> None:
    """Measure and print."""
    DATABASES.in_use = SQLITE
    with tempfile.TemporaryDirectory() as folder:
        post = Post(Path(folder))
        couples, caller, chance = known_people(post), program(post), random.Random(2026)
        times: dict[str, list[float]] = {"known": [], "unknown": []}
        for number in range(requests + WARM):
            if number % 100 == 0:
                caller.sign_in()
            couple = chance.choice(couples)
            strangers = replace(
                couple, persons=tuple(_named(one, f"fresh{number % 100:02}") for one in COMPLETE.persons)
            )
            both = [("known", body_of(couple)), ("unknown", body_of(strangers))]
            chance.shuffle(both)
            for kind, body in both:
                took = measured(caller, body)
                if number >= WARM:
                    times[kind].append(took)
    medians = {kind: round(statistics.median(took) * 1000, 3) for kind, took in times.items()}
    found = auc(times["known"], times["unknown"])
    print(json.dumps({"requests of each": requests, "median ms": medians, "classifier AUC": round(found, 4)}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS)
