"""Whether what an agency answers fits the questions of flow (a), and the size of everything it wrote."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from triage.assess.reading.days import BIRTHS, unreadable_days, with_days_in_iso
from triage.assess.reading.values import value_or_problem
from triage.cases.agency.problems import Missing, missing_from
from triage.cases.agency.referral import AgencyReferral, ReferredAnswer
from triage.casework.engine import Rules
from triage.casework.limits import NAME, REASON, identity_problems, name_problem, raw_problem, text_problem
from triage.flow.model import About, Question
from triage.flow.problems import Problem

SOURCE: Final = "REF"
FLOW: Final = "a"
MOST_ANSWERS: Final = 500
_PLACES: Final = {About.CASE: 0, About.PERSON: 1, About.PAIR: 3}
"""By what a question is about, the length of the place of its answer: nothing, `A`, `A-B`."""


def asked_of_agencies(rules: Rules) -> tuple[Question, ...]:
    """The questions of flow (a) that the words of a referrer may answer, in the order of the flow."""
    questions = rules.rulebook.questions.values()
    return tuple(one for one in questions if one.flow == FLOW and SOURCE in one.sources and one.about in _PLACES)


def with_days_read(referral: AgencyReferral, rules: Rules) -> AgencyReferral:
    """Give a referral with the days of its answers in ISO 8601, as a page keeps them (`5/3/2010` is 2010-03-05)."""
    asked = rules.rulebook.questions
    answers = (
        replace(one, value=with_days_in_iso(asked[one.question], one.value)) if one.question in asked else one
        for one in referral.answers
    )
    return replace(referral, answers=tuple(answers))


def draft_problems(referral: AgencyReferral, rules: Rules, today: date) -> tuple[Missing, ...]:
    """Everything that cannot be kept even in a draft: what is no text, too long, or no answer to its question."""
    return tuple(dict.fromkeys((*_texts(referral, today), *_values(referral, rules, today))))


def sending_problems(referral: AgencyReferral, rules: Rules, today: date) -> tuple[Missing, ...]:
    """Everything that keeps a referral from being sent; empty when nothing does."""
    return (*missing_from(referral, today), *draft_problems(referral, rules, today))


def _texts(referral: AgencyReferral, today: date) -> Iterator[Missing]:
    if text_problem("", referral.external_reference, NAME) or "\n" in referral.external_reference:
        yield Missing("external_reference", "text")
    if text_problem("", referral.opinion, REASON):
        yield Missing("opinion", "text")
    for one in referral.persons:
        if one.called and name_problem("", one.called):
            yield Missing(f"persons.{one.letter}.called", "text")
        if identity_problems("", one.details.known, today):
            yield Missing(f"persons.{one.letter}", "identity")
        if one.birth and not date(1900, 1, 1) <= one.birth <= today:
            yield Missing(f"persons.{one.letter}.birth", "birth")


def _values(referral: AgencyReferral, rules: Rules, today: date) -> Iterator[Missing]:
    asked = {one.id: one for one in asked_of_agencies(rules)}
    if len(referral.answers) > MOST_ANSWERS:
        yield Missing("answers", "too-many-answers")
    for answer in referral.answers[:MOST_ANSWERS]:
        question = asked.get(answer.question)
        if question is None:
            yield Missing("answers", "no-question")
        elif len(answer.about) != _PLACES[question.about]:
            yield Missing(question.id, "about")
        elif not _fits(question, answer):
            yield Missing(question.id, "value")
        else:
            for code in unreadable_days(question, answer.value, today):
                yield Missing(f"{question.id}.{code}", "birth" if code in BIRTHS else "value")


def _fits(question: Question, answer: ReferredAnswer) -> bool:
    if raw_problem(answer.value):
        return False
    value = value_or_problem(question, answer.value)
    if isinstance(value, Problem):
        return False
    reserved = {column.code for column in question.columns if column.support_only}
    return not any(row.cells.get(code) for row in value.rows for code in reserved)
