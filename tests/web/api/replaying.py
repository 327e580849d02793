"""Started by test_api: one process that sends the same assertion, and the same referral, again and again.

Arguments: the folder of the installation, the assertion, the id of the client, the time, how often.
"""

import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from tests.casework.agencies.sent import COMPLETE, settings_of
from tests.web.api.calling import AUDIENCE
from triage.cases.roles import Actor, Role, Side
from triage.casework.agencies.clients import Granted, grant
from triage.casework.agencies.sending import send_whole
from triage.casework.results import Recorded
from triage.casework.service import open_service


def replay(folder: str, assertion: str, client_id: str, now: str, times: str) -> None:
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
    print(json.dumps({"tokens": tokens, "refused": refused, "referrals": sorted(referrals)}))


if __name__ == "__main__":
    replay(*sys.argv[1:])
