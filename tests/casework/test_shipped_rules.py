"""Casework with the rules that are shipped: a case from the referral to two signatures, each side at its own desk."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.casework.small_service import TODAY, House, Staffed, act
from triage.cases.model import NewAnswer, NewSignature
from triage.cases.roles import Side
from triage.cases.wall import Reason, Refused
from triage.casework.assessments import assessed, read, record_act, record_answer
from triage.casework.decisions import proposal, record_own_view, sign
from triage.casework.engine import load_rules
from triage.casework.publishing.starting import instruction
from triage.casework.results import NOT_STARTING, Instruction, Proposal, Recorded
from triage.casework.service import Service
from triage.settings import FLOWS


@pytest.fixture
def service(house: House) -> Service:
    return replace(house.service, load=lambda: load_rules(FLOWS))


def test_each_desk_walks_on_what_it_may_read(house: House, service: Service, staffed: Staffed) -> None:
    new = NewAnswer("RI-01", "SELF", "neither", TODAY, by=staffed.own, alone=True)
    assert isinstance(record_answer(service, staffed.worker, staffed.id, 0, new), Recorded)
    mine, other = (assessed(service, one, staffed.id) for one in (staffed.worker, staffed.other_worker))
    assert not isinstance(mine, Refused)
    assert not isinstance(other, Refused)
    assert any("RI-01" in walk.path for walk in mine.walks)
    assert not any("RI-01" in walk.path for walk in other.walks)


def test_nothing_is_signed_on_a_case_of_which_nothing_is_known(
    house: House, service: Service, staffed: Staffed
) -> None:
    pia = house.panel("Pia", Side.SUPPORT)
    record_own_view(service, pia, staffed.id, "A-B", "W_INSUFF", "Nobody has been asked anything.")
    seen = proposal(service, pia, staffed.id, "A-B")
    assert isinstance(seen, Proposal)
    assert seen.decision.result == "W_INSUFF"
    signature = NewSignature("A-B", "W_A", "All of it.", "Any of it.", TODAY + timedelta(days=7))
    refused = sign(service, pia, staffed.id, 0, signature)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_ENOUGH_KNOWN
    assert instruction(service, staffed.worker, staffed.id) == Instruction(NOT_STARTING)


@pytest.mark.parametrize(
    ("name", "value", "about", "who"),
    [
        ("ISS-STATUS", "active", "own", "advocate"),
        ("RESX-SIGN", "signed", "own", "advocate"),
        ("LITINDEP-SIGN", "signed", "own", "worker"),
        ("RISKPLAN-ADOPT", "adopted", "", "lead"),
        ("REMIT", "in_remit", "A-B", "lead"),
        ("REVIEW-CONCLUDED", "no_pattern", "A-B", "lead"),
        ("CROSS-SEARCH", "none", "A-B", "panel"),
    ],
)
def test_every_act_the_wall_allows_is_one_the_rules_know(
    house: House, service: Service, staffed: Staffed, name: str, value: str, about: str, who: str
) -> None:
    people = {
        "advocate": staffed.advocate,
        "worker": staffed.worker,
        "lead": house.lead(),
        "panel": house.panel("Pol", Side.INDEPENDENT),
    }
    new = act(name, value, staffed.own if about == "own" else about)
    assert isinstance(record_act(service, people[who], staffed.id, 0, new), Recorded)
    view = read(service, people["panel"], staffed.id)
    assert not isinstance(view, Refused)
    assert [(one.act, one.value) for one in view.record.acts] == [(name, value)]


def test_what_only_the_support_side_states_is_refused_from_others(service: Service, staffed: Staffed) -> None:
    row = {"code": "relative", "pseudonym": "R1", "tie": "sister", "iss_offer_status": "active"}
    new = NewAnswer("RI-16", "SELF", [row], TODAY, about=staffed.own)
    refused = record_answer(service, staffed.worker, staffed.id, 0, new)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_YOUR_SOURCE
    told = replace(new, source="ISS")
    assert isinstance(record_answer(service, staffed.advocate, staffed.id, 0, told), Recorded)
