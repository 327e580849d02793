"""The task list: what each question holds, how far each flow has come at each place, and when it is never complete."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from random import Random

import pytest

from tests.assess.language import LATER, TODAY, Thing, rulebook, said, support, taken_back
from tests.properties.random_sheets import random_sheet
from tests.properties.test_changes_of_mind import assessed
from triage.assess.reading.answers import read_case
from triage.assess.tasks import Holding, Position, State, Step, Task
from triage.cases.record import CaseRecord
from triage.flow.model import Question


def everybody(_question: Question, _about: str) -> bool:
    return True


def nobody(_question: Question, _about: str) -> bool:
    return False


def record_of(things: Sequence[Thing]) -> CaseRecord:
    answers = [{"id": f"a{number}", **thing} for number, thing in enumerate(things)]
    file = {
        "id": "c",
        "on": TODAY.isoformat(),
        "persons": {"A": {}, "B": {}},
        "pairs": [["A", "B"]],
        "answers": answers,
    }
    record = read_case(file, rulebook(), date(2026, 12, 1))
    assert isinstance(record, CaseRecord), record
    return record


def position(record: CaseRecord) -> Position:
    found = assessed(record)
    walks = {(walk.flow, walk.about): walk for walk in found.walks}
    return Position(rulebook(), record, walks, tuple(one.findings.context for one in found.pairs), found.set_aside)


def step(question: str, about: str, *things: Thing) -> Step:
    flow = rulebook().questions[question].flow
    return next(
        one
        for one in position(record_of(things)).steps(flow, everybody)
        if (one.question, one.about) == (question, about)
    )


def task(steps: Sequence[Holding], *, mine: bool = True, held: bool = False) -> Task:
    return Task("c", "A>B", tuple(Step(str(number), "A>B", one, mine) for number, one in enumerate(steps)), held)


@pytest.mark.parametrize(
    ("things", "holding"),
    [
        ((), Holding.NOTHING),
        ((support("RI-01", "", "neither"),), Holding.KNOWN),
        ((support("RI-01", "", "neither", tainted=True),), Holding.UNSAFE),
        ((support("RI-01", "", "neither", alone=False),), Holding.UNSAFE),
        ((support("RI-01", "", "neither", tainted=True), said("RI-01", "", "neither", source="REF")), Holding.KNOWN),
        ((taken_back(support("RI-01", "", "neither")),), Holding.TAKEN_BACK),
        ((support("RI-01", "", "NK"),), Holding.NOT_KNOWN),
        ((support("RI-01", "", "DEC"),), Holding.DECLINED),
        ((support("RI-01", "", "DEC"), said("RI-01", "", "NK", source="REF")), Holding.NOT_KNOWN),
        ((support("RI-01", "", "NSA"), said("RI-01", "", "DEC", source="REF")), Holding.NOT_SAFE),
        ((support("RI-01", "", "NSA"), said("RI-01", "", "neither", source="REF")), Holding.KNOWN),
        ((support("RI-01", "", "neither"), support("RI-01", "", "NK", on=LATER)), Holding.NOT_KNOWN),
    ],
)
def test_a_question_holds_the_best_that_stands(things: tuple[Thing, ...], holding: Holding) -> None:
    assert step("RI-01", "", *things).holding is holding


def test_what_was_told_at_a_contact_that_was_not_free_is_unsafe() -> None:
    told = said("CN-10", "A", ["no"], source="SELF", by="A", contact="c1")
    unfree = said("RI-17", "A", "not_free", source="OBS", contact="c1")
    assert step("CN-10", "A", told).holding is Holding.KNOWN
    assert step("CN-10", "A", told, unfree).holding is Holding.UNSAFE


@pytest.mark.parametrize(
    ("holdings", "more", "state"),
    [
        ([Holding.NOTHING, Holding.NOTHING], {}, State.NOT_STARTED),
        ([Holding.KNOWN, Holding.NOTHING], {}, State.IN_PROGRESS),
        ([Holding.UNSAFE, Holding.NOTHING], {}, State.IN_PROGRESS),
        ([Holding.KNOWN, Holding.KNOWN], {}, State.COMPLETE),
        ([Holding.KNOWN, Holding.KNOWN], {"held": True}, State.WAITING),
        ([Holding.KNOWN, Holding.NOTHING], {"mine": False}, State.WAITING),
        ([Holding.NOTHING, Holding.NOTHING], {"mine": False}, State.WAITING),
        ([Holding.NOT_KNOWN, Holding.NOTHING], {"mine": False}, State.SECOND_LOOK),
        *(
            ([Holding.KNOWN, holding], {}, State.SECOND_LOOK)
            for holding in Holding
            if holding not in {Holding.KNOWN, Holding.NOTHING}
        ),
    ],
)
def test_the_state_of_a_task(holdings: list[Holding], more: dict[str, bool], state: State) -> None:
    assert task(holdings, **more).state is state


def test_before_an_own_view_every_question_may_be_asked_and_no_gate_is_passed() -> None:
    found = Position(rulebook(), record_of([]), None, (), {}).tasks(everybody)
    assert {one.question for task in found for one in task.steps} == set(rulebook().questions)
    assert all(one.state is not State.COMPLETE for one in found)
    assert next(one for one in found if (one.flow, one.about) == ("c", "A-B")).held


def test_a_pair_of_which_the_reader_sees_nothing_is_asked_everything() -> None:
    record = read_case(random_sheet(rulebook(), Random(1), 0.5), rulebook(), date(2026, 12, 1))
    assert isinstance(record, CaseRecord), record
    whole = position(record)
    blind = replace(whole, contexts=())
    assert asked(whole) < asked(blind)


def asked(here: Position) -> set[tuple[str, str]]:
    return {(one.question, one.about) for task in here.tasks(everybody) for one in task.steps}


def test_complete_is_never_said_while_anything_on_the_path_is_open() -> None:
    """Beside a second reading of the record, on cases by chance: whatever is complete holds safe, standing values."""
    complete = 0
    for seed in range(16):
        chance = Random(seed)
        record = read_case(random_sheet(rulebook(), chance, chance.choice((0.5, 0.98))), rulebook(), date(2026, 12, 1))
        assert isinstance(record, CaseRecord), record
        here = position(record)
        assert here.walks is not None
        for one in here.tasks(everybody):
            assert one.state is not State.WAITING or one.held
            if one.state is State.COMPLETE:
                complete += 1
                assert here.walks[one.flow, one.about].next is None
                assert all(map(partial(holds_a_safe_value, record), one.steps)), one
        assert not any(each.mine for one in here.tasks(nobody) for each in one.steps)
    assert complete > 10


def holds_a_safe_value(record: CaseRecord, one: Step) -> bool:
    return any(
        (answer.question, answer.about) == (one.question, one.about)
        and not (answer.withdrawn or answer.non_answer or answer.unsafe)
        for answer in record.answers
    )


def test_steps_go_on_after_one_and_round_to_it() -> None:
    for things in ((), (said("DR-04", "A-B", "together"),), (said("DR-04", "A-B", "left_recent"),)):
        here = position(record_of(things))
        for flow, asked in rulebook().flows.items():
            whole = tuple(here.steps(flow, everybody))
            keys = [(one.question, one.about) for one in whole]
            for number, key in enumerate(keys):
                assert tuple(here.steps(flow, everybody, key)) == whole[number + 1 :] + whole[: number + 1]
            for question in asked.questions:
                if (question, "A>B") not in keys:
                    assert tuple(here.steps(flow, everybody, (question, "A>B"))) == whole
