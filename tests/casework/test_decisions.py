"""The determination: own view, proposal, two signatures, disagreement, and the act that follows."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from tests.casework.small_service import TODAY, House, Staffed, words
from triage.cases.model import NewSignature
from triage.cases.roles import Actor, Side
from triage.cases.wall import Reason, Refused
from triage.casework.assessments import read, record_answer
from triage.casework.decisions import proposal, record_own_view, sign
from triage.casework.results import Conflict, Proposal, Recorded, Signed

SIGNATURE = NewSignature("A-B", "W_A", "She also pushed him once.", "A record of injuries.", TODAY + timedelta(weeks=8))


@dataclass(frozen=True, slots=True)
class Panel:
    support: Actor
    independent: Actor
    other: Actor


@pytest.fixture
def panel(house: House, staffed: Staffed) -> Panel:
    members = Panel(
        house.panel("Pia", Side.SUPPORT), house.panel("Pol", Side.INDEPENDENT), house.panel("Pat", Side.PROGRAMME)
    )
    for member in (members.support, members.independent, members.other):
        view = record_own_view(house.service, member, staffed.id, "A-B", "W_A", f"Grounds of {member.name}.")
        assert isinstance(view, Recorded)
    return members


def results_on_file(house: House, staffed: Staffed, reader: Actor) -> list[tuple[str, ...]]:
    view = read(house.service, reader, staffed.id)
    assert not isinstance(view, Refused)
    return [(act.value, *(f"{one.name}:{one.side}" for one in act.by)) for act in view.record.acts]


def test_the_proposal_is_shown_after_the_own_view_only(house: House, staffed: Staffed) -> None:
    pia = house.panel("Pia", Side.SUPPORT)
    before = proposal(house.service, pia, staffed.id, "A-B")
    assert isinstance(before, Refused)
    assert before.reason is Reason.OWN_VIEW_FIRST
    record_own_view(house.service, pia, staffed.id, "A-B", "W_B", "The pattern of control.")
    after = proposal(house.service, pia, staffed.id, "A-B")
    assert isinstance(after, Proposal)
    assert [(view.result, view.by) for view in after.views] == [("W_B", "Pia")]


def test_the_second_fitting_signature_writes_the_result(house: House, staffed: Staffed, panel: Panel) -> None:
    assert sign(house.service, panel.independent, staffed.id, 0, SIGNATURE) == Signed(complete=False)
    assert results_on_file(house, staffed, panel.support) == []
    assert sign(house.service, panel.support, staffed.id, 0, SIGNATURE) == Signed(complete=True)
    assert results_on_file(house, staffed, panel.support) == [("W_A", "Pol:panel", "Pia:support")]


def test_two_signatures_without_the_support_side_are_not_enough(house: House, staffed: Staffed, panel: Panel) -> None:
    sign(house.service, panel.independent, staffed.id, 0, SIGNATURE)
    assert sign(house.service, panel.other, staffed.id, 0, SIGNATURE) == Signed(complete=False)


def test_the_same_person_does_not_sign_twice(house: House, staffed: Staffed, panel: Panel) -> None:
    for text in ("One thing.", "Another thing."):
        again = replace(SIGNATURE, contrary_evidence=text)
        assert sign(house.service, panel.support, staffed.id, 0, again) == Signed(complete=False)


def test_a_form_sent_twice_counts_once_also_when_it_completed(house: House, staffed: Staffed, panel: Panel) -> None:
    for _time in range(2):
        assert sign(house.service, panel.independent, staffed.id, 0, SIGNATURE) == Signed(complete=False)
    for _time in range(2):
        assert sign(house.service, panel.support, staffed.id, 0, SIGNATURE) == Signed(complete=True)
    assert len(results_on_file(house, staffed, panel.support)) == 1


def test_disagreement_is_kept_and_shown_and_writes_nothing(house: House, staffed: Staffed, panel: Panel) -> None:
    sign(house.service, panel.independent, staffed.id, 0, SIGNATURE)
    other = replace(SIGNATURE, value="W_B")
    assert sign(house.service, panel.support, staffed.id, 0, other) == Signed(complete=False)
    shown = proposal(house.service, panel.other, staffed.id, "A-B")
    assert isinstance(shown, Proposal)
    assert [(one.value, one.by, one.current) for one in shown.signatures] == [
        ("W_A", "Pol", True),
        ("W_B", "Pia", True),
    ]
    assert results_on_file(house, staffed, panel.support) == []


def test_signatures_on_different_states_of_the_case_do_not_fit(house: House, staffed: Staffed, panel: Panel) -> None:
    sign(house.service, panel.independent, staffed.id, 0, SIGNATURE)
    record_answer(house.service, staffed.advocate, staffed.id, 0, words("something new"))
    assert isinstance(sign(house.service, panel.support, staffed.id, 0, SIGNATURE), Conflict)
    assert sign(house.service, panel.support, staffed.id, 1, SIGNATURE) == Signed(complete=False)
    assert sign(house.service, panel.independent, staffed.id, 1, SIGNATURE) == Signed(complete=True)


def test_after_a_result_a_new_determination_begins_with_new_views(house: House, staffed: Staffed, panel: Panel) -> None:
    sign(house.service, panel.independent, staffed.id, 0, SIGNATURE)
    sign(house.service, panel.support, staffed.id, 0, SIGNATURE)
    again = sign(house.service, panel.support, staffed.id, 1, SIGNATURE)
    assert isinstance(again, Refused)
    assert again.reason is Reason.OWN_VIEW_FIRST


def test_nothing_is_signed_while_too_little_is_known(house: House, staffed: Staffed, panel: Panel) -> None:
    house.proposed = "W_INSUFF"
    refused = sign(house.service, panel.support, staffed.id, 0, SIGNATURE)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_ENOUGH_KNOWN


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"value": "W_INSUFF"}, Reason.NOT_ACCEPTED),
        ({"contrary_evidence": "  "}, Reason.NOT_ACCEPTED),
        ({"would_change": ""}, Reason.NOT_ACCEPTED),
        ({"would_change": "\ud800"}, Reason.NOT_ACCEPTED),
        ({"review_on": TODAY}, Reason.REVIEW_TOO_LATE),
        ({"review_on": TODAY + timedelta(weeks=12, days=1)}, Reason.REVIEW_TOO_LATE),
        ({"pair": "A-C"}, Reason.NO_SUCH_PAIR),
    ],
)
def test_a_signature_says_what_every_signature_must(
    house: House, staffed: Staffed, panel: Panel, change: dict[str, object], reason: Reason
) -> None:
    refused = sign(house.service, panel.support, staffed.id, 0, replace(SIGNATURE, **change))
    assert isinstance(refused, Refused)
    assert refused.reason is reason


def test_nobody_who_works_with_a_person_of_the_case_decides_it(house: House, staffed: Staffed) -> None:
    workers = (staffed.worker, staffed.other_worker, staffed.advocate, staffed.other_advocate)
    for worker in workers:
        assert isinstance(sign(house.service, worker, staffed.id, 0, SIGNATURE), Refused)
        # also when they have become a member of the panel since: the wall remembers
        member = replace(worker, role=house.panel(f"Was {worker.name}", worker.side).role)
        for refused in (
            sign(house.service, member, staffed.id, 0, SIGNATURE),
            record_own_view(house.service, member, staffed.id, "A-B", "W_A", "Grounds."),
            read(house.service, member, staffed.id),
        ):
            assert isinstance(refused, Refused)
            assert refused.reason is Reason.NO_SUCH_CASE


def test_the_worker_learns_only_a_result_that_concerns_their_own_person(
    house: House, staffed: Staffed, panel: Panel
) -> None:
    signature = replace(SIGNATURE, value=f"W_{staffed.own}")
    for member in (panel.independent, panel.support):
        sign(house.service, member, staffed.id, 0, signature)
    assert results_on_file(house, staffed, staffed.worker) == [], "not before the next publication (ADR 0065)"
    house.clock.wait(days=1)
    assert [value for value, *_by in results_on_file(house, staffed, staffed.worker)] == [f"W_{staffed.own}"]
    assert results_on_file(house, staffed, staffed.other_worker) == []
    view = read(house.service, staffed.advocate, staffed.id)
    assert not isinstance(view, Refused)
    assert [(act.value, act.reason) for act in view.record.acts] == [(f"W_{staffed.own}", "")]
