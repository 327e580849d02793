"""The quick ways of reading a full case tell what the literal reading tells, also one answer away from it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.assess.language import compiled_rulebook
from tests.assess.literal import everything, literal_context, literal_fallen, literal_walks
from triage.assess.compiled.compiling import CompiledRulebook, compile_rulebook
from triage.assess.findings import findings_of
from triage.assess.reading.answers import read_case
from triage.assess.walk import off_the_path, walks_of
from triage.cases.record import Answer, CaseRecord, Row, Withdrawal
from triage.cli.files.documents import read_file
from triage.settings import FLOWS


def with_answer(record: CaseRecord, number: int, *instead: Answer) -> CaseRecord:
    """The record with other answers, or none, in place of one."""
    return replace(record, answers=(*record.answers[:number], *instead, *record.answers[number + 1 :]))


def agree(record: CaseRecord, book: CompiledRulebook | None = None) -> None:
    book, pair = book or compiled_rulebook(), record.pairs[0]
    quick, literal = (
        findings_of(book, record, pair, record.on).context,
        literal_context(book, record, pair, frozenset()),
    )
    slow = everything(literal, literal_fallen(literal), literal_walks(literal))
    assert everything(quick, off_the_path(quick), walks_of(quick)) == slow


def classes_of_observers(record: CaseRecord) -> set[str]:
    """The classes that what health services saw of fear gives; none when it was not seen twice."""
    book = compiled_rulebook()
    pieces = findings_of(book, record, record.pairs[0], record.on).context.pieces[book.slots.number["FEAR_AB"]]
    return {piece.source for piece in pieces if piece.standing.source == "HLT"}


def test_a_walk_without_any_one_answer_is_that_read_question_by_question(full_case: CaseRecord) -> None:
    for number in range(len(full_case.answers)):
        record = with_answer(full_case, number)
        c = findings_of(compiled_rulebook(), record, record.pairs[0], record.on).context
        assert walks_of(c) == literal_walks(c), full_case.answers[number].id


def test_what_an_observer_told_by_hearsay_was_not_seen_twice(full_case: CaseRecord) -> None:
    seen = [at for at, one in enumerate(full_case.answers) if one.question == "WD-02" and one.source == "HLT"]
    assert len(seen) == 2
    assert classes_of_observers(full_case) == {"HLT"}
    for number in seen:
        record = with_answer(full_case, number, replace(full_case.answers[number], hearsay=True))
        assert classes_of_observers(record) == {""}
        agree(record)


def test_a_danger_that_another_source_told_is_over_counts_as_replaced(full_case: CaseRecord) -> None:
    first, second = (at for at, one in enumerate(full_case.answers) if one.question == "RI-01")
    codes = compiled_rulebook().rulebook.questions["RI-01"].options
    for number in (first, second):
        for code in codes:
            agree(with_answer(full_case, number, replace(full_case.answers[number], rows=(Row(code),))))


def test_what_silence_gave_in_one_case_is_nothing_to_a_case_where_more_than_wordings_counts(
    full_case: CaseRecord,
) -> None:
    """A number is remembered where nobody said anything; a case of which one answer is of tomorrow is not given it."""
    book = compile_rulebook(compiled_rulebook().rulebook)
    for number, places in enumerate(book.measured_at):
        book.remembered.keep(number, None if len(places) == 1 else (None,) * len(places), 99)
    one, *others = full_case.answers
    agree(replace(full_case, answers=(replace(one, on=full_case.on + timedelta(1)), *others)), book)


@pytest.mark.parametrize("name", ["R04", "R14", "R18", "R30"])
def test_what_a_case_said_on_each_earlier_day_is_read_as_it_stood_then(name: str) -> None:
    """What is told later is not heard, what is taken back later still counts; also of one of several pairs."""
    case = read_file(str(FLOWS / "vignettes" / f"{name}.yml"))
    record = read_case(case, compiled_rulebook().rulebook, date(2026, 12, 31))
    assert isinstance(record, CaseRecord)
    for day in sorted({one.on for one in record.answers}):
        agree(replace(record, on=day))


def test_between_two_withdrawals_the_first_counts_no_more_and_the_second_does_still(full_case: CaseRecord) -> None:
    told = [
        at for at, one in enumerate(full_case.answers) if one.question in {"WD-01", "WD-02"} and one.source == "ISS"
    ]
    first, second, *_ = told
    answers = list(full_case.answers)
    answers[first] = replace(answers[first], withdrawn=Withdrawal(full_case.on, "said so"))
    answers[second] = replace(answers[second], withdrawn=Withdrawal(full_case.on + timedelta(9), "said so"))
    for later in (-1, 0, 5, 9):
        agree(replace(full_case, answers=tuple(answers), on=full_case.on + timedelta(later)))


def test_a_row_for_every_option_is_not_made_of_two_contacts(full_case: CaseRecord) -> None:
    """Who rules control out names each domain alone; told twice is no more, where only two contacts would count."""
    rulebook = compiled_rulebook().rulebook
    twice = replace(rulebook.findings["CTRL"], competent="harmed_twice")
    book = compile_rulebook(replace(rulebook, findings={**rulebook.findings, "CTRL": twice}))
    nothing = next(one for one in full_case.answers if one.question == "WD-01" and one.about == "B>A")
    again = replace(nothing, id="again", on=nothing.on + timedelta(3), contact="another")
    agree(replace(full_case, answers=(*full_case.answers, again)), book)
