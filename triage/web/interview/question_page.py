"""One question page put together: the question in words, its form as typed so far, and what others have answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from flask import session

from triage.cases.follow_ups import again_in
from triage.cases.model import CaseView
from triage.cases.record import Answer
from triage.cases.roles import Actor
from triage.flow.model import Kind, Question
from triage.web.forms.entry import FormError, sources_for
from triage.web.forms.fields import Choice, Field, Label, Layout, choices
from triage.web.forms.questions import has_grid, has_rows, layout_of, row_labels
from triage.web.forms.second_look import written
from triage.web.interview.check import answers_at
from triage.web.interview.resuming import mark_of
from triage.web.interview.steps import position_of
from triage.web.shared.guards import service
from triage.web.shared.language import current_words
from triage.web.shared.opened import rulebook
from triage.web.shared.posted import Typed, version_seen
from triage.web.shared.said import Said, about_in_words, named_words
from triage.web.shared.translation import translated as _
from triage.web.shared.words import Words

CARRIED = ("back", "kept")
"""Where to go back to after a danger is recorded, and the form that was open there."""
_TALK = ("source", "by", "by_other", "alone", "on", "contact")


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """Everything the template of a question shows."""

    case: CaseView
    question: Question
    about: str
    about_words: str
    ask: str
    guidance: str
    layout: Layout
    non_answers: tuple[Choice, ...]
    non_answers_in_list: bool
    circumstances: tuple[Field, ...]
    flags: Field
    less_often: tuple[Field, ...]
    follow_up: Field | None
    earlier: tuple[Said, ...]
    errors: tuple[FormError, ...]
    version: int
    key: str
    correcting: bool
    reason: str
    may_answer: bool

    @property
    def writes_words(self) -> bool:
        """Say whether there is a field in which a worker writes words of their own."""
        return any(written(self.layout))

    def error_at(self, name: str) -> str:
        """Give the sentence that belongs under a field."""
        return next((error.text for error in self.errors if error.field == name), "")


def text_for(words: Words, about: str) -> Label:
    """Give the texts of a page, with the persons of `about` in place of A and B."""
    return lambda text_id: row_labels(text_id) or named_words(words, text_id, about)


def fresh(actor: Actor, case: CaseView, question: Question, today: date, carrying: Mapping[str, str]) -> Typed:
    """Start an empty form; the circumstances are those of the last answer of the same conversation.

    `carrying` holds the form or page that a danger interrupted, on the question that records the danger.
    """
    typed = Typed({"on": today.isoformat()} | {name: carrying.get(name, "") for name in CARRIED})
    talk = session.get("talk")
    if isinstance(talk, dict) and talk.get("case") == mark_of(str(case.id)):
        for name in _TALK:
            typed[name] = str(talk.get(name, ""))
    sources = sources_for(actor, question, case.own_person)
    if typed.get("source") not in sources:
        typed["source"] = sources[0] if len(sources) == 1 else ""
        typed["by"] = case.own_person if typed["source"] in {"SELF", "ISS"} else ""
    return typed


def remember_talk(case: CaseView, typed: Typed) -> None:
    """Keep the circumstances for the next question of this conversation: codes and a day, nothing about a person."""
    session["talk"] = {"case": mark_of(str(case.id))} | {name: typed.get(name, "")[:40] for name in _TALK}


def question_page(
    actor: Actor, case: CaseView, place: tuple[Question, str], typed: Typed, errors: tuple[FormError, ...] = (),
    *, correcting: bool = False,
) -> QuestionPage:  # fmt: skip
    """Put a question page together."""
    (question, about), words = place, current_words()
    text = text_for(words, about)
    in_list = question.kind in {Kind.ONE, Kind.MANY} and not has_grid(question) and not has_rows(question)
    chosen = frozenset(typed.getlist("code" if in_list else "non_answer"))
    return QuestionPage(
        case=case, question=question, about=about, about_words=about_in_words(about),
        ask=text(f"{question.id}.ask"), guidance=text(f"{question.id}.guidance"),
        layout=layout_of(question, typed, text),
        non_answers=choices(("NK", "DEC", "NSA"), words, "non_answer.", chosen), non_answers_in_list=in_list,
        circumstances=_circumstances(actor, case, question, typed, words), flags=_flags(typed),
        less_often=_less_often(case, question, about, typed, words), follow_up=_follow_up(question, typed, text),
        earlier=_earlier(case, question, about, words), errors=errors,
        version=version_seen(typed, case.version), key=typed.get("key", "")[:100] or str(uuid4()),
        correcting=correcting, reason=typed.get("reason", ""),
        may_answer=bool(sources_for(actor, question, case.own_person)),
    )  # fmt: skip


def _earlier(case: CaseView, question: Question, about: str, words: Words) -> tuple[Said, ...]:
    """Give what has been answered before, from every source this person may read; what is capped is worked out."""
    place = (question.id, about)
    if not any((one.question, one.about) == place for one in case.record.answers):
        return ()  # as for nearly every page of an interview, which need not wait for it
    seen = position_of(case, rulebook(), service().rules.assessment(case.record))
    return answers_at(case, rulebook(), place, words, seen.unsafe)


def _circumstances(actor: Actor, case: CaseView, question: Question, typed: Typed, words: Words) -> tuple[Field, ...]:
    """Make the fields that every answer needs: source, whose words, seen alone, the day, the contact."""
    allowed = sources_for(actor, question, case.own_person)
    sources = choices(allowed, words, "source.", frozenset({typed.get("source", "")}))
    speakers = {letter: f"{letter} ({called})" for letter, called in case.called.items()}
    others = speakers | {"": _("Someone else, or a record")}
    contact_hint = _("A number is enough, such as 1 for the first call. Two conversations on two days count for more.")
    return (
        Field("source", "radios", _("Where does this come from?"), "", sources),
        _choice_of("by", _("Whose words are these?"), others, typed),
        _by_other(typed),
        _choice_of("alone", _("Were they seen alone?"), {"yes": _("Yes"), "no": _("No"), "": _("Not recorded")}, typed),
        Field("on", "date", _("When was this said or seen?"), typed.get("on", "")),
        Field("contact", "text", _("Which conversation?"), typed.get("contact", ""), (), contact_hint),
    )


def _by_other(typed: Typed) -> Field:
    hint = _("Their part is enough, such as midwife. No name.")
    return Field("by_other", "text", _("If someone else, who?"), typed.get("by_other", ""), (), hint)


def _choice_of(name: str, label: str, options: Mapping[str, str], typed: Typed, shape: str = "radios") -> Field:
    """Make a choice of one; what was typed, else nothing, is chosen."""
    chosen = typed.get(name, "")
    made = tuple(Choice(value, text, value == chosen) for value, text in options.items())
    return Field(name, shape, label, chosen, made)


def _flags(typed: Typed) -> Field:
    """Make the boxes of the circumstances that make an answer count for less."""
    labels = {
        "tainted": _("The conditions were unsafe: the other one was near, on the line, or interpreting"),
        "hearsay": _("They did not see or hear it themselves"),
        "interested": _("They have an interest in the result: a relative, an ally, a lawyer"),
    }
    boxes = tuple(Choice(name, label, name in typed) for name, label in labels.items())
    return Field("flags", "checks", _("Tick what applies"), "", boxes)


def _less_often(case: CaseView, question: Question, about: str, typed: Typed, words: Words) -> tuple[Field, ...]:
    """Make the fields that few answers need: a recording, a copy of another answer, the day on which to ask again."""
    recordings = {
        "": _("No recording"),
        "authenticated": _("A recording, checked as genuine"),
        "plain": _("A recording, not checked"),
    }
    originals = {"": _("No, it stands by itself")} | {
        answer.id: _original(answer, words)
        for answer in case.record.answers
        if (answer.question, answer.about) == (question.id, about)
    }
    return (
        _choice_of("recording", _("Is there a recording?"), recordings, typed, "select"),
        _choice_of("copy_of", _("Is it copied from another answer?"), originals, typed, "select"),
        Field(
            "ask_again",
            "date",
            _("If it is not known yet: when is it asked again?"),
            typed.get("ask_again", ""),
            (),
            _("In a week, unless you give another day.")
            if again_in(question.id, rulebook().interrupting)
            else _("At the next contact, unless you give another day."),
        ),
    )


def _original(answer: Answer, words: Words) -> str:
    return f"{words(f'source.{answer.source}')}, {answer.on.isoformat()}"


def _follow_up(question: Question, typed: Typed, text: Label) -> Field | None:
    """Make the second choice of a question that has one."""
    if not question.follow_up:
        return None
    options = choices(question.follow_up, text, f"{question.id}.follow_up.", frozenset({typed.get("follow_up", "")}))
    return Field("follow_up", "radios", _("If so, ask about this as well"), "", options)
