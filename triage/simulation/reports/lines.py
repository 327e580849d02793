"""A report as lines for a terminal: starts gained first, and in red."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from triage.simulation.comparison import Change, Example, Move
from triage.simulation.reports.report import CaseShown, Report, persons_of
from triage.simulation.reports.wording import Wording
from triage.simulation.statements import Kind

MOST_MOVES = 20
MOST_CASES = 10
PROTECTING = frozenset({"holds", "gates", "alerts"})
"""What protects somebody: where any of it is lost, it must not be overlooked either."""


class Line(NamedTuple):
    """One line, and whether it must not be overlooked."""

    text: str
    alarming: bool = False


def lines(report: Report, words: Wording) -> Iterator[Line]:
    """Give the lines of a report, the most frequent first; files of figures hold the rest."""
    yield from _head(report, words)
    yield from _starts(report, words)
    yield from _laws(report, words)
    yield from _moves(report, words)
    yield from _results(report, words)
    found = report.comparison
    groups = {
        "holds": found.of(Kind.ROUTE, found.holds),
        "outcomes": found.of(Kind.ROUTE),
        "adaptations": found.of(Kind.ADAPTED),
        "gates": found.of(Kind.GATE),
        "alerts": found.of(Kind.ALERT),
    }
    for title, changes in groups.items():
        yield from _changes(report, words, title, changes)
    yield from _names(report, words)
    yield from _cases(report, words)


def origin(report: Report, words: Wording) -> str:
    """Say where the cases come from."""
    values = {**report.origin, "cases": words.number(report.comparison.cases)}
    return words(f"origin.{report.origin['kind']}", **values)


def summary(report: Report, words: Wording) -> Iterator[str]:
    """Say how many are decided otherwise, and what stands behind the figures."""
    found = report.comparison
    if found.changed:
        share = words.share(found.changed, found.cases)
        yield words("summary.changed", number=words.number(found.changed), share=share, moved=words.number(found.moved))
    else:
        yield words("summary.nothing")
    yield words("summary.checked", number=words.number(found.checked))
    yield words("summary.limits")


def gained(report: Report, words: Wording) -> str:
    """Say how many starts are gained."""
    number = report.comparison.starts.gained
    text = "starts.gained" if number > 1 else "starts.gained.one" if number else "starts.none"
    return words(text, number=words.number(number))


def _head(report: Report, words: Wording) -> Iterator[Line]:
    yield Line(words("title"))
    yield Line(words("versions", old=report.old, new=report.new))
    yield Line(origin(report, words))
    yield from map(Line, summary(report, words))
    if report.unread:
        yield Line(f"{words('unread')}: {words.number(len(report.unread))}. {words('unread.hint')}", alarming=True)
        yield from (Line(f"  {one}") for one in report.unread[:MOST_CASES])


def _starts(report: Report, words: Wording) -> Iterator[Line]:
    starts = report.comparison.starts
    yield Line("")
    yield Line(f"{gained(report, words)}{_for_example(report, starts.gained_by)}", alarming=bool(starts.gained))
    if starts.gained:
        yield Line(words("starts.gained.hint"), alarming=True)
    lost = words("starts.lost", number=words.number(starts.lost))
    yield Line(f"{lost}{_for_example(report, starts.lost_by)}")
    yield Line(words("starts.totals", old=words.number(starts.old), new=words.number(starts.new)))


def _laws(report: Report, words: Wording) -> Iterator[Line]:
    broken = report.comparison.broken
    if broken:
        yield Line("")
        yield Line(f"{words('laws')}. {words('laws.hint')}", alarming=True)
    for one in broken:
        told = f"  {one.statement.name}  {words.number(one.new)}  {words.law(one.statement.name)}"
        yield Line(f"{told}{_for_example(report, one.gained_by)}", alarming=True)


def _moves(report: Report, words: Wording) -> Iterator[Line]:
    moves = report.moves[:MOST_MOVES]
    yield from _title(words("moves"))
    for move in moves:
        told = f"{words.number(move.number):>12}  {words.route(move.old)} → {words.route(move.new)}"
        yield Line(f"{told}{_mark(move, words)}{_for_example(report, move.examples)}", alarming=move.starts > 0)
    if not moves:
        yield Line(f"  {words('moves.none')}")
    if len(report.comparison.moves) > len(moves):
        rarer = words.number(len(report.comparison.moves) - len(moves))
        yield Line(f"  {words('moves.more', number=rarer)}")


def _mark(move: Move, words: Wording) -> str:
    return f"  [{words('start.gained' if move.starts > 0 else 'start.lost')}]" if move.starts else ""


def _results(report: Report, words: Wording) -> Iterator[Line]:
    yield from _title(words("results"))
    for one in report.comparison.results:
        told = f"{words.number(one.number):>12}  {one.old} → {one.new}"
        yield Line(f"{told}{_for_example(report, one.examples)}")
    if not report.comparison.results:
        yield Line(f"  {words('changes.none')}")


def _changes(report: Report, words: Wording, title: str, changes: Sequence[Change]) -> Iterator[Line]:
    yield from _title(words(title))
    told = [one for one in changes if one.gained or one.lost]
    for one in told:
        totals = f"{words.number(one.old)} → {words.number(one.new)}"
        turned = f"+{words.number(one.gained)} -{words.number(one.lost)}"
        examples = _for_example(report, one.gained_by or one.lost_by)
        alarming = bool(one.lost) and title in PROTECTING
        yield Line(f"  {one.statement.name:<14}  {totals:<26}  {turned}{examples}", alarming)
    if not told:
        yield Line(f"  {words('changes.none')}")


def _names(report: Report, words: Wording) -> Iterator[Line]:
    if not report.names:
        return
    yield from _title(words("names"))
    for one in report.names:
        for side, names in (("removed", one.removed), ("added", one.added)):
            if names:
                yield Line(f"  {words(f'names.{one.kind}')}, {words(f'names.{side}')}: {', '.join(names)}")
    if "facts_read" in {one.kind for one in report.names}:
        yield Line(f"  {words('names.hint')}")


def _cases(report: Report, words: Wording) -> Iterator[Line]:
    starts = report.comparison.starts
    wanted = [*starts.gained_by, *(move.examples[0] for move in report.moves), *starts.lost_by]
    numbers = list(dict.fromkeys(one.number for one in wanted))[:MOST_CASES]
    if numbers:
        yield from _title(words("examples"))
        yield Line(f"  {words('examples.hint', quiet=words.strength(report.quiet))}")
    for number in numbers:
        yield from _case(report.shown[number], words)


def _case(shown: CaseShown, words: Wording) -> Iterator[Line]:
    told = (f"{one.name} {words.strength(one.old)}" for one in shown.facts)
    yield Line(f"  {words('case', label=shown.label)}: {', '.join(told)}")
    if shown.latched:
        yield Line(f"    {words('case.latched')}: {', '.join(shown.latched)}")
    if shown.old.result != shown.new.result:
        yield Line(f"    {shown.old.result} → {shown.new.result}")
    for person, old, started, new, starts in persons_of(shown):
        if (old, started) != (new, starts):
            yield Line(f"    {person}: {', '.join(old)} → {', '.join(new)}", alarming=starts and not started)
    for title, reasons in (("case.only_old", shown.only_old), ("case.only_new", shown.only_new)):
        yield from (Line(f"    {words(title)}: {reason.rule} {words.reason(reason)}") for reason in reasons)


def _title(title: str) -> Iterator[Line]:
    yield Line("")
    yield Line(title)


def _for_example(report: Report, examples: Sequence[Example]) -> str:
    return f"  ({'; '.join(report.label(one) for one in examples)})" if examples else ""
