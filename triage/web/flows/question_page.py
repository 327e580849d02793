"""One question in plain words: its wording, who may answer it and when, its answers, and what they count for."""

from collections.abc import Iterator
from dataclasses import dataclass

from triage.checks.pictures.album import Album
from triage.checks.pictures.model import Mark, Outline, slug
from triage.checks.pictures.of_finding import evidence_words, strength_words
from triage.checks.pictures.things import asked_when, clauses_outline, finding_title, mark_of, question_mark
from triage.flow.model import RESERVED_CODES, Question


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One answer that can be chosen, and whether a vignette chooses it."""

    code: str
    text: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """What the page of a question shows; every group may be empty."""

    id: str
    ask: str
    guidance: str
    about: str
    asked: Outline
    sources: str
    answers: tuple[AnswerShown, ...]
    groups: tuple[Outline, ...]
    evidence: tuple[Outline, ...]
    non_answers: str
    clauses: str
    flows: tuple[tuple[str, str], ...]
    mark: Mark | None


def question_page(question: Question, album: Album) -> QuestionPage:
    """Put a question into words."""
    texts, name = album.texts, question.id
    codes = [texts.quoted(texts(f"non_answer.{code}")) for code in sorted(RESERVED_CODES)]
    asked = asked_when(question, album.speaker)
    letters = [letter for letter, flow in album.book.flows.items() if name in flow.questions]
    return QuestionPage(
        id=name,
        ask=texts(f"{name}.ask"),
        guidance=texts(f"{name}.guidance"),
        about=texts.phrase(f"about.{question.about}"),
        asked=asked[0] if asked else Outline(texts.phrase("asked.always")),
        sources=texts.every([texts(f"source.{code}") for code in question.sources]),
        answers=tuple(_answer(question, code, album) for code in question.options),
        groups=_groups(question, album),
        evidence=tuple(_evidence(question, album)),
        non_answers=texts.phrase("non_answers", codes=", ".join(codes)),
        clauses=clauses_outline(question.clauses, texts).text,
        flows=tuple((letter, texts(f"flow.{letter}.title")) for letter in letters),
        mark=question_mark(question, texts, album.coverage),
    )


def _answer(question: Question, code: str, album: Album) -> AnswerShown:
    seen = album.coverage and (question.id, code) in album.coverage.options
    mark = None if seen is None else mark_of(album.texts, seen=bool(seen))
    return AnswerShown(code, album.texts(f"{question.id}.option.{code}"), mark)


def _groups(question: Question, album: Album) -> tuple[Outline, ...]:
    """Give second codes, further questions, columns and effects, each as a title with its members."""
    texts, name = album.texts, question.id
    columns = tuple(
        Outline(
            texts(f"{name}.column.{column.code}"),
            tuple(Outline(texts(f"{name}.column.{column.code}.{value}")) for value in column.values),
        )
        for column in question.columns
        if not column.restates
    )
    members = {
        "second": tuple(Outline(texts(f"{name}.scale.{code}")) for code in question.scale),
        "further": tuple(Outline(texts(f"{name}.follow_up.{code}")) for code in question.follow_up),
        "columns": columns,
        "effects": tuple(Outline(texts(effect.text)) for effect in question.effects),
    }
    return tuple(Outline(texts.phrase(phrase), parts) for phrase, parts in members.items() if parts)


def _evidence(question: Question, album: Album) -> Iterator[Outline]:
    """Give each finding that the answers count for, with what they are worth under it."""
    worth: dict[str, list[Outline]] = {}
    for one in question.evidence:
        words = evidence_words(one, question, album.speaker)
        worth.setdefault(one.finding, []).append(Outline(f"{words}: {strength_words(one, album.texts)}"))
    for name, lines in worth.items():
        yield Outline(finding_title(name, album.texts), tuple(lines), href=f"findings/{slug(name)}")
