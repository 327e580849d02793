"""The words of the flow language as frozen values: questions, evidence, edges, flows, findings, acts, the rulebook."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from triage.flow.conditions import Always, Condition

HOLDS: Condition = Always()
FAILS: Condition = Always(value=False)

RESERVED_CODES = frozenset({"NK", "DEC", "NSA"})
"""Not known yet, declined, not safe to ask now: accepted by every question, so no author can forget them."""


class Kind(StrEnum):
    """The shape of an answer."""

    ONE = "one"
    MANY = "many"
    INTEGER = "integer"
    DATE = "date"
    TEXT = "text"
    RECORD = "record"
    TABLE = "table"


class About(StrEnum):
    """What one answer is about: the case, a person, a pair once, or each direction of a pair."""

    CASE = "case"
    PERSON = "person"
    PAIR = "pair"
    DIRECTED = "directed"


class Scope(StrEnum):
    """How many values a finding has (domain 12.2)."""

    DIRECTED = "directed"
    PAIR = "pair"
    PERSON_IN_PAIR = "person-in-pair"
    PERSON = "person"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row; `values` are its codes when it has a fixed list.

    `restates` says that it gives the option, or the second code, once more: a file may fill it, a screen does not ask.
    """

    code: str
    values: tuple[str, ...] = ()
    support_only: bool = False
    many: bool = False
    restates: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """What a counted piece is one of: a kind (`domain`, `effect`) and the key that tells two of them apart.

    `keys` maps option codes to shared keys; `cell` takes the key from a column; otherwise the code is the key.
    """

    kind: str
    key: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer says for or against one finding.

    `strength` is `source`, `part`, `count`, `rule` (read by a rule of the finding; kept for the trace) or 0 to 4.
    Options and scale say which rows speak; empty means every row. A strength of 0 needs every row to be among them
    (unless `loose`), and with `complete` a row for every option; `only` asks the same of another strength. `role`
    says whose finding it is; with `who` it is read from that column.
    """

    finding: str
    role: str
    strength: str
    options: frozenset[str] = frozenset()
    scale: frozenset[str] = frozenset()
    when: Condition = HOLDS
    element: Element | None = None
    cap: int = 4
    complete: bool = False
    only: bool = False
    loose: bool = False
    who: str = ""
    follow_up: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Effect:
    """What an answer does besides evidence: a task, a prompt, an adaptation; `text` is the id of its words."""

    options: tuple[str, ...]
    scale: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question: who may answer it, when it is asked, how, and what its answers are evidence for.

    `on_file` are the options that lead to nothing by design (`*`: whatever is answered); `attributes` are the options
    that tell who somebody is, by what they tell (INV-40). `line` is where it stands in the file of its flow.
    """

    id: str
    flow: str
    about: About
    kind: Kind
    sources: tuple[str, ...]
    clauses: tuple[str, ...]
    when: Condition
    when_text: str
    options: tuple[str, ...] = ()
    scale: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    exclusive: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()
    follow_up_unless: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    effects: tuple[Effect, ...] = ()
    also_in: tuple[str, ...] = ()
    topic: str = ""
    section: str = ""
    unit: str = ""
    asked: str = ""
    required: bool = False
    multiple: bool = False
    computed: bool = False
    logbook: bool = False
    max_length: int = 0
    min_length: int = 0
    on_file: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    line: int = 0

    def column(self, code: str) -> Column | None:
        """The column of that code, or None."""
        return next((column for column in self.columns if column.code == code), None)


class Move(StrEnum):
    """What an edge does: move the position, interrupt (the flow resumes later), or queue another flow or duty."""

    GO = "go"
    INTERRUPT = "interrupt"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Edge:
    """An exception to the order of a flow: from a question, under a condition, to a question, flow, outcome or act."""

    source: str
    move: Move
    to: str
    when: Condition
    when_text: str
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Gate:
    """A computed node of a flow, such as WD-20: passed when its finding is indicated."""

    id: str
    finding: str
    about: About
    otherwise: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """One assessment flow; questions stand in the order in which they are asked, borrowed ones included."""

    id: str
    version: int
    about: About
    opens: Condition
    questions: tuple[str, ...]
    edges: tuple[Edge, ...]
    gates: tuple[Gate, ...]
    clauses: tuple[str, ...]
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a composite finding: its strength when the condition holds, read from these findings' evidence."""

    strength: int
    when: Condition
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingDefinition:
    """One finding: scope, how pieces combine, who can rule it out, what is computed.

    `needs` are the ways in which counted elements make the finding; fewer elements leave it at 1. A `state` counts
    the latest answer of each speaker; `superseded_by` lets only these sources supersede, and then any speaker.
    `read_by` says who reads it where no rule does. `line` is where it stands in findings.yml.
    """

    name: str
    scope: Scope
    clauses: tuple[str, ...]
    compartment: str
    acts: bool = False
    state: bool = False
    merged: bool = False
    ordinal: bool = False
    count: bool = False
    decided: bool = False
    needs: tuple[Mapping[str, int], ...] = ()
    order: int = 0
    superseded_by: tuple[str, ...] = ()
    observers_need_two_contacts: bool = False
    competent: str = "any"
    rules: tuple[Rule, ...] = ()
    zero: Condition = FAILS
    unknown_when: Condition = FAILS
    falls_to_1_when: Condition = FAILS
    otherwise_zero: bool = False
    read_by: str = ""
    line: int = 0

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition: of the rules, of the zero, of what leaves it open and of what weakens it."""
        rules = (rule.when for rule in self.rules)
        return (*rules, self.zero, self.unknown_when, self.falls_to_1_when)


@dataclass(frozen=True, slots=True)
class ActDefinition:
    """One named act: values, what it is about, whose side signs, how many names, days it lasts (0: until changed).

    `read_by` says who reads it where no rule does; `line` is where it stands in acts.yml.
    """

    name: str
    about: About
    values: tuple[str, ...]
    side: str
    names: int
    days: int
    clauses: tuple[str, ...]
    listed: bool = False
    read_by: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything read from `flows/`, checked: what the walker, the findings and every other reader share."""

    flows: Mapping[str, Flow]
    questions: Mapping[str, Question]
    findings: Mapping[str, FindingDefinition]
    acts: Mapping[str, ActDefinition]
    sources: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    thresholds: Mapping[str, Mapping[str, str]]

    @property
    def conditions(self) -> Iterator[Condition]:
        """Every condition of flows, edges, questions, evidence and findings."""
        for flow in self.flows.values():
            yield flow.opens
            yield from (edge.when for edge in flow.edges)
        for question in self.questions.values():
            yield question.when
            yield from (evidence.when for evidence in question.evidence)
        for finding in self.findings.values():
            yield from finding.conditions

    @property
    def interrupting(self) -> frozenset[str]:
        """The questions whose answers may call for what cannot wait: danger now, speaking freely, a plan to die."""
        edges = (edge for flow in self.flows.values() for edge in flow.edges)
        return frozenset(edge.source for edge in edges if edge.move is Move.INTERRUPT)
