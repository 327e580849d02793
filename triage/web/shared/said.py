"""An answer, an act, a person, a strength in words: what the record holds as codes, said as people say it."""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from triage.cases.compartments import LETTERS, REFERRED
from triage.cases.model import NewAct
from triage.cases.record import Act, Answer, Row
from triage.flow.model import Question, Rulebook
from triage.flow.values import Strength, last_strength, not_known
from triage.web.shared.letters import letters_of, others_of
from triage.web.shared.translation import day_in_words
from triage.web.shared.translation import translated as _
from triage.web.shared.words import Words

_NAMES_SOMEBODY: Final = re.compile(r"\.column\.\w+\.[a-h]$")


@dataclass(frozen=True, slots=True)
class Said:
    """One answer in words: its lines, its source, whose words, when, the circumstances that count, its standing."""

    id: str
    question: str
    about: str
    lines: tuple[str, ...]
    source: str
    by: str
    on: str
    marks: tuple[str, ...]
    withdrawn: str
    correctable: bool
    capped: bool
    """Obtained unsafely: it counts as possible at most (domain 12.1)."""


def about_in_words(about: str) -> str:
    """Say what an answer is about: a direction, a pair, a person, the case."""
    if ">" in about:
        first, second = about.split(">", 1)
        return _("From %(first)s towards %(second)s", first=first, second=second)
    if "-" in about:
        first, second = about.split("-", 1)
        return _("%(first)s and %(second)s together", first=first, second=second)
    return _("Person %(letter)s", letter=about) if about else _("The whole case")


def answer_lines(question: Question, answer: Answer, words: Words) -> tuple[str, ...]:
    """Give the lines of an answer."""
    if answer.non_answer:
        again = _("to ask again on %(day)s", day=day_in_words(answer.ask_again)) if answer.ask_again else ""
        return (" · ".join(filter(None, (words(f"non_answer.{answer.non_answer}"), again))),)
    lines = [_row_line(question, row, answer.about, words) for row in answer.rows]
    lines += [text for text in (answer.text, "" if answer.number is None else str(answer.number)) if text]
    if answer.day:
        lines.append(day_in_words(answer.day))
    if answer.follow_up:
        lines.append(words(f"{question.id}.follow_up.{answer.follow_up}", answer.about))
    return tuple(lines)


def _row_line(question: Question, row: Row, about: str, words: Words) -> str:
    name = question.id
    line = words(f"{name}.option.{row.code}", about) if row.code else ""
    if row.scale:
        line = f"{line}: {words(f'{name}.scale.{row.scale}', about)}"
    return " · ".join(filter(None, [line, *_cell_lines(question, row, about, words)]))


def _cell_lines(question: Question, row: Row, about: str, words: Words) -> list[str]:
    lines = []
    for code, cell in row.cells.items():
        if cell in (None, "", False, ()):
            continue
        column = question.column(code)
        values = cell if isinstance(cell, tuple) else (str(cell),)
        coded = column is not None and bool(column.values)
        said = [
            named_words(words, f"{question.id}.column.{code}.{value}", about) if coded else value for value in values
        ]
        lines.append(f"{words(f'{question.id}.column.{code}', about)}: {', '.join(said)}")
    return lines


def named_words(words: Words, text_id: str, about: str) -> str:
    """Give a text with the persons in place; where a case has more than one pair, `both` is everybody (ADR 0078).

    What is said of one person names another by the letter in the case: "started by B" is B, of whomever it is said
    (ADR 0081). Of a direction, `a` is whoever it goes out from.
    """
    if len(about) == 1 and _NAMES_SOMEBODY.search(text_id):
        return words(text_id)
    everybody = not about and len(words.pairs) > 1 and text_id.endswith(".both")
    return _("Everybody in the case") if everybody else words(text_id, about)


def marks_of(answer: Answer) -> tuple[str, ...]:
    """Give the circumstances of an answer that change what it counts."""
    marks = {
        _("seen alone"): answer.alone is True,
        _("not seen alone"): answer.alone is False,
        _("unsafe conditions"): answer.tainted,
        _("hearsay"): answer.hearsay,
        _("has an interest in the result"): answer.interested,
        _("copied from another answer"): bool(answer.copy_of),
        _("recording"): answer.recording in {"authenticated", "plain"},
    }
    return tuple(mark for mark, holds in marks.items() if holds)


def said(
    rulebook: Rulebook, answer: Answer, words: Words, *, correctable: bool = False, unsafe: Container[str] = ()
) -> Said:
    """Put one answer into words; `unsafe` are the ids of answers obtained unsafely beside those that say so."""
    lines = answer_lines(rulebook.questions[answer.question], answer, words)
    whose = _("words of %(letter)s", letter=answer.by) if answer.by else ""
    elsewhere = _("by the one who wrote it; why stays at their desk")
    gone = (answer.withdrawn.reason or elsewhere) if answer.withdrawn else ""
    return Said(
        id=answer.id, question=answer.question, about=answer.about, lines=lines,
        source=words(f"source.{answer.source}"), by=whose, on=day_in_words(answer.on),
        marks=marks_of(answer), withdrawn=gone, correctable=correctable,
        capped=not answer.non_answer and (answer.unsafe or answer.id in unsafe),
    )  # fmt: skip


def act_lines(act: Act | NewAct, words: Words) -> str:
    """Put one act into words: what, about whom, its value, when."""
    values = ", ".join(act_value_in_words(act.act, value, words, act.about) for value in act.values)
    return f"{words(f'act.{act.act}.name')} · {about_in_words(act.about)} · {values} · {day_in_words(act.on)}"


def act_value_in_words(act: str, value: str, words: Words, about: str) -> str:
    """Give the words of a value: of the act, of a result or an outcome, or of a finding with its persons."""
    for text_id in (f"act.{act}.value.{value}", f"result.{value}", f"outcome.{value}.name"):
        if words.has(text_id):
            return words(text_id, about)
    return finding_name(value, words, about)


def finding_name(code: str, words: Words, about: str) -> str:
    """Give the name of a finding of the decision, such as CTRL_AB, with the persons of a place; else its code.

    About the whole case of several pairs a finding is named with its own persons (`BDREAD_KM`); of one pair it is named
    with the letters that the rules give the two.
    """
    name, _bar, suffix = code.rpartition("_")
    if not words.has(f"finding.{name}.name") or not set(suffix) <= set(LETTERS):
        name, suffix = code, "AB"
    if not words.has(f"finding.{name}.name"):
        return code
    if about or (len(words.pairs) < 2 and set(suffix) <= set(REFERRED)):
        return with_persons(words(f"finding.{name}.name"), letters_of(about, words.pairs).both(suffix))
    return with_persons(words(f"finding.{name}.name"), [suffix[:1], suffix[1:] or others_of(suffix, words.pairs)])


def with_persons(text: str, persons: list[str]) -> str:
    """Put the persons into the name of a finding."""
    return text.replace("{x}", persons[0]).replace("{y}", persons[1])


def strength_in_words(strength: Strength) -> str:
    """Say how strongly a finding stands, never as a bare number."""
    level = (
        _("ruled out, asked and checked"),
        _("possible, not yet confirmed"),
        _("indicated"),
        _("corroborated by two kinds of source"),
        _("established"),
    )
    if not not_known(strength):
        return level[min(int(strength), 4)]
    last = last_strength(strength)
    return _("taken back; it had been %(level)s", level=level[last]) if last else _("not known")
