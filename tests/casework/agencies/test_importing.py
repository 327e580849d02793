"""A file of referrals: nothing is stored by looking, each number is sent once, a whole file can be taken back."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from tests.casework.agencies.sent import COMPLETE, Post
from triage.cases.agency.lifecycle import State
from triage.cases.agency.referral import AgencyReferral
from triage.cases.roles import Actor, Role
from triage.cases.wall import Reason, Refused
from triage.casework import assessments
from triage.casework.agencies.answering import ask
from triage.casework.agencies.fitting import asked_of_agencies
from triage.casework.agencies.importing import (
    Imported,
    Mode,
    Sender,
    import_file,
    sender_at_command_line,
    sender_for,
)
from triage.casework.agencies.incoming import Incoming, list_incoming, read_incoming
from triage.casework.agencies.own import list_own
from triage.casework.agencies.taking import Taking, take
from triage.casework.agencies.withdrawing import list_imports, withdraw_import
from triage.casework.results import Recorded
from triage.interchange.json_files import as_json
from triage.interchange.writing import as_csv, as_xlsx, table_of


@pytest.fixture
def post(engine: str, tmp_path: Path) -> Post:
    return Post(tmp_path)


@pytest.fixture
def lead(post: Post) -> Actor:
    return post.outside("Lena", Role.AGENCY_LEAD)


def some(count: int = 3):
    return [replace(COMPLETE, external_reference=f"PN-{number}") for number in range(count)]


def a_file(post: Post, referrals, form: str = "csv") -> bytes:
    if form == "json":
        return as_json(referrals)
    table = table_of(referrals, {one.id: one for one in asked_of_agencies(post.service.rules)})
    return as_csv(table) if form == "csv" else as_xlsx({"Referrals": table})


def sent(post: Post, lead: Actor, content: bytes, mode: Mode = Mode.ALL) -> Imported:
    sender = sender_for(post.service, lead)
    assert isinstance(sender, Sender)
    return import_file(post.service, sender, content, mode)


def own(post: Post, lead: Actor) -> list[str]:
    found = list_own(post.service, lead).listed
    assert not isinstance(found, Refused)
    return sorted(one.referral.external_reference for one in found)


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_file_arrives_as_it_would_through_the_portal(post: Post, lead: Actor, form: str) -> None:
    result = sent(post, lead, a_file(post, some(2), form))
    assert (result.sent, result.again, result.faults) == (2, 0, ())
    worker = post.staff("Ines")
    lines = list_incoming(post.service, worker).lines
    assert not isinstance(lines, Refused)
    arrived = read_incoming(post.service, worker, lines[0].id)
    assert not isinstance(arrived, Refused)
    expected = post.arrives(lead, replace(COMPLETE, external_reference="by hand"), "k")
    by_hand = read_incoming(post.service, worker, expected)
    assert not isinstance(by_hand, Refused)
    for question in asked_of_agencies(post.service.rules):
        for about in ("", "A", "B", "A-B"):
            said, typed = arrived.referral.value_of(question.id, about), by_hand.referral.value_of(question.id, about)
            assert said == typed
    assert arrived.referral.persons == by_hand.referral.persons


def test_looking_a_file_through_stores_nothing(post: Post, lead: Actor) -> None:
    result = sent(post, lead, a_file(post, some()), Mode.DRY_RUN)
    assert (result.ready, result.sent, result.import_id) == (3, 0, None)
    assert own(post, lead) == []
    assert list_imports(post.service, lead) == ()


def test_all_or_nothing_sends_nothing_when_one_row_is_wrong_and_valid_only_the_others(post: Post, lead: Actor) -> None:
    holder = next(one for one in COMPLETE.answers if one.question == "RI-09")
    closing = replace(holder, value={**holder.value, "code": "closing"})
    bad = replace(some(1)[0], answers=(*(one for one in COMPLETE.answers if one.question != "RI-09"), closing))
    content = a_file(post, [bad, *some()[1:]])
    refused = sent(post, lead, content)
    assert (refused.sent, refused.ready) == (0, 2)
    assert [(fault.row, fault.column, fault.code) for fault in refused.faults] == [
        (2, "RI-09", "sending.holder-closing")
    ]
    assert own(post, lead) == []
    assert sent(post, lead, content, Mode.VALID).sent == 2
    assert own(post, lead) == ["PN-1", "PN-2"]


def test_a_birth_before_1900_or_to_come_is_said_at_its_row_and_column(post: Post, lead: Actor) -> None:
    first, second = some(2)
    said = replace(COMPLETE.answers[0], question="RI-03", about="A-B")
    born = [
        replace(one, answers=(*one.answers, replace(said, value=[{"code": "partner", "birth_a": year}])))
        for one, year in ((first, "1899"), (second, "1/1/2999"))
    ]
    told = [(one.row, one.column, one.code) for one in sent(post, lead, a_file(post, born)).faults]
    assert told == [(2, "RI-03.birth_a", "sending.birth"), (4, "RI-03.birth_a", "sending.birth")]
    assert own(post, lead) == []


def test_a_file_sent_again_sends_nothing_again_and_goes_on_after_it_was_cut_off(post: Post, lead: Actor) -> None:
    sent(post, lead, a_file(post, some(2)))
    again = sent(post, lead, a_file(post, some(4)))
    assert (again.sent, again.again) == (2, 2)
    assert own(post, lead) == ["PN-0", "PN-1", "PN-2", "PN-3"]


def test_a_number_used_for_other_words_is_named_and_nothing_is_overwritten(post: Post, lead: Actor) -> None:
    sent(post, lead, a_file(post, some(1)))
    other = replace(some(1)[0], opinion="Something else.")
    result = sent(post, lead, a_file(post, [other]))
    assert [(fault.code, fault.column, fault.said) for fault in result.faults] == [("used", "reference", "PN-0")]
    assert result.sent == 0


def test_the_same_number_of_another_agency_is_another_number(post: Post, lead: Actor) -> None:
    sent(post, lead, a_file(post, some(1)))
    other = post.outside("Olga", Role.AGENCY_LEAD, "Police South")
    assert sent(post, other, a_file(post, some(1))).sent == 1
    assert own(post, lead) == ["PN-0"]


def test_a_clerk_and_staff_send_no_files(post: Post, lead: Actor) -> None:
    for actor in (post.outside("Carl"), post.staff("Ines")):
        assert isinstance(sender_for(post.service, actor), Refused)
        assert isinstance(list_imports(post.service, actor), Refused)
        assert isinstance(withdraw_import(post.service, actor, UUID(int=1)), Refused)


def test_at_the_command_line_a_file_is_sent_in_the_name_of_an_agency(post: Post, lead: Actor) -> None:
    sender = sender_at_command_line(post.service, "probation north")
    assert isinstance(sender, Sender)
    assert import_file(post.service, sender, a_file(post, some(2)), Mode.ALL).sent == 2
    assert own(post, lead) == ["PN-0", "PN-1"]
    assert [one.name for one in sender_at_command_line(post.service, "Probation")] == ["Probation North"]


def test_a_whole_file_is_taken_back_and_nothing_of_it_can_be_taken_on(post: Post, lead: Actor) -> None:
    worker = post.staff("Ines")
    result = sent(post, lead, a_file(post, some(2)))
    assert isinstance(withdraw_import(post.service, lead, result.import_id), Recorded)
    assert isinstance(withdraw_import(post.service, lead, result.import_id), Recorded)
    found = list_own(post.service, lead).listed
    assert {(one.state.state, one.state.code) for one in found} == {(State.ANSWERED, "withdrawn")}
    for line in list_incoming(post.service, worker).lines:
        assert line.state is State.ANSWERED
        assert take(post.service, worker, line.id, Taking("A-B", "A")) == Refused(Reason.NOT_NOW, "1.4")
        assert ask(post.service, worker, line.id, "Why?") == Refused(Reason.NOT_NOW, "1.4")
        assert (line.withdrawn, line.danger, line.people, line.holder) == (True, "neither", 0, None)
        assert read_incoming(post.service, worker, line.id) == Incoming(line, AgencyReferral(), (), {}, is_open=False)
    assert [(one.count, one.withdrawn, one.may_be_withdrawn) for one in list_imports(post.service, lead)] == [
        (2, True, False)
    ]


def test_what_was_taken_on_meanwhile_stays_and_taking_back_looks_the_same(post: Post, lead: Actor) -> None:
    worker = post.staff("Ines")
    result = sent(post, lead, a_file(post, some(2)))
    taken = list_incoming(post.service, worker).lines[0].id
    case = take(post.service, worker, taken, Taking("A-B", "A"))
    assert isinstance(case, Recorded)
    assert isinstance(withdraw_import(post.service, lead, result.import_id), Recorded)
    states = {(one.state.state, one.state.code) for one in list_own(post.service, lead).listed}
    assert states == {(State.ANSWERED, "withdrawn")}
    seen = read_incoming(post.service, worker, taken)
    assert (seen.taken, seen.referral) == ({"A-B": case.id}, AgencyReferral())
    assert read_incoming(post.service, post.staff("Another"), taken).taken == {}
    assert len(assessments.read(post.service, worker, case.id).record.answers) == len(COMPLETE.answers)
    post.wait(days=1)
    assert {(one.state.state, one.state.code) for one in list_own(post.service, lead).listed} == states


def test_after_states_were_published_a_file_is_not_taken_back(post: Post, lead: Actor) -> None:
    result = sent(post, lead, a_file(post, some(1)))
    post.wait(days=1)
    assert withdraw_import(post.service, lead, result.import_id) == Refused(Reason.NOT_NOW, "1.4")
    assert [one.may_be_withdrawn for one in list_imports(post.service, lead)] == [False]
    other = post.outside("Olga", Role.AGENCY_LEAD, "Police South")
    assert withdraw_import(post.service, other, result.import_id) == Refused(Reason.NO_SUCH_REFERRAL, "1.4")
    assert withdraw_import(post.service, lead, "no id") == Refused(Reason.NO_SUCH_REFERRAL, "1.4")
