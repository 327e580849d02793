"""What the programme side is told of the start of work changes once a day; what protects refuses at once (ADR 0065)."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.casework.small_service import House, Staffed, words
from tests.casework.test_handing import handing, signed
from tests.databases.engines import at_the_database
from triage.cases.roles import Actor, Side
from triage.casework.assessments import assessed, read, record_answer
from triage.casework.decisions import record_own_view
from triage.casework.publishing.batches import batch_day, publish_batch
from triage.casework.publishing.starting import ON_HOLD, ask_to_start, instruction
from triage.casework.results import NOT_STARTING, START, Recorded
from triage.casework.service import RULES
from triage.casework.sheets.handing import hand_out
from triage.casework.sheets.offering import offer
from triage.cli import main
from triage.store.data_keys import PROGRAMME, SUPPORT
from triage.store.publishing.positions import published_cases
from triage.store.publishing.tables import positions
from triage.store.tables import audit, data_keys

OF_A_START = handing(sheet="behaviour-change")


def may_start(house: House, staffed: Staffed, effective: bool = True) -> None:
    house.proposed, house.effective = f"W_{staffed.own}", effective


def seen(house: House, staffed: Staffed, worker: Actor) -> list[object]:
    """Everything of a case that tells a worker anything of the start of work."""
    return [
        instruction(house.service, worker, staffed.id), offer(house.service, worker, staffed.id),
        read(house.service, worker, staffed.id), assessed(house.service, worker, staffed.id).record,
        hand_out(house.service, worker, staffed.id, 999, OF_A_START),
    ]  # fmt: skip


def code(house: House, staffed: Staffed) -> str:
    return instruction(house.service, staffed.worker, staffed.id).code


def lines(house: House, act: str) -> list[str]:
    with house.service.reading(RULES) as work:
        return list(work.connection.execute(select(audit.c.result).where(audit.c.act == act)).scalars())


@pytest.mark.parametrize("at", ["batch", "first look"])
@pytest.mark.parametrize("before", [True, False])
def test_what_is_done_elsewhere_between_two_batches_is_seen_with_the_second(
    house: House, staffed: Staffed, before: bool, at: str
) -> None:
    may_start(house, staffed, effective=before)
    if at == "batch":
        publish_batch(house.service)
    workers = (staffed.worker, staffed.other_worker)
    first = [seen(house, staffed, worker) for worker in workers]
    assert first[0][0].code == (START if before else NOT_STARTING)
    for hours in (1, 6, 7):
        record_answer(house.service, staffed.other_advocate, staffed.id, hours, words("He took it.", source="ISS"))
        house.effective = not before
        house.clock.wait(hours=hours)
        assert [seen(house, staffed, worker) for worker in workers] == first
        assert publish_batch(house.service) == 0
    house.clock.wait(hours=4)
    assert code(house, staffed) == first[0][0].code, "03:00"
    house.clock.wait(hours=1)
    then = [seen(house, staffed, worker) for worker in workers]
    assert then[0][0].code == (NOT_STARTING if before else START)
    assert then[1][:2] == first[1][:2], "of the other person nothing was ever to be seen"


def test_a_hold_refuses_at_once_in_the_words_of_one_that_always_stood(house: House, staffed: Staffed) -> None:
    worker = staffed.worker
    may_start(house, staffed, effective=False)
    publish_batch(house.service)
    always = [
        ask_to_start(house.service, worker, staffed.id), hand_out(house.service, worker, staffed.id, 0, OF_A_START),
    ]  # fmt: skip
    may_start(house, staffed)
    house.next_batch()
    assert code(house, staffed) == START
    assert isinstance(ask_to_start(house.service, worker, staffed.id), Recorded)
    may_start(house, staffed, effective=False)
    assert [
        ask_to_start(house.service, worker, staffed.id), hand_out(house.service, worker, staffed.id, 0, OF_A_START),
    ] == always == [ON_HOLD, ON_HOLD]  # fmt: skip
    assert code(house, staffed) == START, "what is shown waits"
    assert lines(house, "ask-to-start") == ["refused on_hold", "recorded", "refused on_hold"]


def test_what_starts_is_the_whole_of_what_was_published_or_nothing(house: House, staffed: Staffed) -> None:
    may_start(house, staffed)
    house.outcomes = ("O-IND",)
    publish_batch(house.service)
    whole = house.outcomes, house.adaptations
    for outcomes, adaptations in (((), whole[1]), (whole[0], ("interpreter", "alone")), ((*whole[0], "O-X"), whole[1])):
        house.outcomes, house.adaptations = outcomes, adaptations
        assert ask_to_start(house.service, staffed.worker, staffed.id) == ON_HOLD
        assert hand_out(house.service, staffed.worker, staffed.id, 0, OF_A_START) == ON_HOLD
        house.outcomes, house.adaptations = whole
        house.next_batch()
        publish_batch(house.service)
    assert isinstance(ask_to_start(house.service, staffed.worker, staffed.id), Recorded)


@pytest.mark.parametrize("side", [SUPPORT, PROGRAMME])
def test_a_case_of_which_something_does_not_open_stops_no_other(house: House, staffed: Staffed, side: str) -> None:
    other_case = house.open_case(house.intake("Ida"), ("Tom", "Ann"))
    may_start(house, staffed)
    publish_batch(house.service)
    with at_the_database(house.folder) as connection:
        of_side = (data_keys.c.scope == staffed.id, data_keys.c.side == side)
        connection.execute(data_keys.update().where(*of_side).values(wrapped=b"altered"))
    if side == SUPPORT:
        assert ask_to_start(house.service, staffed.worker, staffed.id) == ON_HOLD, "at once"
    house.next_batch()
    publish_batch(house.service)
    assert lines(house, "publish") == ["batch", "unreadable", "batch"]
    with house.service.reading(RULES) as work:
        published = published_cases(work, batch_day(work.now))
    assert published == ({other_case, staffed.id} if side == SUPPORT else {other_case})
    if side == SUPPORT:
        assert code(house, staffed) == NOT_STARTING


def test_what_was_published_and_is_true_starts(house: House, staffed: Staffed) -> None:
    may_start(house, staffed)
    publish_batch(house.service)
    assert isinstance(hand_out(house.service, staffed.worker, staffed.id, 0, OF_A_START), Recorded)
    refused = hand_out(house.service, staffed.other_worker, staffed.id, 0, OF_A_START)
    assert refused == ON_HOLD, "that work with one person starts opens nothing for the other"


def test_what_was_not_published_does_not_start(house: House, staffed: Staffed) -> None:
    may_start(house, staffed)
    assert ask_to_start(house.service, staffed.worker, staffed.id) == ON_HOLD
    publish_batch(house.service)
    house.next_batch()
    assert ask_to_start(house.service, staffed.worker, staffed.id) == ON_HOLD, "the batch of yesterday says nothing"


def test_a_case_of_today_is_published_at_its_first_look_and_no_more_that_day(house: House, staffed: Staffed) -> None:
    publish_batch(house.service)
    another = house.intake("Ida")
    case_id = house.open_case(another, ("Tom", "Ann"))
    assert instruction(house.service, another, case_id).code == NOT_STARTING
    house.effective, house.proposed = True, "W_A"
    house.proposed = f"W_{read(house.service, another, case_id).own_person}"
    assert instruction(house.service, another, case_id).code == NOT_STARTING
    house.next_batch()
    assert instruction(house.service, another, case_id).code == START


def test_only_a_worker_of_the_programme_side_makes_a_first_look(house: House, staffed: Staffed) -> None:
    for actor in (staffed.advocate, house.lead(), house.intake("Stan")):
        offer(house.service, actor, staffed.id)
    assert lines(house, "publish") == []
    code(house, staffed)
    code(house, staffed)
    assert lines(house, "publish") == ["at a first look"]


def test_a_result_is_read_by_the_worker_from_the_next_batch_on(house: House, staffed: Staffed) -> None:
    signed(house, staffed, f"W_{staffed.own}")
    assert read(house.service, staffed.worker, staffed.id).record.acts == ()
    assert len(read(house.service, staffed.advocate, staffed.id).record.acts) == 1
    house.clock.wait(hours=18)
    assert read(house.service, staffed.worker, staffed.id).record.acts == (), "03:00"
    house.clock.wait(hours=1)
    (act,) = read(house.service, staffed.worker, staffed.id).record.acts
    assert act.value == f"W_{staffed.own}"


def test_the_command_publishes_what_is_left_and_says_how_much(house: House, staffed: Staffed) -> None:
    settings = house.service.settings
    environment = {"TRIAGE_DATABASE_URL": settings.database_url, "TRIAGE_KEYS": str(settings.keys)}
    said = [CliRunner().invoke(main, ["publish"], env=environment).output for _twice in range(2)]
    assert said == ["Cases published: 1.\n", "Cases published: 0.\n"]
    assert lines(house, "publish") == ["batch"]


def test_a_row_that_was_copied_to_another_person_does_not_open(house: House, staffed: Staffed) -> None:
    may_start(house, staffed)
    publish_batch(house.service)
    with house.service.writing(RULES) as work:
        work.is_no_act()
        of = positions.c.letter
        start = work.connection.execute(select(positions.c.content).where(of == staffed.own)).scalar_one()
        work.connection.execute(positions.delete().where(of == staffed.other))
        row = {"case_id": staffed.id, "letter": staffed.other, "published_on": batch_day(work.now), "content": start}
        work.connection.execute(positions.insert().values(row))
    with pytest.raises(ValueError, match="altered or moved"):
        instruction(house.service, staffed.other_worker, staffed.id)


def test_a_member_of_the_panel_reads_a_result_at_once(house: House, staffed: Staffed) -> None:
    """Also one who is of the programme side: the panel decides, and is told nothing late."""
    signed(house, staffed, f"W_{staffed.own}")
    member = house.panel("Per", Side.PROGRAMME)
    record_own_view(house.service, member, staffed.id, "A-B", "W_A", "Much.")
    assert len(read(house.service, member, staffed.id).record.acts) == 1


def test_without_rules_that_know_the_pair_nothing_starts(house: House, staffed: Staffed) -> None:
    """The sheets of a start are those of what starts, and none is given where nothing is known to start."""
    may_start(house, staffed)
    house.proposed_of = {"A-B": "W_INSUFF"}
    publish_batch(house.service)
    assert code(house, staffed) == NOT_STARTING
    made = offer(house.service, staffed.worker, staffed.id)
    assert not any(one.fits for one in made.sheets)
