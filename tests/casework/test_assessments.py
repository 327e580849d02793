"""Answers and acts: recorded, corrected, taken back, in conflict, sent twice; and who may read and write which."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.casework.small_service import TODAY, House, Staffed, act, words
from triage.cases.model import CaseView, NewAnswer
from triage.cases.record import CaseRecord
from triage.cases.roles import Actor, Side
from triage.cases.wall import Reason, Refused
from triage.casework.assessments import assessed, read, record_act, record_answer, withdraw_answer
from triage.casework.decisions import record_own_view
from triage.casework.publishing.starting import instruction
from triage.casework.results import NOT_STARTING, START, Conflict, Instruction, Recorded


def seen(house: House, actor: Actor, case_id: object) -> CaseView:
    view = read(house.service, actor, case_id)
    assert isinstance(view, CaseView), view
    return view


def texts(view: CaseView) -> list[str]:
    return [answer.text for answer in view.record.answers]


def refused_for(result: object, reason: Reason) -> bool:
    return isinstance(result, Refused) and result.reason is reason


def test_a_recorded_answer_is_read_back_whole(house: House, staffed: Staffed) -> None:
    new = words("He decides who I see.", source="SELF", alone=True, contact="c1", interested=True, recording="plain")
    done = record_answer(house.service, staffed.worker, staffed.id, 0, new)
    assert isinstance(done, Recorded)
    view = seen(house, staffed.worker, staffed.id)
    (answer,) = view.record.answers
    assert (answer.text, answer.by, answer.alone, answer.contact) == ("He decides who I see.", staffed.own, True, "c1")
    assert (answer.interested, answer.hearsay, answer.recording, answer.on) == (True, False, "plain", TODAY)
    assert (view.version, done.version, str(done.id)) == (1, 1, answer.id)


def test_rows_with_columns_are_read_back_whole(house: House, staffed: Staffed) -> None:
    table = [{"code": "relative", "pseudonym": "R1", "iss_offer_status": "active"}]
    new = NewAnswer("RI-16", "ISS", table, TODAY, about=staffed.own)
    assert isinstance(record_answer(house.service, staffed.advocate, staffed.id, 0, new), Recorded)
    (answer,) = seen(house, staffed.advocate, staffed.id).record.answers
    assert (answer.codes, answer.rows[0].cells["pseudonym"]) == (("relative",), "R1")


def test_a_second_tab_on_an_old_version_is_told_what_changed(house: House, staffed: Staffed) -> None:
    record_answer(house.service, staffed.worker, staffed.id, 0, words("first"))
    late = record_answer(house.service, staffed.worker, staffed.id, 0, words("second"))
    assert isinstance(late, Conflict)
    assert (late.version, [answer.text for answer in late.changed]) == (1, ["first"])
    assert texts(seen(house, staffed.worker, staffed.id)) == ["first"]


def test_two_desks_do_not_stand_in_each_others_way(house: House, staffed: Staffed) -> None:
    for actor in (staffed.worker, staffed.other_worker, staffed.advocate, staffed.other_advocate):
        assert isinstance(record_answer(house.service, actor, staffed.id, 0, words(actor.name)), Recorded)
        assert texts(seen(house, actor, staffed.id)) == [actor.name]


def test_nothing_the_programme_side_reads_moves_when_the_support_side_writes(house: House, staffed: Staffed) -> None:
    before = [seen(house, actor, staffed.id) for actor in (staffed.worker, staffed.other_worker)]
    record_answer(house.service, staffed.advocate, staffed.id, 0, words("secret", source="ISS"))
    record_answer(house.service, staffed.other_advocate, staffed.id, 0, words("secret too", source="SELF"))
    record_act(house.service, staffed.advocate, staffed.id, 1, act("ISS-STATUS", "active", staffed.own))
    assert [seen(house, actor, staffed.id) for actor in (staffed.worker, staffed.other_worker)] == before


def test_the_same_key_gives_the_first_result_and_writes_once(house: House, staffed: Staffed) -> None:
    first = record_answer(house.service, staffed.worker, staffed.id, 0, words("once"), "key-1")
    again = record_answer(house.service, staffed.worker, staffed.id, 0, words("once"), "key-1")
    assert first == again
    assert texts(seen(house, staffed.worker, staffed.id)) == ["once"]


def test_the_same_key_with_other_content_is_refused(house: House, staffed: Staffed) -> None:
    record_answer(house.service, staffed.worker, staffed.id, 0, words("once"), "key-1")
    other = record_answer(house.service, staffed.worker, staffed.id, 1, words("twice"), "key-1")
    assert refused_for(other, Reason.KEY_USED)


def test_a_correction_keeps_the_earlier_answer_on_file_with_the_reason(house: House, staffed: Staffed) -> None:
    first = record_answer(house.service, staffed.worker, staffed.id, 0, words("wrong"))
    assert isinstance(first, Recorded)
    new = words("right", corrects=first.id, reason="I had mixed up two dates.")
    second = record_answer(house.service, staffed.worker, staffed.id, 1, new)
    assert isinstance(second, Recorded)
    view = seen(house, staffed.worker, staffed.id)
    old, corrected = view.record.answers
    assert old.withdrawn is not None
    assert (old.text, old.withdrawn.reason, corrected.text) == ("wrong", "I had mixed up two dates.", "right")
    assert view.corrected == {str(first.id): str(second.id)}


def test_an_answer_taken_back_stays_on_file_and_is_taken_back_once(house: House, staffed: Staffed) -> None:
    first = record_answer(house.service, staffed.worker, staffed.id, 0, words("rumour"))
    assert isinstance(first, Recorded)
    assert isinstance(withdraw_answer(house.service, staffed.worker, staffed.id, 1, first.id, "Not so."), Recorded)
    (answer,) = seen(house, staffed.worker, staffed.id).record.answers
    assert answer.withdrawn is not None
    again = withdraw_answer(house.service, staffed.worker, staffed.id, 2, first.id, "Not so.")
    assert refused_for(again, Reason.ALREADY_WITHDRAWN)


def test_nobody_takes_back_or_corrects_what_another_desk_wrote(house: House, staffed: Staffed) -> None:
    first = record_answer(house.service, staffed.worker, staffed.id, 0, words("mine"))
    assert isinstance(first, Recorded)
    for actor in (staffed.other_worker, staffed.advocate):
        taken = withdraw_answer(house.service, actor, staffed.id, 0, first.id, "No.")
        assert refused_for(taken, Reason.NOT_YOUR_ANSWER)
        new = words("mine now", corrects=first.id, reason="No.")
        assert refused_for(record_answer(house.service, actor, staffed.id, 0, new), Reason.NOT_YOUR_ANSWER)


def test_each_persons_words_are_recorded_by_their_own_worker(house: House, staffed: Staffed) -> None:
    wrong = words("overheard", source="SELF", by=staffed.other)
    assert refused_for(record_answer(house.service, staffed.worker, staffed.id, 0, wrong), Reason.NOT_YOUR_PERSON)
    right = replace(wrong, by=staffed.own)
    assert isinstance(record_answer(house.service, staffed.worker, staffed.id, 0, right), Recorded)


def test_what_states_support_comes_from_the_support_side_alone(house: House, staffed: Staffed) -> None:
    table = [{"code": "relative", "iss_offer_status": "active"}]
    status = NewAnswer("RI-16", "OBS", table, TODAY, about=staffed.own)
    start = NewAnswer("RD-11", "ISS", "safe_to_start", TODAY, about="A-B")
    for new in (status, start):
        wrong = record_answer(house.service, staffed.worker, staffed.id, 0, new)
        assert refused_for(wrong, Reason.NOT_YOUR_SOURCE)
    assert isinstance(record_answer(house.service, staffed.advocate, staffed.id, 0, start), Recorded)


def test_the_advocate_reads_the_safe_contact_of_her_own_person_only(house: House, staffed: Staffed) -> None:
    mine = NewAnswer("RI-06", "SELF", "Tuesday mornings", TODAY, about=staffed.own)
    record_answer(house.service, staffed.worker, staffed.id, 0, mine)
    record_answer(house.service, staffed.worker, staffed.id, 1, words("what he says"))
    assert texts(seen(house, staffed.advocate, staffed.id)) == ["Tuesday mornings"]
    assert texts(seen(house, staffed.other_advocate, staffed.id)) == []
    assert texts(seen(house, staffed.other_worker, staffed.id)) == []


def test_the_panel_and_the_safety_lead_read_everything(house: House, staffed: Staffed) -> None:
    for actor in (staffed.worker, staffed.other_worker, staffed.advocate, staffed.other_advocate):
        record_answer(house.service, actor, staffed.id, 0, words(actor.name))
    for reader in (house.panel("Pia", Side.INDEPENDENT), house.lead()):
        view = seen(house, reader, staffed.id)
        assert (texts(view), view.version) == (["Ines", "Ivo", "Ada", "Abe"], 4)
        record_own_view(house.service, reader, staffed.id, "A-B", "W_A", "Grounds.")
        assert assessed(house.service, reader, staffed.id).record == view.record


def test_the_assessment_is_shown_to_a_panel_member_after_their_own_view_only(house: House, staffed: Staffed) -> None:
    pia = house.panel("Pia", Side.SUPPORT)
    assert assessed(house.service, pia, staffed.id) == Refused(Reason.OWN_VIEW_FIRST, "4.4")
    assert assessed(house.service, staffed.worker, staffed.id).record.answers == ()


def test_a_case_one_may_not_see_looks_like_one_that_does_not_exist(house: House, staffed: Staffed) -> None:
    stranger = house.intake("Stan")
    unknown = [
        read(house.service, stranger, case_id) for case_id in (staffed.id, uuid4(), "not-an-id", "\x00", "\ud800")
    ]
    assert unknown == [Refused(Reason.NO_SUCH_CASE, "1.2")] * 5


def test_the_referral_is_read_at_the_desk_that_wrote_it_and_by_the_panel(house: House) -> None:
    ines, ivo = house.intake(), house.intake("Ivo")
    case_id = house.open_case(ines, facts="Two arrests.")
    assert seen(house, ines, case_id).facts == "Two arrests."
    from triage.casework.referrals import take_on

    take_on(house.service, ivo, case_id, "A")
    take_on(house.service, ivo, case_id, "B")
    assert seen(house, ivo, case_id).facts == ""
    assert seen(house, house.panel("Pia", Side.SUPPORT), case_id).facts == "Two arrests."


@pytest.mark.parametrize(
    ("name", "value", "about", "who"),
    [
        ("ISS-STATUS", "active", "own", "advocate"),
        ("RESX-SIGN", "signed", "own", "advocate"),
        ("LITINDEP-SIGN", "signed", "own", "worker"),
        ("RISKPLAN-ADOPT", "adopted", "", "lead"),
        ("CROSS-SEARCH", "none", "A-B", "panel"),
    ],
)
def test_an_act_is_recorded_by_those_who_sign_it_and_by_nobody_else(
    house: House, staffed: Staffed, name: str, value: str, about: str, who: str
) -> None:
    people = {
        "advocate": staffed.advocate,
        "worker": staffed.worker,
        "lead": house.lead(),
        "panel": house.panel("Pia", Side.INDEPENDENT),
    }
    new = act(name, value, staffed.own if about == "own" else about)
    for other, actor in people.items():
        done = record_act(house.service, actor, staffed.id, 0, new)
        assert isinstance(done, Recorded) if other == who else refused_for(done, Reason.NOT_YOUR_ACT), other
    (recorded,) = seen(house, people["panel"], staffed.id).record.acts
    assert (recorded.act, recorded.value, recorded.by[0].name) == (name, value, people[who].name)


def test_the_result_is_never_recorded_as_a_plain_act(house: House, staffed: Staffed) -> None:
    done = record_act(house.service, house.panel("Pia", Side.SUPPORT), staffed.id, 0, act("W-SIGN", "W_A", "A-B"))
    assert refused_for(done, Reason.NOT_YOUR_ACT)


def test_the_status_of_one_person_is_not_signed_by_the_advocate_of_the_other(house: House, staffed: Staffed) -> None:
    done = record_act(house.service, staffed.advocate, staffed.id, 0, act("ISS-STATUS", "active", staffed.other))
    assert refused_for(done, Reason.NOT_YOUR_PERSON)


@pytest.mark.parametrize("result", ["own", "other", "W_INSUFF", "W_REVIEW", "W_CHILD", "W_CARE"])
@pytest.mark.parametrize("effective", [True, False])
def test_a_worker_is_told_to_start_or_one_code_without_a_reason(
    house: House, staffed: Staffed, result: str, effective: bool
) -> None:
    house.proposed = {"own": f"W_{staffed.own}", "other": f"W_{staffed.other}"}.get(result, result)
    house.effective = effective
    told = instruction(house.service, staffed.worker, staffed.id)
    if result == "own" and effective:
        assert told == Instruction(START, ("O-BC-GRP",), ("interpreter",))
    else:
        assert told == Instruction(NOT_STARTING)


def test_the_instruction_rests_on_the_whole_record(house: House, staffed: Staffed) -> None:
    for actor in (staffed.worker, staffed.other_worker, staffed.advocate):
        record_answer(house.service, actor, staffed.id, 0, words(actor.name))
    read_by_rules: list[str] = []

    def assess(record: CaseRecord) -> object:
        read_by_rules.extend(answer.text for answer in record.answers)
        return house.service.rules.assessment(record)

    watched = replace(house.service, load=lambda: replace(house.service.rules, assessment=assess))
    instruction(watched, staffed.worker, staffed.id)
    assert read_by_rules == ["Ines", "Ivo", "Ada"]


def test_those_who_work_with_nobody_are_given_no_instruction(house: House, staffed: Staffed) -> None:
    assert refused_for(instruction(house.service, house.lead(), staffed.id), Reason.NOT_YOUR_PERSON)
    assert refused_for(instruction(house.service, house.intake("Stan"), staffed.id), Reason.NO_SUCH_CASE)
