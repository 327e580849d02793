"""Read safety.yml: what must come first, what may be ruled out by default and why, what may rest on who somebody is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from triage.flow.documents import Block, Problems, read_document
from triage.flow.model import Rulebook
from triage.flow.problems import Problem, nearest

FILE = "safety.yml"


@dataclass(frozen=True, slots=True)
class Precedence:
    """A question that stands on every way to every question of some flows (none: of all), but for those excepted.

    `where_needed`: its own condition may pass over it; nothing else may.
    """

    question: str
    flows: tuple[str, ...]
    excepted: tuple[str, ...]
    where_needed: bool
    clauses: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A finding that is declared for a reason, and where."""

    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """An interruption that is due at a question, and where that is declared."""

    source: str
    to: str
    line: int = 0


@dataclass(frozen=True)
class Safety:
    """What the flows declare about safety; both mappings are by finding.

    `zero_by_default` may be ruled out although nobody answered anything; `safeguards` may rest on who somebody is,
    because they only add protection or fit; in the flows `without_attributes` not even these decide what is asked. In
    the flows `never_skipped` no edge passes over a question; `interrupts` are the calls that cannot wait.
    """

    first: tuple[Precedence, ...] = ()
    zero_by_default: Mapping[str, Reasoned] = field(default_factory=dict)
    safeguards: Mapping[str, Reasoned] = field(default_factory=dict)
    without_attributes: tuple[str, ...] = ()
    never_skipped: tuple[str, ...] = ()
    interrupts: tuple[Call, ...] = ()


def read_safety(directory: Path, book: Rulebook) -> Safety | tuple[Problem, ...]:
    """Read safety.yml of a directory, checked against its flows; or every problem of it."""
    problems = Problems()
    document = read_document(directory / FILE, problems)
    if document is None:
        return tuple(problems.found)
    safety = Safety(
        first=tuple(_precedence(block, book) for block in document.blocks("first")),
        zero_by_default=_reasoned(document, "zero_by_default", book),
        safeguards=_reasoned(document, "safeguards", book),
        without_attributes=_known(document, "without_attributes", book.flows, "F004", "flow"),
        never_skipped=_known(document, "never_skipped", book.flows, "F004", "flow"),
        interrupts=tuple(_call(block, book) for block in document.blocks("interrupts")),
    )
    document.finish()
    return tuple(sorted(problems.found, key=lambda one: (one.line, one.code))) or safety


def _precedence(block: Block, book: Rulebook) -> Precedence:
    question = _known(block, "question", book.questions, "F006", "question", required=True)
    found = Precedence(
        question=question[0] if question else "",
        flows=_known(block, "flows", book.flows, "F004", "flow"),
        excepted=_known(block, "except", book.questions, "F006", "question"),
        where_needed=block.flag("where_needed"),
        clauses=block.clauses(),
        line=block.line,
    )
    block.finish()
    return found


def _call(block: Block, book: Rulebook) -> Call:
    source = _known(block, "from", book.questions, "F006", "question", required=True)
    call = Call(source[0] if source else "", block.text("to"), block.line)
    block.finish()
    return call


def _reasoned(document: Block, key: str, book: Rulebook) -> dict[str, Reasoned]:
    block = document.block(key)
    found = {}
    for name in block.names() if block else ():
        if block is None:
            continue
        if name not in book.findings:
            block.problems.add("F007", f"`{name}` is no finding.", block, name, nearest(name, book.findings))
        found[name] = Reasoned(block.text(name), block.line_of(name))
    return found


def _known(
    block: Block, key: str, known: Collection[str], code: str, called: str, *, required: bool = False
) -> tuple[str, ...]:
    words = block.texts(key, required)
    for word in words:
        if word not in known:
            block.problems.add(code, f"`{word}` is no {called}.", block, key, nearest(word, known))
    return tuple(word for word in words if word in known)
