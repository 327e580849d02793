"""Send wild requests to the whole program, and count what must never come: faults, and changes behind a refusal."""

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.requests_of_anybody import Wild, requests_of_anybody
from tests.web.principals import Stage, staged
from tests.web.site import site_in
from tests.web.test_access_matrix import KINDS, addresses_of, principal
from tests.web.unchanged import Unchanged


@dataclass
class Fuzzed:
    """What came back: how often which status, how long answers took, and every request that went wrong."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, object]:
        took = sorted(self.seconds)
        return {
            "work": "R11 wild requests", "requests": len(took), "statuses": dict(sorted(self.statuses.items())),
            "wrong": len(self.wrong), "first": self.wrong[:5],
            "p50_ms": round(1000 * took[len(took) // 2], 1), "p99_ms": round(1000 * took[len(took) * 99 // 100], 1),
        }  # fmt: skip


class Fuzz:
    """The program, everybody who may ask, and what was seen."""

    def __init__(self, folder: Path) -> None:
        self.stage: Stage = staged(site_in(folder))
        self.stage.site.app.config["PROPAGATE_EXCEPTIONS"] = False  # a fault is a 500, as where people are served
        self.who = [principal(self.stage, kind) for kind in KINDS]
        rules = list(self.stage.site.app.url_map.iter_rules())
        self.routes = sorted((one.rule, method) for one in rules for method in (one.methods or set()) - {"HEAD"})
        self.values = {one.kind: addresses_of(self.stage, one) for one in self.who}
        self._read_first()
        self.unchanged = Unchanged(self.stage.site.service)
        self.seen = Fuzzed()

    def _read_first(self) -> None:
        """Let everybody read what is theirs once: a first reading enters the wall, also on the page of a refusal."""
        for who in self.who:
            values = self.values[who.kind]
            for address in (f"/cases/{values['case_id']}", f"/matches/{values.get('match_id', '')}"):
                who.client.get(address).close()

    def send(self, wild: Wild) -> None:
        """Send one request, and judge the answer."""
        who, (pattern, method) = self.who[wild.who], self.routes[wild.route]
        self.unchanged.holds()  # what the harness itself wrote is no change
        began = time.perf_counter()
        sent = wild.sent(who.token, method)
        answered = who.client.open(wild.address(pattern, self.values[who.kind]), **sent)
        status = answered.status_code
        answered.close()
        self.seen.seconds.append(time.perf_counter() - began)
        self.seen.statuses[status] += 1
        if status >= 500 or status < 200:
            self.seen.wrong.append(f"{who.kind}: {status} at {pattern}: {wild}")
        if status >= 400 and not self.unchanged.holds():
            self.seen.wrong.append(f"{who.kind}: {status} at {pattern} changed the database: {wild}")
        if "Set-Cookie" in answered.headers:  # signed out, or in as somebody else: begin again
            self.who[wild.who] = principal(self.stage, who.kind)


def fuzz(folder: Path, requests: int) -> Fuzzed:
    """Send so many requests; the same ones each time."""
    one = Fuzz(folder)

    @seed(20261125)
    @settings(
        max_examples=requests, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(requests_of_anybody(len(one.routes), len(one.who)))
    def send(wild: Wild) -> None:
        one.send(wild)

    send()
    if not one.unchanged.close():
        one.seen.wrong.append("something was written that no statement told of")
    return one.seen
