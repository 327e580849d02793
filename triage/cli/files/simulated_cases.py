"""Read the cases of `triage simulate` from a file: fact sets as `triage decide` reads them, or answers."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.cli.files.documents import LARGEST, Unreadable, read_file, start_of
from triage.cli.files.fact_files import Found, read_list, too_many
from triage.cli.files.fact_sets import ItemReader
from triage.flow.problems import Problem
from triage.flow.values import RULED_OUT, UNKNOWN, Strength
from triage.routing.assessment import PairAssessment, assess
from triage.routing.loading import Loaded
from triage.routing.pairs import facts_of
from triage.routing.rules import DecisionRules
from triage.simulation.columns import Case
from triage.simulation.sources import Recorded, Source

MOST_CASES = 500_000


class UnreadableCases(ValueError):
    """The cases cannot be read by either version; `problems` says everything that is wrong."""

    def __init__(self, problems: Sequence[Problem | str]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class CasesRead:
    """Cases of a `kind` (facts, answers, or synthetic); `unread` says which one version cannot read, and why."""

    kind: str
    source: Source
    unread: tuple[str, ...] = ()


def read_cases(
    path: Path, old: Loaded, new: Loaded, unlisted: str, told: Callable[[Sequence[object]], Iterator[object]]
) -> CasesRead:
    """Read the cases of a file in either format. `told` wraps the list of cases, to show how far it has come.

    Raises UnreadableCases when neither version can read a case, or the file is none of the formats, or holds no case.
    """
    read = _read_cases(path, old, new, unlisted, told)
    if not read.source.cases and not read.unread:
        raise UnreadableCases([f"{path}: there is no case in it."])
    return read


def _read_cases(
    path: Path, old: Loaded, new: Loaded, unlisted: str, told: Callable[[Sequence[object]], Iterator[object]]
) -> CasesRead:
    items = _lines_of_json(path)
    if items is None:
        found = Found(str(path))
        raw = read_list(path, found)
        if raw and not any(isinstance(one, Mapping) and "answers" in one for one in raw):
            return _facts(raw, found, (old, new), RULED_OUT if unlisted == "zero" else UNKNOWN)
        if found.problems and found.problems[0].code != "D002":
            raise UnreadableCases(found.problems)
        items = _answers_in(path)
    return _answers(str(path), items, old, new, told)


def _facts(raw: list[object], found: Found, versions: tuple[Loaded, Loaded], unlisted: Strength) -> CasesRead:
    if too_many(raw):
        found.add("D001", f"The file grows to more than {MOST_CASES} pairs.")
        raise UnreadableCases(found.problems)
    rules = either(*(one.decider.rules for one in versions))
    labels, cases = list[str](), list[Case]()
    for item in ItemReader(rules, found).items(raw):
        for number, pair in enumerate(item.pairs, start=1):
            labels.append(str(item.id) if len(item.pairs) == 1 else f"{item.id}/{number}")
            cases.append(Case(pair.facts, pair.latched, None, unlisted))
    if found.problems:
        raise UnreadableCases(found.problems)
    return CasesRead("facts", Recorded(labels, cases, None, _names(*versions), unlisted))


def either(old: DecisionRules, new: DecisionRules) -> DecisionRules:
    """Rules that know the names of both versions, to read fact sets by."""
    facts = old.facts | new.facts
    return replace(
        old,
        facts=facts,
        ordinals=old.ordinals | new.ordinals,
        counts=old.counts | new.counts,
        computed=(old.computed | new.computed) - facts,
        gates=tuple({rule.gives: rule for rule in (*old.gates, *new.gates)}.values()),
    )


def _names(old: Loaded, new: Loaded) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old.decider.rules.read, *new.decider.rules.read)))


def _lines_of_json(path: Path) -> list[object] | None:
    """The cases of a file with one JSON object on each line; None when it is no such file."""
    try:
        raw = start_of(path)
        text = raw.decode("utf-8-sig") if len(raw) <= LARGEST else ""
    except (OSError, ValueError):
        return None  # the readers of the other formats say what is wrong with it
    written = [line for line in text.splitlines() if line.strip()]
    if len(written) < 2 or not all(line.lstrip().startswith("{") for line in written[:2]):
        return None
    try:
        json.loads(written[0])
    except (ValueError, RecursionError):
        return None
    problems, items = list[Problem](), list[object]()
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            items += [json.loads(line)] if line.strip() else []
        except (ValueError, RecursionError) as fault:
            problems.append(Problem("C001", f"The line is not JSON: {str(fault)[:100]}.", str(path), number))
    if problems:
        raise UnreadableCases(problems)
    return items


def _answers_in(path: Path) -> list[object]:
    try:
        read = read_file(str(path))
    except Unreadable as fault:
        raise UnreadableCases([str(fault)]) from None
    return read if isinstance(read, list) else [read]


@dataclass
class _Assessed:
    """The cases of a file of answers, as each version finds them."""

    file: str
    versions: tuple[Loaded, Loaded]
    today: date
    labels: list[str] = field(default_factory=list)
    old: list[Case] = field(default_factory=list)
    new: list[Case] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, item: object) -> None:
        """Assess one case by both versions, or say why one, or both, cannot."""
        records = [read_case(item, one.book.rulebook, self.today, self.file) for one in self.versions]
        old, new = records
        if isinstance(old, CaseRecord) and isinstance(new, CaseRecord):
            pairs = len(old.pairs)
            self.labels += [old.id if pairs == 1 else f"{old.id} {pair.undirected}" for pair in old.pairs]
            self.old += _cases(old, self.versions[0])
            self.new += _cases(new, self.versions[1])
        elif isinstance(old, CaseRecord):
            self.unread += [f"{old.id}, new: {_first(new)}"]
        elif isinstance(new, CaseRecord):
            self.unread += [f"{new.id}, old: {_first(old)}"]
        else:
            self.problems += old


def _answers(
    file: str, items: Sequence[object], old: Loaded, new: Loaded, told: Callable[[Sequence[object]], Iterator[object]]
) -> CasesRead:
    if len(items) > MOST_CASES:
        raise UnreadableCases([f"{file}: more than {MOST_CASES} cases."])
    assessed = _Assessed(file, (old, new), datetime.now(UTC).astimezone().date())
    for item in told(items):
        assessed.add(item)
    if assessed.problems:
        raise UnreadableCases(assessed.problems)
    source = Recorded(assessed.labels, assessed.old, assessed.new, _names(old, new), UNKNOWN)
    return CasesRead("answers", source, tuple(assessed.unread))


def _cases(record: CaseRecord, loaded: Loaded) -> Iterator[Case]:
    for one in assess(record, loaded.book, loaded.decider).pairs:
        yield _case(one, loaded)


def _case(one: PairAssessment, loaded: Loaded) -> Case:
    """A pair as its decision was made: the facts in their last state, and the classes that findings rest on."""
    read = loaded.decider.rules.read
    _, classes = facts_of(one.findings, loaded.book)
    facts = {name: one.facts[name] for name in read if name in one.facts}
    return Case(facts, one.latched, {name: classes[name] for name in read if name in classes})


def _first(problems: CaseRecord | tuple[Problem, ...]) -> str:
    return "" if isinstance(problems, CaseRecord) else str(problems[0])
