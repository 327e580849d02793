"""Reading a case file: every fault is told at once, with its answer and the nearest known name; nothing ever breaks."""

from datetime import date
from typing import Any

import pytest

from tests.assess.language import (
    ON,
    TODAY,
    alone,
    codes_of,
    given,
    problems,
    rulebook,
    said,
    signed,
    support,
    taken_back,
)
from triage.assess.reading.answers import read_case

GOOD = {"id": "1", "question": "DR-02", "about": "A>B", "value": "year", "source": "ISS", "on": "2026-11-01"}


def answer(**changed: Any) -> list[str]:
    """The codes of the problems of one answer that is good but for this."""
    return codes_of(problems(answers=[GOOD | changed]))


def told(**changed: Any) -> str:
    return " ".join(str(problem) for problem in problems(answers=[GOOD | changed]))


def test_a_good_case_has_no_problem() -> None:
    assert problems(answers=[GOOD], acts=[signed()]) == []


def test_only_question_value_source_and_day_are_required() -> None:
    assert problems(answers=[{"question": "RI-01", "value": "neither", "source": "REF", "on": "2026-11-01"}]) == []


# --- questions, values, sources ---------------------------------------------------------------------------------------


def test_an_unknown_question_is_told_with_the_nearest() -> None:
    assert answer(question="DR-2") == ["C003"]
    assert "DR-02" in told(question="DR-002")


@pytest.mark.parametrize("question", [None, 7, ["DR-02"], {"a": 1}, ""])
def test_what_is_no_question_is_told(question: object) -> None:
    assert answer(question=question) == ["C003"]


def test_a_computed_gate_is_no_question() -> None:
    assert answer(question="WD-20") == ["C003"]


def test_a_value_outside_the_options_is_told_with_the_nearest() -> None:
    assert answer(value="yeer") == ["C008"]
    assert "year" in told(value="yeer")


@pytest.mark.parametrize(
    "value", [None, 1, 2.5, [], {}, {"code": None}, [["year"]], {"code": ["year", "month"]}, "", [None]]
)
def test_a_value_of_the_wrong_shape_is_told(value: object) -> None:
    assert answer(value=value) == ["C008"]


def test_a_missing_value_is_told() -> None:
    assert codes_of(problems(answers=[{key: one for key, one in GOOD.items() if key != "value"}])) == ["C008"]


SHAPES = [
    ("WD-02", "A>B", "ISS", ["no_change", "avoids"]), ("WD-02", "A>B", "ISS", "avoidz"), ("WD-02", "A>B", "ISS", []),
    ("WD-01", "A>B", "ISS", [{"code": "money", "scale": "patern"}]), ("WD-01", "A>B", "ISS", [{"scale": "pattern"}]),
    ("WD-01", "A>B", "ISS", [{"code": "money", "porpose": "safety"}]), ("WD-01", "A>B", "ISS", 4),
    ("WD-01", "A>B", "ISS", [{"code": "money", "purpose": "saftey"}]), ("LT-08", "A", "OBS", "12"),
    *(("LT-08", "A", "OBS", number) for number in (1.5, True, 10**400, float("nan"))),
    ("RI-04", "", "REF", 5), ("RI-04", "", "REF", ""), ("RI-04", "", "REF", "  "), ("RI-04", "", "REF", "x" * 2001),
    ("RI-04", "", "REF", "a\0b"), ("RI-04", "", "REF", "\ud800"), ("RI-09", "", "REF", {"code": "stays_opn"}),
    ("RI-09", "", "REF", {"agency": "CSC"}), ("RI-09", "", "REF", {"code": "closing", "agency": "\0"}),
    ("RI-09", "", "REF", {"code": "closing", "agency": {"deep": [1]}}),
    ("RI-09", "", "REF", {"code": "closing", "agency": [["deep"]]}),
    ("RI-09", "", "REF", {"code": "closing", 3: "x"}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "about", "source", "value"), SHAPES)
def test_each_type_of_value_is_checked(question: str, about: str, source: str, value: object) -> None:
    assert answer(question=question, about=about, source=source, value=value) == ["C008"]


def test_an_exclusive_code_stands_alone() -> None:
    assert "no_change" in told(question="WD-02", value=["no_change", "avoids"])


def test_a_whole_number_beyond_any_sense_is_told_everywhere() -> None:
    row = {"code": "closing", "agency": 10**5000}
    assert answer(question="RI-09", about="", source="REF", value=row) == ["C008"]


@pytest.mark.parametrize("source", ["POL", "XXX", "iss", "", None, 3, ["ISS"]])
def test_a_source_that_may_not_answer_is_told(source: object) -> None:
    assert answer(question="WD-21", value="sulks", source=source) == ["C004"]


