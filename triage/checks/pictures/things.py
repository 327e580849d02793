"""The nodes that several pictures share: a question, a finding, an outcome, an act, a flow, each with its words."""

from collections.abc import Iterable

from triage.checks.coverage_marks import Coverage
from triage.checks.pictures.model import Mark, Node, NodeKind, Outline, slug
from triage.checks.pictures.texts import Texts, shortened
from triage.checks.pictures.words import Speaker
from triage.flow.conditions import Always, Condition
from triage.flow.model import Question, Rulebook

LONGEST_ASK = 110


def mark_of(texts: Texts, *, seen: bool, more: str = "") -> Mark:
    """Mark something as visited or not, in words, with what else there is to say."""
    said = texts.phrase("coverage.seen" if seen else "coverage.unseen")
    return Mark(seen, f"{said}; {more}" if more else said)


def question_mark(question: Question, texts: Texts, coverage: Coverage | None) -> Mark | None:
    """Mark a question, and say how many of its answers the vignettes give."""
    if coverage is None:
        return None
    given = [code for code in question.options if (question.id, code) in coverage.options]
    counted = texts.phrase("coverage.options", seen=len(given), all=len(question.options)) if question.options else ""
    return mark_of(texts, seen=question.id in coverage.questions, more=counted)


def missing_answers(question: Question, texts: Texts, coverage: Coverage | None) -> tuple[Outline, ...]:
    """Name the answers that no vignette gives."""
    if coverage is None:
        return ()
    absent = [code for code in question.options if (question.id, code) not in coverage.options]
    names = [texts.quoted(texts(f"{question.id}.option.{code}")) for code in absent]
    return (Outline(texts.phrase("coverage.missing", options=", ".join(names))),) if names else ()


def question_node(question: Question, speaker: Speaker, coverage: Coverage | None, flow: str = "") -> Node:
    """Draw a question: its wording, whom it is about, when it is asked; `flow` is the one it is drawn in."""
    texts = speaker.texts
    ask, topic = texts(f"{question.id}.ask"), texts(f"{question.id}.topic") if question.topic else ""
    notes = [texts.phrase(f"about.{question.about}")]
    if flow and question.flow != flow:
        notes.append(texts.phrase("flow.borrowed", letter=question.flow))
    if question.computed:
        notes.append(texts.phrase("flow.computed"))
    return Node(
        id=question.id,
        kind=NodeKind.QUESTION,
        title=f"{question.id} · {topic}" if topic else question.id,
        text=shortened(ask, LONGEST_ASK),
        note="; ".join(notes),
        href=f"questions/{slug(question.id)}",
        details=(
            *((Outline(ask),) if len(ask) > LONGEST_ASK else ()),
            *asked_when(question, speaker),
            *missing_answers(question, texts, coverage),
        ),
        mark=question_mark(question, texts, coverage),
        dashed=not isinstance(question.when, Always),
    )


def asked_when(question: Question, speaker: Speaker) -> tuple[Outline, ...]:
    """Say under which condition a question is asked; nothing when it always is."""
    if isinstance(question.when, Always):
        return ()
    return (Outline(speaker.texts.phrase("asked.outline"), (speaker.outline(question.when),)),)


def finding_node(name: str, speaker: Speaker, asked_in: Iterable[str] = (), note: str = "") -> Node:
    """Draw a finding, named for A towards B; with the questions that it is asked in."""
    texts = speaker.texts
    listed = tuple(asked_in)
    asked = texts.phrase("finding.asked_in", questions=", ".join(listed)) if listed else ""
    return Node(
        id=name,
        kind=NodeKind.FINDING,
        title=name,
        text=finding_title(name, texts),
        note=note or asked or texts.phrase("finding.asked_nowhere"),
        href=f"findings/{slug(name)}",
    )


def finding_title(name: str, texts: Texts) -> str:
    """Name a finding for A towards B."""
    return texts(f"finding.{name}.name").replace("{x}", "A").replace("{y}", "B")


def outcome_node(name: str, texts: Texts) -> Node:
    """Draw an outcome or a result."""
    return Node(name, NodeKind.OUTCOME, name, outcome_title(name, texts), href=f"outcomes/{slug(name)}")


def outcome_title(name: str, texts: Texts) -> str:
    """Name an outcome or a result; `W_x` is said of A."""
    if name.endswith("_x"):
        return texts(f"result.{name[:-1]}A")
    for text_id in (f"outcome.{name}.name", f"result.{name}"):
        if texts.has(text_id):
            return texts(text_id)
    return ""


def act_node(name: str, texts: Texts) -> Node:
    """Draw a signed act."""
    return Node(name, NodeKind.ACT, name, texts(f"act.{name}.name"), texts.phrase("act.signed"))


def flow_node(letter: str, texts: Texts) -> Node:
    """Draw a whole flow that another leads to."""
    name = texts.phrase("flow.name", letter=letter)
    return Node(f"flow {letter}", NodeKind.FLOW, name, texts(f"flow.{letter}.title"), href=f"parts/{letter}")


def thing_node(word: str, book: Rulebook, speaker: Speaker) -> Node:
    """Draw what an edge leads to, whatever it is."""
    if word in book.flows:
        return flow_node(word, speaker.texts)
    if word in book.questions:
        return question_node(book.questions[word], speaker, None)
    return act_node(word, speaker.texts) if word in book.acts else outcome_node(word, speaker.texts)


def condition_outline(condition: Condition, speaker: Speaker) -> Outline:
    """Say a condition as `If …`, its parts under it when it has some."""
    whole = speaker.outline(condition)
    if whole.parts:
        return Outline(speaker.texts.phrase("if.outline"), (whole,))
    return Outline(speaker.texts.phrase("if", when=whole.text))


def clauses_outline(clauses: Iterable[str], texts: Texts) -> Outline:
    """Name the clauses that something rests on."""
    return Outline(texts.phrase("clauses", clauses=", ".join(clauses)))
