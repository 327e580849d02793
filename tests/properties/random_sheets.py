"""Make random answer sheets of the shipped flows: any question, any code, any source, any speaker, any day."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from triage.flow.model import About, Column, Kind, Question, Rulebook

ON = date(2026, 11, 22)
ABOUT = {
    About.CASE: (None,),
    About.PERSON: ("A", "B"),
    About.PAIR: ("A-B",),
    About.DIRECTED: ("A>B", "B>A"),
}
Answer = dict[str, object]
Sheet = dict[str, object]


DAYS_AGO = (1, 6, 20, 45, 100)
"""Few different days, as in a real case: an assessment may replay each of them."""


def day(chance: random.Random, most: int = 120) -> str:
    """A day before the assessment."""
    return (ON - timedelta(days=chance.choice([ago for ago in DAYS_AGO if ago < most]))).isoformat()


def value(question: Question, chance: random.Random) -> object:
    """A value that fits the question, or one of the three that every question takes."""
    if chance.random() < 0.06:
        return chance.choice(("NK", "DEC", "NSA"))
    if question.kind is Kind.INTEGER:
        return chance.randrange(0, 200)
    if question.kind is Kind.TEXT:
        return chance.choice(("They argued.", "It is mutual.", "He followed her to work and took the telephone."))
    if question.kind is Kind.ONE and not question.columns:
        return chance.choice(question.options)
    codes = chosen(question, chance)
    rows = [row(question, code, chance) for code in codes]
    return rows if question.kind in {Kind.MANY, Kind.TABLE} else rows[0]


def chosen(question: Question, chance: random.Random) -> list[str]:
    """Codes that may stand together: one exclusive code, or some of the others."""
    if question.exclusive and chance.random() < 0.5:
        return [chance.choice(question.exclusive)]
    others = [code for code in question.options if code not in question.exclusive] or list(question.options)
    if question.kind is Kind.TABLE and chance.random() < 0.4:
        return others
    return chance.sample(others, k=min(len(others), chance.choice((1, 1, 2, 3))))


def row(question: Question, code: str, chance: random.Random) -> Answer:
    """One row: the code, the second code, some of the columns."""
    made: Answer = {"code": code}
    if question.scale:
        made["scale"] = chance.choice(question.scale)
    for column in question.columns:
        if column.code != "code" and chance.random() < 0.7:
            made[column.code] = cell(column, chance)
    return made


def cell(column: Column, chance: random.Random) -> str:
    """One field of a row."""
    if column.values:
        return chance.choice(column.values)
    if column.code.endswith("_on") or "date" in column.code or column.code.startswith("next"):
        return chance.choice((day(chance, 700), "2026-12-20", "2026-05"))
    return chance.choice(("nothing", "she was shouted at for hours", "the sister", "14", "high"))


def answer(question: Question, about: str | None, number: int, chance: random.Random) -> Answer:
    """One answer from a source that may give it."""
    source = chance.choice(question.sources)
    made: Answer = {"id": f"r{number}", "question": question.id, "source": source, "on": day(chance)}
    made["value"] = value(question, chance)
    if about:
        made["about"] = about
    if source in {"SELF", "ISS"} or chance.random() < 0.1:
        made["by"] = chance.choice(("A", "B"))
    if source == "SELF":
        made["alone"] = chance.random() < 0.9
    for flag in ("tainted", "interested", "hearsay"):
        if chance.random() < 0.03:
            made[flag] = True
    if chance.random() < 0.3:
        made["contact"] = chance.choice(("c1", "c2"))
    return made


def acts(chance: random.Random) -> Iterator[Answer]:
    """Some acts, by names of nobody in the case."""
    possible: list[Answer] = [
        {"act": "W-SIGN", "about": "A-B", "value": chance.choice(("W_A", "W_B")), "by": ["N. One", "N. Two"]},
        {"act": "ISS-STATUS", "about": "A", "value": chance.choice(("active", "offered")), "by": ["N. S"]},
        {"act": "ISS-STATUS", "about": "B", "value": chance.choice(("active", "offered")), "by": ["N. S"]},
        {"act": "RESX-SIGN", "about": chance.choice("AB"), "value": "signed", "by": ["N. S"]},
        {"act": "RISKPLAN-ADOPT", "value": "adopted", "by": ["N. L"]},
        {"act": "CROSS-SEARCH", "about": "A-B", "value": chance.choice(("none", "match")), "by": ["N. P"]},
        {"act": "REVIEW-CONCLUDED", "about": "A-B", "value": "no_pattern", "by": ["N. R"]},
        {"act": "LITINDEP-SIGN", "about": chance.choice("AB"), "value": "signed", "by": ["N. Q"]},
    ]
    for act in possible:
        if chance.random() < 0.6:
            yield {**act, "on": day(chance, 40)}


def random_sheet(rulebook: Rulebook, chance: random.Random, share: float) -> Sheet:
    """A case in which about `share` of all questions are answered, some of them by several sources."""
    answers: list[Answer] = []
    for question in rulebook.questions.values():
        for about in ABOUT[question.about]:
            for _ in range(chance.choice((1, 1, 1, 2, 3))):
                if chance.random() < share:
                    answers.append(answer(question, about, len(answers), chance))
    births = {"A": {"birth": chance.choice(("1988-03-02", "2009-06-01", "2012-01-01"))}, "B": {"birth": "1990-07-07"}}
    return {"id": "random", "on": ON.isoformat(), "persons": births, "pairs": [["A", "B"]], "answers": answers,
            "acts": list(acts(chance))}  # fmt: skip
