"""Input that cannot be right is refused with a sentence; nothing of it is kept, and nothing crashes."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.casework.small_service import TODAY, House, Staffed, act, words
from triage.cases.model import NewAnswer
from triage.cases.wall import Reason, Refused
from triage.casework import assessments
from triage.casework.assessments import read, record_act, record_answer, withdraw_answer
from triage.casework.limits import raw_problem, text_problem
from triage.casework.results import Conflict, Recorded
from triage.casework.service import RULES
from triage.store.tables import metadata

DEEP: list[object] = []
for _level in range(50_000):
    DEEP = [DEEP]

BAD_ANSWERS = [
    words("\x00"),
    words("\ud800"),
    words("x" * 20_001),
    words("words", about="A>C"),
    words("words", about="\x00"),
    words("words", source="NOBODY"),
    words("words", by="\ud800"),
    words("words", contact="x" * 201),
    words("words", recording="film"),
    replace(words("words"), question="XX-99"),
    replace(words("words"), question="\ud800"),
    replace(words("words"), value=DEEP),
    replace(words("words"), value=[1] * 5000),
    replace(words("words"), value=2**70),
    replace(words("words"), value=float("nan")),
    replace(words("words"), value={"code": {"deep": "\ud800"}}),
    replace(words("words"), value=None),
    replace(words("words"), on=date(1, 1, 1)),
    replace(words("words"), on=date(9999, 1, 1)),
    replace(words("words"), on=datetime(2026, 11, 1, 9, 0)),  # noqa: DTZ001 — a moment where a day belongs
    replace(words("words"), on="2026-11-01"),
    NewAnswer("WD-05", "OBS", ["hit", "\x00"], TODAY, about="A>B"),
    NewAnswer("WD-05", "OBS", "unheard of", TODAY, about="A>B"),
    NewAnswer("RI-01", "OBS", {"code": "neither"}, TODAY, about="A>B"),
]


@pytest.mark.parametrize("new", BAD_ANSWERS, ids=range(len(BAD_ANSWERS)))
def test_a_bad_answer_is_refused_with_a_sentence(house: House, staffed: Staffed, new: NewAnswer) -> None:
    refused = record_answer(house.service, staffed.worker, staffed.id, 0, new)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_ACCEPTED
    assert refused.details


@pytest.mark.parametrize("key", ["\x00", "\ud800", "x" * 201])
def test_a_bad_key_is_refused(house: House, staffed: Staffed, key: str) -> None:
    assert isinstance(record_answer(house.service, staffed.worker, staffed.id, 0, words("words"), key), Refused)


@pytest.mark.parametrize("version", [-1, 1, 2**31, 2**63, 2**70])
def test_a_version_that_is_not_the_current_one_is_a_conflict(house: House, staffed: Staffed, version: int) -> None:
    assert record_answer(house.service, staffed.worker, staffed.id, version, words("words")) == Conflict(0, ())


@pytest.mark.parametrize("answer_id", ["", "x", "\x00", "\ud800", "0" * 5000, "٠" * 36])
def test_an_id_that_is_none_names_no_answer(house: House, staffed: Staffed, answer_id: str) -> None:
    refused = withdraw_answer(house.service, staffed.worker, staffed.id, 0, answer_id, "Reason.")
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_YOUR_ANSWER


@pytest.mark.parametrize(
    "change",
    [
        {"act": "NO-SUCH"},
        {"act": "\ud800"},
        {"values": ()},
        {"values": ("\x00",)},
        {"values": ("unheard of",)},
        {"values": ("active",) * 3000},
        {"about": "CC"},
        {"about": "A-B"},
        {"reason": " "},
        {"reason": "x" * 4001},
        {"with_names": ("",)},
        {"with_names": ("\u202e",)},
        {"on": date(2027, 1, 1)},
    ],
)
def test_a_bad_act_is_refused_with_a_sentence(house: House, staffed: Staffed, change: dict[str, object]) -> None:
    new = replace(act("ISS-STATUS", "active", staffed.own), **change)
    refused = record_act(house.service, staffed.advocate, staffed.id, 0, new)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_ACCEPTED
    assert refused.details


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_a_text_that_is_let_in_can_be_stored(text: str) -> None:
    if not text_problem("text", text, 60):
        assert text.encode().decode() == text
        assert "\x00" not in text


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


PLACES = {"RI-01": "", "RI-06": "A", "RI-16": "A", "WD-01": "A>B", "WD-05": "A>B"}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=values, question=st.sampled_from(sorted(PLACES)))
def test_whatever_value_comes_is_recorded_or_refused(
    house: House, staffed: Staffed, value: object, question: str
) -> None:
    view = read(house.service, staffed.worker, staffed.id)
    assert not isinstance(view, Refused)
    new = NewAnswer(question, "OBS", value, TODAY, about=PLACES[question])
    result = record_answer(house.service, staffed.worker, staffed.id, view.version, new)
    assert isinstance(result, Recorded | Refused)
    assert raw_problem(value) == () or isinstance(result, Refused)


def test_a_fault_in_the_middle_leaves_nothing(house: House, staffed: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    first = record_answer(house.service, staffed.worker, staffed.id, 0, words("wrong"))
    assert isinstance(first, Recorded)
    before = [*_rows(house)]

    def broken(*_arguments: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(assessments, "insert_withdrawal", broken)
    new = words("right", corrects=first.id, reason="A slip.")
    with pytest.raises(OSError, match="disk"):
        record_answer(house.service, staffed.worker, staffed.id, 1, new, "key")
    assert [*_rows(house)] == before
    monkeypatch.undo()
    assert isinstance(record_answer(house.service, staffed.worker, staffed.id, 1, new, "key"), Recorded)
    view = read(house.service, staffed.worker, staffed.id)
    assert not isinstance(view, Refused)
    assert len(view.record.answers) == 2


def _rows(house: House) -> list[tuple[object, ...]]:
    """Every row of every table that a duty writes."""
    with house.service.reading(RULES) as work:
        tables = ("answers", "withdrawals", "posts", "desks", "cases", "audit", "audit_head")
        return [tuple(row) for name in tables for row in work.connection.execute(select(metadata.tables[name]))]