def test_every_fault_is_told_at_once() -> None:
    bad = [GOOD | {"id": "1", "question": "XX"}, GOOD | {"id": "2", "value": "x"}, GOOD | {"id": "3", "source": "X"}]
    bad += [GOOD | {"id": "4", "about": "A>C"}, GOOD | {"id": "5", "on": "2027-01-01"}]
    assert codes_of(problems(answers=bad)) == ["C003", "C008", "C004", "C006", "C005"]


def test_a_problem_says_of_which_answer_it_is() -> None:
    assert "answer second" in told(id="second", value="x")


# --- about, persons, pairs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("about", ["A>C", "A", "A-B", "", None, "B>B", "A > B", 4, ["A>B"], "A>B>A", "Ą>B"])
def test_an_unknown_person_or_pair_is_told(about: object) -> None:
    assert answer(about=about) == ["C006"]


@pytest.mark.parametrize(
    ("question", "about"),
    [("RI-06", "C"), ("RI-06", ""), ("RI-06", "A-B"), ("RI-01", "A"), ("DR-24", "A-B"), ("RI-05", "A-C")],
)
def test_what_is_asked_about_a_person_the_case_or_a_pair(question: str, about: str) -> None:
    asked = rulebook().questions[question]
    found = problems(
        answers=[{"question": question, "about": about, "value": "NK", "source": asked.sources[0], "on": ON}]
    )
    assert codes_of(found) == ["C006"]


def test_a_pair_may_be_named_either_way_and_left_out_when_there_is_one() -> None:
    for about in ("A-B", "B-A", None):
        assert given(said("DR-04", about or "", "together")).strength("SEP") == 0


@pytest.mark.parametrize(
    "persons", [None, [], {}, "A", 5, {"": {}}, {"A;": {}}, {"A" * 41: {}}, {3: {}}, {"A": {}, "\0": {}}]
)
def test_persons_are_named(persons: object) -> None:
    assert problems(persons=persons)


@pytest.mark.parametrize("birth", ["2027-01-01", "1990-13-01", "90", 1990, ["1990-01-01"], "1990-01-01T00:00"])
def test_a_birth_is_a_day_that_has_been(birth: object) -> None:
    assert codes_of(problems(persons={"A": {"birth": birth}, "B": {}})) == ["C005"]


@pytest.mark.parametrize(
    "pairs",
    [None, [], "A-B", [["A"]], [["A", "A"]], [["A", "C"]], [["A", "B", "C"]], [5], [["A", "B"], ["B", "A"]], [[1, 2]]],
)
def test_pairs_are_of_two_known_persons_once(pairs: object) -> None:
    assert problems(pairs=pairs)


def test_there_is_a_most_to_pairs() -> None:
    persons = [f"P{number}" for number in range(60)]
    assert problems(persons=persons, pairs=[["P0", one] for one in persons[1:]])


# --- days, ids, flags -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "on", ["2026-11-23", "2030-01-01", "9999-12-31", "2026-02-30", "yesterday", None, 20261101, [], True]
)
def test_a_day_is_a_day_that_has_been(on: object) -> None:
    assert answer(on=on) == ["C005"]


def test_a_missing_day_is_told() -> None:
    assert codes_of(problems(answers=[{key: one for key, one in GOOD.items() if key != "on"}])) == ["C005"]


def test_the_day_of_the_case_is_not_in_the_future_either() -> None:
    assert "C005" in codes_of(problems(on="2026-11-26"))
    assert "C005" in codes_of(problems(on="soon"))


def test_an_id_stands_once() -> None:
    assert codes_of(problems(answers=[GOOD, GOOD])) == ["C007"]


@pytest.mark.parametrize("key", ["alone", "tainted", "interested", "hearsay"])
@pytest.mark.parametrize("value", ["perhaps", 1, 0, 2, ["yes"], {}])
def test_a_flag_is_true_or_false(key: str, value: object) -> None:
    assert answer(**{key: value}) == ["C008"]


def test_a_recording_is_one_of_three_words() -> None:
    assert [answer(recording=word) for word in ("authenticated", "plain", "absent", None)] == [[], [], [], []]
    assert answer(recording="autenticated") == ["C008"]
    assert "authenticated" in told(recording="autenticated")


@pytest.mark.parametrize("key", ["by", "contact", "copy_of"])
@pytest.mark.parametrize("value", ["a\0b", "\ud83d", 7, {"a": 1}, "x" * 201, ["B"]])
def test_names_and_contacts_are_short_texts(key: str, value: object) -> None:
    assert answer(**{key: value}) == ["C008"]


def test_a_contact_may_be_a_day() -> None:
    assert answer(contact=date(2026, 11, 1)) == []


