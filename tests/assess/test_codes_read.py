"""Only codes that something asks for are facts; whatever is asked of the others is read from the accounts."""

import pytest

from tests.assess.language import compiled_rulebook
from triage.assess.compiled.codes import codes_read
from triage.assess.context import Context
from triage.cases.record import CaseRecord
from triage.flow.model import RESERVED_CODES


@pytest.fixture
def context(full_case: CaseRecord) -> Context:
    return Context(compiled_rulebook(), full_case, full_case.pairs[0], full_case.on, frozenset(), withdrawn=False)


def test_every_code_is_said_where_an_account_holds_it_whether_it_is_a_fact_or_not(context: Context) -> None:
    facts, told = context.book.facts, 0
    for table in context.book.places:
        held = {code for account in context.accounts_at(table.place) for code in account.codes}
        for code in table.question.options:
            assert context.said(table.place, (code,)) is (code in held), (table.place, code)
        unread = held - facts.codes[table.number].keys()
        told += len(unread)
        if unread:
            assert context.said(table.place, ("NK", *unread))
    assert told > 100, "the case says nothing that is no fact, so that nothing is shown"


def test_a_code_that_no_condition_asks_for_is_no_fact(context: Context) -> None:
    read = codes_read(context.book.rulebook)
    for table in context.book.places:
        known = context.book.facts.codes[table.number].keys() - RESERVED_CODES
        assert known == read.get(table.question.id, frozenset()) & set(table.question.options)
    assert any(context.book.facts.codes), "no code is a fact"
