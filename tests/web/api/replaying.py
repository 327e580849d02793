"""Started by test_api: four processes that send the same assertion, and the same referral, again and again at once.

Arguments: the folder of the installation, the assertion, the id of the client, the time, how often each sends. The
rules are read once, before the processes part.
"""

import json
import sys
from dataclasses import replace
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.casework.agencies.sent import COMPLETE, ROOT, settings_of
from tests.web.api.calling import AUDIENCE
from triage.cases.roles import Actor, Role, Side
from triage.casework.agencies.clients import Granted, grant
from triage.casework.agencies.sending import send_whole
from triage.casework.engine import load_rules
from triage.casework.results import Recorded
from triage.casework.service import open_service

PROCESSES = 4


def replay(_number: int, folder: str, assertion: str, client_id: str, now: str, times: str) -> dict[str, Any]:
    service = open_service(settings_of(Path(folder)), clock=lambda: datetime.fromisoformat(now))
    actor = Actor(UUID(client_id), "client", Role.AGENCY_LEAD, Side.AGENCY)
    tokens = refused = 0
    referrals = set()
    for _turn in range(int(times)):
        if isinstance(grant(service, assertion, AUDIENCE, ""), Granted):
            tokens += 1
        else:
            refused += 1
        sent = send_whole(service, actor, replace(COMPLETE, external_reference="replayed"), "the same key")
        assert isinstance(sent, Recorded), sent
        referrals.add(str(sent.id))
    return {"tokens": tokens, "refused": refused, "referrals": sorted(referrals)}


if __name__ == "__main__":
    load_rules(ROOT / "flows")
    folder, assertion, client_id, now, times = sys.argv[1:]
    told = partial(
        replay, folder=folder, assertion=assertion, client_id=client_id, now=now, times=times
    )  # each opens the database for itself
    with get_context("fork").Pool(PROCESSES) as pool:
        print(json.dumps(pool.map(told, range(PROCESSES), chunksize=1)))