@pytest.mark.parametrize("identity", ["a\0b", "\ud83d", {"a": 1}, ["1"], True])
def test_an_id_is_a_short_text(identity: object) -> None:
    assert answer(id=identity) == ["C008"]


def test_an_answer_that_is_nothing_known_by_key_is_told_with_the_nearest() -> None:
    assert answer(sorce="ISS") == ["C002"]
    assert "source" in told(sorce="ISS")


def test_the_follow_up_is_one_of_its_codes() -> None:
    assert answer(question="DR-01", value="year", follow_up="symptom") == ["C008"]
    assert answer(question="DR-01", value="year", follow_up="NK") == []
    assert answer(question="DR-01", value="year", follow_up="symptoms") == []
    assert answer(question="DR-01", value="DEC") == []
    assert answer(follow_up="symptoms") == ["C008"]
    assert answer(question="DR-01", value="year", follow_up=["symptoms"]) == ["C008"]


# --- withdrawal -------------------------------------------------------------------------------------------------------


WITHDRAWALS: list[object] = [
    *(True, "yes", {}, []),
    {"on": "2026-11-02"},
    {"on": "2026-11-02", "reason": " "},
    {"on": "2026-11-02", "reason": {}},
    {"reason": "x"},
    *({"on": day, "reason": "x"} for day in ("x", "2027-01-01", "2026-10-01")),
]


@pytest.mark.parametrize("withdrawn", WITHDRAWALS)
def test_a_withdrawal_has_a_day_and_a_reason(withdrawn: object) -> None:
    assert answer(withdrawn=withdrawn)


def test_a_withdrawal_that_is_whole_is_read() -> None:
    record = given(taken_back(support("DR-02", "A>B", "year"))).record
    assert record.answers[0].withdrawn is not None
    assert record.answers[0].withdrawn.reason == "said in error"


@pytest.mark.parametrize("signatory", ["intake worker", "Programme lead", "perpetrator-side worker"])
def test_a_title_of_the_other_side_signs_no_act_of_support(signatory: str) -> None:
    act = {"act": "ISS-STATUS", "about": "B", "value": "active", "on": "2026-11-01", "by": [signatory]}
    assert codes_of(problems(acts=[act])) == ["C009"]


# --- keys, names and copies -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["answer", "gates", "zzz", 7, None])
def test_a_key_that_is_not_known_is_told_wherever_it_stands(key: object) -> None:
    file = {"on": ON, "persons": {"A": {}, "B": {}}, "pairs": [["A", "B"]], "answers": [GOOD], key: []}
    found = read_case(file, rulebook(), TODAY)
    assert isinstance(found, tuple)
    assert codes_of(found) == ["C002"]
    assert codes_of(problems(persons={"A": {key: "1990-05-01"}, "B": {}})) == ["C002"]
    assert codes_of(problems(answers=[{**GOOD, key: "x"}])) == ["C002"]


def test_a_key_that_is_nearly_known_is_told_with_that_one() -> None:
    assert "birth" in str(problems(persons={"A": {"brith": "1990-05-01"}, "B": {}})[0])
    assert "answers" in str(problems(anwsers=[GOOD])[0])


@pytest.mark.parametrize("twin", ["a", "\uff21", "\uff41"])
def test_two_persons_whom_nobody_could_tell_apart_are_refused(twin: str) -> None:
    """In another case or width: one person would be two, and what is known of one not known of the other."""
    assert codes_of(problems(persons={"A": {}, twin: {}, "B": {}})) == ["C007"]


def test_a_list_of_persons_names_each_once() -> None:
    assert codes_of(problems(persons=["A", "B", "A"])) == ["C007"]
    assert problems(persons=["A", "B", "C"]) == []


def copies(**of: str) -> list[str]:
    return codes_of(problems(answers=[GOOD | {"id": one, "copy_of": first} for one, first in of.items()]))


def test_an_account_that_copies_itself_is_told_once_for_each_circle() -> None:
    assert copies(a="a") == ["C008"]
    assert copies(a="b", b="c", c="a", d="a") == ["C008"]
    assert copies(a="b", b="a", c="c") == ["C008", "C008"]


def test_a_copy_of_what_is_not_on_file_is_no_problem() -> None:
    """Two reports drawn from one log are one class, and the log of another agency is on nobody's file (12.1 rule 2)."""
    assert copies(a="police log 17", b="police log 17", c="a") == []


def test_an_exclusive_code_stands_alone_in_a_list_within_one_row_too() -> None:

    def told(*codes: str) -> list[str]:
        return codes_of(problems(answers=[alone("A", "EQ-01", "A", {"code": list(codes)})]))

    assert told("prefer_not", "gender_man") == told() == ["C008"]
    assert told("gender_man", "straight") == told("prefer_not") == []
